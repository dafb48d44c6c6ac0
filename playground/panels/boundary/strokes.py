"""What a brush does to the data, from press to release: spray, move a point, rub points out.

A stroke is an object. The draw mode begins one at a press, hands it where the mouse goes and ends
or cancels it; what it does lands in the sheet at once, all of it as one undo step. Distances are
pixels, since that is what a hand measures in; nothing here knows a widget.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from playground.panels.boundary.sheet import Sheet

Numbers = NDArray[np.float64]

SPACING = 6.0  # pixels of the way between two points, however fast the hand
THRESHOLD = 4.0  # pixels before a press on a point becomes a drag


@dataclass(frozen=True, slots=True)
class Touch:
    """Where the mouse is in the plane (x, y), how much a pixel is there, and whether it is exact.

    With `exact` (Shift) points lie on the way of the mouse itself.
    """

    place: Numbers
    pixel: Numbers
    exact: bool = False

    def steps_from(self, other: "Touch") -> Numbers:
        """Return the way from another touch to this one, in pixels."""
        way: Numbers = (self.place - other.place) / self.pixel
        return way


class Stroke:
    """Something a brush does; `cursor` is the shape of the mouse while it lasts."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, sheet: Sheet, start: Touch, radius: float) -> None:
        self.sheet = sheet
        self.last = start
        self.radius = radius

    def begin(self) -> None:
        """Do what the press itself does."""
        self.sheet.begin()

    def move(self, touch: Touch) -> None:
        """Follow the mouse."""

    def end(self) -> None:
        """Leave what was done as it is."""

    def cancel(self) -> None:
        """Leave everything as it was before."""
        self.sheet.put_back()


class Spray(Stroke):
    """Add a point where it begins, and then one for each bit of the way, scattered around it."""

    def __init__(self, sheet: Sheet, start: Touch, radius: float, target: float) -> None:
        super().__init__(sheet, start, radius)
        self._target = target
        self._left = SPACING
        self._stream = RandomState(len(sheet.places()))  # the same hand gives the same points

    def begin(self) -> None:
        """Add a point exactly where the mouse is."""
        super().begin()
        self.sheet.add(self.last.place[None], self._target)

    def move(self, touch: Touch) -> None:
        """Add the points that are due on the way here."""
        way = touch.steps_from(self.last)
        length = float(np.hypot(*way))
        due = np.arange(self._left, length, SPACING)
        self._left += len(due) * SPACING - length
        if len(due):
            pixels = due[:, None] / length * way
            if not touch.exact:
                pixels += self._scatter(len(due))
            self.sheet.add(self.last.place + pixels * touch.pixel, self._target)
        self.last = touch

    def _scatter(self, count: int) -> Numbers:
        """Return places (count, 2) all over a disc of the brush's radius."""
        away, angle = self._stream.random_sample((2, count))
        ends = np.stack((np.cos(2.0 * np.pi * angle), np.sin(2.0 * np.pi * angle)), axis=1)
        scattered: Numbers = self.radius * np.sqrt(away)[:, None] * ends
        return scattered


class Move(Stroke):
    """Carry a point; one that is pressed and not carried becomes the sample that is shown."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, sheet: Sheet, start: Touch, radius: float, point: int) -> None:
        super().__init__(sheet, start, radius)
        self._point = point
        self._grip = sheet.places()[point] - start.place
        self._carried = False

    def begin(self) -> None:
        """Wait until it is carried."""

    def move(self, touch: Touch) -> None:
        """Carry it here."""
        if not self._carried:
            if np.abs(touch.steps_from(self.last)).sum() < THRESHOLD:
                return
            self._carried = True
            self._point = self.sheet.begin(self._point)
        self.sheet.move(self._point, touch.place + self._grip)

    def end(self) -> None:
        """Show the sample, if that is all that was asked for."""
        if not self._carried:
            self.sheet.show(self._point)

    def cancel(self) -> None:
        """Put it back where it was."""
        if self._carried:
            super().cancel()


class Erase(Stroke):
    """Rub out what the brush comes over."""

    def begin(self) -> None:
        """Rub out what is there already."""
        super().begin()
        self._rub(self.last)

    def move(self, touch: Touch) -> None:
        """Rub out what lies on the way here."""
        self._rub(touch)
        self.last = touch

    def _rub(self, touch: Touch) -> None:
        away = distances(self.sheet.places() / touch.pixel, self.last, touch)
        self.sheet.remove(np.flatnonzero(away <= self.radius))


def distances(points: Numbers, start: Touch, end: Touch) -> Numbers:
    """Return how far points (n, 2), in pixels, are from the way between two touches."""
    begin, way = start.place / end.pixel, end.steps_from(start)
    length = float(way @ way)
    share = np.clip((points - begin) @ way / length, 0.0, 1.0) if length else np.zeros(len(points))
    away: Numbers = np.hypot(*(points - begin - share[:, None] * way).T)
    return away
