"""Snapping: what is carried goes to the grid, or to the lines of what stands around it.

Carrying, dropping from the palette and moving by keys ask here. The grid is that of the dots;
lines are edges and middles, left to left, centre to centre. They, and equal gaps, are shown while
they hold.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from playground.canvas.frame.build import Frame
from playground.canvas.frame.style import GRID, Kind
from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.spacing import spacing
from playground.canvas.painting.picture import Floating

Floats = NDArray[np.float64]

REACH = 6.0  # pixels within which a line pulls
SAME = 0.5  # scene units within which lines count as one
PARTS = np.array((0.0, 0.5, 1.0))  # of a side: its beginning, its middle, its end


class Snapping:
    """Where something of a known rectangle goes, among all that is in sight and not carried.

    Attributes:
        guides: the lines that hold now, rows (x1, y1, x2, y2) in the scene.
        gaps: the equal gaps beside it, as lines through them.
    """

    def __init__(self, stage: Stage, rect: QRectF, carried: Iterable[int] = ()) -> None:
        self._stage = stage
        self._rect = np.array((rect.x(), rect.y(), rect.width(), rect.height()))
        self._others = others(stage, carried)
        self.guides: Floats = np.zeros((0, 4))
        self.gaps: Floats = np.zeros((0, 4))

    def settled(self, off: QPointF, lead: QPointF, *, inverted: bool = False) -> QPointF:
        """Return how far it goes instead of `off`; `lead` is the point that the grid is for.

        `inverted` does to the grid what is not set.
        """
        manners = self._stage.manners
        self.guides = self.gaps = np.zeros((0, 4))
        if manners.snap != inverted:
            off = on_grid(lead + off) - lead
            reach = SAME
        else:
            reach = self._stage.reach(REACH)
        return self._aligned(off, reach) if manners.guides else off

    def shown(self) -> Floating:
        """Return what shows by what it is held now."""
        return Floating(guides=self.guides, gaps=self.gaps)

    def _aligned(self, off: QPointF, reach: float) -> QPointF:
        seen = self._stage.camera.in_sight()
        rects = self._others
        low, high = (seen.left(), seen.top()), (seen.right(), seen.bottom())
        rects = rects[(rects[:, :2] <= high).all(axis=1)]
        rects = rects[(rects[:, :2] + rects[:, 2:] >= low).all(axis=1)]
        if not len(rects):
            return off
        way = np.array((off.x(), off.y()))
        free = []
        for axis in (0, 1):
            away = _lines(rects, axis) - _lines(self._rect, axis) - way[axis]
            nearest = away.flat[np.abs(away).argmin()]
            if abs(nearest) <= reach:
                way[axis] += nearest
            else:
                free.append(axis)
        self._space(rects, way, free, reach)
        self.guides = self._held(rects, way)
        return QPointF(*way.tolist())

    def _space(self, rects: Floats, way: Floats, axes: list[int], reach: float) -> None:
        """Make the gaps beside it equal along axes that no line has caught."""
        found = {}
        for axis in axes:
            equal = spacing(rects, self._rect + np.array((*way, 0.0, 0.0)), axis, reach)
            if equal is not None:
                way[axis] += equal.way
                found[axis] = equal.gaps
        mine = self._rect[:2] + way + self._rect[2:] / 2
        lines = [
            (low, mine[1], high, mine[1]) if axis == 0 else (mine[0], low, mine[0], high)
            for axis, gaps in found.items()
            for low, high in gaps
        ]
        self.gaps = np.array(lines, np.float64).reshape(-1, 4)

    def _held(self, rects: Floats, way: Floats) -> Floats:
        """Return the lines that the carried rectangle shares, as long as what they join."""
        mine = self._rect.copy()
        mine[:2] += way
        found = []
        for axis in (0, 1):
            across = 1 - axis
            same = np.abs(_lines(rects, axis) - _lines(mine, axis)) < SAME
            parts = np.flatnonzero(same.any(axis=0)).tolist()
            for part in parts if len(parts) < len(PARTS) else (0, 2):  # edges say enough
                joined = np.vstack((rects[same[:, part]], mine))
                begin = joined[:, across].min()
                finish = (joined[:, across] + joined[:, across + 2]).max()
                at = mine[axis] + PARTS[part] * mine[axis + 2]
                found.append((at, begin, at, finish) if axis == 0 else (begin, at, finish, at))
        return np.array(found, np.float64).reshape(-1, 4)


def others(stage: Stage, carried: Iterable[int]) -> Floats:
    """Return the rectangles of what is not carried, and does not hold what is carried."""
    frame = stage.scene.picture.frame
    carried = list(carried)
    free = ~_holding(frame, [frame.index[item] for item in carried])
    for item in carried:
        number = frame.index[item]
        while number >= 0:
            free[number] = False
            number = int(frame.parents[number])
    rects: Floats = frame.rects[free]
    return rects


def _holding(frame: Frame, carried: list[int]) -> NDArray[np.bool_]:
    """Tell which items are drawn frames with one of these items wholly inside."""
    low, high = frame.rects[:, :2], frame.rects[:, :2] + frame.rects[:, 2:]
    found = np.zeros(len(frame), bool)
    for number in np.flatnonzero(frame.kinds == Kind.AREA).tolist():
        within = (low[carried] >= low[number]) & (high[carried] <= high[number])
        found[number] = within.all(axis=1).any()
    return found


def on_grid(point: QPointF) -> QPointF:
    """Return the nearest point of the grid."""
    return QPointF(round(point.x() / GRID) * GRID, round(point.y() / GRID) * GRID)


def _lines(rects: Floats, axis: int) -> Floats:
    """Return beginning, middle and end along an axis of rectangles (..., 4), as (..., 3)."""
    lines: Floats = rects[..., axis, None] + rects[..., axis + 2, None] * PARTS
    return lines
