"""The page of one selected node: what it is, its numbers, where they come from, its fields."""

from gettext import gettext as _

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from engine import ops
from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.explain import describe
from engine.graph.properties import set_label, set_value
from engine.graph.records import Node
from playground.panels.inspector.inputs_table import InputsTable
from playground.panels.inspector.node_fields import AttributeFields, MarkBoxes, RoleFields
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import label, number, section
from playground.widgets.numbers import exact, written

MARGIN = 12
LARGE = 17


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
        self.name.setPlaceholderText(_("Label"))
        self.name.editingFinished.connect(self._rename)
        self._formula = label()
        self._formula.setWordWrap(True)
        self._intuition = label(tone="dim")
        self._intuition.setWordWrap(True)
        self.value = QLineEdit()
        self.value.setAccessibleName(_("Value"))
        self.value.setFont(number_font(LARGE))
        self.value.editingFinished.connect(self._set_value)
        self.computed = number()
        self.gradient = number(tone="backward")
        for shown in (self.computed, self.gradient):
            shown.setFont(number_font(LARGE))
        self._problem = label(tone="negative")
        self._problem.setWordWrap(True)
        self._inputs_title = section(_("Inputs"))
        self.inputs = InputsTable(session, themes)
        self.role = RoleFields(session)
        self.attributes = AttributeFields(session)
        self.marks = MarkBoxes(session)
        self._lay_out()

    def show_node(self, node: int | None) -> None:
        """Show another node, or the same one after a change; None for none."""
        self._node = node
        if node is None:
            return
        record = self._session.document.node(node)
        self._show_words(record)
        for part in (self.role, self.inputs, self._inputs_title, self._formula, self._intuition):
            part.setVisible(record.is_leaf is (part is self.role))
        self.value.setVisible(record.is_leaf)
        self.computed.setVisible(not record.is_leaf)
        if record.is_leaf:
            self.role.show_node(record)
        else:
            self.inputs.show_node(node)
        self.attributes.show_node(record)
        self.marks.show_node(record)
        self.show_numbers()

    def show_numbers(self) -> None:
        """Fill in the numbers of the session's latest result."""
        node, result = self._node, self._session.result
        if node is None or result is None or node not in result.row:
            return
        found = result.number(node)
        colour = self._themes.current().of_sign(found).name()
        row = result.row[node]
        self.computed.setText(written(found) if result.computed[row] else _("not computed"))
        self.computed.setStyleSheet(f"color: {colour}")
        self.computed.setToolTip(exact(found))
        if not self.value.hasFocus():
            self.value.setText(written(found, 10))
            self.value.setStyleSheet(f"color: {colour}")
        slope = result.slope(node)
        self.gradient.setText(written(slope) if result.reached[row] else _("not reached"))
        self.gradient.setToolTip(exact(slope))
        reason = result.reasons.get(node)
        self._problem.setText(reason.text if reason else "")
        self._problem.setVisible(reason is not None)
        self.inputs.show_numbers(result)

    def _show_words(self, record: Node) -> None:
        op = ops.get(record.op)
        title = _("Value") if record.is_leaf else op.title if op else record.op
        self._kind.setText(f"{title}  #{record.id}".upper())
        self.name.setText(record.label)
        self._formula.setText(describe(self._session.document, record.id))
        self._intuition.setText(op.intuition if op else "")

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
        elif self._node in self._session.document:
            self._session.do(set_value(self._session.document, self._node, parsed))

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
        for part in (self._kind, self.name, self._formula):
            column.addWidget(part)
        column.addLayout(numbers)
        for part in (self._problem, self._inputs_title, self.inputs, self._intuition):
            column.addWidget(part)
        for part in (self.attributes, self.role, self.marks):
            column.addWidget(part)
        column.addStretch(1)
