"""One body, two tables: floats and arrays give the same numbers, edges included."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ops import OPS, Op, arrays, scalars
from engine.ops.record import Point

ANY = st.floats(width=64)
UNARY = sorted({*scalars.__all__} - {"divide", "maximum", "minimum", "power", "where"})
BINARY = ["divide", "maximum", "minimum", "power"]
AWKWARD = [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 710.0, -746.0, 1e200, math.inf, -math.inf, math.nan]


def same(a: float, b: float) -> bool:
    """Equal, both nan, or within a few units in the last place."""
    return a == b or (a != a and b != b) or math.isclose(a, b, rel_tol=4e-15, abs_tol=1e-322)


def points(op: Op, rng: np.random.Generator) -> list[Point]:
    """Return points of the sampler, special points and awkward ones, all with equally many."""
    width = len(op.sampler(rng, 3))
    drawn = [op.sampler(rng, 3) for _ in range(30)]
    special = [point for point in op.special if len(point) == width]
    awkward = [tuple(rng.choice(AWKWARD, width).tolist()) for _ in range(60)]
    return drawn + special + awkward


def test_both_tables_have_the_same_names() -> None:
    assert arrays.__all__ == scalars.__all__
    assert all(callable(getattr(arrays, name)) for name in arrays.__all__)


@pytest.mark.parametrize("name", UNARY)
@given(x=ANY)
def test_a_function_of_one_number_agrees_with_numpy_and_never_raises(name: str, x: float) -> None:
    with np.errstate(all="ignore"):
        expected = float(getattr(arrays, name)(np.float64(x)))
    assert same(float(getattr(scalars, name)(x)), expected)


@pytest.mark.parametrize("name", BINARY)
@given(x=ANY, y=ANY)
def test_a_function_of_two_numbers_agrees_with_numpy_and_never_raises(
    name: str, x: float, y: float
) -> None:
    with np.errstate(all="ignore"):
        expected = float(getattr(arrays, name)(np.float64(x), np.float64(y)))
    assert same(float(getattr(scalars, name)(x, y)), expected)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_the_array_body_gives_the_numbers_of_the_scalar_body(op: Op) -> None:
    table = points(op, np.random.default_rng(3))
    count = len(table[0]) - len(op.attributes)
    columns = [np.array(column)[:, None] for column in zip(*table, strict=True)]
    out = op.array.forward(columns[:count], columns[count:])
    slopes = op.array.partials(columns[:count], out, columns[count:])
    for row, point in enumerate(table):
        inputs, attributes = point[:count], point[count:]
        expected = op.scalar.forward(inputs, attributes)
        assert same(out[row, 0], expected), point
        for slope, number in zip(
            slopes, op.scalar.partials(inputs, expected, attributes), strict=True
        ):
            found = np.broadcast_to(np.asarray(slope, np.float64), out.shape)[row, 0]
            assert math.isclose(found, number, rel_tol=1e-13, abs_tol=1e-300) or same(
                found, number
            ), point


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_narrow_and_wide_arrays_broadcast_over_lanes(op: Op) -> None:
    rng = np.random.default_rng(5)
    table = np.array([op.sampler(rng, 3) for _ in range(4)])
    count = table.shape[1] - len(op.attributes)
    attributes = [table[:, k, None] for k in range(count, table.shape[1])]
    narrow = [table[:, k, None] for k in range(count)]
    wide = [np.repeat(narrow[0], 6, axis=1), *narrow[1:]]
    out = op.array.forward(wide, attributes)
    assert out.shape == (4, 6)
    assert np.array_equal(out[:, :1], op.array.forward(narrow, attributes))
    for slope in op.array.partials(wide, out, attributes):
        assert np.broadcast_shapes(np.shape(slope), out.shape) == out.shape


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_array_bodies_never_write_into_their_inputs(op: Op) -> None:
    point = op.sampler(np.random.default_rng(6), 3)
    columns = [np.full((2, 3), number) for number in point]
    for column in columns:
        column.flags.writeable = False
    count = len(columns) - len(op.attributes)
    out = op.array.forward(columns[:count], columns[count:])
    out.flags.writeable = False
    assert len(op.array.partials(columns[:count], out, columns[count:])) == count


def test_an_array_between_whole_constants_is_still_of_floats() -> None:
    slope = OPS["relu"].array.partials([np.array([[-1.0, 2.0]])], np.array([[0.0, 2.0]]))[0]
    assert slope.dtype == np.float64
