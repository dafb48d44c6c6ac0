"""The boundary panel: what is predicted where, and which point or place the canvas shows.

Moving the mouse over the picture tries its place out, as a probe that ends when the mouse leaves;
a click on a point chooses that sample, a click beside the points keeps the probe until Escape.
None of this is an edit.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.train.datasets import DATASETS
from engine.train.samples import Samples
from playground.bridge import ChangeSet
from playground.panels.boundary.choices import ViewButton
from playground.panels.boundary.legend import Legend
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.watch import BoundaryWatch, planar
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import Elided, label
from playground.widgets.numbers import written

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class BoundaryPanel(QWidget):
    """Title, picture, and what to do where there is nothing to show.

    The window has a small one, the studio a `large` one.

    Attributes:
        enlarged: the boundary is to be shown large.
        clicked: the mouse pressed something here, which does not take the keyboard for it.
    """

    clicked = Signal()
    enlarged = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keeps_probe = False
        self.picture = BoundaryPicture(themes, large=large)
        self.legend = Legend(themes)
        asker = "page" if large else "panel"
        self.watch = BoundaryWatch(session, themes, settings, self.picture, self.legend, asker)
        self.views = ViewButton(session, themes, settings, large=large)
        self.empty = EmptyState(session)
        self._about = Elided()
        self._about.setProperty("tone", "muted")
        self._about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._about.setFont(number_font(12))
        self._remark = label(tone="dim")
        self._remark.setWordWrap(True)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Decision boundary"))
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Decision boundary"), "title"))
        head.addWidget(self._about, 1)
        head.addWidget(self.views)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self.picture, self.legend, self.empty, self._remark):
            column.addWidget(part)

    def _connect(self) -> None:
        self.picture.hovered.connect(self._hover)
        self.picture.left.connect(self._leave)
        self.picture.pressed.connect(self._press)
        self.empty.button.pressed.connect(self.clicked)
        self.views.pressed.connect(self.clicked)
        self.views.enlarged.connect(self.enlarged)
        self._session.training.boundary_ready.connect(self._show_remark)
        self._session.changed.connect(self._follow)
        self._session.document_replaced.connect(self.refresh)
        self._session.view_changed.connect(self._show_place)

    # What is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the data of the document, and its boundary as far as it is known."""
        samples = planar(self._session.samples)
        for part in (self.picture, self.legend):
            part.setVisible(samples is not None)
        self.empty.setVisible(samples is None)
        self._show_remark()
        self._show_place()

    def _show_remark(self) -> None:
        refusal = self._session.training.unseen
        samples = planar(self._session.samples)
        self._remark.setVisible(samples is not None and refusal is not None)
        self._remark.setText("" if refusal is None else str(refusal))

    def _show_place(self) -> None:
        """Mark the sample or the place whose numbers the canvas shows."""
        probe = self._session.probe
        samples = planar(self._session.samples)
        self._keeps_probe &= probe is not None
        said = self._text(samples, probe)
        rims = _("A dark rim marks the points that are kept for the test")
        self._about.setText(said)
        self._about.setToolTip(f"{said}\n{rims}" if samples is not None else "")
        if samples is None:
            return
        self.picture.choose(self._session.view.sample if probe is None else None)
        self.picture.show_probe((probe[0], probe[1]) if probe is not None else None)

    def _text(self, samples: Samples | None, probe: tuple[float, ...] | None) -> str:
        if samples is None:
            return ""
        if probe is not None:
            return " · ".join(written(feature, 3) for feature in probe)
        dataset = DATASETS.get(self._session.document.data.generator or "")
        points = _("{count} points").format(count=len(samples))
        if samples.tests:
            count = len(samples) - samples.tests
            points = _("{count} + {tests} test").format(count=count, tests=samples.tests)
        return f"{dataset.title} · {points}" if dataset is not None else points

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields or changes.structural:
            self.refresh()

    # What is looked at ---------------------------------------------------------------------------

    def _hover(self, x: float, y: float) -> None:
        point = self.picture.near(x, y)
        bend = self.picture.near_bend(x, y) if point is None else None
        over = point is not None or bend is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.CrossCursor
        self.picture.setCursor(shape)
        self._light(bend)
        if self._keeps_probe:
            return
        # A chosen point is not lost to the next twitch of the mouse.
        chosen = point is not None and point == self._session.view.sample
        self._session.set_probe(None if chosen else (x, y))

    def _light(self, bend: int | None) -> None:
        """Name the neuron whose line the mouse is on."""
        neuron = None if bend is None else self.watch.neuron(bend)
        self.picture.overlays.light(None if neuron is None else bend)
        groups = self._session.document.groups
        named = neuron is not None and neuron in groups
        self.picture.setToolTip(groups[neuron].label if named and neuron is not None else "")

    def _leave(self) -> None:
        self._light(None)
        if not self._keeps_probe:
            self._session.set_probe(None)

    def _press(self, x: float, y: float) -> None:
        self.clicked.emit()
        point = self.picture.near(x, y)
        bend = self.picture.near_bend(x, y) if point is None else None
        neuron = None if bend is None else self.watch.neuron(bend)
        if point is not None:
            self._session.set_sample(point)
        elif neuron is not None and neuron in self._session.document.groups:
            self._session.set_selection({neuron})
        else:
            self._keeps_probe = True
            self._session.set_probe((x, y))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the boundary large after a double-click on the head."""
        if event.position().y() < self.picture.y():
            self.enlarged.emit()
        super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work here."""
        self.picture.show_focus(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work elsewhere."""
        self.picture.show_focus(False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the samples with the arrow keys; Escape ends the probe."""
        if event.key() == Qt.Key.Key_Escape and self._session.probe is not None:
            self._session.set_probe(None)
        elif event.key() in STEPS and self._session.samples is not None:
            self._session.set_sample(self._session.view.sample + STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class EmptyState(QWidget):
    """Says what a boundary needs, and offers to make it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        says = label(_("Nothing to tell apart yet: a boundary needs two features with data."))
        says.setProperty("tone", "muted")
        says.setWordWrap(True)
        self.button = QPushButton(_("Train moons"))
        self.button.setToolTip(_("Insert a network of 337 parameters with its loss and data"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(session.train_moons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        column.addWidget(says)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
