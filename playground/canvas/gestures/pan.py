"""Moving the whole picture: with the middle button, or with the space bar held."""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt

from playground.canvas.gestures.base import Gesture, Stage, Touch


class Pan(Gesture):
    """Drags the picture along with the mouse; cancelling brings it back."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self._last = start.screen

    def begin(self) -> None:
        """Say what happens."""
        self.stage.hint(_("Drag to move the view · Escape brings it back"))

    def move(self, touch: Touch) -> None:
        """Move the picture as far as the mouse went."""
        self._drag(touch.screen)

    def cancel(self) -> None:
        """Bring the picture back."""
        self._drag(self.start.screen)

    def _drag(self, to: QPointF) -> None:
        off = to - self._last
        self._last = to
        self.stage.camera.pan(off.x(), off.y())


class Hand(Gesture):
    """The space bar is held: the left button pans until it is let go.

    Attributes:
        used: whether the picture was moved; an unused space bar means something else.
    """

    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self.used = False
        self._pan: Pan | None = None

    def begin(self) -> None:
        """Say what the space bar is for while it is held."""
        self.stage.hint(_("Drag to move the view · let go of Space to stop"))

    def press(self, touch: Touch) -> None:
        """Take hold of the picture."""
        self._pan = Pan(self.stage, touch)
        self._pan.begin()
        self.used = True

    def move(self, touch: Touch) -> None:
        """Move the picture while the button is down."""
        if self._pan is not None:
            self._pan.move(touch)

    def end(self, touch: Touch) -> None:
        """Let go of the picture; the space bar is still held."""
        self._pan = None

    def cancel(self) -> None:
        """Bring the picture back."""
        if self._pan is not None:
            self._pan.cancel()
