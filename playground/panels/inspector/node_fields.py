"""The fields of the node page: role, attributes and marks, each an edit when it changes."""

from collections.abc import Iterable
from gettext import gettext as _

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine import ops
from engine.graph.properties import set_attribute, set_frozen, set_mark, set_role
from engine.graph.records import Node
from engine.ops import Attribute
from playground.session import Session
from playground.widgets.labels import label
from playground.widgets.roles import ROLE_WORDS

ENCODINGS = (
    ("number", _("As it is")),
    ("signed", _("−1 or 1")),
    ("zero-one", _("0 or 1")),
    ("one-hot", _("One-hot")),
)
LEAF_MARKS = (("backward", _("Go backward from here")),)
OP_MARKS = (
    ("prediction", _("Prediction")),
    ("loss", _("Loss of a sample")),
    ("penalty", _("Penalty, counted once")),
    *LEAF_MARKS,
)
MARK_TIPS = {
    "prediction": _("What the data is compared with"),
    "loss": _("What training makes small"),
    "penalty": _("What training adds to the loss, once a step"),
    "backward": _("Show the gradients of this node instead of the loss's"),
}


class RoleFields(QWidget):
    """What a value is for training."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._node = 0
        self.role = chooser([(role.key, role.title) for role in ROLE_WORDS], _("Role"))
        self.index = QSpinBox()
        self.index.setRange(0, 9_999)
        self.index.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.index.setAccessibleName(_("Which one of the sample"))
        self.index.setToolTip(_("Which number of the sample it takes, counted from 0"))
        self.encoding = chooser(ENCODINGS, _("Encoding"))
        self.frozen = QCheckBox(_("Frozen: training leaves it alone"))
        self.frozen.setToolTip(_("Keep its number as it is, whatever training does"))
        self.role.setToolTip(_("Where its number comes from, and whether training changes it"))
        self.encoding.setToolTip(_("How the answer of a sample is written as a number"))
        self._index_row = Row(_("Number"), self.index)
        self._encoding_row = Row(_("Written as"), self.encoding)
        column = fields_column(self)
        for part in (Row(_("Role"), self.role), self._index_row, self._encoding_row, self.frozen):
            column.addWidget(part)
        self.role.activated.connect(self._set_role)
        self.encoding.activated.connect(self._set_role)
        self.index.valueChanged.connect(self._set_role)
        self.frozen.clicked.connect(self._freeze)

    def show_node(self, node: Node) -> None:
        """Show the role of a value."""
        self._node = node.id
        with QSignalBlocker(self.index):
            self.index.setValue(node.index)
        self.role.setCurrentIndex(self.role.findData(node.role))
        self.encoding.setCurrentIndex(self.encoding.findData(node.encoding))
        self.frozen.setChecked(node.frozen)
        self._index_row.setVisible(node.role in ("feature", "target"))
        self._encoding_row.setVisible(node.role == "target")
        self.frozen.setVisible(node.role == "parameter")

    def _set_role(self) -> None:
        role = self.role.currentData()
        encoding = self.encoding.currentData() if role == "target" else "number"
        index = self.index.value() if role in ("feature", "target") else 0
        self._session.do(set_role(self._session.document, [self._node], role, index, encoding))

    def _freeze(self, on: bool) -> None:
        self._session.do(set_frozen(self._session.document, [self._node], on))


class AttributeField(QDoubleSpinBox):
    """The number of one attribute, such as the exponent of a power."""

    def __init__(self, session: Session, node: int, attribute: Attribute, value: float) -> None:
        super().__init__()
        self._session = session
        self._node = node
        self._name = attribute.name
        self.setDecimals(4)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setRange(attribute.low, attribute.high)
        self.setSingleStep(0.1)
        self.setValue(value)
        self.setKeyboardTracking(False)
        self.setAccessibleName(attribute.title)
        self.setToolTip(_("{title}: it belongs to the operation").format(title=attribute.title))
        self.valueChanged.connect(self._set)

    def _set(self, number: float) -> None:
        document = self._session.document
        if self._node in document:
            self._session.do(set_attribute(document, self._node, self._name, number))


class AttributeFields(QWidget):
    """One field for each attribute of an op."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Row] = []
        self._column = fields_column(self)

    def fields(self) -> list[AttributeField]:
        """Return the fields that are shown."""
        return [row.field for row in self._rows if isinstance(row.field, AttributeField)]

    def show_node(self, node: Node) -> None:
        """Show the attributes of a node; hides itself when it has none."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows.clear()
        op = ops.get(node.op)
        attributes = op.attributes if op is not None else ()
        for attribute in attributes:
            value = node.attributes.get(attribute.name, attribute.default)
            field = AttributeField(self._session, node.id, attribute, value)
            self._rows.append(Row(attribute.title, field))
            self._column.addWidget(self._rows[-1])
        self.setVisible(bool(attributes))


class MarkBoxes(QWidget):
    """What a node is for training: loss, penalty, prediction, or where backward begins."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._node = 0
        column = fields_column(self)
        column.setSpacing(0)
        self.boxes: dict[str, QCheckBox] = {}
        for mark, title in OP_MARKS:
            box = QCheckBox(title)
            box.setObjectName(mark)
            box.setToolTip(MARK_TIPS[mark])
            box.clicked.connect(self._set)
            column.addWidget(box)
            self.boxes[mark] = box

    def show_node(self, node: Node) -> None:
        """Show the marks of a node; those that make no sense on a value stay away."""
        self._node = node.id
        fitting = dict(LEAF_MARKS if node.is_leaf else OP_MARKS)
        for mark, box in self.boxes.items():
            box.setChecked(mark in node.marks)
            box.setVisible(mark in fitting or mark in node.marks)

    def _set(self, on: bool) -> None:
        mark = self.sender().objectName()
        self._session.do(set_mark(self._session.document, self._node, mark, on))


class Row(QWidget):
    """A field with its title at the left."""

    def __init__(self, title: str, field: QWidget) -> None:
        super().__init__()
        self.field = field
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(title, "muted"), 1)
        row.addWidget(field, 1)


def fields_column(parent: QWidget) -> QVBoxLayout:
    """Make the layout of fields below each other."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(6)
    return made


def chooser(choices: Iterable[tuple[str, str]], name: str) -> QComboBox:
    """Make a combo box of (key, title)."""
    box = QComboBox()
    box.setAccessibleName(name)
    for key, title in choices:
        box.addItem(title, key)
    return box
