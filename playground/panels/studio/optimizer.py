"""The page of the optimiser: what it remembers of each parameter, as a table.

It reads the latest snapshot and the latest gradient; while the page is hidden nothing is done. The
table can be sorted by any column, and searched; a row that is chosen is selected on the canvas,
and what is selected there is the row that is chosen.
"""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from engine.explain.whose import named
from engine.train.snapshot import Snapshot
from engine.train.spreads import Moment, Numbers
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.labels import label
from playground.widgets.numbers import exact, written

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NAME = 0
NUMBER = Qt.ItemDataRole.UserRole
FIELD_WIDTH = 220


class OptimizerPage(QWidget):
    """A line to search with, and a table of the parameters.

    Attributes:
        filter, table: both of them; model: the rows in the order of the parameters.
    """

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del themes, settings  # the style sheet dresses it, and there is nothing to remember
        self._session = session
        self.model = Remembered(session, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(NUMBER)
        self._sorted.setFilterKeyColumn(NAME)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter = self._field()
        self._about = label(tone="muted")
        self.table = self._tree()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._point)
        session.training.snapshot_ready.connect(self._follow)
        session.training.spreads_ready.connect(self._follow)
        session.document_replaced.connect(self._refresh)
        session.selection_changed.connect(self._follow_selection)

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(_("Find a parameter, as in layer 1"))
        field.setToolTip(_("Show the parameters whose names, or those of their groups, hold this"))
        field.setAccessibleName(_("Find a parameter"))
        field.setClearButtonEnabled(True)
        field.setFixedWidth(FIELD_WIDTH)
        field.textChanged.connect(self._search)
        return field

    def _tree(self) -> QTreeView:
        table = QTreeView(self)
        table.setModel(self._sorted)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setSortingEnabled(True)
        table.header().setSortIndicatorClearable(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as the graph has them
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAccessibleName(_("What the optimiser remembers"))
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self._about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        self._session.training.watch(self, seen=True)
        self._refresh()
        self._follow_selection()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more gradients."""
        self._session.training.watch(self, seen=False)
        super().hideEvent(event)

    def _follow(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        training = self._session.training
        spreads = training.spreads
        self.model.show_run(training.snapshot, None if spreads is None else spreads.latest)
        self._count()

    def _search(self, text: str) -> None:
        self._sorted.setFilterFixedString(text.strip())
        self._count()

    def _count(self) -> None:
        shown, there = self._sorted.rowCount(), self.model.rowCount()
        words = _("{there:,} parameters") if shown == there else _("{shown:,} of {there:,}")
        self._about.setText(words.format(shown=shown, there=there))

    def _point(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            node = self.model.node(self._sorted.mapToSource(now).row())
            if self._session.selection != {node}:
                self._session.set_selection({node})

    def _follow_selection(self) -> None:
        """Choose the row of the parameter that is selected, be it on a card or on a wire."""
        session = self._session
        if not self.isVisible():
            return
        chosen = session.selection or frozenset(session.weights)
        row = self.model.row(next(iter(chosen))) if len(chosen) == 1 else None
        index = NOWHERE if row is None else self._sorted.mapFromSource(self.model.index(row, NAME))
        selection = self.table.selectionModel()
        if not index.isValid():
            selection.clearSelection()
            selection.setCurrentIndex(NOWHERE, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif index.row() != self.table.currentIndex().row():
            flag = QItemSelectionModel.SelectionFlag
            selection.blockSignals(True)  # the canvas has it selected already, maybe as a wire
            selection.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            selection.blockSignals(False)
            self.table.scrollTo(index)
            self.table.viewport().update()


class Remembered(QAbstractTableModel):
    """Rows of parameters: name, number, gradient, and each number the optimiser keeps of it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = np.empty(0, np.int64)
        self._names: list[str] = []
        self._columns: list[tuple[str, Numbers | None]] = []

    def show_run(self, snapshot: Snapshot | None, moment: Moment | None) -> None:
        """Show what a snapshot holds, and the gradient if it is one of the same parameters."""
        ids = np.empty(0, np.int64) if snapshot is None else snapshot.parameters[0]
        columns: list[tuple[str, Numbers | None]] = []
        if snapshot is not None:
            known = moment is not None and np.array_equal(moment.ids, ids)
            gradient = moment.gradient if moment is not None and known else None
            columns = [(_("value"), snapshot.parameters[1]), (_("gradient"), gradient)]
            columns += snapshot.remembered.items()
        same = np.array_equal(ids, self._ids)
        if same and [title for title, _c in columns] == [title for title, _c in self._columns]:
            self._columns = columns
            if len(ids):
                last = self.index(len(ids) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 1), last)
            return
        self.beginResetModel()
        document = self._session.document
        self._names = [named(document, n) if n in document else "" for n in ids.tolist()]
        self._ids, self._columns = ids, columns
        self.endResetModel()

    def node(self, row: int) -> int:
        """Return the parameter of a row."""
        return int(self._ids[row])

    def row(self, node: int) -> int | None:
        """Return the row of a parameter, None if it has none."""
        at = int(np.searchsorted(self._ids, node))
        return at if at < len(self._ids) and self._ids[at] == node else None

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
        if role == Qt.ItemDataRole.TextAlignmentRole and section != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("parameter") if section == NAME else self._columns[section - 1][0]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, and as `NUMBER` what it is sorted by."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if column == NAME:
            if role == NUMBER:
                return row
            return self._names[row] if role == Qt.ItemDataRole.DisplayRole else None
        numbers = self._columns[column - 1][1]
        if numbers is None:
            return None
        number = float(numbers[row])
        if role == NUMBER:
            return number
        if role == Qt.ItemDataRole.ToolTipRole:
            return exact(number)
        return written(number, 6) if role == Qt.ItemDataRole.DisplayRole else None
