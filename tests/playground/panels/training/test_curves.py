"""Many numbers for few pixels, and the marks of an axis."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.panels.training.curves import decades, levels, logarithms, thinned

losses = arrays(np.float64, st.integers(0, 400), elements=st.floats(-1e6, 1e6))


@given(losses, st.integers(1, 60))
def test_a_thinned_curve_keeps_every_extreme_and_fits_its_pixels(numbers, columns):
    x, y = thinned(numbers, columns)
    assert len(x) == len(y) <= max(2 * columns, 0)
    assert np.all(np.diff(x) >= 0)
    if len(numbers):
        assert (y.min(), y.max()) == (numbers.min(), numbers.max())


def test_a_short_curve_is_drawn_as_it_is():
    x, y = thinned(np.array([3.0, 1.0, 2.0]), 10)
    assert (x.tolist(), y.tolist()) == ([0.0, 1.0, 2.0], [3.0, 1.0, 2.0])


def test_a_spike_among_a_hundred_thousand_losses_is_seen():
    numbers = np.ones(100_000)
    numbers[54_321] = 9.0
    x, y = thinned(numbers, 280)
    assert y.max() == 9.0
    assert x[np.argmax(y)] == pytest.approx(54_321, abs=100_000 / 280)


def test_nan_hides_only_itself():
    numbers = np.arange(1000.0)
    numbers[3] = np.nan
    assert np.isfinite(thinned(numbers, 10)[1]).all()


def test_logarithms_put_zero_at_the_bottom_and_leave_out_what_is_not_finite():
    logs = logarithms(np.array([100.0, 0.0, np.inf, 0.01, np.nan]))
    assert logs.tolist()[:2] == [2.0, -2.0]
    assert logs[3] == -2.0
    assert np.isnan(logs[[2, 4]]).all()


def test_without_anything_above_zero_there_are_no_logarithms():
    assert np.isnan(logarithms(np.zeros(3))).all()
    assert len(logarithms(np.empty(0))) == 0


@given(st.floats(-12, 3), st.floats(0, 14))
def test_a_logarithmic_axis_marks_whole_powers_of_ten_within_its_range(low, height):
    (bottom, top), marks = decades(low, low + height)
    assert bottom <= low
    assert top >= low + height
    assert 1 <= len(marks) <= 10
    for place, text in marks:
        assert bottom - 1e-6 <= place <= top + 1e-6
        assert text == f"1e{int(place)}"


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_linear_axis_has_a_few_round_marks_in_its_range(low, height):
    marks = levels(low, low + height)
    assert 1 <= len(marks) <= 7
    for place, text in marks:
        slack = 1e-6 * height + math.ulp(abs(low) + height)  # a mark may be rounded, too
        assert low - slack <= place <= low + height + slack
        assert float(text) == pytest.approx(place, rel=1e-4, abs=1e-4 * height)
