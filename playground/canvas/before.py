"""Keeps what numbers were before a gesture in the picture, as long as it lasts or a bit longer; or
what they would be with a value nudged.

The scene holds one. A gesture that ends of itself drops it; steps of a wheel or a key have no end
and let it linger. It paints nothing once the ghost is gone.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from playground.canvas.frame.ghost import Ghost, ghost_of
from playground.canvas.painting.painter import PainterItem

LINGER_MILLISECONDS = 1_200


class Before(QObject):
    """Puts the ghost of old numbers into the picture of one painter item."""

    def __init__(self, painter: PainterItem, parent: QObject) -> None:
        super().__init__(parent)
        self._painter = painter
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LINGER_MILLISECONDS)
        self._timer.timeout.connect(self.drop)

    def keep(self, nodes: Iterable[int]) -> None:
        """Keep what these nodes say now; what is kept already stays as it is."""
        picture = self._painter.picture
        self._timer.stop()
        if picture.ghost is None:
            picture.ghost = ghost_of(picture.document, picture.frame, picture.readings, nodes)

    def show(self, ghost: Ghost) -> None:
        """Show this in place of what is kept, until it is dropped."""
        self._timer.stop()
        self._painter.picture.ghost = ghost
        self._painter.update()

    def linger(self) -> None:
        """Drop it soon, unless something is kept or lingers again."""
        self._timer.start()

    def drop(self) -> None:
        """Show it no longer."""
        self._timer.stop()
        if self._painter.picture.ghost is not None:
            self._painter.picture.ghost = None
            self._painter.update()
