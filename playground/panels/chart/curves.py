"""Curves of many numbers for few pixels: what a chart draws.

A curve of a hundred thousand losses is drawn as the least and the greatest of every pixel
column, so that no spike is lost and a frame costs the same however long training went on.
Nothing here knows Qt.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

EMPTY = np.empty(0)
NOTHING = 1e-17  # what counts less than this beside 1 changes no digit


def decimated(steps: Numbers, numbers: Numbers, columns: int) -> tuple[Numbers, Numbers]:
    """Return x and y of a curve with at most two points for each of `columns` equal spans.

    x is a step, or the middle of those in a column. The least comes before the greatest where the
    column rises; NaN stands only where a whole column is NaN.
    """
    count = len(numbers)
    if count <= 2 * columns:
        return steps, numbers
    starts = columns_of(steps, columns)
    ends = np.append(starts[1:], count) - 1
    low, high = np.fmin.reduceat(numbers, starts), np.fmax.reduceat(numbers, starts)
    rising = numbers[starts] <= numbers[ends]
    y = np.where(rising[:, None], np.stack((low, high), 1), np.stack((high, low), 1))
    return np.repeat((steps[starts] + steps[ends]) / 2, 2), y.reshape(-1)


def columns_of(steps: Numbers, columns: int) -> NDArray[np.int64]:
    """Return the first entry of each of `columns` equal spans of steps that has any."""
    edges = np.linspace(steps[0], steps[-1], columns + 1)[:-1]
    return np.unique(np.searchsorted(steps, edges))


def in_sight(steps: Numbers, first: float, last: float) -> slice:
    """Return the entries between two steps, and the one before and the one after."""
    begin, end = np.searchsorted(steps, (first, last))
    return slice(max(int(begin) - 1, 0), int(end) + 1)


def smoothed(steps: Numbers, numbers: Numbers, weight: float) -> Numbers:
    """Return the exponential moving average of a curve, without the bias of its beginning.

    Each step back counts `weight` times as much, from 0 to below 1; where entries are further
    apart than the last two, they count for as many steps as lie between. The average of what was
    measured is taken, so NaN and infinity change nothing but stay NaN themselves.
    """
    known = np.isfinite(numbers)
    spacing = np.diff(steps, prepend=steps[:1])
    kept = weight ** (spacing / max(spacing[-1], 1.0)) if len(steps) else spacing
    share = (1.0 - kept) * known
    if len(steps):
        share[0] = (1.0 - weight) * known[0]
    sums = np.stack((share * np.where(known, numbers, 0.0), share))
    reach = 1
    while reach < len(steps) and np.any(kept > NOTHING):  # each pass reaches twice as far back
        sums[:, reach:] += kept[reach:] * sums[:, :-reach]
        kept[reach:] = kept[reach:] * kept[:-reach]
        kept[:reach] = 0.0
        reach *= 2
    with np.errstate(invalid="ignore"):
        average: Numbers = sums[0] / sums[1]
    average[~known] = np.nan
    return average


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


def finite(numbers: Numbers) -> Numbers:
    """Return the numbers with NaN for whatever is not finite."""
    return np.where(np.isfinite(numbers), numbers, np.nan)
