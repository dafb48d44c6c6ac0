"""Equal gaps: where between or beside its neighbours in a row something is spaced as they are.

`Snapping` asks along an axis that no line has caught. Neighbours are what it would meet if it were
pushed along the axis.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far to go on, and the equal gaps there are then, along the axis."""

    way: float
    gaps: tuple[Span, Span]


def spacing(rects: Floats, mine: Floats, axis: int, reach: float) -> Spacing | None:
    """Return the nearest place within reach that makes two gaps equal, None if there is none."""
    across = 1 - axis
    beside = (rects[:, across] < mine[across] + mine[across + 2]) & (
        rects[:, across] + rects[:, across + 2] > mine[across]
    )
    spans = np.stack((rects[beside, axis], rects[beside, axis] + rects[beside, axis + 2]), axis=1)
    low, long = float(mine[axis]), float(mine[axis + 2])
    before = _before(spans, low + reach)
    after = _after(spans, low + long - reach)
    found = []
    if before and after:
        at = (before[1] + after[0] - long) / 2
        found.append((at, ((before[1], at), (at + long, after[0]))))
    further = _before(spans, before[0]) if before else None
    if before and further:
        at = before[1] + before[0] - further[1]
        found.append((at, ((further[1], before[0]), (before[1], at))))
    further = _after(spans, after[1]) if after else None
    if after and further:
        at = after[0] - (further[0] - after[1]) - long
        found.append((at, ((at + long, after[0]), (after[1], further[0]))))
    near = [(abs(at - low), at, gaps) for at, gaps in found if abs(at - low) <= reach]
    near = [one for one in near if all(end > begin for begin, end in one[2])]
    if not near:
        return None
    _away, at, gaps = min(near)
    return Spacing(at - low, gaps)


def _before(spans: Floats, line: float) -> Span | None:
    """Return the last span that ends before a line."""
    some = spans[spans[:, 1] <= line]
    return _span(some[some[:, 1].argmax()]) if len(some) else None


def _after(spans: Floats, line: float) -> Span | None:
    """Return the first span that begins after a line."""
    some = spans[spans[:, 0] >= line]
    return _span(some[some[:, 0].argmin()]) if len(some) else None


def _span(row: Floats) -> Span:
    return (float(row[0]), float(row[1]))
