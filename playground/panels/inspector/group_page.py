"""The page of one selected group: what it is called and was made as, its shape, its weights.

The inspector owns one and tells it which group to show. What is written here but not entered yet
is never overwritten by what happens meanwhile.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.explain.groups import counts, template_line
from engine.graph.notes import set_colour
from engine.graph.properties import set_comment, set_label
from engine.graph.verbs import ungroup
from playground.panels.inspector.node_fields import Row
from playground.panels.inspector.ports_table import PortsTable
from playground.panels.inspector.weights_part import WeightsPart
from playground.panels.inspector.whose_table import WhoseTable
from playground.panels.shape import ShapeForm
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.comment import CommentField
from playground.widgets.labels import label, number, section
from playground.widgets.swatches import Swatches

MARGIN = 12


class GroupPage(QWidget):
    """Shows a group, and lets everything about it be changed.

    Attributes:
        entered: the group with this id is to fill the canvas.
    """

    entered = Signal(int)

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
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
        self.colours = Swatches(themes)
        self.colours.chosen.connect(self._tint)
        self.comment = CommentField(_("Comment"), _("What there is to say about the group"))
        self.comment.entered.connect(self._comment)
        self.fold_button = self._button("", _("Show the group as one card, or what is in it"))
        self.fold_button.clicked.connect(self._toggle)
        self.enter_button = self._button(
            _("Step inside"), _("Let the group fill the canvas; Escape leads out again")
        )
        self.enter_button.clicked.connect(self._enter)
        self.ungroup_button = self._button(
            _("Ungroup"), _("Dissolve the group; what is in it stays")
        )
        self.ungroup_button.clicked.connect(self._ungroup)
        self.shape_title = section(_("Shape"))
        self.shape = ShapeForm(session)
        self.weights = WeightsPart(session)
        self.ports = PortsTable(session, themes)
        self.whose = WhoseTable(session, themes)
        self._scalars, self._operations = number(), number()
        self._lay_out()

    def show_group(self, group: int) -> None:
        """Show another group, or the same one after a change."""
        if group != self._group:
            self.comment.enter()  # to the group it was written for
            self.name.setModified(False)
        self._group = group
        document = self._session.document
        record = document.groups[group]
        if not self.name.isModified():
            self.name.setText(record.label)
        words = template_line(record)
        self._kind.setText(words)
        self._kind.setVisible(bool(words))
        self.colours.show_colour(record.colour)
        self.comment.show_text(record.comment)
        told = counts(document, group)
        self._scalars.setText(f"{told.scalars:,}")
        self._operations.setText(f"{told.operations:,}")
        self.shape.show_group(group)
        self.shape_title.setVisible(not self.shape.isHidden())
        self.weights.show_groups([group])
        self.ports.show_group(group)
        self.show_fold()

    def show_fold(self) -> None:
        """Show whether the group is folded."""
        folded = self._group in self._session.document.view.folded
        self.fold_button.setText(_("Unfold") if folded else _("Fold"))
        self.enter_button.setEnabled(self._group != self._session.view.current_group)

    def show_numbers(self) -> None:
        """Fill in the numbers of the session's latest result."""
        if self._group in self._session.document.groups and self.isVisibleTo(self.window()):
            self.ports.show_numbers()

    def _rename(self) -> None:
        self.name.setModified(False)
        if self._group in self._session.document.groups:
            self._session.do(set_label(self._session.document, self._group, self.name.text()))

    def _tint(self, colour: str) -> None:
        if self._group in self._session.document.groups:
            self._session.do(set_colour(self._session.document, [self._group], colour))

    def _comment(self, words: str) -> None:
        if self._group in self._session.document.groups:
            self._session.do(set_comment(self._session.document, self._group, words))

    def _toggle(self) -> None:
        if self._group is not None:
            self._session.toggle_fold(self._group)
            self.show_fold()

    def _enter(self) -> None:
        if self._group in self._session.document.groups:
            self.entered.emit(self._group)

    def _ungroup(self) -> None:
        if self._group is not None:
            self._session.do(ungroup(self._session.document, self._group))

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.fold_button, 1)
        deeds.addWidget(self.enter_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        head = (section(_("Group")), self.name, self._kind, self.colours, self.comment)
        for part in head:
            column.addWidget(part)
        column.addLayout(deeds)
        column.addSpacing(8)
        column.addWidget(self.whose)
        for below in (self.shape_title, self.shape, self.weights):
            column.addWidget(below)
        column.addSpacing(8)
        column.addWidget(self.ports)
        column.addSpacing(8)
        column.addWidget(section(_("Content")))
        column.addWidget(Row(_("Scalars"), self._scalars))
        column.addWidget(Row(_("Operations"), self._operations))
        column.addSpacing(8)
        column.addWidget(self.ungroup_button)
        column.addStretch(1)
