"""A table of rows that are about something: a page lights that while a row is pointed at.

Pages give it a model and columns. It knows which row the mouse is on, also when rows come and go
under it, and gives the keyboard back on Escape.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from playground.widgets.cells import Cells


class RowsView(QTreeView):
    """Shows a flat model, of which one row at most is chosen.

    Attributes:
        pointed: carries the row under the mouse, -1 for none; again when rows change.
        left: Escape was pressed while no row was chosen: the keyboard goes back to the canvas.
    """

    pointed = Signal(int)
    left = Signal()

    def __init__(self, rows: QAbstractItemModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: QPoint | None = None  # the mouse, while it is on the rows
        self.setModel(rows)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setTextElideMode(Qt.TextElideMode.ElideRight)  # else titles are cut anywhere
        rows.modelReset.connect(self._tell)
        rows.dataChanged.connect(self._tell)

    def choose(self, row: int | None) -> None:
        """Choose a row, None for no row, and bring it into sight; without telling anybody."""
        index = QModelIndex() if row is None else self.model().index(row, 0)
        selection, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        same = index.row() == self.currentIndex().row()
        if same and selection.hasSelection() == index.isValid():
            return
        before = selection.blockSignals(True)
        selection.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        selection.blockSignals(before)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def _tell(self) -> None:
        if self._at is not None:
            self.pointed.emit(self.indexAt(self._at).row())

    def _leave(self) -> None:
        self._at = None
        self.pointed.emit(-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which row the mouse is on."""
        super().mouseMoveEvent(event)
        self._at = event.position().toPoint()
        self._tell()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell when the mouse has gone."""
        if event.type() == QEvent.Type.Leave:
            self._leave()
        return super().viewportEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Point at nothing that nobody sees."""
        super().hideEvent(event)
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose no row on Escape, and then let the canvas have the keyboard."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.selectionModel().hasSelection():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.left.emit()
