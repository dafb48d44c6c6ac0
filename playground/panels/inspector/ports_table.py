"""What goes into a group and what comes out of it: names, values and gradients, live."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engine.explain.groups import Port, port, port_names
from engine.graph.boundary import Boundary, boundary
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.emptying import empty
from playground.widgets.labels import label, number, section
from playground.widgets.numbers import exact, written

MOST_ROWS = 6
DIGITS = 4
APART = 28
NONE = Boundary((), ())


class PortsTable(QWidget):
    """One row for each port, inputs above outputs; laid out anew when these are others."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._edge = NONE
        self._names: Mapping[int, str] = {}
        self._rows: list[tuple[int, QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)

    def show_group(self, group: int) -> None:
        """Show what crosses the edge of a group."""
        document = self._session.document
        edge = boundary(document, group)
        names = port_names(document, group, edge)
        if (edge, names) != (self._edge, self._names):
            self._edge, self._names = edge, names
            self._lay_out()
        self.show_numbers()

    def show_numbers(self) -> None:
        """Fill in the numbers of the session's latest result."""
        theme, result = self._themes.current(), self._session.result
        for node, value, gradient in self._rows:
            told: Port = port(result, node, self._names[node])
            value.setText("–" if told.value is None else written(told.value, DIGITS))
            value.setToolTip("" if told.value is None else exact(told.value))
            colour = theme.dim if told.value is None else theme.of_sign(told.value)
            value.setStyleSheet(f"color: {colour.name()}")
            gradient.setText("–" if told.gradient is None else written(told.gradient, DIGITS))
            gradient.setToolTip("" if told.gradient is None else exact(told.gradient))

    def _lay_out(self) -> None:
        self._clear()
        line = 0
        for title, nodes in ((_("Inputs"), self._edge.inputs), (_("Outputs"), self._edge.outputs)):
            if nodes:
                line = self._add_side(line, title, nodes)
        self.setVisible(line > 0)

    def _add_side(self, line: int, title: str, nodes: Sequence[int]) -> int:
        self._grid.addWidget(section(title), line, 0, Qt.AlignmentFlag.AlignBottom)
        if line == 0:
            for place, words in ((1, _("value")), (2, "∂")):
                self._grid.addWidget(number(words, "dim"), line, place)
        else:
            self._grid.setRowMinimumHeight(line, APART)
        for node in nodes[:MOST_ROWS]:
            line += 1
            self._add_row(line, node)
        hidden = len(nodes) - MOST_ROWS
        if hidden > 0:
            line += 1
            words = ngettext("{count:,} more", "{count:,} more", hidden).format(count=hidden)
            self._grid.addWidget(label(words, "dim"), line, 0)
        return line + 1

    def _add_row(self, line: int, node: int) -> None:
        name, value, gradient = (
            label(self._names[node], "muted"),
            number(),
            number(tone="backward"),
        )
        name.setToolTip(self._names[node])
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for place, shown in enumerate((name, value, gradient)):
            self._grid.addWidget(shown, line, place)
        self._rows.append((node, value, gradient))

    def _clear(self) -> None:
        self._rows.clear()
        empty(self._grid)
        for line in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(line, 0)
