"""A card that floats: rounded, one hairline, and the only thing with a shadow."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from playground.theme import Theme, ThemeManager

RADIUS = 12.0
SHADOW = 14  # how far it reaches, in pixels
DROP = 4  # how much lower it falls


class FloatingCard(QWidget):
    """Paints the card; what stands on it goes into a layout within `SHADOW` pixels of margin."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        themes.theme_changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shadow, card and hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, QRectF(self.rect()), self._themes.current())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing on what lies below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End nothing there."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover over nothing there."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom nothing there."""
        event.accept()


def paint_card(painter: QPainter, outer: QRectF, theme: Theme) -> None:
    """Paint a card with its shadow; the card ends `SHADOW` pixels inside the rectangle."""
    card = outer.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    painter.setPen(Qt.PenStyle.NoPen)
    for reach in range(SHADOW, 0, -2):
        painter.setBrush(shade(theme.shadow, reach))
        spread = card.adjusted(-reach, -reach + DROP, reach, reach + DROP - 2)
        painter.drawRoundedRect(spread, RADIUS + reach, RADIUS + reach)
    painter.setBrush(theme.card)
    painter.setPen(QPen(theme.hairline, 1))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def shade(shadow: QColor, reach: int) -> QColor:
    """Return the colour of one layer of a shadow; layers add up towards the card."""
    faded = QColor(shadow)
    faded.setAlphaF(shadow.alphaF() * 0.22 * (1 - (reach - 1) / SHADOW))
    return faded
