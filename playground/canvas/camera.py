"""Where the view looks: zoom, pan, fit, and what of it the document remembers.

The view and its gestures call it. The scroll bars are hidden and hold whole pixels; the scene is
so large that there is no edge to run into.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from engine.graph.document import Document
from playground.canvas.flight import Flight
from playground.canvas.looks import Look

LEAST, MOST = 0.03, 4.0
FIT_MOST = 1.25
MARGIN = 44.0  # around what is fitted, on the screen


class Camera:
    """Moves the transformation of one view.

    Attributes:
        fitted: whether everything is shown since the last `fit`; a new size fits it again.
        motion: whether jumps glide; without it they are there at once.
        steered: whether somebody is about to say where it will look.
        moved: called whenever it looks elsewhere.
    """

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self._anchor: tuple[QPointF, QPointF] | None = None
        self._flight = Flight(view)
        self._flight.looked.connect(self.look_at)
        self.fitted = True
        self.motion = False
        self.steered = False
        self._departure = Look(1.0, (0.0, 0.0))
        self.moved: list[Callable[[], None]] = []

    @property
    def zoom(self) -> float:
        """Pixels on the screen in a scene unit."""
        return self._view.transform().m11()

    def to_scene(self, at: QPointF) -> QPointF:
        """Return the point of the scene at a point of the viewport."""
        inverse, _possible = self._view.viewportTransform().inverted()
        return inverse.map(at)

    def to_screen(self, at: QPointF) -> QPointF:
        """Return the point of the viewport at a point of the scene."""
        return self._view.viewportTransform().map(at)

    def rect_on_screen(self, rect: QRectF) -> QRectF:
        """Return a rectangle of the scene in the viewport."""
        return self._view.viewportTransform().mapRect(rect)

    def rect_in_scene(self, rect: QRectF) -> QRectF:
        """Return a rectangle of the viewport in the scene."""
        inverse, _possible = self._view.viewportTransform().inverted()
        return inverse.mapRect(rect)

    def sees(self, point: QPointF) -> bool:
        """Tell whether a point of the scene is in sight."""
        return QRectF(self._view.viewport().rect()).contains(self.to_screen(point))

    def middle(self) -> QPointF:
        """Return the middle of the viewport."""
        return QRectF(self._view.viewport().rect()).center()

    def size(self) -> QSize:
        """Return the size of the viewport."""
        return self._view.viewport().size()

    def in_sight(self) -> QRectF:
        """Return the rectangle of the scene that is shown."""
        corner = self.to_scene(QPointF(0, 0))
        return QRectF(corner, QSizeF(self.size()) / self.zoom)

    def look(self) -> Look:
        """Return where it looks."""
        centre = self.to_scene(self.middle())
        return Look(self.zoom, (centre.x(), centre.y()), self.fitted)

    def goal(self) -> Look:
        """Return where it looks, or will once it has come to rest."""
        return self._flight.goal or self.look()

    @property
    def rests(self) -> bool:
        """Whether it is where it was going."""
        return self._flight.goal is None

    def look_at(self, look: Look) -> None:
        """Look there, at once."""
        self._set_zoom(look.zoom, self.middle())
        self.centre_on(QPointF(*look.centre))

    @contextmanager
    def gliding(self) -> Iterator[None]:
        """Let what is done in here glide from where the camera looked, if motion is wanted."""
        self.settle()
        outer = self.steered, self._departure
        self.steered, self._departure = True, self.look()
        try:
            yield
        finally:
            before = self._departure
            self.steered, self._departure = outer
        after = self.look()
        # Two looks that show everything may be far apart: what there is has changed.
        there = after.near(replace(before, fitted=False))
        if self.motion and self._view.isVisible() and not there:
            self.look_at(before)
            self._flight.run(before, after)

    def depart(self, look: Look) -> None:
        """Glide from there, in another scene, instead of from where the camera looked."""
        self._departure = look

    def settle(self) -> None:
        """Come to rest where it was going."""
        self._flight.settle()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by whole pixels."""
        self.settle()
        self.fitted = False
        self._anchor = None
        self._scroll(dx, dy)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Change the zoom; what is at a point of the viewport stays there."""
        self.settle()
        self.fitted = False
        self._set_zoom(zoom, at if at is not None else self.middle())

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Multiply the zoom."""
        self.settle()
        self.set_zoom(self.zoom * factor, at)

    def fit(self, bounds: QRectF, most: float = FIT_MOST) -> None:
        """Show a rectangle of the scene as large as there is room."""
        self.settle()
        room = self._view.viewport().size()
        if bounds.isNull() or room.isEmpty():
            self._set_zoom(1.0, self.middle())
            self.centre_on(QPointF(0, 0))
            return
        across = (room.width() - 2 * MARGIN) / max(bounds.width(), 1.0)
        down = (room.height() - 2 * MARGIN) / max(bounds.height(), 1.0)
        self._set_zoom(min(across, down, most), self.middle())
        self.centre_on(bounds.center())

    def show_all(self, bounds: QRectF) -> None:
        """Fit the whole graph, which surrounds a rectangle, and fit it again in another size."""
        self.fit(bounds)
        self.fitted = True

    def centre_on(self, point: QPointF) -> None:
        """Bring a point of the scene to the middle of the viewport."""
        self._anchor = None
        off = self.middle() - self.to_screen(point)
        self._scroll(off.x(), off.y())

    def keep(self, point: QPointF, at: QPointF) -> None:
        """Scroll until a point of the scene is at a point of the viewport again."""
        off = at - self.to_screen(point)
        self._scroll(off.x(), off.y())

    def hold(self, point: QPointF, at: QPointF) -> None:
        """Scroll as `keep` does: what there was at other points is there no longer."""
        self.settle()
        self.fitted = False
        self._anchor = None
        self.keep(point, at)

    def bring(self, bounds: QRectF, everything: QRectF) -> None:
        """Scroll, or step back if need be, until a rectangle of the scene is in sight.

        A view that shows everything goes on showing everything; what is in sight of it stays
        where it was put, at the very edge, too.
        """
        self.settle()
        shown = self._view.viewportTransform().mapRect(bounds)
        margin = 0.0 if self.fitted else MARGIN
        room = QRectF(self._view.viewport().rect()).adjusted(margin, margin, -margin, -margin)
        if bounds.isNull() or room.contains(shown):
            return
        if self.fitted:
            self.fit(everything)
            return
        if shown.width() > room.width() or shown.height() > room.height():
            self.fit(bounds, self.zoom)
            return
        dx = max(room.left() - shown.left(), 0) + min(room.right() - shown.right(), 0)
        dy = max(room.top() - shown.top(), 0) + min(room.bottom() - shown.bottom(), 0)
        self.pan(dx, dy)

    def remember(self, document: Document) -> None:
        """Write zoom and centre to the document's view; that is no edit."""
        look = self.goal()
        at = None if self.fitted else look.centre
        document.view = replace(document.view, zoom=look.zoom, centre=at)

    def restore(self, document: Document, bounds: QRectF) -> None:
        """Look where the document was last looked at; at everything if it never was."""
        self.settle()
        view = document.view
        self.fitted = view.centre is None
        if view.centre is None:
            self.fit(bounds)
            return
        self._set_zoom(view.zoom, self.middle())
        self.centre_on(QPointF(*view.centre))

    def resized(self, bounds: QRectF, before: QSize, after: QSize) -> None:
        """Fit again what was fitted; else keep the middle in the middle."""
        self.settle()
        if self.fitted:
            self.fit(bounds)
        elif before.isValid():
            off = (after - before) / 2
            self._scroll(off.width(), off.height())

    def _set_zoom(self, zoom: float, at: QPointF) -> None:
        # While the mouse rests, its point of the scene is remembered: whole pixels add up.
        if self._anchor is None or self._anchor[0] != at:
            self._anchor = (at, self.to_scene(at))
        zoom = min(max(zoom, LEAST), MOST)
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        self.keep(self._anchor[1], at)

    def _scroll(self, dx: float, dy: float) -> None:
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(dx))
        down.setValue(down.value() - round(dy))
        for follow in self.moved:
            follow()
