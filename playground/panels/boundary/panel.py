"""The boundary panel: what is predicted where, and which point or place the canvas shows.

Moving the mouse over the picture tries its place out, as a probe that ends when the mouse leaves;
a click on a point chooses that sample, a click beside the points keeps the probe until Escape.
None of this is an edit; in the draw mode the mouse has brushes, which are.
"""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.graph.document import Document
from engine.graph.models import Model
from engine.train.boundary import Boundary, Bounds, Plane, default_bounds
from engine.train.datasets import DATASETS
from engine.train.fitting import fitted
from engine.train.samples import Samples
from playground.bridge import ChangeSet
from playground.icons import icon
from playground.panels.boundary.axes import AxisRow, HeldRows, nearness, says_something
from playground.panels.boundary.brushes import ICON, BrushBar
from playground.panels.boundary.drawing import Drawing
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.sheet import points_of
from playground.session import Session
from playground.session.clear import model_edit
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
        self._themes = themes
        self._view = (session.view.axes, session.view.held)
        self._keeps_probe = False
        self.picture = BoundaryPicture(themes)
        self.drawing = Drawing(session, self.picture, self)
        self.brushes = BrushBar(self.drawing, themes)
        self.pencil = QToolButton()
        self.across, self.up = (AxisRow(session, place) for place in (0, 1))
        self.held = HeldRows(session)
        self.empty = EmptyState(session)
        self._about = number(tone="muted")
        self._about.setFont(number_font(12))
        self._about.setToolTip(_("A dark rim marks the points that are kept for the test"))
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
        head = QHBoxLayout()
        head.addWidget(label(_("Decision boundary"), "title"))
        head.addStretch(1)
        head.addWidget(self._about)
        self.pencil.setProperty("kind", "plain")
        self.pencil.setCheckable(True)
        self.pencil.setIconSize(ICON)
        self.pencil.setAccessibleName(_("Draw data"))
        self.pencil.setToolTip(_("Draw data with the mouse  (Ctrl+Alt+D)"))
        self.pencil.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head.addWidget(self.pencil)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        parts = (self.brushes, self.up, self.picture, self.across, self.held)
        for part in (*parts, self.empty, self._remark):
            column.addWidget(part)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.picture.hovered.connect(self._hover)
        self.picture.left.connect(self._leave)
        self.picture.pressed.connect(self._press)
        self.offer.clicked.connect(self._insert_network)
        for button in (self.empty.button, self.offer):
            button.pressed.connect(self.clicked)
        self.empty.draw.clicked.connect(self.draw)
        self.pencil.clicked.connect(self.draw)
        self.drawing.changed.connect(self._show_mode)
        self.drawing.began.connect(self.setFocus)
        self.drawing.done.connect(self.refresh)
        self.brushes.done.clicked.connect(self.draw)
        self._themes.theme_changed.connect(self._dress)
        self._dress()
        self._session.training.boundary_ready.connect(self._show_boundary)
        self._session.changed.connect(self._follow)
        self._session.document_replaced.connect(self._start_over)
        self._session.view_changed.connect(self._follow_view)

    # What is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the data of the document, and its boundary as far as it is known."""
        self.drawing.follow()
        self._show_mode()
        self._show_points()
        self._tell_plane()
        self._show_boundary(self._session.training.boundary)
        self._show_place()

    def draw(self) -> None:
        """Draw data with the mouse, or no more; the keyboard comes along."""
        self.drawing.toggle()
        if self.drawing.on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clicked.emit()
        self.refresh()

    def _show_mode(self) -> None:
        samples, drawing = self._session.samples, self.drawing
        self.pencil.setChecked(drawing.on)
        self.brushes.setVisible(drawing.on)
        self.picture.setVisible(samples is not None or drawing.on)
        self.empty.setVisible(samples is None and not drawing.on)

    def _insert_network(self) -> None:
        """Insert the network that the data need, beside everything there is."""
        document = self._session.document
        model = fitted(Model(data=document.data, seeds=document.seeds))
        if isinstance(model, Model):
            self._session.insert(model_edit(document, model), select=False)
        else:
            self._session.do(model)

    def _show_points(self) -> None:
        samples, axes = self._session.samples, self._session.axes
        self.held.show_features(samples, axes)
        if samples is None:
            self.picture.show_points(np.empty((0, 2)), np.empty(0), 0)
            return
        seen = nearness(samples, axes, self._session.held)
        points = points_of(samples, axes)
        self.picture.show_points(points, samples.labels, samples.train.stop, seen)

    def _show_axes(self, bounds: Bounds) -> None:
        """Name the axes where that says anything: own data, or more or less than a plane."""
        samples, axes = self._session.samples, self._session.axes
        for row in (self.across, self.up):
            row.setVisible(samples is not None and says_something(samples))
            if samples is not None:
                row.show_axis(samples, axes, bounds)

    def _tell_plane(self) -> None:
        """Have the boundary measured where it is seen."""
        session = self._session
        axes, held = session.view.axes and session.axes, session.view.held and session.held
        session.training.want_plane(Plane(axes, held, self.drawing.bounds))

    def _show_boundary(self, boundary: Boundary | None) -> None:
        refusal = self._session.training.unseen
        samples, axes = self._session.samples, self._session.axes
        without = samples is not None and not is_learning(self._session.document)
        self.offer.setVisible(without)
        self._remark.setVisible(samples is not None and refusal is not None and not without)
        self._remark.setText("" if refusal is None else str(refusal))
        bounds = self.drawing.bounds or framed(default_bounds(samples, axes), axes)
        if boundary is not None and boundary.axes == axes:
            plain = len(axes) == 1 and boundary.link == "number"
            scores = boundary.scores if plain else leaning(boundary)
            bounds = self.drawing.bounds or boundary.bounds
            self.picture.show_scores(scores, boundary.bounds)
        else:
            self.picture.show_scores(None, bounds)
        self.picture.show_part(bounds)
        self._show_axes(bounds)

    def _show_place(self) -> None:
        """Mark the sample or the place whose numbers the canvas shows."""
        probe, axes = self._session.probe, self._session.axes
        samples = self._session.samples
        self._keeps_probe &= probe is not None
        self._about.setText(self._text(samples, probe))
        if samples is None:
            return
        self.picture.choose(self._session.view.sample if probe is None else None)
        place = None if probe is None else [probe[axis] for axis in axes]
        self.picture.show_probe(None if place is None else (place[0], place[-1]))

    def _text(self, samples: Samples | None, probe: tuple[float, ...] | None) -> str:
        if samples is None:
            return ""
        if probe is not None:
            return " · ".join(written(feature, 3) for feature in self._raw(samples, probe))
        dataset = DATASETS.get(self._session.document.data.generator or "")
        points = _("{count} points").format(count=len(samples))
        if samples.tests:
            count = len(samples) - samples.tests
            points = _("{count} + {tests} test points").format(count=count, tests=samples.tests)
        return f"{dataset.title} · {points}" if dataset is not None else points

    def _raw(self, samples: Samples, features: tuple[float, ...]) -> list[float]:
        """Return features in the units of the table."""
        raw: list[float] = samples.raw(np.array(features)).tolist()
        return raw

    def _start_over(self) -> None:
        """Show another document; nobody draws in it yet."""
        if self.drawing.on:
            self.drawing.stop()
        self._view = (self._session.view.axes, self._session.view.held)
        self.refresh()

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields or changes.structural:
            self.refresh()

    def _follow_view(self) -> None:
        """Show another plane, if the view has one; else the sample or the place."""
        view, session = (self._session.view.axes, self._session.view.held), self._session
        if view != self._view:
            if view[0] != self._view[0]:
                self.drawing.look_anew()
            self._view = view
            self._show_points()
            self._tell_plane()
            self._show_boundary(session.training.boundary)
        self._show_place()

    def _dress(self) -> None:
        theme = self._themes.current()
        self.pencil.setIcon(icon("edit", theme.ink, theme.faint))

    # What is looked at ---------------------------------------------------------------------------

    def _hover(self, x: float, y: float) -> None:
        point = self.picture.near(x, y)
        shape = Qt.CursorShape.CrossCursor if point is None else Qt.CursorShape.PointingHandCursor
        self.picture.setCursor(shape)
        if self._keeps_probe:
            return
        # A chosen point is not lost to the next twitch of the mouse.
        chosen = point is not None and point == self._session.view.sample
        self._session.set_probe(None if chosen else self._features(x, y))

    def _leave(self) -> None:
        if not self._keeps_probe:
            self._session.set_probe(None)

    def _press(self, x: float, y: float) -> None:
        self.clicked.emit()
        point = self.picture.near(x, y)
        if point is not None:
            self._session.set_sample(point)
        else:
            self._keeps_probe = True
            self._session.set_probe(self._features(x, y))

    def _features(self, x: float, y: float) -> tuple[float, ...]:
        """Return all features of a place of the plane."""
        features = list(self._session.held) or [0.0] * (1 + max(self._session.axes))
        for axis, end in zip(self._session.axes, (x, y), strict=False):
            features[axis] = end
        return tuple(features)

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
        if self.drawing.on and self.drawing.key(Qt.Key(event.key()), event.text()):
            self.refresh()
            if not self.drawing.on:
                self.clicked.emit()
        elif event.key() == Qt.Key.Key_Escape and self._session.probe is not None:
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
