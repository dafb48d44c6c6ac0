"""The ring under the mouse that shows how far a brush reaches; it lies over the picture."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

SHADE, RING = QColor(0, 0, 0, 150), QColor("white")


class Reach(QWidget):
    """Paints one ring, and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._middle = QPointF()
        self._radius = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_circle(self, middle: QPointF, radius: float) -> None:
        """Show the ring here; only where it was and where it is is painted anew."""
        before = self._box()
        self._middle, self._radius = middle, radius
        self.show()
        self.update(before)
        self.update(self._box())

    def _box(self) -> QRect:
        side = round(self._radius) + 3
        x, y = round(self._middle.x()), round(self._middle.y())
        return QRect(x - side, y - side, 2 * side, 2 * side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a light ring in a dark one, to be seen on any colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((SHADE, 3.0), (RING, 1.25)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(self._middle, self._radius, self._radius)
        painter.end()
