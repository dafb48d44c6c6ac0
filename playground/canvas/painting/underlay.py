"""The layer below the cards, kept as a picture while only numbers change.

Ground, open groups and wires change with structure, place, zoom and selection; a live frame
changes none of them. What is painted twice the same is kept at the second time, so that panning
and dragging never pay for a picture they use once.
"""

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from playground.canvas.painting.lens import Lens


class Underlay:
    """Remembers what was painted last, and from the second time on its picture."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._picture: QPixmap | None = None

    def paint(
        self, painter: QPainter, lens: Lens, key: Hashable, draw: Callable[[QPainter], None]
    ) -> None:
        """Paint with `draw`, or copy its picture if nothing in the key has changed."""
        if key != self._key:
            self._key, self._picture = key, None
            draw(painter)
            return
        if self._picture is None:
            self._picture = self._take(lens, draw)
        painter.drawPixmap(0, 0, self._picture)

    def _take(self, lens: Lens, draw: Callable[[QPainter], None]) -> QPixmap:
        picture = QPixmap(round(lens.width), round(lens.height))
        picture.fill(Qt.GlobalColor.black)
        painter = QPainter(picture)
        draw(painter)
        painter.end()
        return picture
