"""The confusion matrix: a painted table of true against predicted classes.

The results page has one. A cell that is pressed, or chosen with the arrow keys and Return, asks
for the samples in it.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from playground.theme import Theme, ThemeManager, number_font
from playground.widgets.numbers import percent

LABELS, TITLE = 30, 18  # room for the classes' names and the axes' titles, in pixels
MOST_LABELS, BESIDE = 120, 8  # for names beside the rows, and between them and the cells
SMALL = 11
GAP, ROUND = 2, 5
MOST_CELL = 64
KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """Paints counts, or shares of each true class.

    Attributes:
        chosen: carries the true and the predicted class of a cell.
        names: what the classes are called, in their order.
    """

    chosen = Signal(int, int)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts = np.zeros((0, 0), np.int64)
        self._shares = False
        self._current = (0, 0)
        self.names: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Confusion matrix"))
        themes.theme_changed.connect(self.update)

    @property
    def counts(self) -> NDArray[np.int64]:
        """What is shown: rows are true classes, columns predicted ones."""
        return self._counts

    def show_counts(self, counts: NDArray[np.int64], names: tuple[str, ...]) -> None:
        """Show a matrix."""
        self._counts, self.names = counts, names
        last = max(len(counts) - 1, 0)
        self._current = (min(self._current[0], last), min(self._current[1], last))
        self._announce()
        self.update()

    def show_shares(self, *, on: bool) -> None:
        """Write shares of each true class instead of counts."""
        self._shares = on
        self.update()

    def text(self, true: int, taken: int) -> str:
        """Return what a cell says."""
        count, row = int(self._counts[true, taken]), int(self._counts[true].sum())
        return percent(count / row) if self._shares and row else f"{count:,}"

    def words(self, true: int, taken: int) -> str:
        """Say what a cell means."""
        return _("{count} of class {true}, taken for {taken}; click to look at them").format(
            count=int(self._counts[true, taken]), true=self.names[true], taken=self.names[taken]
        )

    def cell(self, true: int, taken: int) -> QRectF:
        """Return where a cell is."""
        side = self._side()
        left, top = TITLE + self._beside(), TITLE + LABELS
        return QRectF(left + taken * side, top + true * side, side - GAP, side - GAP)

    def _side(self) -> float:
        count = max(len(self._counts), 1)
        room = min(self.width() - TITLE - self._beside(), self.height() - TITLE - LABELS)
        return min(max(room / count, 8.0), MOST_CELL)

    def _beside(self) -> float:
        """Return how wide the names beside the rows are."""
        metrics = QFontMetricsF(number_font(SMALL))
        widest = max((metrics.horizontalAdvance(name) for name in self.names), default=0.0)
        return min(max(widest + BESIDE, LABELS), MOST_LABELS)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        side, count = self._side(), len(self._counts)
        taken = int((place.x() - TITLE - self._beside()) // side)
        true = int((place.y() - TITLE - LABELS) // side)
        return (true, taken) if 0 <= true < count and 0 <= taken < count else None

    # The mouse and the keys ----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell."""
        found = self._at(event.position())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(*found)
            self.chosen.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        found = self._at(event.position())
        self.setCursor(
            Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor
        )
        words = "" if found is None else self.words(*found)
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the cells with the arrow keys; Return looks at their samples."""
        key = Qt.Key(event.key())
        last = len(self._counts) - 1
        if key in KEYS and last >= 0:
            down, across = KEYS[key]
            true, taken = self._current
            self._go(min(max(true + down, 0), last), min(max(taken + across, 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and last >= 0:
            self.chosen.emit(*self._current)
        else:
            super().keyPressEvent(event)

    def _go(self, true: int, taken: int) -> None:
        self._current = (true, taken)
        self._announce()
        self.update()

    def _announce(self) -> None:
        self.setAccessibleDescription(self.words(*self._current) if len(self._counts) else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for cells of a good size."""
        side = TITLE + LABELS + MOST_CELL * max(2, min(len(self._counts), 6))
        return QSize(side, side)

    # Painting ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cells as strong as their share of the true class: green right, orange wrong."""
        theme, painter = self._themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._counts)
        if count:
            self._paint_names(painter, theme)
        for true in range(count):
            for taken in range(count):
                self._paint_cell(painter, theme, true, taken)
        painter.end()

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        middle = Qt.AlignmentFlag.AlignCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        side, count = self._side(), len(self._counts)
        span = side * count
        beside = self._beside()
        painter.setFont(number_font(SMALL))
        painter.setPen(theme.dim)
        painter.drawText(QRectF(TITLE + beside, 0, span, TITLE), middle, _("predicted"))
        painter.save()
        painter.translate(0, TITLE + LABELS + span)
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, span, TITLE), middle, _("true"))
        painter.restore()
        painter.setPen(theme.muted)
        metrics = painter.fontMetrics()
        for k, name in enumerate(self.names[:count]):
            across = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(side) - GAP)
            down = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(beside) - BESIDE + 1)
            cell = self.cell(k, k)
            painter.drawText(QRectF(cell.left(), TITLE, cell.width(), LABELS), middle, across)
            left = QRectF(TITLE, cell.top(), beside - BESIDE, cell.height())
            painter.drawText(left, right, down)

    def _paint_cell(self, painter: QPainter, theme: Theme, true: int, taken: int) -> None:
        row = int(self._counts[true].sum())
        share = self._counts[true, taken] / row if row else 0.0
        cell = self.cell(true, taken)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(cell, ROUND, ROUND)
        tint = QColor(theme.go if true == taken else theme.negative)
        tint.setAlphaF(float(0.45 * share))
        painter.setBrush(tint)
        painter.drawRoundedRect(cell, ROUND, ROUND)
        if self.hasFocus() and (true, taken) == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.selection, 1.5))
            painter.drawRoundedRect(cell, ROUND, ROUND)
        painter.setFont(number_font(13 if self._side() >= 36 else 10))
        painter.setPen(theme.ink if share > 0 else theme.dim)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self.text(true, taken))
