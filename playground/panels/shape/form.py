"""The form of a group that a template made: its arguments, and what another choice would do.

Inspector and training panel each have one. What is typed is weighed before anything changes; what
is entered is done at once, unless something that a person made would be lost: then it waits, with
the list of that, for an answer. The verb is `reshape`; nothing here knows what it does.
"""

from collections.abc import Collection, Mapping
from gettext import gettext as _
from gettext import ngettext
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.graph.arguments import Argument, defaults
from engine.graph.parts import DEPTHS
from engine.graph.records import Group
from engine.graph.reshape import Reshape, reshape
from engine.graph.templates import TEMPLATES
from playground.panels.shape.fields import ArgumentField, NumberField, WidthField, WordField
from playground.panels.shape.layers import WidthsField, WordsField
from playground.panels.shape.losses import Losses
from playground.session import Session
from playground.widgets.announce import announce
from playground.widgets.labels import label, retone

FIELDS: Mapping[str, type[ArgumentField]] = {
    "inputs": WidthField,
    "width": WidthField,
    "widths": WidthsField,
    "word": WordField,
    "words": WordsField,
    "number": NumberField,
}
PAUSE = 150  # milliseconds of typing before it is weighed
MOST_WEIGHED = 20_000  # scalars of a group; in larger ones only what is entered is weighed


