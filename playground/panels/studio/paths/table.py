"""The rows of the path ledger, a path each, and how they are painted.

The page shows a ledger in them; here nothing is asked of the session but names.
"""

from gettext import gettext as _
from math import isfinite

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from engine.explain.path_words import (
    MOST_NODES,
    TITLES,
    Factor,
    factors,
    law_words,
    product_words,
    route,
)
from engine.explain.paths import Ledger, Path
from engine.graph.document import Document, Wire
from playground.widgets.numbers import exact, written
from playground.widgets.rows import RowsView

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
ROUTE, FACTORS, BAR, PRODUCT = range(4)
FACTORED, PART = Role.UserRole, Role.UserRole + 1
HEADS = {ROUTE: TITLES[0], FACTORS: TITLES[1], PRODUCT: TITLES[2]}
DIGITS = 5
PRODUCT_WIDTH, ROUTE_SHARE = 92, 0.34
BAR_SHARE, BAR_LEAST, BAR_MOST = 0.13, 40, 120
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PathRows(QAbstractTableModel):
    """A row for each path of a ledger: its route, its factors, a bar, and their product."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self._document = Document()
        self._source = 0
        self._largest = 1.0
        self._told: dict[tuple[Wire, ...], tuple[str, list[Factor]]] = {}

    def show_ledger(self, document: Document, ledger: Ledger | None, *, renamed: bool) -> None:
        """Show a ledger; `renamed` if words that were told before may be others now."""
        if renamed:
            self._told.clear()
        paths = () if ledger is None else ledger.paths
        self._document, self._source = document, 0 if ledger is None else ledger.source
        sizes = [abs(path.product) for path in paths if isfinite(path.product)]
        self._largest = max(sizes, default=0.0) or 1.0
        same = [path.wires for path in paths] == [path.wires for path in self.paths]
        if same:
            self.paths = paths
            if paths:
                last = self.index(len(paths) - 1, PRODUCT)
                self.dataChanged.emit(self.index(0, ROUTE), last)
            return
        self.beginResetModel()
        self.paths = paths
        self.endResetModel()

    def row(self, wires: tuple[Wire, ...]) -> int:
        """Return the row of the path along some wires, -1 if it has none."""
        return next((k for k, path in enumerate(self.paths) if path.wires == wires), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many paths are shown."""
        return 0 if parent.isValid() else len(self.paths)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else PRODUCT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole and section == PRODUCT:
            return RIGHT
        return HEADS.get(section, "") if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says, its factors, or the part of the largest that its bar has."""
        path, column = self.paths[index.row()], index.column()
        if role == PART:
            return path.product / self._largest if isfinite(path.product) else None
        if role == FACTORED:
            return self._factored(path)
        if role == Role.TextAlignmentRole and column == PRODUCT:
            return RIGHT
        if role == Role.DisplayRole:
            return self._text(path, column)
        if role == Role.ToolTipRole:
            return self._tip(path, column)
        if role == Role.AccessibleTextRole and column == BAR:
            return ""
        return None

    def _text(self, path: Path, column: int) -> str:
        if column == ROUTE:
            return self._words(path)[0]
        if column == FACTORS:
            return product_words(self._words(path)[1], path)
        return written(path.product, DIGITS) if column == PRODUCT else ""

    def _tip(self, path: Path, column: int) -> str:
        if column == ROUTE and self._is_whole(path):
            return route(self._document, path, self._source, most=5 * MOST_NODES)
        return exact(path.product) if column == PRODUCT else self._text(path, FACTORS)

    def _factored(self, path: Path) -> tuple[str, list[float | None]]:
        """Return the law of a product, "" if it is but its numbers, and these."""
        found = self._words(path)[1]
        numbers = [None if one.place is None else path.legs[one.place].local for one in found]
        told = law_words(found)
        return ("" if told == product_words(found, path) else told), numbers

    def _words(self, path: Path) -> tuple[str, list[Factor]]:
        """Return route and factors; they are kept, as laws cost more than numbers."""
        document = self._document
        if path.wires not in self._told:
            if not self._is_whole(path):
                return "", []
            words = route(document, path, self._source), factors(document, path)
            self._told[path.wires] = words
        return self._told[path.wires]

    def _is_whole(self, path: Path) -> bool:
        """Whether all of a path is still there; if not, another ledger is on its way."""
        wires = self._document.wired
        return self._source in self._document and all(
            leg.wire[0] in self._document and wires(leg.wire[0]).get(leg.wire[1]) == leg.source
            for leg in path.legs
        )


class PathTable(RowsView):
    """Shows the rows.

    Attributes:
        copied: what is shown shall be copied.
    """

    copied = Signal()

    def __init__(self, rows: PathRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, _("Paths"), parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        for column, mode in (
            (ROUTE, QHeaderView.ResizeMode.Fixed),
            (FACTORS, QHeaderView.ResizeMode.Stretch),
            (BAR, QHeaderView.ResizeMode.Fixed),
            (PRODUCT, QHeaderView.ResizeMode.Fixed),
        ):
            header.setSectionResizeMode(column, mode)
        header.resizeSection(PRODUCT, PRODUCT_WIDTH)

    def fit_rows(self) -> None:
        """Take no more height than the rows need."""
        rows, first = self.model().rowCount(), self.model().index(0, ROUTE)
        body = rows * self.rowHeight(first) if rows else 0
        self.setMaximumHeight(self.header().sizeHint().height() + body + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give routes and bars their share of the width; the factors have what is left."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self.header().resizeSection(ROUTE, round(width * ROUTE_SHARE))
        self.header().resizeSection(BAR, min(max(BAR_LEAST, round(width * BAR_SHARE)), BAR_MOST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)
