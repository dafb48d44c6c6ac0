"""Digits: what stands on a card is the number, to four figures, and nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.canvas.frame.digits import (
    BLANK,
    GLYPHS,
    PARTIAL,
    TIMES,
    WIDTH,
    State,
    codes,
    text,
)


def read(shown: str) -> float:
    return float(shown.replace("−", "-"))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.0, "0.0"),
        (-0.0, "0.0"),
        (2.0, "2.0"),
        (-3.0, "−3.0"),
        (0.125, "0.125"),
        (0.7071067811865476, "0.7071"),
        (6.881373587019543, "6.881"),
        (1 / 3, "0.3333"),
        (0.4999999999999999, "0.5"),
        (0.12300187, "0.1230"),
        (9.9996, "10.00"),
        (100.0, "100.0"),
        (1000.0, "1000"),
        (12345.6, "12346"),
        (999999.6, "1.000e6"),
        (1e6, "1e6"),
        (-1.2345e-5, "−1.234e−5"),
        (1e-9, "1e−9"),
        (-8.881784197001252e-16, "−8.88e−16"),
        (9.996e-12, "1.00e−11"),
        (5e-324, "4.9e−324"),
        (1.7976931348623157e308, "1.8e308"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "nan"),
    ],
)
def test_numbers_are_written_as_people_write_them(number, shown):
    assert text(number) == shown


# Rounded to two figures, what lies beyond would read back as infinity.
@given(st.floats(-1.74e308, 1.74e308))
def test_every_finite_number_reads_back_to_four_figures_or_fewer_with_a_long_power(number):
    power = text(number).partition("e")[2].lstrip("−")
    shown = read(text(number))
    spread = 5.1e-4 * 10 ** max(len(power) - 1, 0)
    assert shown == pytest.approx(number, rel=spread, abs=0.0)
    assert len(text(number)) <= 9
    assert math.copysign(1, shown) == math.copysign(1, number) or number == 0


@given(st.integers(-9999, 9999), st.integers(0, 3))
def test_short_decimals_lose_no_digit_and_gain_none(mantissa, places):
    number = mantissa / 10**places
    shown = text(number)
    assert read(shown) == number
    assert not shown.endswith("00") or number % 100 == 0


def test_many_numbers_are_written_as_each_by_itself():
    numbers = np.concatenate((np.random.default_rng(3).normal(size=50), [0.0, np.nan, -np.inf]))
    grid = codes(numbers, np.zeros(len(numbers), np.uint8))
    assert grid.shape == (len(numbers), WIDTH)
    together = ["".join(GLYPHS[code] for code in row) for row in grid]
    assert together == [text(number) for number in numbers]


def test_missing_and_stale_are_marks_and_not_numbers():
    states = np.array([State.MISSING, State.STALE, State.WAITING], np.uint8)
    grid = codes(np.array([1.5, 1.5, 1.5]), states, PARTIAL)
    assert ["".join(GLYPHS[code] for code in row) for row in grid] == ["∂ –", "…", ""]


def test_gradients_and_local_derivatives_carry_their_sign_in_front():
    assert text(-1.5, PARTIAL) == "∂ −1.5"
    assert text(2.0, TIMES) == "×2.0"


def test_each_number_may_have_a_prefix_of_its_own():
    prefixes = np.array([BLANK, PARTIAL], np.uint8)
    grid = codes(np.array([1.0, 1.0]), np.zeros(2, np.uint8), prefixes)
    assert ["".join(GLYPHS[code] for code in row) for row in grid] == ["1.0", "∂ 1.0"]
