"""The inputs of one node: name, value, and the local derivative along each wire."""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.run.result import Result
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import label, number
from playground.widgets.numbers import written

MOST_ROWS = 64
DIGITS = 5


class InputsTable(QWidget):
    """One row for each input port; laid out for a node, then filled from each result."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._rows: list[tuple[int, int, QLabel, QLabel]] = []
        self._node: int | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)

    def show_node(self, node: int) -> None:
        """Lay out one row for each input of a node."""
        self._clear()
        self._node = node
        document = self._session.document
        op_ports = document.node(node).ports
        self._head()
        for port in op_ports[:MOST_ROWS]:
            source = document.source(node, port)
            if source is None:
                self._empty_row(port)
            else:
                self._row(port, source, document.name(source))
        hidden = len(op_ports) - MOST_ROWS
        if hidden > 0:
            more = ngettext("and {count} more", "and {count} more", hidden).format(count=hidden)
            self._grid.addWidget(label(more, "dim"), self._grid.rowCount(), 0, 1, 3)

    def show_numbers(self, result: Result) -> None:
        """Fill in the values and local derivatives of a result."""
        if self._node is None:
            return
        theme = self._themes.current()
        for port, source, value, partial in self._rows:
            found = result.number(source)
            value.setText(written(found, DIGITS))
            value.setStyleSheet(f"color: {theme.of_sign(found).name()}")
            row = result.edge_row.get((self._node, port))
            slope = float(result.partial[row]) if row is not None else float("nan")
            partial.setText(written(slope, DIGITS))

    def _head(self) -> None:
        for column, title in enumerate((_("input"), _("value"), _("local ∂"))):
            head = label(title, "dim") if column == 0 else number(title, "dim")
            self._grid.addWidget(head, 0, column)

    def _row(self, port: int, source: int, name: str) -> None:
        line = self._grid.rowCount()
        shown = label(name, "muted")
        shown.setToolTip(name)
        value, partial = number(), number(tone="backward")
        partial.setToolTip(_("How fast the result changes when only this input moves"))
        for column, widget in enumerate((shown, value, partial)):
            self._grid.addWidget(widget, line, column)
        value.setFont(number_font())
        self._rows.append((port, source, value, partial))

    def _empty_row(self, _port: int) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(label(_("not wired yet"), "dim"), line, 0, 1, 3)

    def _clear(self) -> None:
        self._rows.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
