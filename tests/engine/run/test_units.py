"""Units that stand still and numbers that are not finite are found in one pass over a batch."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.run.compiled import CompiledRunner
from engine.run.machine import Machine, MakeRunner, NumpyRunner, make_program
from engine.run.plan import training_plan
from engine.run.tape import Tape
from engine.run.units import unit_faults
from tests.engine.train.documents import graph

LANES = 100
FEATURE = np.linspace(-1.0, 1.0, LANES)


def units(*each: tuple[str, float, float]) -> Document:
    """Return the sum of op(weight * feature + bias); of unit k, 2 + 2k and 3 + 2k are both."""
    leaves = [("feature", 0.0)]
    leaves += [("parameter", number) for _op, *both in each for number in both]
    count, specs, bends = len(leaves), [], []
    for k, (op, _weight, _bias) in enumerate(each):
        made = count + 3 * k
        specs += [("mul", (1, 2 + 2 * k)), ("add", (made + 1, 3 + 2 * k)), (op, (made + 2,))]
        bends.append(made + 3)
    return graph(*specs, ("add", tuple(bends)), leaves=leaves)


def bend(each: int, k: int) -> int:
    """Return the id of the activation of unit k, of `each` units."""
    return 1 + 2 * each + 3 * k + 3


def ran(
    document: Document, runner: MakeRunner | None = None, feature: np.ndarray = FEATURE
) -> Tape | Machine:
    """Return a tape, or a machine of a runner, that has gone forward and backward."""
    plan = accept(training_plan(document))
    lanes = len(feature)
    tape: Tape | Machine = Tape(plan, lanes)
    if runner is not None:
        tape = Machine(plan, make_program(plan), lanes, runner)
    tape.load(document)
    tape.set_samples(feature[:, None], np.zeros((lanes, 0)))
    tape.forward()
    tape.backward(1.0 / lanes)
    return tape


def found(document: Document, *kinds: str) -> list[tuple[str, int]]:
    return [(f.kind, f.node) for f in unit_faults(document, ran(document)) if f.kind in kinds]


def dead(w: float, b: float) -> bool:
    return bool((w * FEATURE + b <= 0).all())


# How near to its limits each is, from -1 to 1.
HEIGHTS = {"tanh": np.tanh, "sigmoid": lambda z: 2 / (1 + np.exp(-z)) - 1}


def test_a_relu_is_dead_exactly_if_no_sample_gets_through() -> None:
    stream = np.random.default_rng(0)
    each = [("relu", *stream.uniform(-1, 1, 2).tolist()) for _unit in range(60)]
    each += [("relu", 1.0, -1.0), ("relu", 1.0, -1.0 + 1e-9)]  # the last sample is at the kink
    expected = [("dead", bend(62, k)) for k, (_op, w, b) in enumerate(each) if dead(w, b)]
    assert 5 < len(expected) < 40
    assert found(units(*each), "dead", "saturated") == expected


@pytest.mark.parametrize("op", HEIGHTS)
def test_a_squashing_unit_is_saturated_if_it_is_at_its_limit_in_95_of_100_samples(op: str) -> None:
    weights = np.geomspace(1.0, 1e4, 40).tolist()
    flat = [(np.abs(HEIGHTS[op](np.clip(w * FEATURE, -300, 300))) > 0.99).sum() for w in weights]
    expected = [("saturated", bend(40, k)) for k, count in enumerate(flat) if count >= 95]
    assert 0 < len(expected) < 40
    each = [(op, weight, 0.0) for weight in weights]
    assert found(units(*each), "dead", "saturated") == expected


def test_a_sparse_relu_a_step_that_steps_and_a_leaky_relu_are_none_of_these() -> None:
    document = units(
        ("relu", 1.0, -0.99),
        ("step", 1.0, 0.0),
        ("leaky_relu", 1.0, -9.0),
        ("softplus", 1.0, -9.0),
    )
    assert found(document, "dead", "saturated") == []
    assert found(units(("step", 1.0, 5.0)), "dead", "saturated") == [("dead", bend(1, 0))]


def test_an_activation_that_depends_on_no_sample_counts_once() -> None:
    document = graph(
        ("relu", (2,)), ("mul", (1, 3)), leaves=[("feature", 0.0), ("parameter", -2.0)]
    )
    assert found(document, "dead") == [("dead", 3)]


@pytest.mark.parametrize(("size", "faint"), [(1e-7, False), (1e-9, True), (0.0, True)])
def test_a_gradient_vanishes_beside_the_largest(size: float, faint: bool) -> None:
    """The loss is p + size * q: the gradients are 1 and the size."""
    document = graph(
        ("mul", (2, 3)),
        ("mul", (1, 4)),
        ("add", (1, 5, 6)),
        leaves=[("parameter", 1.0), ("parameter", 1.0), ("constant", size), ("feature", 0.0)],
    )
    assert found(document, "vanishing") == ([("vanishing", 2)] if faint else [])


def test_no_gradient_vanishes_where_all_are_nothing() -> None:
    document = units(("relu", 1.0, -5.0))
    assert found(document, "vanishing") == []


def test_the_first_node_that_is_not_finite_is_the_one_nearest_the_leaves() -> None:
    """The log at depth 3 has the lower id; the exp at depth 1 is the one to look at."""
    document = graph(leaves=[("feature", 0.0), ("parameter", 0.0), ("parameter", 1000.0)])

    def op(key: str, *sources: int) -> int:
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        made = document.next_id - 1
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
        return made

    log = op("log")
    product = op("mul", 1, 2)
    negative = op("neg", product)
    document.apply(accept(verbs.connect(document, negative, log)))
    large = op("exp", 3)
    op("add", log, large)
    assert log < large
    [first] = [f for f in unit_faults(document, ran(document)) if f.kind == "non-finite"]
    assert first.node == large
    assert "too large" in first.text


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("runner", [NumpyRunner, CompiledRunner])
def test_a_fused_program_has_the_same_faults(runner: MakeRunner) -> None:
    document = units(("relu", 1.0, -5.0), ("tanh", 100.0, 1.0), ("sigmoid", 1.0, 1.0))
    expected = unit_faults(document, ran(document))
    assert [fault.kind for fault in expected] == ["dead", "saturated", *["vanishing"] * 2]
    assert unit_faults(document, ran(document, runner)) == expected


def test_a_fault_is_a_sentence() -> None:
    document = units(("relu", 1.0, -5.0), ("tanh", 1e4, 0.0), ("sigmoid", 1.0, 1.0))
    document.apply(accept(properties.set_label(document, bend(3, 0), "gate")))
    document.apply(accept(properties.set_label(document, bend(3, 1), "squash")))
    document.apply(accept(properties.set_label(document, 2, "w")))
    texts = {fault.node: fault.text for fault in unit_faults(document, ran(document))}
    assert texts[bend(3, 0)] == "gate is dead: it is 0 with slope 0 in every sample"
    assert texts[bend(3, 1)] == "squash is saturated: it is flat in 100% of samples"
    assert texts[2] == "The gradient of w vanishes: it is less than 1e-08 of the largest"


def test_what_no_prediction_depends_on_is_no_unit() -> None:
    """The ReLU of a hinge loss is flat where the loss is 0, which is what it is for."""
    document = units(("relu", 1.0, -5.0))
    assert found(document, "dead") == [("dead", bend(1, 0))]
    document.apply(accept(properties.set_mark(document, bend(1, 0) - 1, "prediction", on=True)))
    assert found(document, "dead") == []
