"""What is missing, unreached or not finite is told apart from a number that is 0."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.run.evaluate import evaluate, make_plans
from engine.run.plan import choose_output, display_plan, training_plan
from engine.run.tape import Tape
from tests.engine.random_graphs import random_network


def build(*specs: tuple[str, tuple[int, ...]], leaves: tuple[float, ...]) -> Document:
    """Return leaves with ids 1, 2, ... and ops wired to earlier ids."""
    document = Document()
    for value in leaves:
        document.apply(verbs.add_value(document, (0, 0), value=value))
    for key, sources in specs:
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        made = document.next_id - 1
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
    return document


def test_a_node_with_a_missing_input_is_not_computed_nor_is_what_follows() -> None:
    document = build(("mul", (1,)), ("tanh", (2,)), leaves=(2.0,))
    result = evaluate(document)
    assert not result.computed[result.row[2]]
    assert not result.computed[result.row[3]]
    assert math.isnan(result.number(3))
    assert result.problems == ()


def test_an_unreached_node_has_no_gradient_and_is_told_from_a_true_zero() -> None:
    document = build(("mul", (1, 2)), ("tanh", (1,)), leaves=(0.0, 3.0))
    document.apply(accept(properties.set_mark(document, 3, "backward")))
    result = evaluate(document)
    assert result.slope(2) == 0.0
    assert result.reached[result.row[2]]
    assert result.slope(4) == 0.0
    assert not result.reached[result.row[4]]


def test_an_unreached_infinite_slope_spoils_no_gradient() -> None:
    document = build(("sqrt", (1,)), ("exp", (1,)), leaves=(0.0,))
    document.apply(accept(properties.set_mark(document, 3, "backward")))
    assert evaluate(document).slope(1) == 1.0


@pytest.mark.parametrize(
    ("key", "leaves", "value"),
    [
        ("log", (-1.0,), math.nan),
        ("log", (0.0,), -math.inf),
        ("div", (1.0, 0.0), math.inf),
        ("div", (-1.0, 0.0), -math.inf),
        ("exp", (710.0,), math.inf),
        ("sqrt", (-1.0,), math.nan),
    ],
)
def test_a_number_that_is_not_finite_is_named_with_its_reason(
    key: str, leaves: tuple[float, ...], value: float
) -> None:
    made = len(leaves) + 1
    document = build((key, tuple(range(1, made))), ("tanh", (made,)), leaves=leaves)
    result = evaluate(document)
    assert result.number(made) == pytest.approx(value, nan_ok=True)
    [problem] = result.problems
    assert problem.node == made
    assert problem.reason in problem.text


def test_backward_starts_at_the_mark_then_the_loss_then_the_single_sink() -> None:
    document = build(("tanh", (1,)), ("exp", (2,)), leaves=(1.0,))
    assert choose_output(document) == 3
    document.apply(accept(properties.set_mark(document, 2, "loss")))
    assert choose_output(document) == 2
    document.apply(accept(properties.set_mark(document, 1, "backward")))
    assert choose_output(document) == 1
    assert choose_output(build(("tanh", (1,)), ("exp", (1,)), leaves=(1.0,))) is None


def test_training_is_refused_in_words_when_there_is_nothing_to_train() -> None:
    document = build(("tanh", (1,)), leaves=(1.0,))
    refusal = training_plan(document)
    assert isinstance(refusal, Refusal)
    assert "depends on no parameter" in str(refusal)
    missing = training_plan(build(("mul", (1,)), leaves=(1.0,)))
    assert isinstance(missing, Refusal)
    assert "an input is missing" in str(missing)


def test_the_order_in_which_things_were_made_cannot_be_seen_in_the_numbers() -> None:
    one = build(("mul", (1, 2)), ("add", (3, 1)), leaves=(2.0, 3.0))
    other = Document()
    for node in reversed(one.nodes()):
        other.graph.add_node(node.id, node=node)
    for source, target, port in reversed(one.edges()):
        other.graph.add_edge(source, target, key=port)
    first, second = evaluate(one), evaluate(other)
    assert first.ids.tolist() == second.ids.tolist()
    assert first.gradient.tolist() == second.gradient.tolist()


def test_only_what_is_told_to_have_changed_is_read_again() -> None:
    document = build(("mul", (1, 2)), leaves=(2.0, 3.0))
    plans = make_plans(document)
    assert evaluate(document, plans=plans).number(3) == 6.0
    document.apply(accept(properties.set_value(document, 1, 5.0)))
    assert evaluate(document, plans=plans, changed=()).number(3) == 6.0
    assert evaluate(document, plans=plans, changed=(1,)).number(3) == 15.0


def test_numbers_laid_over_the_leaves_leave_no_trace() -> None:
    document = build(("mul", (1, 2)), leaves=(2.0, 3.0))
    plans = make_plans(document)
    over = (np.array([2, 99]), np.array([7.0, 1.0]))
    assert evaluate(document, plans=plans, numbers=over).number(3) == 14.0
    assert evaluate(document, plans=plans, changed=()).number(3) == 6.0


def test_where_going_backward_starts_does_not_change_what_is_trained() -> None:
    document = build(("square", (1,)), leaves=(3.0,))
    document.apply(accept(properties.set_role(document, {1}, "parameter")))
    document.apply(accept(properties.set_mark(document, 1, "backward")))
    assert choose_output(document) == 1
    assert accept(training_plan(document)).output == 2


@pytest.mark.parametrize("lanes", [1, 7])
def test_passing_a_share_to_all_ports_at_once_changes_no_number(lanes: int) -> None:
    """The tape that knows no `ends` goes port by port."""
    together = 0
    for seed in range(20):
        document = random_network(seed)
        plan = display_plan(document, lanes=True)
        together += sum(step.ends is not None for step in plan.steps)
        by_port = replace(plan, steps=tuple(replace(step, ends=None) for step in plan.steps))
        tapes = [Tape(each, lanes, keep_partials=True) for each in (plan, by_port)]
        for tape in tapes:
            tape.load(document)
            samples = np.random.default_rng(seed).normal(size=(lanes, 3))
            tape.set_samples(samples, samples[:, :1])
            tape.forward()
            tape.backward()
        for name in ("gradient", "contribution", "partial"):
            for one, other in zip(*(getattr(tape, name) for tape in tapes), strict=True):
                assert np.array_equal(one, other, equal_nan=True)
    assert together > 20
