"""The page of several selected items: what they are, and what can be done to all at once."""

from collections import Counter
from collections.abc import Set
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.graph.properties import set_role
from engine.graph.verbs import group
from playground.panels.inspector.weights_part import WeightsPart
from playground.session import Session
from playground.widgets.labels import label, section

MARGIN = 12


class SeveralPage(QWidget):
    """Counts what is selected; groups it, makes its values parameters, or acts on its groups."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: frozenset[int] = frozenset()
        self._summary = label(tone="title")
        self._details = label(tone="muted")
        self._details.setWordWrap(True)
        self.group_button = QPushButton(_("Group them"))
        self.group_button.clicked.connect(self._group)
        self.group_button.setToolTip(_("Put them into a group that can be folded"))
        self.train_button = QPushButton(_("Make them parameters"))
        self.train_button.clicked.connect(self._make_parameters)
        self.train_button.setToolTip(_("Let training change these values"))
        self.fold_button = QPushButton()
        self.fold_button.clicked.connect(self._fold)
        self.fold_button.setToolTip(_("Show each group as one card, or what is in them"))
        for button in (self.group_button, self.train_button, self.fold_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.weights = WeightsPart(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(section(_("Inspector")))
        for widget in (
            self._summary,
            self._details,
            self.group_button,
            self.train_button,
            self.fold_button,
            self.weights,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def show_items(self, items: Set[int]) -> None:
        """Show what these nodes, groups and notes are."""
        self._items = frozenset(items)
        document = self._session.document
        nodes = [document.node(item) for item in items if item in document]
        kinds = Counter(node.role if node.is_leaf else _("operation") for node in nodes)
        groups, notes = (len(items & some.keys()) for some in (document.groups, document.notes))
        kinds += Counter({_("group"): groups, _("frame or note"): notes})
        count = len(items)
        self._summary.setText(
            ngettext("{count} selected", "{count} selected", count).format(count=count)
        )
        self._details.setText(", ".join(f"{number} × {kind}" for kind, number in kinds.items()))
        leaves = bool(nodes) and all(node.is_leaf for node in nodes) and len(nodes) == count
        parameters = all(node.role == "parameter" for node in nodes)
        self.train_button.setVisible(leaves and not parameters)
        self.fold_button.setVisible(groups > 0)
        self.weights.show_groups(self._groups())
        self.show_fold()

    def show_fold(self) -> None:
        """Offer to fold the groups while one of them is open."""
        folded = self._groups() <= self._session.document.view.folded
        self.fold_button.setText(_("Unfold them") if folded else _("Fold them"))

    def _groups(self) -> frozenset[int]:
        return self._items & self._session.document.groups.keys()

    def _fold(self) -> None:
        groups, folded = self._groups(), self._session.document.view.folded
        self._session.set_view(folded=folded - groups if groups <= folded else folded | groups)

    def _group(self) -> None:
        self._session.do(group(self._session.document, sorted(self._items)))

    def _make_parameters(self) -> None:
        self._session.do(set_role(self._session.document, sorted(self._items), "parameter"))
