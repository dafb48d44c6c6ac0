"""The inputs of one node: name, value, and the local derivative along each wire."""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.explain import InputExplanation
from playground.theme import ThemeManager
from playground.widgets.emptying import empty
from playground.widgets.labels import label, number
from playground.widgets.numbers import exact, written

MOST_ROWS = 64
DIGITS = 5


class InputsTable(QWidget):
    """One row for each input; laid out for a node, then filled from each explanation of it."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)

    def lay_out(self, inputs: Sequence[InputExplanation]) -> None:
        """Make a row for each input."""
        self._clear()
        for column, title in enumerate((_("input"), _("value"), _("local ∂"))):
            head = number(title, "dim") if column else label(title, "dim")
            self._grid.addWidget(head, 0, column)
        for line, one in enumerate(inputs[:MOST_ROWS], start=1):
            self._add_row(line, one)
        hidden = len(inputs) - MOST_ROWS
        if hidden > 0:
            more = ngettext("and {count} more", "and {count} more", hidden).format(count=hidden)
            self._grid.addWidget(label(more, "dim"), MOST_ROWS + 1, 0, 1, 3)
        self.show_numbers(inputs)

    def show_numbers(self, inputs: Sequence[InputExplanation]) -> None:
        """Fill in values and local derivatives."""
        theme = self._themes.current()
        for (value, local), one in zip(self._rows, inputs, strict=False):
            wired = one.source is not None
            value.setText(written(one.value, DIGITS) if wired else _("not wired"))
            value.setToolTip(exact(one.value) if wired else "")
            value.setStyleSheet(f"color: {theme.of_sign(one.value).name()}" if wired else "")
            local.setText(written(one.local, DIGITS) if wired else "")
            local.setToolTip(_local_tip(one))

    def _add_row(self, line: int, one: InputExplanation) -> None:
        name = label(one.name, "muted")
        name.setToolTip(one.name)
        value, local = number(tone="muted"), number(tone="backward")
        for column, widget in enumerate((name, value, local)):
            self._grid.addWidget(widget, line, column)
        self._rows.append((value, local))

    def _clear(self) -> None:
        self._rows.clear()
        empty(self._grid)


def _local_tip(one: InputExplanation) -> str:
    words = _("If only {name} moves, the result moves so many times as far: {law}")
    told = words.format(name=one.name, law=one.derivative)
    return told if one.source is None else f"{told}\n{exact(one.local)}"
