"""Scrolling by itself while something is dragged to the border of the view.

The mouse tells it where the gesture under way is; near the border a timer moves the picture and
the gesture with it, and it runs no longer than that.
"""

from PySide6.QtCore import QObject, QPointF, QTimer

from playground.canvas.gestures.base import Gesture, Stage, Touch

ZONE = 32.0  # pixels from the border in which it scrolls, the faster the farther out
FASTEST = 20.0  # pixels at a time
MILLISECONDS = 16


class AutoScroll(QObject):
    """Scrolls one canvas for one gesture at a time."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._gesture: Gesture | None = None
        self._touch: Touch | None = None
        self._gone = QPointF()
        self._fitted = False
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self._scroll)

    def follow(self, gesture: Gesture, touch: Touch) -> None:
        """Scroll from now on if the gesture has come to the border, or no longer."""
        self._gesture, self._touch = gesture, touch
        if gesture.scrolls and gesture.far(touch) and not self._speed(touch.screen).isNull():
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """The gesture is over, and the picture stays where it is."""
        self._timer.stop()
        self._gesture = self._touch = None
        self._gone = QPointF()

    def rewind(self) -> None:
        """The gesture was given up: bring the picture back."""
        gone = self._gone
        self.stop()
        if not gone.isNull():
            self._stage.camera.pan(-gone.x(), -gone.y())
            self._stage.camera.fitted = self._fitted

    def _scroll(self) -> None:
        gesture, touch = self._gesture, self._touch
        if gesture is None or touch is None:
            self._timer.stop()
            return
        camera, speed = self._stage.camera, self._speed(touch.screen)
        if self._gone.isNull():
            self._fitted = camera.fitted
        camera.pan(speed.x(), speed.y())
        self._gone += speed
        gesture.move(Touch(touch.screen, camera.to_scene(touch.screen), touch.modifiers))

    def _speed(self, at: QPointF) -> QPointF:
        """Return how far the picture goes in a step: away from the border that is near."""
        size = self._stage.camera.size()
        return QPointF(
            _step(ZONE - at.x()) - _step(at.x() - size.width() + ZONE),
            _step(ZONE - at.y()) - _step(at.y() - size.height() + ZONE),
        )


def _step(depth: float) -> float:
    """Return whole pixels for how deep in the zone something is."""
    return float(round(FASTEST * min(max(depth / ZONE, 0.0), 1.0) ** 1.5))
