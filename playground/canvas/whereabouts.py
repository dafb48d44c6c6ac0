"""Where things are on the canvas: in the scene, and in pixels of its viewport.

The middle part of the canvas widget, between `Surface` and `Orders`; the handlers ask it where
to put things, tests where to click.
"""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF

from engine.explain.spoken import called
from engine.graph.geometry import GROUP_SIZE, Size
from engine.graph.projection import Projection
from playground.canvas.asking import slope_rect, value_rect
from playground.canvas.frame.ports import OUT
from playground.canvas.frame.style import Kind
from playground.canvas.spots import free_spot
from playground.canvas.surface import Surface

FIGURES = {"value": value_rect, "gradient": slope_rect}


class Whereabouts(Surface):
    """A surface that can be asked where things are."""

    # In the scene --------------------------------------------------------------------------------

    def free_spot(self, size: Size = GROUP_SIZE) -> tuple[float, float]:
        """Return a point of the scene near the middle of the view with room for a size."""
        return free_spot(self._scene, self._camera.to_scene(self._camera.middle()), size)

    def landmark(self) -> str:
        """Name the place that is looked at: the open group around its middle, else the nearest."""
        document = self._session.document
        if self._camera.fitted and self._scene.within is None:
            return _("Everything")
        middle = self._camera.to_scene(self._camera.middle())
        item = self._parts.frame_at(middle)
        if item is None:
            item = self._parts.nearest(middle)
        if item is None:
            return _("Nothing")
        return called(document, item)

    def pointed(self) -> QPointF | None:
        """Return the point of the scene under the mouse, None if the mouse is elsewhere."""
        at = self._mouse.at
        return None if at is None else self._camera.to_scene(at)

    def hovered(self) -> int | None:
        """Return the item under the mouse, or whose bias is; None if there is none."""
        mouse, biases = self._mouse, self._scene.picture.frame.biases
        if mouse.hovered is None and mouse.hovered_bias is not None:
            return int(biases.node[mouse.hovered_bias])
        return mouse.hovered

    def hovers_wire(self) -> bool:
        """Tell whether the mouse is over a wire."""
        return self._mouse.hovered_wire is not None

    def middle(self) -> QPointF:
        """Return the point of the scene in the middle of the view."""
        return self._camera.to_scene(self._camera.middle())

    def sees(self, rect: QRectF) -> bool:
        """Tell whether a rectangle of the scene is in sight, even in part."""
        return self._camera.in_sight().intersects(rect)

    def open_group_at(self, point: QPointF) -> int | None:
        """Return the innermost open group around a point of the scene."""
        return self._parts.frame_at(point)

    @property
    def projection(self) -> Projection:
        """What is visible, and where."""
        return self._scene.picture.frame.projection

    # In pixels of the viewport -------------------------------------------------------------------

    def item_rect(self, item: int) -> QRect:
        """Return where an item is; empty if it is not visible."""
        return self._on_screen(self._parts.rect(item))

    def covered(self, rect: QRect) -> float:
        """Return how much of the scene's cards and notes a rectangle of the viewport lies over."""
        picture = self._scene.picture
        kinds, sizes = picture.frame.kinds, picture.frame.rects[:, 2:]
        lowest = picture.corners()
        part = self._camera.rect_in_scene(QRectF(rect))
        begin, end = (part.left(), part.top()), (part.right(), part.bottom())
        shared = np.minimum(lowest + sizes, end) - np.maximum(lowest, begin)
        areas = np.maximum(shared, 0.0).prod(axis=1)
        return float(areas[(kinds != Kind.FRAME) & (kinds != Kind.AREA)].sum())

    def value_rect(self, item: int) -> QRect:
        """Return where the number of a value is."""
        return self._on_screen(self._parts.value_rect(item))

    def figure_rect(self, node: int, about: str) -> QRect:
        """Return where the "value" or the "gradient" of a node stands; empty if it has no card."""
        return self._on_screen(FIGURES[about](self._stage, node))

    def slider_rect(self, item: int) -> QRect:
        """Return where the slider of a value is; empty if it has none."""
        return self._on_screen(self._parts.slider_rect(item))

    def slider_point(self, item: int, part: float) -> QPoint:
        """Return a point on the slider of a value, from 0 to 1 along it."""
        return self._camera.to_screen(self._parts.groove(item).pointAt(part)).toPoint()

    def label_rect(self, item: int) -> QRect:
        """Return where the name of an item is."""
        return self._on_screen(self._parts.label_rect(item))

    def port_point(self, node: int, port: int | None = None) -> QPoint:
        """Return where an input port of a node is, without `port` its output."""
        row = self._scene.picture.frame.ports.first[node, OUT if port is None else port]
        return self._camera.to_screen(QPointF(*self._parts.port(row).point)).toPoint()

    def _on_screen(self, rect: QRectF) -> QRect:
        return self._camera.rect_on_screen(rect).toAlignedRect()
