"""One field for each kind of argument that a template may have.

The form makes them from the table of arguments. A field shows a value, says what it would be while
something is typed, and what was entered; whether that can be is for the engine to say.
"""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.exchange.widths import parse_widths
from engine.graph.arguments import Argument
from engine.graph.schemes import SCHEMES
from playground.widgets.fields import ChoiceField, TextField
from playground.widgets.labels import label
from playground.widgets.stepper import Stepper

LEAST_WIDTH, MOST_WIDTH = 103, 140  # of a field: as wide as others, narrower in a narrow dock
GAP = 6

Values = Mapping[str, Any]


class ArgumentField(QWidget):
    """Shows and asks for the value of one argument.

    Attributes:
        argument: the record it is made from.
        focus: the widget that takes the keyboard first.
        typed: carries the value of what is being typed, or a `Refusal`.
        entered: carries the value that was entered, or a `Refusal`.
    """

    typed = Signal(object)
    entered = Signal(object)

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.argument = argument
        self.focus: QWidget = self
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show a value, unless another one is being typed; `beside` has all arguments."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget how it was opened up: what it shows next is another's."""

    def stops(self) -> list[QWidget]:
        """Return what the Tab key goes to, in order."""
        return [self.focus]

    def has_focus(self) -> bool:
        """Whether the keyboard is somewhere in the field."""
        return any(stop.hasFocus() for stop in self.stops())

    def _add_row(self, title: str, field: QWidget) -> None:
        self._column.addWidget(TitledRow(title, field))


class WidthField(ArgumentField):
    """A number of units or inputs, between its two buttons."""

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(argument, parent)
        self.stepper = Stepper(argument.title, max(1, round(argument.low)))
        fit_width(self.stepper)
        self.focus = self.stepper.field
        self._add_row(argument.title, self.stepper)
        self.stepper.field.textEdited.connect(self._try)
        self.stepper.entered.connect(self._enter)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show the number."""
        self.stepper.show_number(int(value))

    def _try(self, text: str) -> None:
        self.typed.emit(_one_width(text))

    def _enter(self, text: str) -> None:
        self.entered.emit(_one_width(text))


class WordField(ArgumentField):
    """One word out of a list."""

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(argument, parent)
        self.choice = word_choice(argument, argument.title)
        self.focus = self.choice
        self._add_row(argument.title, self.choice)
        self.choice.entered.connect(self._enter)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show the word, and what it stands for."""
        self.choice.show_text(str(value))
        explain_choice(self.choice)

    def _enter(self, word: str) -> None:
        self.entered.emit(word)


class NumberField(ArgumentField):
    """A number, or an expression of numbers."""

    def __init__(self, argument: Argument, parent: QWidget | None = None) -> None:
        super().__init__(argument, parent)
        self.text = TextField(argument.title)
        fit_width(self.text)
        self.text.setToolTip(_("A number, or an expression such as 1/3"))
        self.focus = self.text
        self._add_row(argument.title, self.text)
        self.text.textEdited.connect(self._try)
        self.text.entered.connect(self._enter)

    def show_value(self, value: Any, beside: Values) -> None:
        """Show the number as short as it is exact."""
        self.text.show_text(f"{value:.15g}")

    def _try(self, text: str) -> None:
        self.typed.emit(parse_number(text))

    def _enter(self, text: str) -> None:
        self.entered.emit(parse_number(text))


class TitledRow(QWidget):
    """A title at the left and a field at the right."""

    def __init__(self, title: str, field: QWidget) -> None:
        super().__init__()
        self.title = label(title, "muted")
        self.title.setBuddy(field)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.title)
        line.addWidget(field, 1)


def fit_width(field: QWidget) -> None:
    """Let a field be as wide as all others, and narrower only where there is no room."""
    field.setMinimumWidth(LEAST_WIDTH)
    field.setMaximumWidth(MOST_WIDTH)
    policy = field.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    field.setSizePolicy(policy)


def word_choice(argument: Argument, name: str) -> ChoiceField:
    """Make the list of the words that an argument may be, each with what it stands for."""
    field = ChoiceField(name, [(word, word) for word in argument.choices()])
    for place in range(field.count()):
        field.setItemData(place, explained(field.itemText(place)), Qt.ItemDataRole.ToolTipRole)
    fit_width(field)
    return field


def explain_choice(field: ChoiceField) -> None:
    """Let a list say by its tooltip what its present word stands for."""
    word = field.currentText()
    field.setToolTip(explained(word) or f"{field.accessibleName()}: {word}")


def explained(word: str) -> str:
    """Return what a word stands for, "" if it says so itself."""
    scheme = SCHEMES.get(word)
    return scheme.title if scheme is not None else ""


def _one_width(text: str) -> int | Refusal:
    widths = parse_widths(text)
    if isinstance(widths, Refusal):
        return Refusal(_("“{text}” is no whole number").format(text=text.strip()))
    if len(widths) > 1:
        return Refusal(_("One number is enough here"))
    return widths[0]
