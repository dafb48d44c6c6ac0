"""Room for what is unfolded: how far siblings are pushed aside, one axis at a time.

The frame of an unfolded group is larger than its folded card, by some length before the card and
some after it.  What lies before is pushed back, what lies behind is pushed on.  The displacement
only grows along the axis, so things keep their order, and two things that did not overlap never
do.  It is derived: no stored position changes.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.graph.records import Point

Rect = tuple[float, float, float, float]


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


@dataclass(frozen=True, slots=True)
class Place:
    """The coordinate system inside a frame: its origin in the scene, and the room made in it.

    Things in different columns need no room of each other's height, so each column has an axis
    of its own down. `spans` tells from where to where each column reaches.
    """

    origin: Point
    across: Axis
    down: dict[int, Axis]
    column: dict[int, int]
    spans: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing makes room: then what is in it is shown where it is stored."""
        return self.across.is_plain and all(axis.is_plain for axis in self.down.values())

    def shown(self, item: int, x: float, y: float) -> Point:
        """Return where in the scene the centre of an item is shown."""
        down = self.down[self.column[item]]
        return (
            self.origin[0] + x + self.across.shift(x),
            self.origin[1] + y + down.shift(y),
        )

    def around(self, rect: Rect) -> Rect:
        """Return a rectangle so that it goes on holding what it holds, whatever makes room."""
        x, y, width, height = rect
        left, right = (at + self.across.shift(at) for at in (x, x + width))
        axes = [
            self.down[number]
            for number, (low, high) in self.spans.items()
            if low < x + width and high > x
        ]
        top = min((y + axis.shift(y) for axis in axes), default=y)
        bottom = max((y + height + axis.shift(y + height) for axis in axes), default=y + height)
        return (self.origin[0] + left, self.origin[1] + top, right - left, bottom - top)

    def stored(self, item: int, centre: Point) -> Point:
        """Return the stored centre of an item that is shown at a point of the scene."""
        down = self.down[self.column[item]]
        return (
            self.across.stored(centre[0] - self.origin[0]),
            down.stored(centre[1] - self.origin[1]),
        )
