"""The rows of the gradient check: a node, what is shown, what differences give, the verdict."""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from engine.explain.checked import verdict
from engine.explain.whose import named
from engine.run.check import GradientCheck
from playground.panels.studio.check.checker import Findings
from playground.theme import ThemeManager
from playground.widgets.numbers import exact, written

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
NAME, SHOWN, NUMERIC, ERROR, VERDICT = range(5)
TITLES = (_("node"), _("shown"), _("by differences"), _("relative error"), _("verdict"))
TIPS = (
    _("Point at a row to light its node, click to select it"),
    _("The gradient as it is on the canvas"),
    _("The slope of the output, from nudging the value up and down"),
    _("The difference, relative to the slope where that is above 1"),
    _("Whether they agree, or where there is a kink that has no slope"),
)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
KEYS: dict[int, Callable[[GradientCheck], float]] = {
    SHOWN: lambda check: check.analytic,
    NUMERIC: lambda check: check.numeric,
    ERROR: lambda check: check.error,
}


class Checked(QAbstractTableModel):
    """What a check found, a row for each node; what disagrees most comes first."""

    def __init__(self, themes: ThemeManager, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._findings: Findings | None = None
        self._rows: list[GradientCheck] = []
        self._text = ""
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)

    def show_findings(self, findings: Findings | None) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._findings = findings
        self._arrange()
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show the nodes whose names, or those of their groups, hold a text."""
        self.beginResetModel()
        self._text = text.strip().casefold()
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; without one (-1) what disagrees most comes first."""
        self.beginResetModel()
        self._sorting = (column, order)
        self._arrange()
        self.endResetModel()

    def node(self, row: int) -> int:
        """Return the node of a row."""
        return self._rows[row].node

    def row(self, node: int) -> int | None:
        """Return the row of a node, None if it has none."""
        return next((k for k, check in enumerate(self._rows) if check.node == node), None)

    def _arrange(self) -> None:
        rows = [] if self._findings is None else list(self._findings.checks)
        if self._text:
            rows = [check for check in rows if self._text in self._name(check).casefold()]
        column, order = self._sorting
        if column in KEYS:
            rows.sort(key=KEYS[column])
        elif column in (NAME, VERDICT):
            rows.sort(key=self._name if column == NAME else self._verdict)
        if column >= 0 and order is Qt.SortOrder.DescendingOrder:
            rows.reverse()
        self._rows = rows

    def _name(self, check: GradientCheck) -> str:
        return "" if self._findings is None else named(self._findings.task.document, check.node)

    def _verdict(self, check: GradientCheck) -> str:
        if self._findings is None:
            return ""
        return verdict(self._findings.task.document, self._findings.task.base, check)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many nodes are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the title of a column, or what it means."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole:
            return RIGHT if SHOWN <= section <= ERROR else LEFT
        if role == Role.ToolTipRole:
            return TIPS[section]
        return TITLES[section] if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says."""
        check, column = self._rows[index.row()], index.column()
        if role == Role.TextAlignmentRole:
            return RIGHT if SHOWN <= column <= ERROR else LEFT
        if role == Role.ForegroundRole:
            return self._colour(check, column)
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        if column == NAME:
            return self._name(check)
        if column == VERDICT:
            return self._verdict(check)
        number = KEYS[column](check)
        if role == Role.ToolTipRole:
            return exact(number)
        return written(number, 2 if column == ERROR else 8)

    def _colour(self, check: GradientCheck, column: int) -> QColor | None:
        theme = self._themes.current()
        if column == SHOWN:
            return theme.backward
        if column == VERDICT and check.verdict == "ok":
            return theme.go
        return theme.muted if column in (NUMERIC, ERROR) and check.verdict == "ok" else None
