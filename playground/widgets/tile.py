"""A tile of the palette: a symbol, a word or a small curve, to be dragged or double-clicked.

The palette makes the tiles and decides what a chosen one means. A tile paints itself in the
current theme and never knows a document.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from playground.theme import Theme, ThemeManager, interface_font
from playground.widgets.catalogue import Item
from playground.widgets.mime import pack

HEIGHT = 30
RADIUS = 7.0
SYMBOL_PIXELS, WORD_PIXELS = 15, 12
CURVE_BOX = QRectF(-11, -7, 22, 14)
CARD = QSize(112, 64)


class Tile(QAbstractButton):
    """One item of the palette.

    Attributes:
        chosen: carries the item's text when it is to be added.
        walked: an arrow key was pressed; carries the steps across and down.
        touched: it was clicked once, which adds nothing.
        asked: its menu is wanted; carries the item's text and the place on the screen.
    """

    chosen = Signal(str)
    walked = Signal(int, int)
    touched = Signal()
    asked = Signal(str, QPoint)

    def __init__(self, item: Item, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._themes = themes
        self._pressed_at: QPointF | None = None
        self.setText(item.symbol)
        self.setAccessibleName(item.title)
        self.setToolTip(item.tip)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._choose)
        themes.theme_changed.connect(self._repaint)

    def _choose(self) -> None:
        self.chosen.emit(self.item.text)

    def _repaint(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add on Return as on Space; walk with the arrow keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in STEPS:
            self.walked.emit(*STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin; a single click only takes the focus."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the mouse has moved far enough."""
        if self._pressed_at is None:
            return
        moved = (event.position() - self._pressed_at).manhattanLength()
        if moved >= QApplication.startDragDistance():
            self._pressed_at = None
            self._drag()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Forget the press, and tell that it was a click if no drag came of it."""
        if self._pressed_at is not None:
            self._pressed_at = None
            self.touched.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add the item."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.click()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for its menu, at the mouse or, by keyboard, at itself."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.asked.emit(
            self.item.text,
            self.mapToGlobal(self.rect().center()) if by_key else event.globalPos(),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring of the focus."""
        super().focusInEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least width that shows the symbol."""
        return QSize(HEIGHT, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.hover if self.underMouse() else theme.raised)
        painter.setPen(QPen(theme.selection if self.hasFocus() else theme.hairline, 1))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_face(painter, box, self.item, theme)
        painter.end()

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(pack(self.item.text))
        pixmap = card(self.item, self._themes.current(), self.devicePixelRatioF())
        drag.setPixmap(pixmap)
        drag.setHotSpot(QRectF(0, 0, CARD.width(), CARD.height()).center().toPoint())
        drag.exec(Qt.DropAction.CopyAction)


STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def paint_face(painter: QPainter, box: QRectF, item: Item, theme: Theme) -> None:
    """Paint the symbol, the word or the curve of an item in the middle of a box."""
    painter.setPen(QPen(theme.ink, 1))
    if item.curve:
        paint_curve(painter, CURVE_BOX.translated(box.center()), item.curve, theme)
        return
    pixels = SYMBOL_PIXELS if len(item.symbol) <= 2 else WORD_PIXELS
    painter.setFont(interface_font(pixels))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, item.symbol)


def paint_curve(painter: QPainter, box: QRectF, heights: Sequence[float], theme: Theme) -> None:
    """Paint a function's heights, left to right, scaled to a box, over a hint of its axes."""
    y = np.asarray(heights)
    low, high = min(float(y.min()), 0.0), max(float(y.max()), 0.0)
    scale = box.height() / (high - low)
    zero = box.bottom() + low * scale
    painter.setPen(QPen(theme.faint, 1))
    painter.drawLine(QPointF(box.left(), zero), QPointF(box.right(), zero))
    across = np.linspace(box.left(), box.right(), len(y)).tolist()
    points = [QPointF(x, zero - h * scale) for x, h in zip(across, y.tolist(), strict=True)]
    painter.setPen(QPen(theme.ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline(QPolygonF(points))


def card(item: Item, theme: Theme, ratio: float) -> QPixmap:
    """Paint what hangs at the cursor during a drag: the node that will be made, in small."""
    pixmap = QPixmap(CARD * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.94)
    box = QRectF(0, 0, CARD.width(), CARD.height()).adjusted(1, 1, -1, -1)
    painter.setBrush(theme.card)
    painter.setPen(QPen(theme.selection, 1.5))
    radius = box.height() / 2 if item.text.startswith("op:") else 10.0
    painter.drawRoundedRect(box, radius, radius)
    if item.symbol == item.title:
        paint_face(painter, box, item, theme)
        painter.end()
        return pixmap
    paint_face(painter, box.adjusted(0, 0, 0, -16), item, theme)
    painter.setPen(theme.muted)
    painter.setFont(interface_font(11))
    words = box.adjusted(6, 0, -6, -9)
    painter.drawText(
        words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, item.title
    )
    painter.end()
    return pixmap
