"""A whole number between two buttons, one less and one more; typed, too.

The form of a group uses it for units. Like the other fields it shows what it is told to and asks
for what was entered.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from playground.widgets.fields import TextField

HEIGHT = 30
MOST_DIGITS = 9
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class Counter(TextField):
    """The number of a stepper; Up and Down step it.

    Attributes:
        stepped: carries 1 or -1.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by the arrow keys."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class Stepper(QFrame):
    """Shows a number, and asks for the one that was typed or stepped to.

    Attributes:
        field: where the number is typed.
        entered: carries the text that was typed, or the number one further, as a text.
    """

    entered = Signal(str)

    def __init__(self, name: str, least: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "segments")
        self.setFixedHeight(HEIGHT)
        self._least = least
        self.field = Counter(name)
        self.field.setProperty("kind", "bare")
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setToolTip(_("Type a number, or step it with Up and Down"))
        self.field.entered.connect(self.entered)
        self.field.stepped.connect(self._step)
        self.less = self._button("−", _("One less: {name}").format(name=name))
        self.more = self._button("+", _("One more: {name}").format(name=name))
        self.less.clicked.connect(self._step_down)
        self.more.clicked.connect(self._step_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.less)
        row.addWidget(self.field, 1)
        row.addWidget(self.more)

    def show_number(self, number: int) -> None:
        """Show a number, unless another one is being typed."""
        self.field.show_text(str(number))
        self.less.setEnabled(number > self._least)

    def _button(self, sign: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setProperty("kind", "step")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _step_down(self) -> None:
        self._step(-1)

    def _step_up(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        text = self.field.text()
        self.field.restore()
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            self.entered.emit(str(max(int(text) + by, self._least)))
