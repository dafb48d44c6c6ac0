"""The boundary panel: what is predicted where, and which point or place the canvas shows.

Moving the mouse over the picture tries its place out, as a probe that ends when the mouse leaves;
a click on a point chooses that sample, a click beside the points keeps the probe until Escape.
While it is asked whose gradient it is, the mouse shows samples only. None of this is an edit.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.train.boundary import Boundary, default_bounds
from engine.train.datasets import DATASETS
from engine.train.samples import Samples
from playground.bridge import ChangeSet
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.whose_part import WhosePart
from playground.session import Session
from playground.theme import ThemeManager, number_font
from playground.training import framed
from playground.widgets.heatmap import leaning
from playground.widgets.labels import label, number
from playground.widgets.numbers import written

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class BoundaryPanel(QWidget):
    """Title, picture, and what to do where there is nothing to show.

    Attributes:
        clicked: the mouse pressed something here, which does not take the keyboard for it.
    """

    clicked = Signal()

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keeps_probe = False
        self.picture = BoundaryPicture(themes)
        self.empty = EmptyState(session)
        self.whose = WhosePart(session, themes, self.picture)
        self._about = number(tone="muted")
        self._about.setFont(number_font(12))
        self._about.setToolTip(_("A dark rim marks the points that are kept for the test"))
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
        head.addStretch(1)
        head.addWidget(self._about)
        head.addWidget(self.whose.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self.picture, self.whose, self.empty, self._remark):
            column.addWidget(part)

    def _connect(self) -> None:
        self.picture.hovered.connect(self._hover)
        self.picture.left.connect(self._leave)
        self.picture.pressed.connect(self._press)
        self.empty.button.pressed.connect(self.clicked)
        self.whose.button.pressed.connect(self.clicked)
        self._session.whose.changed.connect(self._show_place)
        self._session.training.boundary_ready.connect(self._show_boundary)
        self._session.changed.connect(self._follow)
        self._session.document_replaced.connect(self.refresh)
        self._session.view_changed.connect(self._show_place)

    # What is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the data of the document, and its boundary as far as it is known."""
        samples = planar(self._session.samples)
        self.picture.setVisible(samples is not None)
        self.empty.setVisible(samples is None)
        self.whose.show_plane(there=samples is not None)
        if samples is not None:
            self.picture.show_points(samples.inputs, samples.labels, samples.train.stop)
        self._show_boundary(self._session.training.boundary)
        self._show_place()

    def _show_boundary(self, boundary: Boundary | None) -> None:
        refusal = self._session.training.unseen
        samples = planar(self._session.samples)
        self._remark.setVisible(samples is not None and refusal is not None)
        self._remark.setText("" if refusal is None else str(refusal))
        if boundary is not None:
            self.picture.show_scores(leaning(boundary), boundary.bounds)
        elif samples is not None:
            self.picture.show_scores(None, framed(default_bounds(samples)))

    def _show_place(self) -> None:
        """Mark the sample or the place whose numbers the canvas shows."""
        probe = self._session.probe
        samples = planar(self._session.samples)
        self._keeps_probe &= probe is not None
        self._about.setText(self._text(samples, probe))
        if samples is None:
            return
        self.picture.choose(self._session.sample if probe is None else None)
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
            points = _("{count} + {tests} test points").format(count=count, tests=samples.tests)
        return f"{dataset.title} · {points}" if dataset is not None else points

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields or changes.structural:
            self.refresh()

    # What is looked at ---------------------------------------------------------------------------

    def _hover(self, x: float, y: float) -> None:
        point = self.picture.near(x, y)
        shape = Qt.CursorShape.CrossCursor if point is None else Qt.CursorShape.PointingHandCursor
        self.picture.setCursor(shape)
        if self._session.whose.on:
            self._session.whose.point(point)
        elif not self._keeps_probe:
            self._try_out(point, x, y)

    def _try_out(self, point: int | None, x: float, y: float) -> None:
        # A chosen point is not lost to the next twitch of the mouse.
        chosen = point is not None and point == self._session.view.sample
        self._session.set_probe(None if chosen else (x, y))

    def _leave(self) -> None:
        self._session.whose.point(None)
        if not self._keeps_probe:
            self._session.set_probe(None)

    def _press(self, x: float, y: float) -> None:
        self.clicked.emit()
        point = self.picture.near(x, y)
        if point is not None:
            self._session.set_sample(point)
        elif not self._session.whose.on:
            self._keeps_probe = True
            self._session.set_probe((x, y))

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


def planar(samples: Samples | None) -> Samples | None:
    """Return the samples if they lie in a plane."""
    return samples if samples is not None and samples.inputs.shape[1] == 2 else None
