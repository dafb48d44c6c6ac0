"""What is under a point: a port, a number, a name, a card, a wire; and where each of those is.

The view asks before it begins a gesture, gestures ask where they would end, tests ask where to
click. All points and rectangles are the scene's.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.graph.geometry import LABEL_HEIGHT, TITLE_BAR
from playground.canvas.frame import style
from playground.canvas.frame.style import Kind
from playground.canvas.frame.wires import curves, nearest
from playground.canvas.items import HitItem
from playground.canvas.scene import CanvasScene


@dataclass(frozen=True, slots=True)
class Port:
    """One port of a visible item; `port` is OUT, NEW or an id."""

    row: int
    item: int
    node: int
    port: int
    point: tuple[float, float]


class Parts:
    """Finds the parts of one scene."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene

    def hit_at(self, point: QPointF) -> HitItem | None:
        """Return the topmost item at a point."""
        for item in self._scene.items(point):
            if isinstance(item, HitItem):
                return item
        return None

    def kind(self, item: int) -> Kind | None:
        """Return what an item looks like, None if it is not visible."""
        frame = self._scene.picture.frame
        number = frame.index.get(item)
        return Kind(int(frame.kinds[number])) if number is not None else None

    def frame_at(self, point: QPointF) -> int | None:
        """Return the innermost open group around a point."""
        frame = self._scene.picture.frame
        low, high = frame.rects[:, :2], frame.rects[:, :2] + frame.rects[:, 2:]
        at = (point.x(), point.y())
        inside = (frame.kinds == Kind.FRAME) & (low <= at).all(axis=1) & (high >= at).all(axis=1)
        found = np.flatnonzero(inside)
        return int(frame.ids[found[-1]]) if len(found) else None

    def nearest(self, point: QPointF) -> int | None:
        """Return the item whose middle is nearest to a point, None if there is none."""
        rects = self._scene.picture.frame.rects
        if not len(rects):
            return None
        off = rects[:, :2] + rects[:, 2:] / 2 - (point.x(), point.y())
        return int(self._scene.picture.frame.ids[np.hypot(off[:, 0], off[:, 1]).argmin()])

    def port_near(
        self, point: QPointF, reach: float, wanted: "np.ndarray | None" = None
    ) -> Port | None:
        """Return the nearest port within reach, among those flagged in `wanted` (all if None)."""
        picture = self._scene.picture
        ports = picture.frame.ports
        if not len(ports):
            return None
        points = picture.corners()[ports.item] + ports.offset
        distance = np.hypot(points[:, 0] - point.x(), points[:, 1] - point.y())
        if wanted is not None:
            distance = np.where(wanted, distance, np.inf)
        row = int(distance.argmin())
        return self.port(row) if distance[row] <= reach else None

    def port(self, row: int) -> Port:
        """Return one port by its row."""
        picture = self._scene.picture
        ports = picture.frame.ports
        item = int(ports.item[row])
        x, y = (picture.corners()[item] + ports.offset[row]).tolist()
        return Port(
            row,
            int(picture.frame.ids[item]),
            int(ports.node[row]),
            int(ports.port[row]),
            (x, y),
        )

    def wire_at(self, point: QPointF, reach: float) -> int | None:
        """Return the row of the wire nearest to a point."""
        picture = self._scene.picture
        wires = picture.frame.wires
        if not len(wires):
            return None
        return nearest(curves(*wires.ends(picture.corners())), point.x(), point.y(), reach)

    def rect(self, item: int) -> QRectF:
        """Return the rectangle of an item; null if it is not visible."""
        picture = self._scene.picture
        number = picture.frame.index.get(item)
        if number is None:
            return QRectF()
        x, y = picture.corners()[number].tolist()
        return QRectF(x, y, *picture.frame.rects[number, 2:].tolist())

    def value_rect(self, item: int) -> QRectF:
        """Return where the number of a leaf stands; null for anything else."""
        if self.kind(item) is not Kind.LEAF:
            return QRectF()
        place, rect = style.VALUE_PLACES[Kind.LEAF], self.rect(item)
        high = place.style.pixels
        top = rect.top() + place.y - high
        return QRectF(rect.left() + 6, top, rect.width() - 12, high + 6)

    def label_rect(self, item: int) -> QRectF:
        """Return where the name of an item stands, or would stand; null if it is not visible."""
        rect, kind = self.rect(item), self.kind(item)
        if kind is Kind.OP:
            return QRectF(rect.left() - 10, rect.top() - LABEL_HEIGHT - 2, rect.width() + 20, 20)
        if kind is Kind.FRAME:
            return QRectF(
                rect.left() + 8, rect.top() + 4, min(rect.width() - 16, 240), TITLE_BAR - 8
            )
        return (
            QRectF(rect.left() + 6, rect.top() + 6, rect.width() - 12, 21)
            if kind is not None
            else rect
        )

    def named_at(self, point: QPointF) -> int | None:
        """Return the op whose floating name is at a point."""
        picture = self._scene.picture
        frame = picture.frame
        corners = picture.corners()
        above = (
            (frame.kinds == Kind.OP)
            & (corners[:, 0] <= point.x())
            & (corners[:, 0] + frame.rects[:, 2] >= point.x())
            & (corners[:, 1] >= point.y())
            & (corners[:, 1] - LABEL_HEIGHT <= point.y())
        )
        for number in np.flatnonzero(above).tolist():
            item = int(frame.ids[number])
            if picture.document.node(item).label:
                return item
        return None
