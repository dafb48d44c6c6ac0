"""Curves of many numbers for few pixels: what the loss plot draws.

A curve of a hundred thousand losses is drawn as the least and the greatest of every pixel
column, so that no spike is lost and a frame costs the same however long training went on.
Nothing here knows Qt.
"""

import math

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

DECADES_SHOWN = 9
FEWEST_DECADES = 1.0


def thinned(numbers: Numbers, columns: int) -> tuple[Numbers, Numbers]:
    """Return x and y of a curve with at most two points for each of `columns` columns.

    x is the index into `numbers`, or the middle of a column. The least comes before the greatest
    where the column rises; NaN stands only where a whole column is NaN.
    """
    count = len(numbers)
    if count <= 2 * columns:
        return np.arange(count, dtype=np.float64), np.asarray(numbers, dtype=np.float64)
    edges = np.linspace(0, count, columns + 1).astype(np.int64)
    starts, middles = edges[:-1], (edges[:-1] + edges[1:] - 1) / 2
    low = np.fmin.reduceat(numbers, starts)
    high = np.fmax.reduceat(numbers, starts)
    rising = numbers[starts] <= numbers[edges[1:] - 1]
    y = np.where(rising[:, None], np.stack((low, high), 1), np.stack((high, low), 1))
    return np.repeat(middles, 2), y.reshape(-1)


def logarithms(numbers: Numbers) -> Numbers:
    """Return the base-10 logarithms; 0 and less lie at the bottom, with the least above 0.

    What is not finite becomes NaN, and everything does if nothing lies above 0.
    """
    known = np.isfinite(numbers)
    least = np.min(numbers, where=known & (numbers > 0), initial=np.inf)
    if not np.isfinite(least):
        return np.full(len(numbers), np.nan)
    raised: Numbers = np.log10(np.maximum(np.where(known, numbers, least), least))
    raised[~known] = np.nan
    return raised


def decades(low: float, high: float) -> tuple[tuple[float, float], list[tuple[float, str]]]:
    """Return the range and the marks of a logarithmic axis, both as base-10 exponents.

    The range is at least a decade high; at most `DECADES_SHOWN` whole powers of ten are marked.
    """
    if high - low < FEWEST_DECADES:
        middle = (low + high) / 2
        low, high = middle - FEWEST_DECADES / 2, middle + FEWEST_DECADES / 2
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    stride = max(1, math.ceil((last - first + 1) / DECADES_SHOWN))
    return (low, high), [(float(k), f"1e{k}") for k in range(first, last + 1, stride)]


def levels(low: float, high: float, wanted: int = 4) -> list[tuple[float, str]]:
    """Return about `wanted` round marks of a linear axis from `low` to `high`."""
    if not high > low:
        return [(low, f"{low:.4g}")]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, f"{k * step:.6g}") for k in range(first, last + 1)]
