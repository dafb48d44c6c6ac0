"""When dots flow along the wires: while training runs, the canvas is seen, and one wants it.

A timer moves them on at most thirty times a second, and does not run otherwise, so that an idle
window paints nothing. A frame that is painted for new numbers takes the dots along; the timer
asks for one of its own only when there was none. The view owns one.
"""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QGraphicsView

from playground.canvas.painting.streams import FLOWS_FROM
from playground.canvas.scene import CanvasScene
from playground.theme import motion_is_reduced
from playground.training import Training

PER_SECOND = 30
TURN = 0.9  # seconds from one dot's place to the next one's
STEP = 1 / (PER_SECOND * TURN)


class Flow(QObject):
    """Moves the dots on one canvas.

    Attributes:
        timer: runs only while there is something to move.
    """

    def __init__(self, view: QGraphicsView, scene: CanvasScene, training: Training) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._training = training
        self._allowed = True
        self._paints = 0
        self.timer = QTimer(self)
        self.timer.setInterval(1000 // PER_SECOND)
        self.timer.timeout.connect(self._move)
        training.state_changed.connect(self.consider)
        view.installEventFilter(self)

    def allow(self, *, on: bool) -> None:
        """Let dots flow while training runs, or never."""
        self._allowed = on
        self.consider()

    def consider(self) -> None:
        """Begin or end, if what it depends on has changed."""
        wanted = (
            self._allowed
            and self._training.playing
            and self._view.isVisible()
            and not self._view.window().isMinimized()
            and not motion_is_reduced()
        )
        if wanted == self.timer.isActive():
            return
        self._scene.flow(0.0 if wanted else None)
        (self.timer.start if wanted else self.timer.stop)()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas as it is shown and hidden."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.consider()
        return super().eventFilter(watched, event)

    def _move(self) -> None:
        self.consider()  # nothing tells of a window that is minimised
        phase, painter = self._scene.picture.phase, self._scene.painter
        if phase is None:
            return
        self._scene.picture.phase = (phase + STEP) % 1.0
        if self._view.transform().m11() < FLOWS_FROM:
            return
        if painter.paints <= self._paints:
            self._paints = painter.paints + 1  # the one asked for here does not count
            painter.update()
        else:
            self._paints = painter.paints
