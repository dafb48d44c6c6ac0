"""Where the gradient of one node comes from: what each consumer adds, and their sum."""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.explain.arriving import Share, arrival, decay_words, shares
from playground.session import Session
from playground.widgets.emptying import empty
from playground.widgets.labels import label, number, section
from playground.widgets.numbers import exact, written

MOST_ROWS = 6
DIGITS = 4

Wires = tuple[tuple[int, int, str], ...]


class GradientTable(QWidget):
    """One row for each wire that brings gradient; laid out anew when these are others."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wires: Wires = ()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._title = section(_("Gradient from"))
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._head: QLabel | None = None
        self._words = label(tone="muted")
        self._words.setWordWrap(True)
        self._decay = label(tone="muted")
        self._decay.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._title, self._table, self._words, self._decay):
            column.addWidget(part)

    def show_node(self, node: int) -> None:
        """Show the wires and the latest numbers of a node."""
        document, result = self._session.document, self._session.result
        found = shares(document, result, node)
        wires = tuple((one.target, one.port, one.name) for one in found)
        if wires != self._wires:
            self._wires = wires
            self._lay_out(found)
        self._fill(found)
        self._table.setVisible(bool(found))
        for shown, words in (
            (self._words, arrival(document, result, node)),
            (self._decay, decay_words(document, result, node)),
        ):
            shown.setText(words)
            shown.setVisible(bool(words))

    def _lay_out(self, found: Sequence[Share]) -> None:
        self._clear()
        if not found:
            return
        head = self._head = number(tone="dim")
        head.setToolTip(_("How far it moves for this one, times its own gradient"))
        titles = (label(_("goes into"), "dim"), head, number(_("adds"), "dim"))
        for place, title in enumerate(titles):
            self._grid.addWidget(title, 0, place)
        for one in found[:MOST_ROWS]:
            self._add_row(one.name, "muted")
        hidden = len(found) - MOST_ROWS
        if hidden > 0:
            words = ngettext("{count} more", "{count} more", hidden).format(count=hidden)
            self._add_row(words, "dim")
        if len(found) > 1:
            self._add_row(_("sum"), "")

    def _add_row(self, words: str, tone: str) -> None:
        name, product, adds = label(words, tone), number(tone="muted"), number(tone="backward")
        name.setToolTip(words)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = len(self._rows) + 1
        for place, widget in enumerate((name, product, adds)):
            self._grid.addWidget(widget, line, place)
        self._rows.append((product, adds))

    def _fill(self, found: Sequence[Share]) -> None:
        if self._head is None:
            return
        plain = all(one.is_product for one in found)
        self._head.setText(_("local ∂ · its ∂") if plain else _("over the batch"))
        texts = [
            (f"{written(one.local, DIGITS)} · {written(one.gradient, DIGITS)}", one.contribution)
            for one in found[:MOST_ROWS]
        ]
        if len(found) > MOST_ROWS:
            texts.append(("", sum(one.contribution for one in found[MOST_ROWS:])))
        if len(found) > 1:
            texts.append(("", sum(one.contribution for one in found)))
        for (product, adds), (text, added) in zip(self._rows, texts, strict=True):
            product.setText(text if plain else "")
            adds.setText(written(added, DIGITS + 1))
            adds.setToolTip(exact(added))

    def _clear(self) -> None:
        self._rows.clear()
        self._head = None
        empty(self._grid)
