"""The page of one selected node: what it is, its numbers, where they come from, its fields."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.explain import Explanation, describe
from engine.explain.questions import About, Question
from engine.explain.spoken import called, part_words
from engine.graph.properties import set_label
from engine.graph.records import Node
from engine.graph.weights import weighed
from playground.panels.inspector.gradient_table import GradientTable
from playground.panels.inspector.inputs_table import InputsTable
from playground.panels.inspector.link_field import LinkField
from playground.panels.inspector.node_fields import AttributeFields, MarkBoxes, RoleFields
from playground.panels.inspector.span_field import SpanField
from playground.panels.inspector.whose_table import WhoseTable
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import Asked, label, section
from playground.widgets.numbers import exact, written

MARGIN = 12
LARGE, SMALL = 17, 12
EDITED_DIGITS = 10
WHY = _("a click asks why")


class NodePage(QWidget):
    """Shows the node it is told to; numbers come from the session's latest result."""

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._node: int | None = None
        self._kind = section("")
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Label of the node"))
        self.name.setToolTip(_("What the node is called, in formulas too"))
        self.name.setPlaceholderText(_("Label"))
        self.name.editingFinished.connect(self._rename)
        self._part = label(tone="muted")
        self._part.setWordWrap(True)
        self._formula = label()
        self._formula.setWordWrap(True)
        self._numbers = label(tone="dim")
        self._numbers.setWordWrap(True)
        self._numbers.setFont(number_font(SMALL))
        self._intuition = label(tone="dim")
        self._intuition.setWordWrap(True)
        self.value = QLineEdit()
        self.value.setAccessibleName(_("Value"))
        self.value.setFont(number_font(LARGE))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value.editingFinished.connect(self._set_value)
        self.computed = Asked()
        self.computed.asked.connect(self._ask_value)
        self.gradient = Asked("backward")
        self.gradient.asked.connect(self._ask_gradient)
        for shown in (self.computed, self.gradient):
            shown.setFont(number_font(LARGE))
        self._problem = label(tone="problem")
        self._problem.setWordWrap(True)
        self._inputs_title = section(_("Inputs"))
        self.inputs = InputsTable(themes)
        self.arriving = GradientTable(session)
        self.whose = WhoseTable(session, themes)
        self.span = SpanField(session)
        self.role = RoleFields(session)
        self.attributes = AttributeFields(session)
        self.marks = MarkBoxes(session)
        self.link = LinkField(session)
        self._of_leaves: tuple[QWidget, ...] = (self.value, self.role)
        words = (self._formula, self._numbers, self._inputs_title)
        self._of_ops: tuple[QWidget, ...] = (self.computed, self.inputs, *words)
        self._lay_out()

    def show_node(self, node: int | None) -> None:
        """Show another node, or the same one after a change; None for none."""
        self._node = node
        if node is None:
            return
        record = self._session.document.node(node)
        told = describe(self._session.document, self._session.result, node)
        self._show_words(record, told)
        for part in self._of_ops:
            part.setVisible(not record.is_leaf)
        for part in self._of_leaves:
            part.setVisible(record.is_leaf)
        self.inputs.lay_out(told.inputs)
        self.span.show_node(record)
        self.role.show_node(record)
        self.attributes.show_node(record)
        self.marks.show_node(record)
        self.link.show_node(record)
        self._show(told)

    def show_numbers(self) -> None:
        """Fill in the numbers of the session's latest result."""
        document = self._session.document
        if self._node is not None and self._node in document and self.isVisibleTo(self.window()):
            self._show(describe(document, self._session.result, self._node))

    def _show(self, told: Explanation) -> None:
        colour = f"color: {self._themes.current().of_sign(told.value).name()}"
        result = self._session.result
        waits = _("not yet") if result.waits_for_value(told.node) else _("not computed")
        self.computed.setText(written(told.value) if told.computed else waits)
        self.computed.setToolTip(f"{exact(told.value)} · {WHY}")
        self.computed.setStyleSheet(colour)
        wanted = _("A number, or an expression such as 1/3 or pi/2")
        self.value.setToolTip(f"{wanted}\n{exact(told.value)}")
        if not self.value.isModified():
            number = self._session.live.result.number(told.node)  # a pass may not have come to it
            self.value.setText(written(number, EDITED_DIGITS))
            self.value.setStyleSheet(colour)
        waits = _("not yet") if result.waits_for_gradient(told.node) else _("not reached")
        self.gradient.setText(written(told.gradient) if told.reached else waits)
        self.gradient.setToolTip(f"{exact(told.gradient)} · {WHY}")
        self._numbers.setText(told.with_numbers)
        self._problem.setText(told.problem)
        self._problem.setVisible(bool(told.problem))
        self.inputs.show_numbers(told.inputs)
        self.arriving.show_node(told.node)

    def _show_words(self, record: Node, told: Explanation) -> None:
        self._kind.setText(f"{told.title}  #{record.id}".upper())
        self.name.setText(record.label)
        self._formula.setText(told.formula)
        self._intuition.setText(told.intuition)
        document = self._session.document
        part = part_words(document, record) if weighed(document, record.id) else ""
        around = document.groups.get(record.group or 0)
        if part and around is not None:
            part = _("{part}, in {group}").format(part=part, group=called(document, around.id))
        self._part.setText(part[:1].upper() + part[1:])
        self._part.setVisible(bool(part and around is not None))

    def _ask_value(self) -> None:
        self._ask("value")

    def _ask_gradient(self) -> None:
        self._ask("gradient")

    def _ask(self, about: About) -> None:
        if self._node is not None:
            self._session.why.ask(Question(about, self._node))

    def _rename(self) -> None:
        if self._node is not None and self._node in self._session.document:
            self._session.do(set_label(self._session.document, self._node, self.name.text()))

    def _set_value(self) -> None:
        if self._node is None or not self.value.isModified():
            return
        self.value.setModified(False)
        parsed = parse_number(self.value.text())
        if isinstance(parsed, Refusal):
            self._session.do(parsed)
            self.show_numbers()
        elif self._node in self._session.document:
            self._session.set_number(self._node, parsed)

    def _lay_out(self) -> None:
        numbers = QGridLayout()
        numbers.setVerticalSpacing(6)
        numbers.setColumnStretch(1, 1)
        numbers.addWidget(label(_("value"), "muted"), 0, 0)
        numbers.addWidget(self.value, 0, 1)
        numbers.addWidget(self.computed, 0, 1)
        numbers.addWidget(label(_("gradient ∂"), "muted"), 1, 0)
        numbers.addWidget(self.gradient, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        names: tuple[QWidget, ...] = (self._kind, self.name, self._part)
        above = (*names, self._formula, self._numbers)
        words = (
            self._problem,
            self._inputs_title,
            self.inputs,
            self.arriving,
            self.whose,
            self._intuition,
        )
        for part in above:
            column.addWidget(part)
        column.addLayout(numbers)
        for part in (*words, self.attributes, self.span, self.role, self.marks, self.link):
            column.addWidget(part)
        column.addStretch(1)
