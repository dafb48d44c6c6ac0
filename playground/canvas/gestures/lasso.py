"""The lasso: a line drawn by hand selects what it surrounds."""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.selecting import Selecting
from playground.canvas.painting.picture import Floating

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

STEP = 4.0  # pixels between two points of the line
WORDS = _("Draw around what should be selected · Shift adds · Escape selects what was before")


class Lasso(Selecting):
    """Selects cards and notes whose middle lies inside, groups and frames that do as a whole."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self._line = [(start.scene.x(), start.scene.y())]
        self._drawn = False

    def begin(self) -> None:
        """Say what can be done; a click with Control on nothing changes nothing."""
        self.stage.hint(WORDS)

    def move(self, touch: Touch) -> None:
        """Draw on, and select what is surrounded now."""
        if not self._drawn and not self.far(touch):
            return
        self._drawn = True
        at = (touch.scene.x(), touch.scene.y())
        away = np.hypot(*np.subtract(at, self._line[-1]))
        if away >= self.stage.reach(STEP):
            self._line.append(at)
        line = np.array([*self._line, at])
        self.stage.show(Floating(lasso=line))
        self.stage.session.set_selection(self.kept | self._surrounded(line))
        self.stage.hint(WORDS)

    def _surrounded(self, line: Floats) -> frozenset[int]:
        frame = self.stage.scene.picture.frame
        low, high = frame.rects[:, :2], frame.rects[:, :2] + frame.rects[:, 2:]
        found = inside((low + high) / 2, line)
        frames = np.flatnonzero(np.isin(frame.kinds, (Kind.FRAME, Kind.AREA)) & found)
        for x, y in ((low, low), (low, high), (high, low), (high, high)):
            corners = np.stack((x[frames, 0], y[frames, 1]), axis=1)
            found[frames] &= inside(corners, line)
        return frozenset(frame.ids[found].tolist())


def inside(points: Floats, polygon: Floats) -> Flags:
    """Tell which points (n, 2) lie in a closed polygon (m, 2), by the even-odd rule."""
    found = np.zeros(len(points), bool)
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    x, y = points[near, :1], points[near, 1:]
    (x1, y1), (x2, y2) = polygon.T, np.roll(polygon, -1, axis=0).T
    straddles = (y1 <= y) != (y2 <= y)
    slope = np.divide(x2 - x1, y2 - y1, out=np.zeros(len(polygon)), where=y1 != y2)
    crossed = straddles & (x < x1 + (y - y1) * slope)
    found[near] = crossed.sum(axis=1) % 2 == 1
    return found
