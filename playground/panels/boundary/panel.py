"""The boundary panel: what is predicted where, and which point or place the canvas shows.

Moving the mouse over the picture tries its place out, as a probe that ends when the mouse leaves;
a click on a point chooses that sample, a click beside the points keeps the probe until Escape.
While it is asked whose gradient it is, the mouse shows samples only. None of this is an edit; in
the draw mode the mouse has brushes, which are.
"""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.graph.document import Document
from engine.graph.models import Model
from engine.train.datasets import DATASETS
from engine.train.fitting import fitted
from engine.train.samples import Samples
from playground.bridge import ChangeSet
from playground.icons import icon
from playground.panels.boundary.axes import AxisRow, HeldRows, says_something
from playground.panels.boundary.brushes import ICON, BrushBar
from playground.panels.boundary.choices import ViewButton
from playground.panels.boundary.drawing import Drawing
from playground.panels.boundary.legend import Legend
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.watch import BoundaryWatch
from playground.panels.boundary.whose_part import WhosePart
from playground.session import Session
from playground.session.clear import model_edit
from playground.settings import Settings
from playground.theme import ThemeManager, number_font
from playground.widgets.labels import Elided, label
from playground.widgets.numbers import written

BUTTON = 28  # pixels, along each side
SMALL = 12

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
        pasted: the keys for pasting were pressed.
    """

    clicked = Signal()
    enlarged = Signal()
    pasted = Signal()

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
        self._themes = themes
        self._keeps_probe = False
        self._remarked = session.training.unseen
        self._before: tuple[float, ...] | None = None  # what was tried out before the mouse came
        self._hovers = False
        self.picture = BoundaryPicture(themes, large=large)
        self.legend = Legend(themes)
        asker = "page" if large else "panel"
        self.watch = BoundaryWatch(session, themes, settings, self.picture, self.legend, asker)
        self.views = ViewButton(session, themes, settings, large=large)
        self.drawing = Drawing(session, self.picture, self)
        self.brushes = BrushBar(self.drawing, themes)
        self.pencil = QToolButton()
        self.across, self.up = (AxisRow(session, place) for place in (0, 1))
        self.held = HeldRows(session)
        self.empty = EmptyState(session)
        self.whose = WhosePart(session, themes, self.picture)
        self._about = Elided()
        self._about.setProperty("tone", "muted")
        self._about.setFont(number_font(SMALL))
        self.offer = QPushButton(_("Insert a network"))
        self.offer.setToolTip(_("Insert a network with the loss that these data need"))
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remark = label(tone="dim")
        self._remark.setWordWrap(True)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Decision boundary"))
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Decision boundary"), "title"))
        words.addWidget(self._about)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        self.pencil.setProperty("kind", "plain")
        self.pencil.setCheckable(True)
        self.pencil.setIconSize(ICON)
        self.pencil.setAccessibleName(_("Draw data"))
        self.pencil.setToolTip(_("Draw data with the mouse  (Ctrl+Alt+D)"))
        self.pencil.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head.setSpacing(2)
        for button in (self.whose.button, self.pencil, self.views):
            button.setFixedSize(BUTTON, BUTTON)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        parts = (self.brushes, self.up, self.picture, self.across, self.held, self.legend)
        for part in (*parts, self.whose, self.empty, self._remark):
            column.addWidget(part)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.picture.hovered.connect(self._hover)
        self.picture.left.connect(self._leave)
        self.picture.pressed.connect(self._press)
        self.offer.clicked.connect(self._insert_network)
        for button in (self.empty.button, self.offer, self.whose.button):
            button.pressed.connect(self.clicked)
        self._session.whose.changed.connect(self._show_place)
        self.empty.draw.clicked.connect(self.draw)
        self.pencil.clicked.connect(self.draw)
        self.brushes.done.clicked.connect(self.draw)
        self.drawing.began.connect(self.setFocus)
        self.drawing.changed.connect(self.refresh)
        self.watch.came.connect(self._show_axes)
        self._themes.theme_changed.connect(self._dress)
        self._dress()
        self.views.pressed.connect(self.clicked)
        self.views.enlarged.connect(self.enlarged)
        self._session.training.boundary_ready.connect(self._follow_boundary)
        self._session.changed.connect(self._follow)
        self._session.document_replaced.connect(self._start_over)
        self._session.view_changed.connect(self._show_place)

    # What is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the data of the document, and its boundary as far as it is known."""
        samples, draws = self._session.samples, self.drawing.on
        self.pencil.setChecked(draws)
        self._dress()
        self.brushes.setVisible(draws)
        self.picture.setVisible(samples is not None or draws)
        self.legend.setVisible(samples is not None)
        self.empty.setVisible(samples is None and not draws)
        self.whose.show_plane(there=samples is not None)
        self._show_axes()
        self._show_remark()
        self._show_place()

    def draw(self) -> None:
        """Draw data with the mouse, or no more; the keyboard comes along."""
        self.drawing.toggle()
        if self.drawing.on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clicked.emit()

    def _show_axes(self) -> None:
        """Name the axes where that says anything: own data, or more or less than a plane."""
        samples, axes = self._session.samples, self.watch.axes
        self.held.show_features(samples, axes)
        for row in (self.across, self.up):
            row.setVisible(samples is not None and says_something(samples))
            if samples is not None:
                row.show_axis(samples, axes, self.watch.bounds)

    def _insert_network(self) -> None:
        """Insert the network that the data need, beside everything there is."""
        document = self._session.document
        model = fitted(Model(data=document.data, seeds=document.seeds))
        if isinstance(model, Model):
            self._session.insert(model_edit(document, model), select=False)
        else:
            self._session.do(model)

    def _show_remark(self) -> None:
        refusal = self._session.training.unseen
        samples = self._session.samples
        without = samples is not None and not is_learning(self._session.document)
        self.offer.setVisible(without)
        self._remark.setVisible(samples is not None and refusal is not None and not without)
        self._remark.setText("" if refusal is None else str(refusal))
        self._remarked = refusal

    def _follow_boundary(self) -> None:
        if self._session.training.unseen is not self._remarked:
            self._show_remark()

    def _show_place(self) -> None:
        """Mark the sample or the place whose numbers the canvas shows."""
        probe, axes = self._session.probe, self._session.axes
        samples = self._session.samples
        self._keeps_probe &= probe is not None
        said = self._text(samples, probe)
        rims = _("A dark rim marks the points that are kept for the test")
        self._about.setText(said)
        self._about.setVisible(bool(said))
        self._about.setToolTip(f"{said}\n{rims}" if samples is not None else "")
        if samples is None:
            return
        self.picture.choose(self._session.sample if probe is None else None)
        place = None if probe is None else [probe[axis] for axis in axes]
        self.picture.show_probe(None if place is None else (place[0], place[-1]))

    def _text(self, samples: Samples | None, probe: tuple[float, ...] | None) -> str:
        if samples is None:
            return ""
        if probe is not None:
            told = zip(samples.names, samples.raw(np.array(probe)).tolist(), strict=False)
            return " · ".join(f"{name} {written(feature, 3)}" for name, feature in told)
        data = self._session.document.data
        dataset = DATASETS.get(data.generator or "")
        title = data.source if dataset is None else dataset.title
        points = _("{count} points").format(count=len(samples))
        if samples.tests:
            count = len(samples) - samples.tests
            points = _("{count} + {tests} test").format(count=count, tests=samples.tests)
        return f"{title} · {points}" if title else points

    def _dress(self) -> None:
        theme = self._themes.current()
        self.pencil.setIcon(
            icon("edit", theme.ink if self.drawing.on else theme.muted, theme.faint)
        )

    def _start_over(self) -> None:
        """Show another document; nobody draws in it yet."""
        self.drawing.stop()
        self.refresh()

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields or changes.structural:
            (self.drawing.follow if self.drawing.on else self.refresh)()

    # What is looked at ---------------------------------------------------------------------------

    def _hover(self, x: float, y: float) -> None:
        point = self.picture.near(x, y)
        bend = self.picture.near_bend(x, y) if point is None else None
        over = point is not None or bend is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.CrossCursor
        self.picture.setCursor(shape)
        self._light(bend)
        if self._session.whose.on:
            self._session.whose.point(point)
        elif not self._keeps_probe:
            self._try_out(point, x, y)

    def _try_out(self, point: int | None, x: float, y: float) -> None:
        if not self._hovers:
            self._hovers, self._before = True, self._session.probe
        # A chosen point is not lost to the next twitch of the mouse.
        chosen = point is not None and point == self._session.view.sample
        self._session.set_probe(self._before if chosen else self._features(x, y))

    def _light(self, bend: int | None) -> None:
        """Name the neuron whose line the mouse is on."""
        neuron = None if bend is None else self.watch.neuron(bend)
        self.picture.overlays.light(None if neuron is None else bend)
        groups = self._session.document.groups
        named = neuron is not None and neuron in groups
        self.picture.setToolTip(groups[neuron].label if named and neuron is not None else "")

    def _leave(self) -> None:
        self._session.whose.point(None)
        self._light(None)
        if self._hovers and not self._keeps_probe:
            self._session.set_probe(self._before)
        self._hovers, self._before = False, None

    def _press(self, x: float, y: float) -> None:
        self.clicked.emit()
        self._before = None
        point = self.picture.near(x, y)
        bend = self.picture.near_bend(x, y) if point is None else None
        neuron = None if bend is None else self.watch.neuron(bend)
        if point is not None:
            self._session.set_sample(point)
        elif neuron is not None and neuron in self._session.document.groups:
            self._session.set_selection({neuron})
        elif not self._session.whose.on:
            self._keeps_probe = True
            self._session.set_probe(self._features(x, y))

    def _features(self, x: float, y: float) -> tuple[float, ...]:
        """Return all features of a place of the plane."""
        features = list(self._session.held) or [0.0] * (1 + max(self._session.axes))
        for axis, end in zip(self._session.axes, (x, y), strict=False):
            features[axis] = end
        return tuple(features)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the boundary large after a double-click on the head."""
        if event.position().y() <= self.pencil.geometry().bottom():
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
        """Choose brushes while one draws; else walk through the samples, and end the probe."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif self.drawing.on and self.drawing.key(Qt.Key(event.key()), event.text()):
            if not self.drawing.on:
                self.clicked.emit()
        elif event.key() == Qt.Key.Key_Escape and self._session.probe is not None:
            self._before = None
            self._session.set_probe(None)
        elif event.key() in STEPS and self._session.samples is not None:
            self._session.set_sample(self._session.view.sample + STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def is_learning(document: Document) -> bool:
    """Tell whether anything in a document takes its numbers from data."""
    return any(node.role == "feature" for node in document.nodes())


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
        self.draw = QPushButton(_("Draw data"))
        self.draw.setToolTip(_("Put points on an empty plane with the mouse  (Ctrl+Alt+D)"))
        self.draw.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.draw)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        column.addWidget(says)
        column.addLayout(row)
        column.addStretch(1)
