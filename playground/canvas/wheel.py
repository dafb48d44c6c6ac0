"""Tells a wheel from a touchpad: a wheel zooms at the cursor, two fingers move the picture.

Zoom goes by how far was turned, never by how often Qt says so: a wheel of high resolution sends
many small turns. With Control both zoom; a pinch that the system passes on as Control and small
turns is the same. What glides on after the fingers were lifted goes on as it began, whichever
keys are held by then.
"""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QWheelEvent

from playground.canvas.camera import Camera

NOTCH = 480.0  # eighths of a degree that double the zoom: four notches of a wheel
PIXELS = 0.5  # on the screen in an eighth of a degree, where a touchpad tells no pixels
Modifier = Qt.KeyboardModifier
Phase = Qt.ScrollPhase


class Wheel:
    """Turns wheel events into movements of one camera."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._zoomed = False  # whether the fingers zoomed before they were lifted

    def turn(self, event: QWheelEvent) -> None:
        """Zoom or pan."""
        turn, fingers = event.angleDelta(), is_touchpad(event)
        if turn.isNull() and event.pixelDelta().isNull():  # fingers laid on, or lifted
            return
        if event.phase() is Phase.ScrollMomentum:
            if self._zoomed:
                return
        else:
            self._zoomed = bool(event.modifiers() & Modifier.ControlModifier)
        if fingers and not self._zoomed:
            off = pixels(event)
            self._camera.pan(off.x(), off.y())
        elif event.modifiers() & Modifier.ShiftModifier and not self._zoomed:
            self._camera.pan(turn.x() or turn.y(), 0)
        elif turn.y():
            self._camera.zoom_by(2.0 ** (turn.y() / NOTCH), event.position())


def is_touchpad(event: QWheelEvent) -> bool:
    """Tell fingers from a wheel: by the phases of a swipe, or where X11 sends none by the device.

    Pixels alone tell nothing: some drivers send them for a wheel as well.
    """
    if event.phase() is not Phase.NoScrollPhase:
        return True
    return event.device().type() is QInputDevice.DeviceType.TouchPad


def pixels(event: QWheelEvent) -> QPointF:
    """Return how far two fingers moved on the screen."""
    exact = event.pixelDelta()
    return QPointF(event.angleDelta()) * PIXELS if exact.isNull() else QPointF(exact)
