"""The fields of the explorer: which value against which, over which range, how finely.

The page owns the line and listens; what stands in the fields is told by `show_question`.
"""

from collections.abc import Sequence
from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from engine.explain.whose import distinct_names
from engine.graph.document import Document
from engine.run.result import Result
from playground.widgets.fields import ChoiceField, TextField
from playground.widgets.labels import label
from playground.widgets.numbers import exact
from playground.widgets.wrapping import Wrapping

MOST_NAMES = 300  # in a list; of more values, those with labels
NAME_WIDTH, NUMBER_WIDTH, HEIGHT, GAP = 128, 60, 30, 8
FOLLOWING = ""  # the key of the choice that follows output or selection
AUTO = _("auto")


class Question(QWidget):
    """Lists for f, x and z, fields for range and step, and switches for what is drawn.

    Attributes:
        chosen: another value was chosen; carries "f", "x" or "z" and a node's id or "".
        typed: a text was entered; carries "low", "high", "bottom", "top" or "step", and the text.
        slope, descent: the switches.
    """

    chosen = Signal(str, str)
    typed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slope = _switch(_("f′"), _("Draw the derivative at every place, too"), self)
        self.descent = _switch(
            _("Descend"), _("Let gradient descent walk from the place downhill"), self
        )
        self.lists = {
            "f": ChoiceField(_("What is plotted"), ()),
            "x": ChoiceField(_("Against which value"), ()),
            "z": ChoiceField(_("And against which other value"), ()),
        }
        tips = {
            "f": _("The value that is plotted"),
            "x": _("The value that is swept; the others keep their numbers"),
            "z": _("A second value that is swept: the curve becomes a surface"),
        }
        for key, field in self.lists.items():
            field.setObjectName(key)
            field.setToolTip(tips[key])
            field.setFixedWidth(NAME_WIDTH)
            field.entered.connect(self._choose)
        self.numbers = {
            "low": _number(_("From"), _("Where the range of x begins, such as -5 or -pi")),
            "high": _number(_("To"), _("Where the range of x ends")),
            "bottom": _number(_("z from"), _("Where the range of z begins")),
            "top": _number(_("z to"), _("Where the range of z ends")),
            "step": _number(
                _("Step"),
                _("How far apart the points are, as in arange; empty for a smooth curve"),
            ),
        }
        for key, line in self.numbers.items():
            line.setObjectName(key)
            line.entered.connect(self._type)
        fields = self.numbers
        to = label(_("to"), "muted"), label(_("to"), "muted")
        self._x_range = _together(label(_("from"), "muted"), fields["low"], to[0], fields["high"])
        self._z_range = _together(
            label(_("z from"), "muted"), fields["bottom"], to[1], fields["top"]
        )
        self._step = _together(label(_("step"), "muted"), fields["step"])
        self._slope_button, self._descent_button = (
            _button(action) for action in (self.slope, self.descent)
        )
        self._lay_out()

    def _lay_out(self) -> None:
        line = Wrapping(GAP)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in (
            _together(label("f"), self.lists["f"]),
            _together(label(_("against x"), "muted"), self.lists["x"]),
            _together(label(_("and z"), "muted"), self.lists["z"]),
            self._x_range,
            self._z_range,
            self._step,
            self._slope_button,
            self._descent_button,
        ):
            line.addWidget(part)

    # What stands there ---------------------------------------------------------------------------

    def offer(
        self,
        document: Document,
        result: Result,
        selected: Sequence[int],
        following: Sequence[int | None],
        chosen: Sequence[int | None],
    ) -> None:
        """Offer the values of a document for f, x and z, those that are `selected` among them.

        `following` is what each is while nothing is chosen for it, None for nothing.
        """
        every = (*selected, *following, *chosen)
        wanted = [node for node in every if node is not None and node in result.row]
        names = _names(document, result, wanted)
        picked = _("selected: {name}")
        firsts = (
            _("output: {name}"),
            *(picked if node in selected else "{name}" for node in following[1:]),
        )
        nothing = (_("choose one"), _("select one"), _("nothing"))
        for field, node, choice, words, none in zip(
            self.lists.values(), following, chosen, firsts, nothing, strict=True
        ):
            title = none if node is None else words.format(name=names[node])
            field.offer([(FOLLOWING, title), *((str(key), name) for key, name in names.items())])
            field.show_text(FOLLOWING if choice is None else str(choice))

    def show_ranges(self, spans: Sequence[tuple[float, float]], step: float | None) -> None:
        """Show the ranges of x and, if there is one, of z."""
        keys = ("low", "high", "bottom", "top")
        for key, number in zip(keys, (n for span in spans for n in span), strict=False):
            self.numbers[key].show_text(exact(number))
        self.numbers["step"].show_text(AUTO if step is None else exact(step))
        several = len(spans) > 1
        self._z_range.setVisible(several)
        for part in (self._step, self._slope_button):
            part.setVisible(not several)

    def _choose(self, key: str) -> None:
        self.chosen.emit(self.sender().objectName(), key)

    def _type(self, text: str) -> None:
        self.typed.emit(self.sender().objectName(), text)


def _names(document: Document, result: Result, wanted: Sequence[int]) -> dict[int, str]:
    """Return the names to choose from by id; those that are `wanted` among them."""
    nodes = [node for node in document.nodes() if node.id in result.row]
    if len(nodes) > MOST_NAMES:
        nodes = [node for node in nodes if node.label][:MOST_NAMES]
    return distinct_names(document, dict.fromkeys((*(node.id for node in nodes), *wanted)))


def _together(*parts: QWidget) -> QWidget:
    """Put words and fields side by side, so that a line never breaks between them."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return whole


def _number(name: str, tip: str) -> TextField:
    field = TextField(name)
    field.setToolTip(tip)
    field.setFixedWidth(NUMBER_WIDTH)
    return field


def _switch(text: str, tip: str, parent: QWidget) -> QAction:
    action = QAction(text, parent)
    action.setCheckable(True)
    action.setToolTip(tip)
    return action


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "plain")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFixedHeight(HEIGHT)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
