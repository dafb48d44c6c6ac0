"""Every op's partials against finite differences of its own forward body."""

import math

import numpy as np
import pytest
from _pytest.mark import ParameterSet

from engine.ops import OPS, Op
from engine.ops.record import Point

SAMPLES = 20


def split(op: Op, point: Point) -> tuple[list[float], list[float]]:
    """Return the inputs and the attributes of a point."""
    count = len(point) - len(op.attributes)
    return list(point[:count]), list(point[count:])


def moved(op: Op, point: Point, k: int, distance: float) -> float:
    """Return the op's value with input k moved."""
    inputs, attributes = split(op, point)
    inputs[k] += distance
    return op.scalar.forward(inputs, attributes)


def central(op: Op, point: Point, k: int, h: float = 1e-3) -> float:
    """Five-point central difference: exact up to the fifth derivative times h⁴/30."""
    near = moved(op, point, k, h) - moved(op, point, k, -h)
    far = moved(op, point, k, 2 * h) - moved(op, point, k, -2 * h)
    return (8 * near - far) / (12 * h)


def partials(op: Op, point: Point) -> tuple[float, ...]:
    inputs, attributes = split(op, point)
    output = op.scalar.forward(inputs, attributes)
    return op.scalar.partials(inputs, output, attributes)


def sides(op: Op, point: Point, k: int) -> tuple[float, float, float]:
    """Return the slopes on the left and on the right of a point, and the size of rounding."""
    h = 1e-6 * max(1.0, abs(point[k]))
    here = moved(op, point, k, 0.0)
    left = (here - moved(op, point, k, -h)) / h
    right = (moved(op, point, k, h) - here) / h
    return left, right, 1e-15 * abs(here) / h + 1e-5 * max(1.0, abs(left), abs(right))


def finite_specials() -> list[ParameterSet]:
    """Return the special points where value and neighbourhood are finite."""
    return [
        pytest.param(op, point, id=f"{op.key}{point}")
        for op in OPS.values()
        for point in op.special
        for count in [len(split(op, point)[0])]
        if all(math.isfinite(n) for k in range(count) for n in sides(op, point, k))
    ]


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_partials_agree_with_central_differences_over_the_sampler(op: Op) -> None:
    rng = np.random.default_rng(7)
    for sample in range(SAMPLES):
        point = op.sampler(rng, 1 + sample % 4)
        found = partials(op, point)
        assert len(found) == len(split(op, point)[0])
        for k, partial in enumerate(found):
            assert partial == pytest.approx(central(op, point, k), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize(("op", "point"), finite_specials())
def test_partials_at_special_points_lie_between_the_slopes_of_the_two_sides(
    op: Op, point: Point
) -> None:
    for k, partial in enumerate(partials(op, point)):
        left, right, rounding = sides(op, point, k)
        assert min(left, right) - rounding <= partial <= max(left, right) + rounding


def test_most_ops_have_special_points_that_are_checked() -> None:
    checked = {parameter.values[0].key for parameter in finite_specials()}
    assert len(checked) >= len(OPS) - 2
