"""The part of a page that is about the parameters of groups: how many, frozen or not, drawn anew.

The page of a group has one, and so has that of several. It hides where there is no parameter.
"""

from collections.abc import Iterable
from gettext import gettext as _

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from engine.explain.groups import Counts, counts
from engine.graph.document import Document
from engine.graph.flat import flattened
from engine.graph.groups import freeze_groups, reset_groups
from engine.graph.initialise import BIAS, WEIGHT, part, scheme_of
from playground.session import Session
from playground.widgets.labels import label, section


class MixedBox(QCheckBox):
    """A box that may be half checked, when some are and some not; a click then checks all."""

    def show_share(self, some: int, all_of: int) -> None:
        """Show that some of all are so."""
        states = Qt.CheckState
        share = states.PartiallyChecked if 0 < some < all_of else states.Unchecked
        self.setCheckState(states.Checked if all_of and some == all_of else share)

    def nextCheckState(self) -> None:
        """Leave the state to the document; `clicked` carries what is wanted."""
        checked = self.checkState() is Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)


class WeightsPart(QWidget):
    """Counts, freezes and resets the parameters of groups."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._groups: tuple[int, ...] = ()
        self._count = label(tone="muted")
        self.frozen = MixedBox(_("Frozen"))
        self.frozen.setToolTip(_("Keep the parameters as they are, whatever training does"))
        self.frozen.clicked.connect(self._freeze)
        self.reset = QPushButton(_("Reset weights"))
        self.reset.setToolTip(_("Draw the first weights anew; frozen ones stay as they are"))
        self.reset.clicked.connect(self._reset)
        self._drawn = label(tone="dim")
        self._drawn.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for shown in (section(_("Weights")), self._count, self.frozen, self.reset, self._drawn):
            column.addWidget(shown)

    def show_groups(self, groups: Iterable[int]) -> None:
        """Show the parameters of these groups."""
        document = self._session.document
        self._groups = outermost(document, groups)
        told = [counts(document, group) for group in self._groups]
        total = Counts(*(sum(each) for each in zip(*map(fields, told), strict=True)))
        self.setVisible(total.parameters > 0)
        self._count.setText(total.words)
        self.frozen.show_share(total.frozen, total.parameters)
        schemes = drawn_by(document, self._groups)
        self.reset.setVisible(bool(schemes))
        self.reset.setEnabled(total.frozen < total.parameters)
        self._drawn.setVisible(bool(schemes))
        seed = _("seed {seed}").format(seed=document.seeds.init)
        self._drawn.setText("\n".join((*schemes, seed)))

    def _freeze(self, on: bool) -> None:
        self._session.do(freeze_groups(self._session.document, self._groups, on))
        self._session.flush()

    def _reset(self) -> None:
        self._session.do(reset_groups(self._session.document, self._groups))


def fields(told: Counts) -> tuple[int, int, int, int]:
    """Return counts as plain numbers."""
    return (told.scalars, told.operations, told.parameters, told.frozen)


def outermost(document: Document, groups: Iterable[int]) -> tuple[int, ...]:
    """Return groups without those that lie in others of them, ascending."""
    chosen = set(groups)
    return tuple(
        group
        for group in sorted(chosen)
        if not chosen.intersection(document.ancestry(document.groups[group].group))
    )


def drawn_by(document: Document, groups: Iterable[int]) -> list[str]:
    """Return how the weights in groups are drawn, the title of each scheme once."""
    flat = flattened(document)
    inside = sorted({one for group in groups for one in document.subgroups(group)})
    holders = (one for one in inside if _holds_weights(document, flat.nodes_in(one)))
    return list(dict.fromkeys(scheme_of(document, one).title for one in holders))


def _holds_weights(document: Document, nodes: Iterable[int]) -> bool:
    records = map(document.node, nodes)
    return any(node.is_leaf and part(node) in (WEIGHT, BIAS) for node in records)
