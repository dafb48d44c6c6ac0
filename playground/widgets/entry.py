"""An entry of a list to choose from: a title, and below it a line that says more."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from playground.theme import ThemeManager, interface_font

HEIGHT = 54
MARGIN = 8
RADIUS = 8.0
DETAIL_PIXELS = 12
LINE = 15


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
        """Paint the title and two lines of detail, shortened to the width."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.isDown()
        self._paint_box(painter, lit=lit)
        painter.setPen(theme.ink)
        self._line(painter, 4, self.text(), interface_font())
        painter.setPen(theme.muted if lit else theme.dim)
        self._paint_detail(painter, 4 + LINE)
        painter.end()

    def _paint_box(self, painter: QPainter, *, lit: bool) -> None:
        """Show that the entry is under the mouse, or has the focus."""
        if lit or self.hasFocus():
            theme = self._themes.current()
            painter.setBrush(theme.hover if lit else Qt.BrushStyle.NoBrush)
            ring = QPen(theme.selection, 1) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _paint_detail(self, painter: QPainter, top: int) -> None:
        small = interface_font(DETAIL_PIXELS)
        first, rest = self._broken(small)
        self._line(painter, top, first, small)
        self._line(painter, top + LINE, rest, small)

    def _line(self, painter: QPainter, top: int, text: str, font: QFont) -> None:
        width = self.width() - 2 * MARGIN
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.setFont(font)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(MARGIN, top, width, LINE), left, shown)

    def _broken(self, font: QFont) -> tuple[str, str]:
        """Break the detail where its first line is full."""
        layout = QTextLayout(self._detail, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(self.width() - 2 * MARGIN)
        layout.endLayout()
        return self._detail[: line.textLength()].strip(), self._detail[line.textLength() :]
