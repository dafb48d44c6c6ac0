"""The inspector's field for the range of a value's slider: typed as on the canvas."""

from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.errors import Refusal
from engine.exchange.spans import parse_span, span_text
from engine.graph.records import Node
from engine.graph.spans import set_span
from playground.panels.inspector.node_fields import Row, fields_column
from playground.session import Session


class SpanField(QWidget):
    """Shows and edits the range; empty for no slider."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._node = 0
        self.span = QLineEdit()
        self.span.setAccessibleName(_("Range of the slider"))
        self.span.setToolTip(_("The lower and the higher end of its slider; empty for no slider"))
        self.span.setPlaceholderText("-5..5")
        self.span.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.span.editingFinished.connect(self._set)
        fields_column(self).addWidget(Row(_("Slider"), self.span))

    def show_node(self, node: Node) -> None:
        """Show the range of a value."""
        self.setVisible(node.is_leaf)
        if node.id != self._node or not self.span.isModified():
            self.span.setText(span_text(node.span))
        self._node = node.id

    def _set(self) -> None:
        document = self._session.document
        if not self.span.isModified() or self._node not in document:
            return
        self.span.setModified(False)
        text = self.span.text()
        span = parse_span(text) if text.strip() else None
        edit = span if isinstance(span, Refusal) else set_span(document, [self._node], span)
        self._session.do(edit)
        self._session.flush()
        if self._node in document:
            self.show_node(document.node(self._node))
