"""Numbers as rows of glyph codes, thousands at a time: four significant figures, no strings.
Close up there is room for more figures.

The card painter turns the codes into pictures of glyphs. A number that four figures do not hold
exactly keeps its trailing zeros, so that live numbers do not jump; one that they do loses them.
A power of ten takes a figure away for each digit beyond its first, so that it fits on its card.
"""

from enum import IntEnum
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Index = NDArray[np.int64]

PREFIXES = ("∂ ", "×", _("was") + " ", "→ ", "Δ ", "Δ/h ")
GLYPHS = ("", *"0123456789", ".", "−", "e", "nan", "∞", "–", "…", *PREFIXES)
BLANK = 0
ZERO = 1
POINT, MINUS, POWER, NAN, INFINITE, DASH, DOTS = range(11, 18)
PARTIAL, TIMES, WAS, BECOMES, CHANGE, QUOTIENT = range(18, 24)

FIGURES = 4
MOST_FIGURES = 8
WHOLE_PLACES, FRACTION_PLACES, POWER_PLACES = 6, 11, 3
PREFIX, SIGN, WHOLE = 0, 1, 2
DOT = WHOLE + WHOLE_PLACES
FRACTION = DOT + 1
MARK = FRACTION + FRACTION_PLACES
POWER_SIGN = MARK + 1
EXPONENT = POWER_SIGN + 1
WIDTH = EXPONENT + POWER_PLACES
TENS = 10 ** np.arange(0, 13, dtype=np.int64)
NEARLY = 1e-9
LONG_POWERS = np.array([10, 100])  # exponents from which on a figure less is written
SMALLEST = 3  # 0.001234 is written out, 0.0001234 with a power


class State(IntEnum):
    """What stands in the place of a number."""

    NUMBER = 0
    MISSING = 1  # cannot be computed, or no gradient comes here
    STALE = 2  # not computed yet
    WAITING = 3  # a pass that goes step by step has not come to it: nothing stands there


def codes(
    numbers: Floats,
    states: NDArray[np.uint8],
    prefix: int | Codes = BLANK,
    figures: int = FIGURES,
) -> Codes:
    """Return glyph codes, shape (n, WIDTH), blank where a place is unused.

    `states` are of `State`; a prefix, one or one each, stands before what is a number or missing.
    There are at most MOST_FIGURES figures.
    """
    grid = np.zeros((len(numbers), WIDTH), np.uint8)
    grid[:, PREFIX] = np.where(states >= State.STALE, BLANK, prefix)
    plain = states == State.NUMBER
    finite = plain & np.isfinite(numbers)
    _write_numbers(grid, np.flatnonzero(finite), numbers[finite], figures)
    grid[plain & (numbers < 0), SIGN] = MINUS
    grid[plain & np.isinf(numbers), WHOLE] = INFINITE
    grid[plain & np.isnan(numbers), WHOLE] = NAN
    grid[states == State.MISSING, WHOLE] = DASH
    grid[states == State.STALE, WHOLE] = DOTS
    return grid


def text(number: float, prefix: int = BLANK) -> str:
    """Return one number as it is shown."""
    row = codes(np.array([number]), np.zeros(1, np.uint8), prefix)[0]
    return "".join(GLYPHS[code] for code in row)


def _write_numbers(grid: Codes, rows: Index, numbers: Floats, most: int) -> None:
    size = np.abs(numbers)
    exponent = _exponents(size, np.full(len(size), most))
    powers = (exponent < -SMALLEST) | (exponent >= WHOLE_PLACES)
    figures = most - np.where(powers, (np.abs(exponent)[:, None] >= LONG_POWERS).sum(axis=1), 0)
    exponent = _exponents(size, figures)
    shift = figures - 1 - exponent
    shift = np.where(powers, shift, np.clip(shift, 0, FRACTION_PLACES))
    decimals = np.where(powers, figures - 1, shift)
    scaled = _shifted(size, shift)
    whole = np.rint(scaled).astype(np.int64)
    least = np.where(powers, 0, np.minimum(decimals, 1))
    held = np.abs(scaled - whole) <= NEARLY * whole
    for _place in range(FRACTION_PLACES):
        spare = held & (decimals > least) & (whole % 10 == 0)
        whole = np.where(spare, whole // 10, whole)
        decimals = decimals - spare
    _write_digits(grid, rows, whole, decimals)
    _write_powers(grid, rows[powers], exponent[powers])


def _exponents(size: Floats, figures: Index) -> Index:
    """Return the power of ten of each number's first figure, after rounding to so many."""
    exponent = np.zeros(len(size), np.int64)
    some = size > 0
    exponent[some] = np.floor(np.log10(size[some])).astype(np.int64)
    for _again in range(2):  # the logarithm may be one off, and rounding may carry
        rounded = np.rint(_shifted(size, figures - 1 - exponent))
        exponent += (rounded >= TENS[figures]).astype(np.int64)
        exponent -= some & (rounded < TENS[figures - 1])
    return exponent


def _shifted(size: Floats, places: Index) -> Floats:
    """Return size * 10**places, in two factors so that neither leaves the range of doubles."""
    half = places // 2
    shifted: Floats = size * 10.0**half * 10.0 ** (places - half)
    return shifted


def _write_digits(grid: Codes, rows: Index, whole: Index, decimals: Index) -> None:
    before, after = np.divmod(whole, TENS[decimals])
    for place in range(WHOLE_PLACES):
        power = TENS[WHOLE_PLACES - 1 - place]
        shown = (before >= power) | (power == 1)
        grid[rows, WHOLE + place] = np.where(shown, ZERO + before // power % 10, BLANK)
    grid[rows, DOT] = np.where(decimals > 0, POINT, BLANK)
    for place in range(FRACTION_PLACES):
        power = TENS[np.maximum(decimals - 1 - place, 0)]
        shown = place < decimals
        grid[rows, FRACTION + place] = np.where(shown, ZERO + after // power % 10, BLANK)


def _write_powers(grid: Codes, rows: Index, exponent: Index) -> None:
    size = np.abs(exponent)
    grid[rows, MARK] = POWER
    grid[rows, POWER_SIGN] = np.where(exponent < 0, MINUS, BLANK)
    for place in range(POWER_PLACES):
        power = TENS[POWER_PLACES - 1 - place]
        shown = size >= power
        grid[rows, EXPONENT + place] = np.where(shown, ZERO + size // power % 10, BLANK)