class ShapeForm(QWidget):
    """A field for each argument of one group; `only` names them if not all are wanted.

    Attributes:
        fields: the fields by the keys of their arguments.
        words: below each field, why it cannot be what was entered, or what it would do.
        losses: asks whether what a change would take away may be lost.
        asked: there is a question to be seen.
    """

    asked = Signal()

    def __init__(
        self, session: Session, only: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._only = only
        self._group: int | None = None
        self._template = ""
        self._wish: dict[str, Any] = {}  # what waits for an answer
        self._asker = ""  # the field that it was entered in
        self._asked_at = 0  # the revision of the document it was asked for
        self._stops: list[QWidget] = []
        self._typed: tuple[str, Any] = ("", None)
        self.fields: dict[str, ArgumentField] = {}
        self.words: dict[str, QLabel] = {}
        self.losses = Losses()
        self.losses.hide()
        self.losses.accepted.connect(self._accept)
        self.losses.kept.connect(self.keep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._weigh)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.losses)

    # Showing -----------------------------------------------------------------------------------

    def show_group(self, group: int) -> None:
        """Show another group, or the same one after a change; hides where there is no form."""
        record = self._session.document.groups[group]
        if group != self._group:
            self._group = group
            self._forget()
            for field in self.fields.values():
                field.forget()
        self.setVisible(has_form(record))
        if not has_form(record):
            return
        if record.template != self._template:
            self._make_fields(record.template or "")
        if self._wish and self._asked_at != self._session.document.revision:
            self._ask_again()
        self._show_values()

    def take_focus(self) -> None:
        """Give the keyboard to the field that says how large the group is, else to the first."""
        fields = list(self.fields.values())
        sizes = [one for one in fields if one.argument.kind in ("widths", "width")]
        for field in (*sizes, *fields)[:1]:
            field.focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Change nothing: show again what is."""
        within = self.losses.has_focus()
        self._forget()
        self._show_values()
        self._give_back(within)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep everything as it is on Escape, while a change waits."""
        if event.key() == Qt.Key.Key_Escape and self._wish:
            self.keep()
        else:
            super().keyPressEvent(event)

    def _make_fields(self, template: str) -> None:
        for part in (*self.fields.values(), *self.words.values()):
            part.hide()
            part.deleteLater()
        self.fields, self.words, self._template = {}, {}, template
        for argument in TEMPLATES[template].arguments:
            if not self._only or argument.key in self._only:
                self._add(argument)

    def _add(self, argument: Argument) -> None:
        field, words = FIELDS[argument.kind](argument), label()
        words.setWordWrap(True)
        words.hide()
        self.fields[argument.key], self.words[argument.key] = field, words
        self._column.addWidget(field)
        self._column.addWidget(words)
        field.typed.connect(self._try)
        field.entered.connect(self._enter)

    def _show_values(self) -> None:
        if self.isHidden():
            return
        values = self._given() | self._wish
        for key, field in self.fields.items():
            field.show_value(values[key], values)
        self._order()

    def _order(self) -> None:
        """Let the Tab key go through the fields as they stand, whenever each was made."""
        stops = [stop for field in self.fields.values() for stop in field.stops()]
        if stops == self._stops:
            return
        self._stops = stops
        for before, after in pairwise((self.losses.keep, *stops)):
            self.setTabOrder(before, after)

    def _say(self, key: str, words: str, tone: str = "dim") -> None:
        """Write a sentence under a field; none hides it."""
        shown = self.words[key]
        retone(shown, tone)
        shown.setText(words)
        shown.setVisible(bool(words))
        if words:
            announce(shown, words)

    def _forget(self) -> None:
        self._pause.stop()
        self._wish = {}
        self.losses.hide()
        for key in self.words:
            self._say(key, "")

    # Changing ----------------------------------------------------------------------------------

    def _try(self, value: object) -> None:
        """Weigh what is being typed when there is a pause."""
        key = self._sender()
        self._say(key, "")
        self._typed = (key, value)
        if isinstance(value, Refusal):
            self._pause.stop()  # it is only half typed
        else:
            self._pause.start()

    def _weigh(self) -> None:
        key, value = self._typed
        small = self._group is not None and len(self._session.document) <= MOST_WEIGHED
        wish = self._changed(self._wish | {key: value})
        if key in self.words and small and wish:
            self._answer(key, self._ask(wish))

    def _enter(self, value: object) -> None:
        """Do what was entered, or ask first, or say why not."""
        key = self._sender()
        self._pause.stop()
        if isinstance(value, Refusal):
            self._answer(key, value)
            return
        wish = self._changed(self._wish | {key: value})
        if not wish:
            self.keep()
            return
        plan = self._ask(wish)
        if isinstance(plan, Reshape) and not plan.lost:
            self._do(plan)
            return
        self._answer(key, plan)
        if isinstance(plan, Reshape):
            self._question(key, wish, plan)
        self._show_values()

    def _question(self, key: str, wish: dict[str, Any], plan: Reshape) -> None:
        """Ask below a field whether what a change takes away may be lost."""
        self._wish, self._asker = wish, key
        self._column.removeWidget(self.losses)
        self._column.insertWidget(self._column.indexOf(self.words[key]) + 1, self.losses)
        self.losses.show_lost(plan.lost)
        if self.fields[key].has_focus():
            self.losses.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit()

    def _answer(self, key: str, plan: Reshape | Refusal) -> None:
        if isinstance(plan, Refusal):
            self._say(key, str(plan), "problem")
        else:
            self._say(key, effect(plan))

    def _accept(self) -> None:
        """Change the shape although something is lost."""
        within = self.losses.has_focus()
        self._do(self._ask(self._wish))
        self._give_back(within)

    def _give_back(self, within: bool) -> None:
        """Give the keyboard back to the field that asked, if the answer had it."""
        field = self.fields.get(self._asker)
        if within and field is not None:
            field.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, plan: Reshape | Refusal) -> None:
        self._forget()
        self._session.do(plan if isinstance(plan, Refusal) else plan.edit)
        self._session.flush()
        self._show_values()

    def _ask(self, wish: Mapping[str, Any]) -> Reshape | Refusal:
        self._asked_at = self._session.document.revision
        return reshape(self._session.document, self._group or 0, wish)

    def _ask_again(self) -> None:
        """Ask for the document as it is now; what would lose nothing any more is dropped."""
        self._wish = self._changed(self._wish)
        plan = self._ask(self._wish) if self._wish else None
        if isinstance(plan, Reshape) and plan.lost:
            self.losses.show_lost(plan.lost)
        else:
            self._forget()

    def _given(self) -> dict[str, Any]:
        """Return the arguments that the group has now."""
        record = self._session.document.groups.get(self._group or 0)
        template = TEMPLATES.get(self._template)
        if record is None or template is None:
            return {}
        return dict(defaults(template.arguments)) | dict(record.arguments)

    def _changed(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Return what of a wish is not so already."""
        given = self._given()
        return {key: value for key, value in wish.items() if value != given.get(key)}

    def _sender(self) -> str:
        field = self.sender()
        return field.argument.key if isinstance(field, ArgumentField) else ""


def has_form(group: Group) -> bool:
    """Whether a group can be reshaped: it is a network that a template made."""
    return group.template in DEPTHS


def effect(plan: Reshape) -> str:
    """Say how many scalars another shape adds and removes."""
    adds = ngettext("adds {count:,} scalar", "adds {count:,} scalars", plan.added)
    removes = ngettext("removes {count:,} scalar", "removes {count:,} scalars", plan.removed)
    told = [
        words.format(count=count)
        for words, count in ((adds, plan.added), (removes, plan.removed))
        if count
    ]
    return ", ".join(told) or _("adds and removes nothing")
