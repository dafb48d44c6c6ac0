"""The page of one selected group: its name, what made it, and how much is in it."""

from gettext import gettext as _

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.explain.groups import counts, template_line
from engine.graph.properties import set_label
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
        self._kind.setText(template_line(record) or record.comment)
        while self._counts.rowCount():
            self._counts.removeRow(0)
        told = counts(document, group)
        for title, count in (
            (_("Scalars"), told.scalars),
            (_("Operations"), told.operations),
            (_("Parameters"), told.parameters),
        ):
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
