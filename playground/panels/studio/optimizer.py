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
MARGIN = 14
FIELD_WIDTH = 220


class OptimizerPage(QWidget):
    """A line to search with, and a table of the parameters.

    Attributes:
        filter, table: both of them; model: the rows.
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
        self.filter = self._field()
        self._about = label(tone="muted")
        self._empty = label(
            _("Nothing to learn yet: each parameter of a document has a row here."), "muted"
        )
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
        table.setModel(self.model)
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
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self._about)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(self._empty)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addStretch(0)

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
        self.model.search(text)
        self._count()

    def _count(self) -> None:
        shown, there = self.model.rowCount(), self.model.parameters
        self._empty.setVisible(not there)
        for part in (self.filter, self._about, self.table):
            part.setVisible(there > 0)
        words = _("{there:,} parameters") if shown == there else _("{shown:,} of {there:,}")
        self._about.setText(words.format(shown=shown, there=there))

    def _point(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            node = self.model.node(now.row())
            if self._session.selection != {node}:
                self._session.set_selection({node})

    def _follow_selection(self) -> None:
        """Choose the row of the parameter that is selected, be it on a card or on a wire."""
        session = self._session
        if not self.isVisible():
            return
        chosen = session.selection or frozenset(session.weights)
        row = self.model.row(next(iter(chosen))) if len(chosen) == 1 else None
        index = NOWHERE if row is None else self.model.index(row, NAME)
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
    """Rows of parameters: name, number, gradient, and each number the optimiser keeps of it.

    It sorts and searches by itself, over arrays: there may be a hundred thousand parameters. While
    numbers change rows stay where they are until somebody sorts again.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = np.empty(0, np.int64)
        self._columns: list[tuple[str, Numbers | None]] = []
        self._places = np.empty(0, np.int64)  # of the parameters that are shown, row by row
        self._text = ""
        self._sorting = (NAME, Qt.SortOrder.AscendingOrder)

    @property
    def parameters(self) -> int:
        """How many parameters there are, shown or not."""
        return len(self._ids)

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
            if len(self._places):
                last = self.index(self.rowCount() - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 1), last)
            return
        self.beginResetModel()
        self._ids, self._columns = ids, columns
        self._arrange()
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show the parameters whose names, or those of their groups, hold a text."""
        self.beginResetModel()
        self._text = text.strip().casefold()
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the numbers of a column; by name as the graph has them."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        nodes = [self.node(index.row()) for index in before]
        self._sorting = (column, order)
        self._arrange()
        after = [self.row(node) for node in nodes]
        self.changePersistentIndexList(
            before,
            [
                QModelIndex() if row is None else self.index(row, index.column())
                for row, index in zip(after, before, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        """Find the places of what is shown, in the order that is wanted."""
        places = np.arange(len(self._ids))
        if self._text:
            places = places[[self._text in name.casefold() for name in self._names()]]
        column, order = self._sorting
        numbers = self._columns[column - 1][1] if 0 < column <= len(self._columns) else None
        if numbers is not None:
            places = places[np.argsort(numbers[places], kind="stable")]
        if order is Qt.SortOrder.DescendingOrder:
            places = places[::-1]
        self._places = places

    def _names(self) -> list[str]:
        """Return the names of all parameters; those of their groups are made once each."""
        document, suffix = self._session.document, dict[int | None, str]()
        names = []
        for node in self._ids.tolist():
            if node not in document:
                names.append("")
                continue
            group = document.node(node).group
            if group not in suffix:
                suffix[group] = named(document, node).removeprefix(document.name(node))
            names.append(document.name(node) + suffix[group])
        return names

    def node(self, row: int) -> int:
        """Return the parameter of a row."""
        return int(self._ids[self._places[row]])

    def row(self, node: int) -> int | None:
        """Return the row of a parameter, None if it has none."""
        rows = np.flatnonzero(self._ids[self._places] == node)
        return int(rows[0]) if len(rows) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many parameters are shown."""
        return 0 if parent.isValid() else len(self._places)

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
        """Return what a cell says."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == NAME:
            document, node = self._session.document, self.node(row)
            return named(document, node) if node in document else ""
        numbers = self._columns[column - 1][1]
        if numbers is None:
            return None
        number = float(numbers[self._places[row]])
        return written(number, 6) if role == Qt.ItemDataRole.DisplayRole else exact(number)
