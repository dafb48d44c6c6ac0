"""The fields of a network's layers: how wide each is, and what its neurons squash their sums with.

Both show a row for each layer. A row is only made when there is one more layer than before, so
that the keyboard stays where it is while others come and go.
"""

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from engine.exchange.widths import parse_widths, widths_text
from engine.graph.arguments import Argument, spread
from playground.panels.shape.fields import (
    GAP,
    ArgumentField,
    TitledRow,
    Values,
    explain_choice,
    fit_width,
    word_choice,
)
from playground.widgets.fields import ChoiceField, TextField
from playground.widgets.labels import label
from playground.widgets.stepper import Stepper

MOST_ROWS = 12  # of layers; more are typed
FEW = 4  # units of a hidden layer where there was none
EACH = ""  # the word for "each layer its own"


class LayerRow(QWidget):
    """One layer: its name, its width, and the button that takes it out.

    Attributes:
        entered: carries the number of the layer and the width that was entered, as a text.
        removed: carries the number of the layer.
    """

    entered = Signal(int, str)
    removed = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._name = label(tone="muted")
        self.stepper = Stepper(_("Width of layer {number}").format(number=number + 1))
        fit_width(self.stepper)
        self.remove = QToolButton()
        self.remove.setText("×")
        self.remove.setProperty("kind", "plain")
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = _("Take layer {number} out").format(number=number + 1)
        self.remove.setToolTip(tip)
        self.remove.setAccessibleName(tip)
        keeps = self.remove.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(keeps)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self._name)
        line.addStretch(1)
        line.addWidget(self.remove)
        line.addWidget(self.stepper, 1000)
        self.stepper.entered.connect(self._enter)
        self.remove.clicked.connect(self._take_out)

    def show_layer(self, width: int, layers: int) -> None:
        """Show the width; the last layer is the output and stays."""
        self._name.setText(layer_name(self._number, layers))
        self.stepper.show_number(width)
        self.remove.setVisible(self._number < layers - 1)

    def _enter(self, text: str) -> None:
        self.entered.emit(self._number, text)

    def _take_out(self) -> None:
        self.removed.emit(self._number)


class WidthsField(ArgumentField):
    """The widths of all layers: typed at once, stepped one by one, one more and one less."""

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(argument, parent)
        self._widths: tuple[int, ...] = ()
        self.text = TextField(argument.title)
        fit_width(self.text)
        self.text.setToolTip(_("The units of each layer, as in 16, 16, 1; the last is the output"))
        self.focus = self.text
        self.rows: list[LayerRow] = []
        self.add = QPushButton(_("Add a layer"))
        self.add.setToolTip(_("One more hidden layer, before the output"))
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add_row(argument.title, self.text)
        self._column.addWidget(self.add)
        self.text.textEdited.connect(self._try)
        self.text.entered.connect(self._enter)
        self.add.clicked.connect(self._append)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show the widths, each in its row."""
        self._widths = tuple(value)
        self.text.show_text(widths_text(self._widths))
        self._fit_rows(len(self._widths) if len(self._widths) <= MOST_ROWS else 0)
        for row, width in zip(self.rows, self._widths, strict=False):
            row.show_layer(width, len(self._widths))

    def stops(self) -> list[QWidget]:
        """Return the line of all widths, the rows, and the button for one more."""
        rows = [stop for row in self.rows for stop in (row.remove, row.stepper.field)]
        return [self.text, *rows, self.add]

    def _fit_rows(self, count: int) -> None:
        while len(self.rows) < count:
            row = LayerRow(len(self.rows))
            row.entered.connect(self._enter_width)
            row.removed.connect(self._remove)
            self._column.insertWidget(self._column.count() - 1, row)
            self.rows.append(row)
        while len(self.rows) > count:
            row = self.rows.pop()
            row.hide()
            row.deleteLater()

    def _try(self, text: str) -> None:
        self.typed.emit(parse_widths(text))

    def _enter(self, text: str) -> None:
        self.entered.emit(parse_widths(text))

    def _enter_width(self, number: int, text: str) -> None:
        texts = [str(width) for width in self._widths]
        texts[number] = text
        self.entered.emit(parse_widths(", ".join(texts)))

    def _append(self) -> None:
        hidden = self._widths[:-1]
        self.entered.emit((*hidden, hidden[-1] if hidden else FEW, self._widths[-1]))

    def _remove(self, number: int) -> None:
        self.entered.emit(self._widths[:number] + self._widths[number + 1 :])


class WordsField(ArgumentField):
    """One word for all layers, or one for each."""

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(argument, parent)
        self._words: tuple[str, ...] = ()
        self._opened = False
        self.choice = word_choice(argument, argument.title)
        self.choice.addItem(_("by layer"), EACH)
        self.focus = self.choice
        self.rows: list[ChoiceField] = []
        self._lines: list[TitledRow] = []
        self._add_row(argument.title, self.choice)
        self.choice.entered.connect(self._enter)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show the word for all, or a row for each layer."""
        layers = len(beside["layers"])
        self._words = spread(value, layers)
        each = self._opened or not isinstance(value, str)
        self.choice.show_text(EACH if each else str(value))
        explain_choice(self.choice)
        self._fit_rows(self._words if each else ())

    def stops(self) -> list[QWidget]:
        """Return the list for all layers and those of each."""
        return [self.choice, *self.rows]

    def forget(self) -> None:
        """Show one word for all again, where one says as much."""
        self._opened = False

    def _fit_rows(self, words: Sequence[str]) -> None:
        while len(self.rows) > len(words):
            self.rows.pop()
            line = self._lines.pop()
            line.hide()
            line.deleteLater()
        while len(self.rows) < len(words):
            number = len(self.rows) + 1
            name = _("Activation of layer {number}").format(number=number)
            field = word_choice(self.argument, name)
            field.entered.connect(self._enter_one)
            self.rows.append(field)
            self._lines.append(TitledRow("", field))
            self._column.addWidget(self._lines[-1])
        for number, (field, word) in enumerate(zip(self.rows, words, strict=True)):
            field.show_text(word)
            explain_choice(field)
            self._lines[number].title.setText(layer_name(number, len(words)))

    def _enter(self, word: str) -> None:
        self._opened = word == EACH
        if self._opened:
            self._fit_rows(self._words)
        else:
            self.entered.emit(word)

    def _enter_one(self, _word: str) -> None:
        self.entered.emit(tuple(field.currentData() for field in self.rows))


def layer_name(number: int, layers: int) -> str:
    """Return what the form calls a layer, counted from 0."""
    return _("Output") if number == layers - 1 else _("Layer {n}").format(n=number + 1)
