"""What a picture of the boundary shows: it follows the session, the settings and the training.

Each panel with a picture has one.  It asks the worker for the views that are chosen while the
picture is seen, hands what comes to the picture and its legend, and says nothing to the document.
"""

from gettext import ngettext

import numpy as np
from PySide6.QtCore import QEvent, QObject, Signal

from engine.graph.hidden import HiddenLayer, hidden_layers
from engine.train.boundary import NO_DATA, Boundary, default_bounds, link_of, placed
from engine.train.samples import Samples
from playground.bridge import ChangeSet
from playground.panels.boundary.axes import nearness
from playground.panels.boundary.legend import Entry, Legend
from playground.panels.boundary.picture import BoundaryPicture
from playground.panels.boundary.words import class_names, verdict
from playground.session import Session
from playground.settings import (
    BENDS,
    BENDS_LAYER,
    HARD,
    LINE,
    MARGIN_LINES,
    SLOPES,
    TESTS,
    WRONG,
    Settings,
)
from playground.theme import ThemeManager
from playground.training import Seen, Views, framed
from playground.widgets.shading import Shading, shading_of

MOST_BENDS = 64  # more lines than that say nothing
# From so many pixels on so many points of the boundary can be told apart.
FINENESS = ((700.0, 200), (450.0, 140), (0.0, 100))


