"""Points above and below a typed function are where Python's own math says that they are."""

import math

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.exchange.functions import Curve, curve_table


@pytest.mark.parametrize(
    ("formula", "function"),
    [
        ("sin(x)", math.sin),
        ("x**2/8 - 1", lambda x: x * x / 8 - 1),
        ("0.5", lambda _x: 0.5),
        ("exp(-x**2)", lambda x: math.exp(-x * x)),
    ],
)
def test_points_are_labelled_by_the_function(formula, function):
    table = accept(curve_table(Curve(formula)))
    assert table.names == ("x", "y", "label")
    assert table.words[2] == ("below", "above")
    assert len(table) == 200
    for x, y, label in table.numbers:
        assert (label == 1.0) == (y > function(x))


def test_noise_moves_points_and_leaves_their_labels():
    plain, noisy = (accept(curve_table(Curve(noise=noise))) for noise in (0.0, 0.1))
    assert np.array_equal(plain.numbers[:, [0, 2]], noisy.numbers[:, [0, 2]])
    moved = noisy.numbers[:, 1] - plain.numbers[:, 1]
    assert 0.3 < moved.std() < 0.5  # a tenth of the range of y


def test_the_same_seed_draws_the_same_points():
    assert curve_table(Curve()) == curve_table(Curve()) != curve_table(Curve(seed=1))


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        (Curve("sin(z)"), "“z” is not x. Write a formula of x"),
        (Curve("sin("), ""),
        (Curve("open('x')"), ""),
        (Curve("log(x)"), "is no finite number at x ="),
        (Curve("10"), "All points lie below the function. Choose another range of y."),
        (Curve(count=1), "There are 2 to 5,000 points"),
        (Curve(noise=math.nan), "The noise lies between 0 and 1"),
        (Curve(across=(2.0, 1.0)), "The range of x goes"),
        (Curve(up=(0.0, math.inf)), "The range of y goes"),
        (Curve(seed=-1), "The seed lies between"),
    ],
)
def test_what_cannot_be_drawn_is_refused(curve, words):
    refusal = curve_table(curve)
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)
