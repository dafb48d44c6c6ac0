"""The page of one selected group: its name, what made it, and how much is in it."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.graph.document import Document
from engine.graph.properties import set_label
from engine.graph.records import Group
from engine.graph.templates import TEMPLATES
from engine.graph.verbs import ungroup
from playground.session import Session
from playground.widgets.labels import label, number, section

MARGIN = 12


class GroupPage(QWidget):
    """Shows a group; its name can be edited, and it can be folded or dissolved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group: int | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the group"))
        self.name.setToolTip(_("What the group is called"))
        self.name.setPlaceholderText(_("Name"))
        self.name.editingFinished.connect(self._rename)
        self._kind = label(tone="muted")
        self._kind.setWordWrap(True)
        self._counts = QFormLayout()
        self.fold_button = QPushButton()
        self.fold_button.clicked.connect(self._toggle)
        self.fold_button.setToolTip(_("Show the group as one card, or what is in it"))
        self.ungroup_button = QPushButton(_("Ungroup"))
        self.ungroup_button.clicked.connect(self._ungroup)
        self.ungroup_button.setToolTip(_("Dissolve the group; what is in it stays"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(section(_("Group")))
        column.addWidget(self.name)
        column.addWidget(self._kind)
        column.addLayout(self._counts)
        column.addWidget(self.fold_button)
        column.addWidget(self.ungroup_button)
        column.addStretch(1)

    def show_group(self, group: int) -> None:
        """Show another group, or the same one after a change."""
        self._group = group
        document = self._session.document
        record = document.groups[group]
        self.name.setText(record.label)
        self._kind.setText(kind(record))
        while self._counts.rowCount():
            self._counts.removeRow(0)
        for title, count in counts(document, group):
            self._counts.addRow(label(title, "muted"), number(f"{count:,}"))
        folded = group in document.view.folded
        self.fold_button.setText(_("Unfold") if folded else _("Fold"))

    def _rename(self) -> None:
        if self._group is not None and self._group in self._session.document.groups:
            self._session.do(set_label(self._session.document, self._group, self.name.text()))

    def _toggle(self) -> None:
        if self._group is not None:
            self._session.toggle_fold(self._group)
            self.show_group(self._group)

    def _ungroup(self) -> None:
        if self._group is not None:
            self._session.do(ungroup(self._session.document, self._group))


def kind(record: Group) -> str:
    """Say which template made a group, and with what."""
    template = TEMPLATES.get(record.template or "")
    if template is None:
        return record.comment
    return " · ".join([template.title, *arguments(record.arguments)])


def arguments(given: Mapping[str, Any]) -> list[str]:
    """Write the arguments of a template in a few words each."""
    return [f"{name} {shortened(value)}" for name, value in given.items()]


def shortened(value: object) -> str:
    """Write one argument; sizes of layers as 16 → 16 → 1."""
    if isinstance(value, list | tuple):
        return " → ".join(str(part) for part in value)
    return str(value)


def counts(document: Document, group: int) -> list[tuple[str, int]]:
    """Count what is in a group, at any depth."""
    nodes = [document.node(node) for node in document.members(group)]
    return [
        (_("Scalars"), len(nodes)),
        (_("Operations"), sum(not node.is_leaf for node in nodes)),
        (_("Parameters"), sum(node.is_leaf and node.role == "parameter" for node in nodes)),
    ]
