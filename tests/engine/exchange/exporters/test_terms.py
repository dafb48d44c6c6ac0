"""Op bodies written out compute what the bodies compute, to the last bit."""

import math
from typing import Any

import numpy as np
import pytest

from engine.exchange.exporters.careful import CAREFUL, DEFINED, PLAIN, definitions, imports
from engine.exchange.exporters.terms import Term, Writer, forward, slopes
from engine.ops import OPS, scalars

EDGES = [0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.5, -2.5, 1e-320, 1e200, -1e200, 710.0, -800.0]
EDGES += [math.inf, -math.inf, math.nan]


def same(found: float, wanted: float) -> bool:
    """Whether two numbers are the same one; zeros have signs, nan is nan."""
    if wanted != wanted:
        return found != found
    return found == wanted and math.copysign(1.0, found) == math.copysign(1.0, wanted)


def defined(names: set[str]) -> dict[str, Any]:
    """Return the functions that a program would have."""
    program: dict[str, Any] = {}
    exec("\n".join([*imports(names), *definitions(names)]), program)
    return program


def test_every_bare_name_has_a_function_in_python() -> None:
    operators = {"where", "divide", "power"}
    assert PLAIN.keys() == set(scalars.__all__) - operators
    assert CAREFUL.keys() == set(scalars.__all__) - {"where"}
    assert set(CAREFUL.values()) >= DEFINED - {"sign_of"}


@pytest.mark.parametrize("name", sorted(CAREFUL))
def test_careful_functions_are_those_of_the_bodies(name: str) -> None:
    program = defined({CAREFUL[name], "math.inf"})
    mine, own = eval(CAREFUL[name], program), getattr(scalars, name)
    two = name in ("divide", "power", "maximum", "minimum")
    points = [(x, y) for x in EDGES for y in EDGES] if two else [(x,) for x in EDGES]
    for point in points:
        assert same(mine(*point), own(*point)), point


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("key", list(OPS))
def test_written_bodies_give_the_same_numbers(key: str, careful: bool) -> None:
    op, draw = OPS[key], np.random.default_rng(7)
    points = [op.sampler(draw, 3) for _k in range(30)] + (list(op.special) if careful else [])
    for point in points:
        count = len(point) - len(op.attributes)
        numbers, attributes = point[:count], point[count:]
        out = op.scalar.forward(numbers, attributes)
        names = {f"x{k}": number for k, number in enumerate(numbers)} | {"out": out}
        inputs = [Term(f"x{k}") for k in range(count)]
        writer = Writer(careful=careful)
        terms = [forward(op, inputs, attributes), *slopes(op, inputs, Term("out"), attributes)]
        before, texts = writer.lines(terms)
        program = defined({*writer.used, "math.inf"}) | names
        exec("\n".join(before), program)
        wanted = [out, *op.scalar.partials(numbers, out, attributes)]
        found = [eval(text, program) for text in texts]
        assert all(map(same, found, wanted)), (point, texts, found, wanted)


def test_a_sum_of_many_needs_no_depth() -> None:
    inputs = [Term(f"x{k}") for k in range(5000)]
    writer = Writer(careful=False)
    text = writer.text(forward(OPS["add"], inputs, ()))
    assert text == " + ".join(f"x{k}" for k in range(5000))
    assert len(writer.lines(slopes(OPS["prod"], inputs[:2000], Term("out"), ()))[1]) == 2000
