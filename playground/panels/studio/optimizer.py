"""The page of the optimiser: what it remembers of each parameter, as a table.

It reads the latest snapshot; while the page is hidden nothing is done.
"""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QVBoxLayout, QWidget

from engine.train.snapshot import Snapshot
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.numbers import written

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class OptimizerPage(QWidget):
    """A table of the parameters; a row that is chosen is selected on the canvas."""

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del (
            themes,
            settings,
        )  # the table is dressed by the style sheet, and has nothing to remember
        self._session = session
        self.model = Remembered(session, self)
        self.table = QTreeView(self)
        self.table.setModel(self.model)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(_("What the optimiser remembers"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._point)
        session.training.snapshot_ready.connect(self._follow)
        session.document_replaced.connect(self._start_over)

    def _follow(self, snapshot: Snapshot) -> None:
        if self.isVisible():
            self.model.show_snapshot(snapshot)

    def _start_over(self) -> None:
        self.model.show_snapshot(self._session.training.snapshot)

    def _point(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._session.set_selection({self.model.node(now.row())})

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        self._start_over()
        super().showEvent(event)


class Remembered(QAbstractTableModel):
    """Rows of parameters: name, number, and each number the optimiser keeps of it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = np.empty(0, np.int64)
        self._columns: list[tuple[str, np.ndarray]] = []

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show what a snapshot holds, nothing for None."""
        ids = np.empty(0, np.int64) if snapshot is None else snapshot.parameters[0]
        columns = [] if snapshot is None else [(_("value"), snapshot.parameters[1])]
        if snapshot is not None:
            columns += snapshot.remembered.items()
        same = np.array_equal(ids, self._ids)
        if same and [title for title, _c in columns] == [title for title, _c in self._columns]:
            self._columns = columns
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            if last.isValid():
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._ids, self._columns = ids, columns
        self.endResetModel()

    def node(self, row: int) -> int:
        """Return the parameter of a row."""
        return int(self._ids[row])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many parameters there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return one column for the name and one for each number."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("parameter") if section == 0 else self._columns[section - 1][0]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            node = self.node(index.row())
            document = self._session.document
            return document.name(node) if node in document else ""
        return written(float(self._columns[index.column() - 1][1][index.row()]), 6)
