"""The table of the page that predicts: keys of a spreadsheet, bars for probabilities, dots.

Tab goes from feature to feature, Return to the next row; what is typed in the last row makes
another one. What the keys for copying, pasting and deleting do is for the page.
"""

from gettext import gettext as _
from math import isnan

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from playground.panels.studio.predict.rows import DOT, SHARE, Rows
from playground.theme import ThemeManager, number_font

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
ROW_HEIGHT = 28
WIDTHS = {"share": 128, "class": 104, "truth": 104, "right": 44}
WIDTH = 96
PAD, DOT_SIZE, TRACK = 8.0, 9.0, 60  # the last is an opacity
BAR_HEIGHT, BAR_ROUND, NUMBER_WIDTH = 6.0, 3.0, 52.0


class Grid(QTableView):
    """Shows `Rows`.

    Attributes:
        copied, pasted, removed: the keys for that were pressed.
        left: Escape was pressed while nothing was selected; Tab stays in the table.
    """

    copied = Signal()
    pasted = Signal()
    removed = Signal()
    left = Signal()

    def __init__(self, rows: Rows, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(Cells(themes, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        heads = self.verticalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setDefaultSectionSize(ROW_HEIGHT)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        heads.setHighlightSections(False)
        self.setAccessibleName(_("Rows to predict"))
        self._before: tuple[int, int, bool] | None = None  # the cell in use before a reset
        rows.modelAboutToBeReset.connect(self._remember)
        rows.modelReset.connect(self._restore)

    def _remember(self) -> None:
        here = self.currentIndex()
        self._before = (here.row(), here.column(), bool(self.chosen())) if here.isValid() else None

    def _restore(self) -> None:
        """Give columns the width of what they show, and go back to the cell that was in use."""
        for k, column in enumerate(self._rows.columns):
            self.setColumnWidth(k, WIDTHS.get(column.kind, WIDTH))
        if self._before is None and self.hasFocus():
            self._begin()
        elif self._before is not None:
            row, place, chosen = self._before
            last = self._rows.rowCount() - 1
            here = self._rows.index(min(row, last), min(place, len(self._rows.columns) - 1))
            flags = QItemSelectionModel.SelectionFlag
            wanted = flags.ClearAndSelect | flags.Rows if chosen else flags.NoUpdate
            self.selectionModel().setCurrentIndex(here, wanted)

    def _begin(self) -> None:
        """Go to the empty row."""
        self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, 0))

    def chosen(self) -> list[int]:
        """Return the rows that are selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def moveCursor(
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Tab go from feature to feature, over the ends of rows."""
        steps = {
            QTableView.CursorAction.MoveNext: 1,
            QTableView.CursorAction.MovePrevious: -1,
        }
        here, features = self.currentIndex(), self._features()
        if action not in steps or not here.isValid() or not features:
            return super().moveCursor(action, modifiers)
        column = min(here.column(), features if steps[action] < 0 else features - 1)
        place = here.row() * features + column + steps[action]
        row, column = divmod(place, features)
        last = self._rows.rowCount() - 1
        return self._rows.index(min(max(row, 0), last), column if 0 <= row <= last else 0)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go to the next row after Return; Qt says the same when another row was clicked."""
        here = self.indexAt(editor.geometry().center()) == self.currentIndex()
        entered = here and hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        plain = QAbstractItemDelegate.EndEditHint.NoHint
        super().closeEditor(editor, plain if entered else hint)
        if entered:
            self._go_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, delete, leave; else what tables do."""
        key = event.key()
        if self.state() == QTableView.State.EditingState:  # what the field has left over
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.removed.emit()
        elif key == Key.Key_Escape and self.chosen():
            self.clearSelection()
        elif key == Key.Key_Escape:
            self.left.emit()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._go_down()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin in the empty row, so that what is typed first is not lost."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._begin()

    def _features(self) -> int:
        return 0 if self._rows.asked is None else len(self._rows.asked.features)

    def _go_down(self) -> None:
        row = min(self.currentIndex().row() + 1, self._rows.rowCount() - 1)
        self.setCurrentIndex(self._rows.index(row, 0))

    def sizeHint(self) -> QSize:
        """Ask for little: there is a scroll bar."""
        return QSize(400, 160)


class Cells(QStyledItemDelegate):
    """Paints probabilities as bars, classes with their colour, a ring around the cell in use."""

    def __init__(self, themes: ThemeManager, grid: Grid) -> None:
        super().__init__(grid)
        self._themes, self._grid = themes, grid

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave texts their colour where the row is selected."""
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        share, dot = index.data(SHARE), index.data(DOT)
        room = QRectF(option.rect)
        if share is not None:
            self._paint_ground(painter, option)
            self._paint_share(painter, room, *share)
        elif dot is not None:
            moved = QStyleOptionViewItem(option)
            self._paint_ground(painter, option)
            moved.rect = option.rect.adjusted(int(DOT_SIZE + PAD), 0, 0, 0)
            super().paint(painter, moved, index)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dot)
            top = room.center().y() - DOT_SIZE / 2
            painter.drawEllipse(QRectF(room.left() + PAD, top, DOT_SIZE, DOT_SIZE))
        else:
            super().paint(painter, option, index)
        if index == self._grid.currentIndex() and self._grid.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._themes.current().selection, 1.2))
            painter.drawRoundedRect(room.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        style = self._grid.style()
        plain = QStyleOptionViewItem(option)
        plain.text = ""
        style.drawPrimitive(
            style.PrimitiveElement.PE_PanelItemViewItem, plain, painter, self._grid
        )

    def _paint_share(self, painter: QPainter, room: QRectF, share: float, colour: QColor) -> None:
        """Paint how full a bar is, and the percentage at its right."""
        theme = self._themes.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(number_font(12))
        painter.setPen(theme.ink)
        words = "nan" if isnan(share) else _("{percent:.1f} %").format(percent=100 * share)
        text = QRectF(room.right() - PAD - NUMBER_WIDTH, room.top(), NUMBER_WIDTH, room.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        bar = QRectF(
            room.left() + PAD,
            room.center().y() - BAR_HEIGHT / 2,
            text.left() - room.left() - 2 * PAD,
            BAR_HEIGHT,
        )
        track = QColor(theme.dim)
        track.setAlpha(TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(track)
        painter.drawRoundedRect(bar, BAR_ROUND, BAR_ROUND)
        if share > 0:
            full = QRectF(bar.left(), bar.top(), bar.width() * min(share, 1.0), bar.height())
            painter.save()
            painter.setClipRect(full, Qt.ClipOperation.IntersectClip)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, BAR_ROUND, BAR_ROUND)
            painter.restore()
