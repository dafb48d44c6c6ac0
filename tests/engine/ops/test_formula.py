"""The formula texts of the records, held against the bodies they describe."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from engine.ops import OPS, Op
from engine.ops.formula import Formula
from engine.ops.record import OUTPUT, Point

WITH_REFERENCE = [op for op in OPS.values() if op.reference is not None]


def drawn(op: Op, count: int = 25) -> Iterator[tuple[Point, dict[str, Any], float, Point]]:
    """Yield names with numbers, value and partials at points of the op's own sampler."""
    rng = np.random.default_rng(11)
    for sample in range(count):
        point = op.sampler(rng, 1 + sample % 4)
        at = len(point) - len(op.attributes)
        inputs, attributes = point[:at], point[at:]
        out = op.scalar.forward(inputs, attributes)
        names = op.names(inputs, attributes)
        yield inputs, names, out, op.scalar.partials(inputs, out, attributes)


def test_every_op_but_the_elementary_ones_has_a_reference_chain() -> None:
    elementary = {"add", "mul", "power", "pow", "exp", "log", "sin", "cos", "abs"}
    choices = {"relu", "step", "prod", "max", "min"}
    assert {op.key for op in WITH_REFERENCE} == set(OPS) - elementary - choices


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_the_formula_is_what_the_forward_body_computes(op: Op) -> None:
    formula = Formula.parse(op.formula)
    for _inputs, names, out, _partials in drawn(op):
        assert formula.evaluate(names) == pytest.approx(out, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("op", WITH_REFERENCE, ids=lambda op: op.key)
def test_the_reference_chain_is_what_the_forward_body_computes(op: Op) -> None:
    formula = Formula.parse(op.reference)
    for _inputs, names, out, _partials in drawn(op):
        assert formula.evaluate(names) == pytest.approx(out, rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_the_derivative_formulas_are_what_the_partials_compute(op: Op) -> None:
    for inputs, names, out, partials in drawn(op):
        for k, partial in enumerate(partials):
            formula = Formula.parse(op.derivatives[0 if op.variadic else k])
            rest = (*inputs[:k], *inputs[k + 1 :])
            own = {"x_k": inputs[k], "rest": rest} if op.variadic else {}
            found = formula.evaluate({**names, **own, OUTPUT: out})
            assert found == pytest.approx(partial, rel=1e-12, abs=1e-13)


def test_a_formula_keeps_the_usual_precedence() -> None:
    assert Formula.parse("1 + 2 * 3**2 / 4 - -5").evaluate({}) == 10.5
    assert Formula.parse("-x**2").evaluate({"x": 3}) == -9


def test_a_formula_gives_infinities_without_warning() -> None:
    assert Formula.parse("1 / x").evaluate({"x": 0}) == np.inf
    assert np.isnan(Formula.parse("log(x)").evaluate({"x": -1}))


def test_a_comparison_counts_as_1_or_0() -> None:
    assert Formula.parse("(x == 2) / count(y == 2)").evaluate({"x": 2, "y": (2, 2, 3)}) == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "x.real",
        "x[0]",
        "open(x)",
        "x if x else 0",
        "lambda: x",
        "'x'",
        "max(x, key=1)",
        "1 < x < 2",
    ],
)
def test_a_formula_cannot_use_anything_else(text: str) -> None:
    with pytest.raises(ValueError, match="cannot use"):
        Formula.parse(text)


def test_a_formula_is_parsed_only_once() -> None:
    assert Formula.parse("x + 1") is Formula.parse("x + 1")
