"""Room for what is unfolded: how far siblings are pushed aside, one axis at a time.

The frame of an unfolded group is larger than its folded card, by some length before the card and
some after it.  What lies before is pushed back, what lies behind is pushed on.  The displacement
only grows along the axis, so things keep their order, and two things that did not overlap never
do.  It is derived: no stored position changes.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Growth(NamedTuple):
    """Where a folded card lies, and how much longer its frame is on either side."""

    low: float
    high: float
    before: float
    after: float

    @property
    def middle(self) -> float:
        """The centre of the card."""
        return (self.low + self.high) / 2


class Axis:
    """The map from stored to shown coordinates of centres along one axis.

    With `anchored`, the middle one of the growing cards stays where it is; otherwise the beginning
    of the axis does.
    """

    def __init__(self, growths: Iterable[Growth] = (), *, anchored: bool = False) -> None:
        grown = sorted(growths)
        self._at: list[float] = []
        self._shift: list[float] = []
        events = sorted(
            [(growth.high, 0, growth) for growth in grown]
            + [(growth.low, 1, growth) for growth in grown]
        )
        inside: dict[Growth, float] = {}
        current = 0.0
        for point, opens, growth in events:
            if opens:
                current = max(current, self._reached(point) + growth.before)
                inside[growth] = current
            else:
                current = max(current, inside[growth] + growth.after)
            self._at.append(point)
            self._shift.append(current)
        self._base = 0.0
        if anchored and grown:
            self._base = self._reached(grown[len(grown) // 2].middle)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is moved along it."""
        return not self._at

    def _reached(self, point: float) -> float:
        index = bisect_right(self._at, point)
        return self._shift[index - 1] if index else 0.0

    def shift(self, point: float) -> float:
        """Return how far something centred at a stored point is moved."""
        return self._reached(point) - self._base

    def stored(self, shown: float) -> float:
        """Return the stored centre of what is shown at a point; the inverse of shifting.

        A point inside the room that was made maps to the nearer edge of that room.
        """
        shown += self._base
        starts = [at + shift for at, shift in zip(self._at, self._shift, strict=True)]
        index = bisect_right(starts, shown)
        shift = self._shift[index - 1] if index else 0.0
        point = shown - shift
        if index == len(self._at) or point < self._at[index]:
            return point
        # Inside room: `point` overshoots the place where the next shift begins.
        edge = self._at[index]
        return edge if shown - (edge + shift) > starts[index] - shown else edge - 1e-6


def columns(intervals: dict[int, tuple[float, float]]) -> dict[int, int]:
    """Number the columns that intervals fall into; those of different columns never overlap."""
    number = -1
    reach = float("-inf")
    found = {}
    for item, (low, high) in sorted(intervals.items(), key=lambda entry: (entry[1], entry[0])):
        if low >= reach:
            number += 1
        found[item] = number
        reach = max(reach, high)
    return found
