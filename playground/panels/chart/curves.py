"""Curves of many numbers for few pixels: what a chart draws.

A curve of a hundred thousand losses is drawn as the least and the greatest of every pixel
column, so that no spike is lost and a frame costs the same however long training went on.
Nothing here knows Qt.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

EMPTY = np.empty(0)
LEAST = -40.0  # e to the power of it is nothing, too
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
    if not len(numbers):
        return EMPTY
    ages = np.diff(steps, prepend=steps[0])
    ages /= max(ages[-1], 1.0)
    ages[0] = 1.0
    rate = np.log(weight)
    kept = np.full(len(ages), weight) if np.all(ages == 1.0) else np.exp(rate * ages)
    share = 1.0 - kept
    known = np.isfinite(numbers)
    if known.all():  # what the entries count adds up to 1 less what lies before the first
        parts = -np.expm1(np.maximum(rate * np.cumsum(ages), LEAST))
        return np.asarray(summed(share * numbers, kept) / parts, dtype=np.float64)
    sums = summed(share * np.where(known, numbers, 0.0), kept)
    with np.errstate(invalid="ignore"):
        average: Numbers = sums / summed(share * known, kept)
    average[~known] = np.nan
    return average


def summed(numbers: Numbers, kept: Numbers) -> Numbers:
    """Return s with s[i] = numbers[i] + kept[i] * s[i - 1], for `kept` between 0 and 1.

    Every pass reaches twice as far back, until what lies there counts nothing.
    """
    sums, reach = numbers.copy(), 1
    if np.all(kept[1:] == kept[-1]):  # as nearly always
        factor = float(kept[-1])
        while reach < len(sums) and factor > NOTHING:
            sums[reach:] += factor * sums[:-reach]
            factor, reach = factor * factor, 2 * reach
        return sums
    factors = kept.copy()
    while reach < len(sums) and np.any(factors > NOTHING):
        sums[reach:] += factors[reach:] * sums[:-reach]
        factors[reach:] = factors[reach:] * factors[:-reach]
        factors[:reach] = 0.0
        reach *= 2
    return sums


def least_above_zero(numbers: Numbers) -> float:
    """Return the least finite number above 0, infinity if there is none."""
    return float(np.min(numbers, where=np.isfinite(numbers) & (numbers > 0), initial=np.inf))


def logarithms(numbers: Numbers, floor: float) -> Numbers:
    """Return the base-10 logarithms; 0 and less lie at `floor`, what is not finite becomes NaN."""
    known = np.isfinite(numbers)
    raised: Numbers = np.log10(np.where(known & (numbers > 0), numbers, floor))
    raised[~known] = np.nan
    return raised


def finite(numbers: Numbers) -> Numbers:
    """Return the numbers with NaN for whatever is not finite."""
    return np.where(np.isfinite(numbers), numbers, np.nan)
