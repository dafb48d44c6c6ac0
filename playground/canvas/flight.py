"""The one animation of the camera: from where it looked to where it shall look, in 150 ms.

The zoom changes by equal factors, and the way between runs so that a change of zoom keeps one
point of the scene in its place. The timer runs only while something moves.
"""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from playground.canvas.looks import Look

MILLISECONDS = 150


class Flight(QVariantAnimation):
    """Emits the looks on the way; at most one way is under way.

    Attributes:
        looked: carries the `Look` to show now.
        goal: where it ends, None while nothing moves.
    """

    looked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.goal: Look | None = None
        self._begin = Look(1.0, (0.0, 0.0))
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(MILLISECONDS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._show)
        self.finished.connect(self.settle)

    def run(self, begin: Look, goal: Look) -> None:
        """Set out."""
        self._begin, self.goal = begin, goal
        self.start()

    def settle(self) -> None:
        """Be where it was going, at once."""
        goal, self.goal = self.goal, None
        if goal is not None:
            self.stop()
            self.looked.emit(goal)

    def _show(self, part: float) -> None:
        if self.goal is not None:
            self.looked.emit(between(self._begin, self.goal, part))


def between(begin: Look, goal: Look, part: float) -> Look:
    """Return the look at a part of the way, 0 to 1."""
    zoom = begin.zoom * (goal.zoom / begin.zoom) ** part
    if abs(goal.zoom / begin.zoom - 1.0) > 1e-3:
        # The screen's fixed point: the centre moves as the width of what is seen does.
        part = (1 / begin.zoom - 1 / zoom) / (1 / begin.zoom - 1 / goal.zoom)
    (x1, y1), (x2, y2) = begin.centre, goal.centre
    return Look(zoom, (x1 + (x2 - x1) * part, y1 + (y2 - y1) * part))
