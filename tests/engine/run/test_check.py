"""The gradient check against what is known otherwise: the tape, closed forms, kinks made so."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import EngineError, accept
from engine.exchange.program import insert_text
from engine.explain.checked import kink, rounded_up, sorted_by_error, step_words, summary, verdict
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_mark, set_role, set_training, set_value
from engine.graph.records import DataSettings
from engine.run.check import (
    check_gradients,
    checkable,
    checks,
    movable,
    step_downhill,
)
from engine.run.evaluate import evaluate
from engine.run.response import Response
from engine.train.samples import load_samples
from tests.engine.random_graphs import random_graph


def typed(text: str, **numbers: float) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    for label, number in numbers.items():
        document.apply(accept(set_value(document, accept(document.find(label)), number)))
    return document


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_differences_find_nothing_wrong_at_any_node_of_random_graphs(first):
    sure = 0
    for seed in range(first, first + 50):
        document = random_graph(seed)
        base = evaluate(document)
        found = check_gradients(document, checkable(base))
        assert all(one.verdict != "wrong" for one in found), seed
        sure += sum(one.verdict == "ok" and one.error < 1e-9 for one in found)
    assert sure > 400


def test_an_op_is_nudged_like_a_leaf_and_only_what_depends_on_it_follows():
    document = typed("L = (a*b + c)*f", a=2.0, b=-3.0, c=10.0, f=-2.0)
    product = next(node.id for node in document.nodes() if node.op == "mul" and not node.label)
    response = Response(document, evaluate(document))
    a, f = (accept(document.find(name)) for name in "af")
    outputs = response.outputs([{}, {product: 0.5}, {f: 1.0}, {product: 1.0, f: 1.0}, {a: 0.25}])
    assert outputs.tolist() == [-8.0, -9.0, -4.0, -5.0, -8.0 + 0.25 * 6.0]


def test_nudges_want_an_output():
    document = typed("a = 1; b = 2")
    with pytest.raises(EngineError):
        Response(document, evaluate(document))


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("y = relu(x)", {"x": 0.0}, "rectified linear unit y at 0"),
        ("y = abs(2*x)", {"x": 0.0}, "absolute value y at 0"),
        ("y = max(a, b)", {"a": 1.5, "b": 1.5}, "maximum y at 1.5, 1.5"),
    ],
)
def test_a_kink_is_named_with_its_op_and_point(text, numbers, words):
    document = typed(text, **numbers)
    base = evaluate(document)
    first = accept(document.find(next(iter(numbers))))
    [found] = checks(document, base, {first: base.slope(first)})
    assert found.verdict == "kink"
    assert kink(document, base, found.kink).casefold() == words.casefold()
    assert verdict(document, base, found).startswith("at a kink: ")
    assert "at a kink" in summary(document, [found])


def test_gradients_of_the_batch_are_checked_against_the_objective():
    document = model_document(Model((3, 1), data=DataSettings("moons", samples=30)))
    samples = accept(load_samples(document.data, document.seeds))
    for reduction in ("mean", "sum"):
        document.apply(accept(set_training(document, reduction=reduction)))
        base = evaluate(document, data=samples, sample=0, scope="batch")
        shown = {node: base.slope(node) for node in checkable(base)}
        found = list(checks(document, base, shown, samples))
        assert {one.verdict for one in found} <= {"ok", "kink"}
        assert sum(one.verdict == "ok" for one in found) > 0.9 * len(found)


def test_over_the_batch_what_has_no_column_keeps_its_number_and_counts_for_each_sample():
    samples = accept(load_samples(DataSettings("moons", samples=30), Document().seeds))
    document = typed("L = (w*x - t)**2", w=2.0, x=0.5, t=-1.0)
    w, x, t = (accept(document.find(name)) for name in "wxt")
    document.apply(accept(set_role(document, {w}, "parameter")))
    document.apply(accept(set_role(document, {x}, "feature", index=7)))
    document.apply(accept(set_role(document, {t}, "target", index=7)))
    document.apply(accept(set_training(document, reduction="sum")))
    base = evaluate(document, data=samples, sample=0, scope="batch")
    shown = {node: base.slope(node) for node in checkable(base)}
    assert shown[w] == len(samples.inputs[samples.train]) * 2 * (2.0 * 0.5 + 1.0) * 0.5
    assert {one.verdict for one in checks(document, base, shown, samples)} == {"ok"}


def test_a_step_does_what_the_slope_promises_if_it_is_short_and_climbs_if_it_is_long():
    document = typed("L = (x - 3)**2", x=1.0)
    document.apply(accept(set_role(document, {accept(document.find("x"))}, "parameter")))
    base = evaluate(document)
    short, long = (step_downhill(document, base, base, rate) for rate in (1e-4, 2.0))
    assert short.promised == pytest.approx(-1e-4 * 16.0)
    assert short.happened == pytest.approx(short.promised, rel=1e-3)
    assert not short.is_too_long
    assert long.happened == pytest.approx((1.0 + 2.0 * 4.0 - 3.0) ** 2 - 4.0)
    assert long.is_too_long
    assert "goes up" in step_words(long)
    assert "what happens" in step_words(short)


def test_what_moves_are_the_parameters_else_the_leaves():
    document = typed("L = a*b", a=2.0, b=3.0)
    a, b = (accept(document.find(name)) for name in "ab")
    assert movable(document, evaluate(document)) == [a, b]
    document.apply(accept(set_role(document, {b}, "parameter")))
    assert movable(document, evaluate(document)) == [b]


def test_the_summary_counts_and_names_the_worst():
    document = typed("L = a*b", a=2.0, b=3.0)
    a, b = (accept(document.find(name)) for name in "ab")
    right = check_gradients(document)
    assert all(one.error < 1e-10 for one in right)
    rough = [replace(right[0], error=3e-12), right[1]]
    assert summary(document, rough) == "2 gradients agree to 1e-11"
    special = [replace(right[0], verdict="kink"), replace(right[1], error=2e-13)]
    assert summary(document, special) == "1 gradient agrees to 1e-12, 1 is at a kink"
    wrong = check_gradients(document, [a, b], tamper={a: 0.5, b: -1e-8})
    assert summary(document, wrong) == "2 of 2 disagree, the most: a"
    assert [one.node for one in sorted_by_error(wrong[::-1])] == [a, b]
    assert "choose an output" in summary(document, [])


def test_errors_are_rounded_up_to_a_power_of_ten():
    assert [rounded_up(error) for error in (0.0, 3e-10, 1e-9, 2e-9)] == [
        "1e-15",
        "1e-9",
        "1e-9",
        "1e-8",
    ]


def test_a_gradient_that_is_infinite_is_called_so():
    document = typed("y = sqrt(x)", x=0.0)
    document.apply(accept(set_mark(document, accept(document.find("y")), "backward")))
    [found] = check_gradients(document, [accept(document.find("x"))])
    assert found.verdict == "not finite"
    assert math.isnan(found.error)
    assert not np.isfinite(found.analytic)


def test_a_step_along_slopes_too_steep_to_be_squared_promises_infinitely_much():
    document = typed("y = b * a", a=1.0, b=1e200)
    base = evaluate(document)
    step = step_downhill(document, base, base, 0.1)
    assert step.promised == -math.inf
    assert "−inf" in step_words(step)
