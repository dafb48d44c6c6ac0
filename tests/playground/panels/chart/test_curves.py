"""Many numbers for few pixels, and the marks of an axis."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.panels.chart.axes import decades, levels, share_marks
from playground.panels.chart.curves import (
    decimated,
    in_sight,
    least_above_zero,
    logarithms,
    smoothed,
)

losses = arrays(np.float64, st.integers(0, 400), elements=st.floats(-1e6, 1e6))


@given(losses, st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_a_curve_keeps_the_extremes_of_every_column_and_fits_its_pixels(numbers, columns, seed):
    steps = np.cumsum(np.random.default_rng(seed).integers(1, 50, len(numbers))).astype(float)
    x, y = decimated(steps, numbers, columns)
    assert len(x) == len(y) <= 2 * columns
    assert np.all(np.diff(x) >= 0)
    if len(numbers) <= 2 * columns:
        assert (x.tolist(), y.tolist()) == (steps.tolist(), numbers.tolist())
        return
    edges = np.linspace(steps[0], steps[-1], columns + 1)
    column = np.searchsorted(edges[:-1], steps, "right")
    expected = []
    for k in np.unique(column):  # one column after the other
        part = numbers[column == k]
        expected.append((part.min(), part.max()))
    assert [(min(pair), max(pair)) for pair in y.reshape(-1, 2).tolist()] == expected


def test_a_short_curve_is_drawn_as_it_is():
    x, y = decimated(np.arange(3.0), np.array([3.0, 1.0, 2.0]), 10)
    assert (x.tolist(), y.tolist()) == ([0.0, 1.0, 2.0], [3.0, 1.0, 2.0])


def test_a_spike_among_a_hundred_thousand_losses_is_seen():
    numbers = np.ones(100_000)
    numbers[54_321] = 9.0
    x, y = decimated(np.arange(100_000.0), numbers, 280)
    assert y.max() == 9.0
    assert x[np.argmax(y)] == pytest.approx(54_321, abs=100_000 / 280)


def test_nan_hides_only_itself():
    numbers = np.arange(1000.0)
    numbers[3] = np.nan
    assert np.isfinite(decimated(np.arange(1000.0), numbers, 10)[1]).all()


def test_what_is_in_sight_goes_one_entry_beyond_both_ends():
    steps = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
    assert steps[in_sight(steps, 12, 28)].tolist() == [10, 20, 30]
    assert steps[in_sight(steps, 0, 40)].tolist() == steps.tolist()
    assert steps[in_sight(steps, 50, 60)].tolist() == [40]


def averaged(steps, numbers, weight):
    """Return the average as its definition says: all that came before, by how long ago."""
    unit = max(steps[-1] - steps[-2], 1.0) if len(steps) > 1 else 1.0
    total = part = 0.0
    found = []
    for k, number in enumerate(numbers):
        kept = weight ** ((steps[k] - steps[k - 1]) / unit) if k else weight
        total = kept * total + (1 - kept) * number
        part = kept * part + (1 - kept)
        found.append(total / part)
    return found


@given(
    arrays(np.float64, st.integers(1, 300), elements=st.floats(-100, 100)),
    st.sampled_from([0.3, 0.6, 0.9, 0.98]),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_smoothing_is_the_running_average_of_a_loop(numbers, weight, even, seed):
    gaps = np.random.default_rng(seed).integers(1, 40, len(numbers))
    steps = np.arange(len(numbers)) if even else np.cumsum(gaps)
    found = smoothed(steps.astype(float), numbers, weight)
    assert found == pytest.approx(averaged(steps.tolist(), numbers.tolist(), weight), abs=1e-9)


def test_smoothing_of_even_steps_is_what_tensorboard_draws():
    numbers = np.random.default_rng(0).normal(size=200)
    last, wanted = 0.0, []
    for count, number in enumerate(numbers, start=1):
        last = 0.9 * last + 0.1 * number
        wanted.append(last / (1 - 0.9**count))
    assert smoothed(np.arange(200.0), numbers, 0.9) == pytest.approx(wanted)


def test_smoothing_leaves_gaps_and_spreads_nothing_of_them():
    numbers = np.array([1.0, np.nan, np.inf, 1.0, 1.0])
    found = smoothed(np.arange(5.0), numbers, 0.9)
    assert np.isnan(found[1:3]).all()
    assert found[[0, 3, 4]] == pytest.approx([1, 1, 1])
    assert len(smoothed(np.empty(0), np.empty(0), 0.9)) == 0


def test_logarithms_put_zero_at_the_floor_and_leave_out_what_is_not_finite():
    logs = logarithms(np.array([100.0, 0.0, np.inf, 0.01, np.nan]), 0.001)
    assert logs[[0, 1, 3]].tolist() == [2.0, -3.0, -2.0]
    assert np.isnan(logs[[2, 4]]).all()
    assert len(logarithms(np.empty(0), 1.0)) == 0


def test_the_least_above_zero_is_finite_or_there_is_none():
    assert least_above_zero(np.array([np.nan, 0.0, 0.5, -1.0, np.inf])) == 0.5
    assert least_above_zero(np.zeros(3)) == np.inf


@given(st.floats(-12, 3), st.floats(0, 14))
def test_a_logarithmic_axis_marks_whole_powers_of_ten_within_its_range(low, height):
    (bottom, top), marks = decades(low, low + height)
    assert bottom <= low
    assert top >= low + height
    assert 1 <= len(marks) <= 10
    for place, text in marks:
        assert bottom - 1e-6 <= place <= top + 1e-6
        assert 10.0**place == pytest.approx(float(text), rel=1e-6)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_linear_axis_has_a_few_round_marks_in_its_range(low, height):
    marks = levels(low, low + height)
    assert 1 <= len(marks) <= 7
    for place, text in marks:
        slack = 1e-6 * height + math.ulp(abs(low) + height)  # a mark may be rounded, too
        assert low - slack <= place <= low + height + slack
        assert float(text) == pytest.approx(place, rel=1e-4, abs=1e-4 * height)


@given(st.floats(0, 1))
def test_an_axis_of_shares_reaches_from_below_the_least_to_all(least):
    low, high, marks = share_marks(least)
    assert low <= least <= high == 1.0
    assert [place for place, _text in marks][-1] == 1.0
    assert marks[-1][1] == "100 %"
