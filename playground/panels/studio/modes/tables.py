"""The two traces as tables: a row for each node, in the order in which the mode comes to it.

Cells are written when they are looked at, so that thousands of rows cost no more than a screenful.
"""

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from itertools import islice
from types import MappingProxyType

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.explain.node import describe
from engine.explain.whose import named
from engine.graph.document import Wire
from engine.run.modes import Passes
from engine.run.result import Result
from playground.session import Session
from playground.session.lit import Lit
from playground.theme import ThemeManager
from playground.widgets.numbers import exact, written

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
MOST_ROWS = 5_000
MOST_TERMS = 4
NAME, VALUES, TERMS, DERIVATIVES = range(4)  # columns
NUMBER_WIDTH, NAME_WIDTH = 66, 72
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Trace(QAbstractTableModel):
    """Rows of one mode; the subclasses say what their columns are.

    Attributes:
        titles: of the columns; the first is the node.
        numbers: the columns that are numbers; widths: those of columns that do not stretch.
        forward: which mode it is.
    """

    titles: tuple[str, ...] = ()
    numbers = frozenset({VALUES, DERIVATIVES})
    widths: Mapping[int, int] = MappingProxyType({VALUES: NUMBER_WIDTH, DERIVATIVES: NUMBER_WIDTH})
    forward = True

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._themes = session, themes
        self._nodes: list[int] = []
        self._place: dict[int, int] = {}
        self._passes: Passes | None = None
        self._result: Result | None = None

    def show_pass(self, nodes: list[int], result: Result | None, passes: Passes | None) -> None:
        """Show one pass over these nodes, in this order, and the result it ran on."""
        nodes = nodes[:MOST_ROWS]
        self._result, self._passes = result, passes
        if nodes != self._nodes:
            self.beginResetModel()
            self._nodes = nodes
            self._place = {node: row for row, node in enumerate(nodes)}
            self.endResetModel()
        elif nodes:
            last = self.index(len(nodes) - 1, len(self.titles) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.titles) - 1)

    def node(self, row: int) -> int:
        """Return the node of a row."""
        return self._nodes[row]

    def row(self, node: int) -> int | None:
        """Return the row of a node, None if it has none."""
        return self._place.get(node)

    def derivative(self, node: int) -> float | None:
        """Return the tangent, or the adjoint; None where no path leads."""
        passes, result = self._passes, self._result
        row = None if result is None else result.row.get(node)
        if passes is None or row is None or not passes.concerned[row, 0]:
            return None
        return float(passes.derivative[row, 0])

    def lit(self, node: int) -> Lit:
        """Return what is lit of a row that is pointed at: the node, and the wires it is about."""
        chips = {wire: words for wire, words, _product in self.terms(node)}
        return Lit(frozenset({node}), chips, self.forward)

    def terms(self, node: int) -> list[tuple[Wire, str, str]]:
        """Return the wires that a row is about: each with its chip, and written in the row."""
        raise NotImplementedError

    def told(self, node: int, column: int) -> str | float | None:
        """Return what a cell is: words, a number, or nothing."""
        raise NotImplementedError

    def _inputs(self, node: int) -> Iterable[tuple[Wire, int, float]]:
        """Return the wires into a node, each with its source and its local derivative."""
        document, result = self._session.document, self._result
        if result is None or node not in document:
            return
        wired = document.wired(node)
        for port in document.node(node).ports:
            row = result.edge_row.get((node, port))
            if row is not None and port in wired:
                yield (node, port), wired[port], float(result.partial[row])

    def _sum(self, node: int, between: str) -> str:
        """Write the terms of a row one after the other, of many the first ones."""
        terms = [product for _wire, _chip, product in self.terms(node)]
        shown = list(islice(terms, MOST_TERMS))
        if len(terms) > MOST_TERMS:
            shown.append(_("{count:,} more").format(count=len(terms) - MOST_TERMS))
        return between.join(shown)

    # Qt asks -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many nodes are shown."""
        return 0 if parent.isValid() else len(self._nodes)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if role == Role.TextAlignmentRole and section in self.numbers:
            return RIGHT
        if orientation is Qt.Orientation.Vertical or role != Role.DisplayRole:
            return None
        return self.titles[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell says."""
        column, node = index.column(), self._nodes[index.row()]
        if role == Role.TextAlignmentRole and column in self.numbers:
            return RIGHT
        if node not in self._session.document:
            return None
        if role == Role.DisplayRole:
            told = self.told(node, column)
            return written(told, 4) if isinstance(told, float) else told
        if role == Role.ToolTipRole:
            told = (
                named(self._session.document, node) if column == NAME else self.told(node, column)
            )
            return exact(told) if isinstance(told, float) else told or None
        if role == Role.ForegroundRole:
            return self._colour(node, column)
        return None

    def _colour(self, node: int, column: int) -> object:
        """Return the colour of a number: a value's by its sign, an adjoint's that of gradients."""
        theme, told = self._themes.current(), self.told(node, column)
        if column not in self.numbers:
            return None if column == NAME else theme.muted
        if column == VALUES and isinstance(told, float):
            return theme.of_sign(told)
        if told is None or told == NO_PATH:
            return theme.dim
        return theme.ink if self.forward else theme.backward


NO_PATH = "0"


class ForwardTrace(Trace):
    """Each node after its inputs: its formula, its value, and what its tangent is made of."""

    titles = (_("node"), _("value"), _("local · tangent"), _("tangent"))

    def terms(self, node: int) -> list[tuple[Wire, str, str]]:
        """Return the wires that bring a tangent."""
        found = []
        for wire, source, local in self._inputs(node):
            tangent = self.derivative(source)
            if tangent is not None:
                chip = f"·{written(local, 4)}"
                found.append((wire, chip, f"{written(local, 4)} · {written(tangent, 4)}"))
        return found

    def told(self, node: int, column: int) -> str | float | None:
        """Return what a cell is."""
        document, result, tangent = self._session.document, self._result, self.derivative(node)
        if column == NAME:
            formula, named_so = describe(document, result, node).formula, document.node(node).label
            return (formula if named_so else formula.partition(" = ")[2]) or document.name(node)
        if column == VALUES:
            return None if result is None else result.number(node)
        if column == DERIVATIVES:
            return NO_PATH if tangent is None else tangent
        seeded = self._passes is not None and self._passes.seeds == (node,)
        return _("the seed") if seeded else self._sum(node, " + ")


class ReverseTrace(Trace):
    """Each node after all it feeds: its value, its adjoint, and what it adds to its inputs'."""

    titles = (_("node"), _("value"), _("adds"), _("adjoint"))
    widths = MappingProxyType({NAME: NAME_WIDTH, VALUES: NUMBER_WIDTH, DERIVATIVES: NUMBER_WIDTH})
    forward = False

    def terms(self, node: int) -> list[tuple[Wire, str, str]]:
        """Return the wires that take its adjoint back."""
        document, adjoint = self._session.document, self.derivative(node)
        if adjoint is None or node not in document:
            return []
        found = []
        for wire, source, local in self._inputs(node):
            brought, name = written(local * adjoint, 4), document.name(source)
            product = f"{written(local, 4)} · {written(adjoint, 4)}"
            found.append((wire, f"+{brought}", f"{name} += {product}"))
        return found

    def lit(self, node: int) -> Lit:
        """Return the node and its wires; of a leaf those that its adjoint came along."""
        document = self._session.document
        if node not in document or not document.node(node).is_leaf:
            return super().lit(node)
        chips = {
            wire: f"+{written(local * adjoint, 4)}"
            for consumer, port in document.consumers(node)
            for wire, _source, local in self._inputs(consumer)
            if wire == (consumer, port) and (adjoint := self.derivative(consumer)) is not None
        }
        return Lit(frozenset({node}), chips)

    def told(self, node: int, column: int) -> str | float | None:
        """Return what a cell is."""
        result, adjoint = self._result, self.derivative(node)
        if column == NAME:
            return self._session.document.name(node)
        if column == VALUES:
            return None if result is None else result.number(node)
        if column == DERIVATIVES:
            return NO_PATH if adjoint is None else adjoint
        started = (
            self._passes is not None and self._passes.seeds == (node,) and not self.terms(node)
        )
        return _("the start") if started else self._sum(node, "   ")
