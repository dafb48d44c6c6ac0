"""Letting things glide to where a command has put them, so that one sees what went where.

They stand there already; for a moment they are painted on their way. When that is over nothing
runs any more.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from playground.canvas.scene import CanvasScene

MILLISECONDS = 150
Floats = NDArray[np.float64]
Places = dict[int, tuple[float, float]]


class Glide(QObject):
    """Moves the painted things of one scene from where they were to where they are."""

    def __init__(self, scene: CanvasScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._way: Floats = np.zeros((0, 2))
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MILLISECONDS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.valueChanged.connect(self._paint)

    def places(self) -> Places:
        """Return where everything visible is now."""
        picture = self._scene.picture
        corners = zip(picture.frame.ids.tolist(), picture.corners().tolist(), strict=True)
        return {item: (x, y) for item, (x, y) in corners}

    def begin(self, before: Places) -> None:
        """Let everything that was visible before glide from there; what is new appears."""
        self.stop()
        frame = self._scene.picture.frame
        rows = zip(frame.ids.tolist(), frame.rects[:, :2].tolist(), strict=True)
        starts = [before.get(item, at) for item, at in rows]
        self._way = np.array(starts, np.float64).reshape(-1, 2) - frame.rects[:, :2]
        if self._way.any():
            self._paint(1.0)  # the animation says nothing at its start
            self._animation.start()

    def stop(self) -> None:
        """Be there at once."""
        if self._animation.state() is not QVariantAnimation.State.Stopped:
            self._animation.stop()
            self._paint(0.0)

    def _paint(self, share: float) -> None:
        picture = self._scene.picture
        if self._way.shape == picture.shift.shape:
            picture.shift[:] = share * self._way
            self._scene.painter.update()
