"""An entry of a list to choose from: a title, and below it a line that says more."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from playground.theme import ThemeManager, interface_font

HEIGHT = 42
MARGIN = 8
RADIUS = 8.0
DETAIL_PIXELS = 12


class Entry(QAbstractButton):
    """Paints itself flat; a hover or the focus shows that it can be pressed.

    Attributes:
        key: what the entry stands for.
    """

    def __init__(
        self,
        key: str,
        title: str,
        detail: str,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._detail = detail
        self._themes = themes
        self.setText(title)
        self.setToolTip(detail)
        self.setAccessibleDescription(detail)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return a width that shows a short title."""
        return QSize(150, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Return as on Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both lines, shortened to the width."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.isDown()
        if lit or self.hasFocus():
            painter.setBrush(theme.hover if lit else Qt.BrushStyle.NoBrush)
            ring = QPen(theme.selection, 1) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(theme.ink)
        self._line(painter, 5, self.text(), interface_font().pixelSize())
        painter.setPen(theme.dim if not lit else theme.muted)
        self._line(painter, 22, self._detail, DETAIL_PIXELS)
        painter.end()

    def _line(self, painter: QPainter, top: int, text: str, pixels: int) -> None:
        font = interface_font(pixels)
        width = self.width() - 2 * MARGIN
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.setFont(font)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(MARGIN, top, width, 16), left, shown)
