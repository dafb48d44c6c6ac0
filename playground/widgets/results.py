"""The list of what a search has found: a symbol, a title, a dim line, and where it belongs.

The search card shows it. Rows are plain records that a finder makes; the list knows nothing of
what they stand for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QHideEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.theme import Theme, ThemeManager, interface_font
from playground.widgets.tile import CURVE_BOX, paint_curve

Index = QModelIndex | QPersistentModelIndex

HEIGHT = 32
SYMBOL_WIDTH = 56.0
MARGIN, GAP = 10.0, 10.0
RADIUS = 7.0
DETAIL_PIXELS, SECTION_PIXELS = 12, 11
SYMBOL_PIXELS, WORD_PIXELS = 15, 12
GLYPH = QRectF(-9, -6, 18, 12)  # of what has no symbol: a card in small
LEAST_DETAIL = 24.0  # pixels below which the dim line is left out
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was found.

    Attributes:
        key: what it stands for, for the finder that made it.
        symbol: "" paints a small card instead; `curve` paints a function.
        section: stands at the right.
        refused: whether it cannot be chosen; it is shown all the same, dim, to be explained.
    """

    key: str
    symbol: str
    title: str
    detail: str = ""
    section: str = ""
    curve: tuple[float, ...] = ()
    refused: bool = False


class Rows(QAbstractListModel):
    """The rows as Qt's views and screen readers read them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's title, and all its words for screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(word for word in (row.title, row.detail, row.section) if word)
        return None


class Painter(QStyledItemDelegate):
    """Paints rows in the current theme."""

    def __init__(self, rows: Rows, themes: ThemeManager, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._themes = themes

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row; the one that Return would take stands out."""
        row, theme = self._rows.rows[index.row()], self._themes.current()
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect)
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover)
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
        symbol = QRectF(box.left(), box.top(), SYMBOL_WIDTH, box.height())
        paint_symbol(painter, symbol, row, theme)
        paint_words(painter, box, row, theme, current=current)
        painter.restore()


def paint_symbol(painter: QPainter, box: QRectF, row: Row, theme: Theme) -> None:
    """Paint the symbol, the curve or the small card of a row."""
    ink = theme.dim if row.refused else theme.ink
    if row.curve:
        paint_curve(painter, CURVE_BOX.translated(box.center()), row.curve, theme)
        return
    painter.setPen(QPen(theme.dim if row.refused else theme.muted, 1.2))
    if not row.symbol:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(GLYPH.translated(box.center()), 3, 3)
        return
    painter.setPen(ink)
    painter.setFont(interface_font(SYMBOL_PIXELS if len(row.symbol) <= 2 else WORD_PIXELS))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.symbol)


def paint_words(painter: QPainter, box: QRectF, row: Row, theme: Theme, *, current: bool) -> None:
    """Paint title, dim line and section, each in the room that those before leave it."""
    quiet = theme.muted if current else theme.dim
    line = box.adjusted(SYMBOL_WIDTH + 4, 0, -MARGIN, 0)
    painter.setPen(quiet)
    taken = written(painter, line, RIGHT, row.section, interface_font(SECTION_PIXELS))
    line.setRight(line.right() - (taken + GAP if row.section else 0))
    painter.setPen(theme.dim if row.refused else theme.ink)
    taken = written(painter, line, LEFT, row.title, interface_font())
    line.setLeft(line.left() + taken + GAP)
    if row.detail and line.width() >= LEAST_DETAIL:
        painter.setPen(quiet)
        written(painter, line, LEFT, row.detail, interface_font(DETAIL_PIXELS))


def written(
    painter: QPainter, line: QRectF, side: Qt.AlignmentFlag, text: str, font: QFont
) -> float:
    """Write a text, shortened to a line; return how wide it is."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.setFont(font)
    painter.drawText(line, side, shown)
    return metrics.horizontalAdvance(shown)


class Results(QListView):
    """The list itself; the keyboard stays in the box above it."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(Painter(self._rows, themes, self))
        self.setObjectName("results")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._mouse: QPointF | None = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the row under the mouse be the current one, if the mouse moves and not the list."""
        super().mouseMoveEvent(event)
        before, self._mouse = self._mouse, event.globalPosition()
        index = self.indexAt(event.position().toPoint())
        if before is not None and before != self._mouse and index.isValid():
            self.setCurrentIndex(index)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget where the mouse was: the list may come back under it."""
        super().hideEvent(event)
        self._mouse = None

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows, the first one current."""
        self._rows.show(rows)
        self.scrollToTop()
        self.setCurrentIndex(self._rows.index(0))

    def current(self) -> Row | None:
        """Return the row that Return would take."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def step(self, way: int) -> None:
        """Go up or down, round at the ends."""
        count = len(self._rows.rows)
        if count:
            here = max(self.currentIndex().row(), 0)
            self.setCurrentIndex(self._rows.index((here + way) % count))