class BoundaryWatch(QObject):
    """Feeds one picture and its legend; `asker` is its name at the training.

    Attributes:
        shading: what the colours mean.
        axes, bounds: the features and the part of the plane that are shown.
        came: another plane is shown, or another part of it.
    """

    came = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        picture: BoundaryPicture,
        legend: Legend,
        asker: str,
    ) -> None:
        super().__init__(picture)
        self._session = session
        self._themes = themes
        self._settings = settings
        self._picture = picture
        self._legend = legend
        self._asker = asker
        self.bounds = NO_DATA
        self._plane, self.axes = session.plane, session.axes
        self._wrong: int | None = None
        self._rows = np.empty(0, np.int64)
        self._drawn: Boundary | None = None
        self._told: object = None  # how it was drawn
        self.layer: HiddenLayer | None = None
        self.shading: Shading = shading_of(None, themes.current())
        session.training.boundary_ready.connect(self._follow_boundary)
        session.training.seen_ready.connect(self._follow_seen)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)
        session.result_changed.connect(self.say)
        session.view_changed.connect(self._follow_view)
        settings.changed.connect(self._follow_settings)
        themes.theme_changed.connect(self.refresh)
        picture.resized.connect(self.ask)
        picture.installEventFilter(self)
        self.refresh()

    # What is asked for ---------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the views that are chosen, for none while nobody sees them."""
        read, views = self._settings.read, Views()
        self.layer = self._layer() if read(BENDS) else None
        if self._picture.isVisible():
            pixels = self._picture.pixels
            views = Views(
                lines=() if self.layer is None else self.layer.sums[:MOST_BENDS],
                slopes=read(SLOPES),
                right=read(WRONG),
                finest=next(points for least, points in FINENESS if pixels >= least),
            )
        self._session.training.want_views(self._asker, views)

    def _layer(self) -> HiddenLayer | None:
        layers = hidden_layers(self._session.document)
        return layers[min(self._settings.read(BENDS_LAYER), len(layers) - 1)] if layers else None

    def neuron(self, number: int) -> int | None:
        """Return the group of the neuron whose bend has a number."""
        bends, layer = self._picture.overlays.bends, self.layer
        if layer is None or number >= len(bends) or bends[number] not in layer.sums:
            return None
        return layer.neurons[layer.sums.index(bends[number])]

    # What is shown -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show data, boundary and views anew, as far as they are known."""
        samples = self._session.samples
        self._plane, self.axes = self._session.plane, self._session.axes
        self.shading = shading_of(samples, self._themes.current(), hard=self._settings.read(HARD))
        if self._picture.isVisible():  # else all is drawn when it is shown
            self._show_points(samples)
            self._show_legend(samples)
            self._show_boundary(self._session.training.boundary)
            self._show_seen(self._session.training.seen)
        self.came.emit()
        self.ask()

    def _show_points(self, samples: Samples | None) -> None:
        if samples is None:
            self._picture.show_points(np.empty((0, 2)), [], [])
            return
        count = len(samples) if self._settings.read(TESTS) else samples.train.stop
        self._rows = np.arange(count)
        colours = self.shading.points(samples.labels[:count])
        tests = [row >= samples.train.stop for row in range(count)]
        points = placed(samples.inputs, samples.labels, self.axes)[:count]
        seen = nearness(samples, self.axes, self._session.held)
        self._picture.show_points(points, colours, tests, seen if seen is None else seen[:count])

    def _show_legend(self, samples: Samples | None) -> None:
        if samples is None or not samples.targets.shape[1]:
            self._legend.show_classes(())
        elif not samples.classes:
            self._legend.show_reach(self.shading.reach)
        else:
            names = class_names(self._session.document, samples.classes)
            numbers = np.maximum(samples.labels, 0.0).astype(int)
            counts = np.bincount(numbers, minlength=len(names)).tolist()
            self._legend.show_classes(
                [
                    Entry(self.shading.theme.of_class(k), name, count)
                    for k, (name, count) in enumerate(zip(names, counts, strict=False))
                ]
            )
        self.say()

    def _show_boundary(self, boundary: Boundary | None) -> None:
        axes, read, before = self.axes, self._settings.read, self.bounds
        if boundary is not None and boundary.axes != axes:
            boundary = None  # the one of another plane, until that of this one is there
        self.bounds = self._plane.bounds or (
            framed(default_bounds(self._session.samples, axes), axes)
            if boundary is None
            else boundary.bounds
        )
        told = (self.bounds, self.shading, axes, read(LINE), read(MARGIN_LINES))
        if boundary is self._drawn and told == self._told:
            return  # only the points have changed
        self._drawn, self._told = boundary, told
        self._picture.show_boundary(boundary, self.bounds, self.shading)
        lines, plane = self._picture.overlays, boundary if len(axes) > 1 else None
        lines.show_lines(plane, line=read(LINE), margins=read(MARGIN_LINES))
        if self.bounds != before:
            self.came.emit()

    def _show_seen(self, seen: Seen | None) -> None:
        read, overlays = self._settings.read, self._picture.overlays
        seen = seen or Seen()
        overlays.show_bends(seen.lines if read(BENDS) else None)
        overlays.show_slopes(seen.slopes if read(SLOPES) else None)
        self._show_wrong(seen if read(WRONG) else Seen())

    def _show_wrong(self, seen: Seen) -> None:
        samples = self._session.samples
        known = samples is not None and seen.right is not None and len(seen.right) == len(samples)
        self._wrong = None
        points = np.empty((0, 2))
        if known and samples is not None and seen.right is not None:
            wrong = ~seen.right[: len(self._rows)]
            places = placed(samples.inputs, samples.labels, self.axes)[: len(self._rows)]
            points, self._wrong = places[wrong], int(wrong.sum())
        self._picture.overlays.show_wrong(points)
        self.say()

    def say(self) -> None:
        """Say what is predicted at the place that is tried out, else how many points are wrong."""
        words = ""
        if self._session.probe is not None:
            document = self._session.document
            names = class_names(document, self.shading.classes)
            link = link_of(document, self._session.samples)
            words = verdict(document, self._session.result, link, names)
        elif self._wrong is not None:
            words = ngettext("{count} wrong", "{count} wrong", self._wrong).format(
                count=self._wrong
            )
        self._legend.say(words)

    # Following -----------------------------------------------------------------------------------

    def _follow_boundary(self, boundary: Boundary | None) -> None:
        if self._picture.isVisible():  # else it is drawn when it is shown
            self._show_boundary(boundary)

    def _follow_seen(self, seen: Seen) -> None:
        if self._picture.isVisible():
            self._show_seen(seen)

    def _follow(self, changes: ChangeSet) -> None:
        if changes.fields or changes.structural:
            self.refresh()

    def _follow_view(self) -> None:
        if self._session.plane != self._plane:
            self.refresh()
        else:
            self.say()

    def _follow_settings(self, key: str) -> None:
        if key.startswith("boundary/"):
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the picture as it is shown and hidden."""
        if event.type() is QEvent.Type.Show:
            self.refresh()
        elif event.type() is QEvent.Type.Hide:
            self.ask()
        return False
