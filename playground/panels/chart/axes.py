"""The marks of a chart's axes: powers of ten, round numbers, percents. Nothing here knows Qt."""

import math

DECADES_SHOWN = 9
FEWEST_DECADES = 1.0
ZERO_DECADES = 1.0  # that 0 lies below the least number above it, on an axis that never gets there


def decades(low: float, high: float) -> tuple[tuple[float, float], list[tuple[float, str]]]:
    """Return the range and the marks of a logarithmic axis, both as base-10 exponents.

    The range is at least a decade high; at most `DECADES_SHOWN` whole powers of ten are marked,
    and where there is one at most, their doubles and halves, too.
    """
    if high - low < FEWEST_DECADES:
        middle = (low + high) / 2
        low, high = middle - FEWEST_DECADES / 2, middle + FEWEST_DECADES / 2
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    if last <= first:
        places = [(k, digit) for k in range(first - 1, last + 2) for digit in (1, 2, 5)]
        marks = [(k + math.log10(digit), f"{digit * 10.0**k:.4g}") for k, digit in places]
        return (low, high), [mark for mark in marks if low - 1e-9 <= mark[0] <= high + 1e-9]
    stride = max(1, math.ceil((last - first + 1) / DECADES_SHOWN))
    return (low, high), [(float(k), f"1e{k}") for k in range(first, last + 1, stride)]


def over_zero(floor: float, marks: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return marks of a logarithmic axis for one whose bottom, at the exponent `floor`, is 0."""
    return [(floor, "0"), *(mark for mark in marks if mark[0] > floor + ZERO_DECADES / 2)]


def levels(low: float, high: float, wanted: int = 4) -> list[tuple[float, str]]:
    """Return about `wanted` round marks of a linear axis from `low` to `high`."""
    if not high > low:
        return [(low, f"{low:.4g}")]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, f"{k * step:.6g}") for k in range(first, last + 1)]


def share_marks(low: float) -> tuple[float, float, list[tuple[float, str]]]:
    """Return the range and the marks of an axis of shares whose least is `low`, up to all."""
    bottom = next((step for step in (0.9, 0.75, 0.5) if low >= step), 0.0)
    places = [bottom + k * (1.0 - bottom) / 4 for k in range(5)]
    return bottom, 1.0, [(place, f"{100 * place:.4g} %") for place in places]
