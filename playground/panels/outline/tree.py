"""The tree view of the outline: its keys, and which of its rows are in sight."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeView,
    QWidget,
)

from playground.panels.outline.model import NAME, VALUE, OutlineModel
from playground.widgets.cells import Cells

INDENT = 12
WIDTHS = {1: 74, 2: 80, 3: 80}
LEAST_WIDTH = 320
Key = Qt.Key
OWN_KEYS = {Key.Key_Return, Key.Key_Enter, Key.Key_F2, Key.Key_Delete, Key.Key_Backspace}


class OutlineTree(QTreeView):
    """Shows an outline; Return edits or folds, F2 renames, Delete deletes.

    Attributes:
        deleting: what is selected shall be deleted.
        writing: a row is to be written on where there is room for it; carries its index.
        left: Escape was pressed: the keyboard goes back to the canvas.
    """

    deleting = Signal()
    writing = Signal(QModelIndex)
    left = Signal()

    def __init__(self, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setMinimumWidth(LEAST_WIDTH)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    @property
    def is_editing(self) -> bool:
        """Whether something is being typed into a cell."""
        return self.state() is QAbstractItemView.State.EditingState

    def rows_in_sight(self) -> Iterator[QModelIndex]:
        """Yield the rows that can be seen, from the top."""
        index = self.indexAt(QPoint(1, 1))
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            yield index.siblingAtColumn(NAME)
            index = self.indexBelow(index)

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the shortcuts of the window."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return super().event(event)
        if event.key() in OWN_KEYS and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, rename, fold, delete or leave; everything else is Qt's, typing to find too."""
        index, key = self.currentIndex(), event.key()
        if self.is_editing:
            super().keyPressEvent(event)
        elif key == Key.Key_Escape:
            self.left.emit()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.deleting.emit()
        elif key in (Key.Key_Return, Key.Key_Enter) and index.isValid():
            self.open_row(index)
        elif key == Key.Key_F2 and index.isValid():
            self._name(index)
        else:
            super().keyPressEvent(event)

    def open_row(self, index: QModelIndex) -> None:
        """Edit the number of a leaf, fold or unfold a group, name or write anything else."""
        value = index.siblingAtColumn(VALUE)
        if self._model.hasChildren(index.siblingAtColumn(NAME)):
            row = index.siblingAtColumn(NAME)
            self.setExpanded(row, not self.isExpanded(row))
        elif self._model.flags(value) & Qt.ItemFlag.ItemIsEditable:
            self.edit(value)
        else:
            self._name(index)

    def _name(self, index: QModelIndex) -> None:
        name = index.siblingAtColumn(NAME)
        if self._model.flags(name) & Qt.ItemFlag.ItemIsEditable:
            self.edit(name)
        else:
            self.writing.emit(name)
