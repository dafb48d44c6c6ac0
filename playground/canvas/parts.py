"""What is under a point: a port, a number, a name, a card, a wire; and where each of those is.

The view asks before it begins a gesture, gestures ask where they would end, tests ask where to
click. All points and rectangles are the scene's.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from engine.graph.geometry import LABEL_HEIGHT, TITLE_BAR
from playground.canvas.frame import style
from playground.canvas.frame.routes import wire_near
from playground.canvas.frame.style import Kind
from playground.canvas.items import HitItem
from playground.canvas.painting.chips import chip_at
from playground.canvas.painting.grips import Grip, grips_of
from playground.canvas.painting.notes import title_line
from playground.canvas.scene import CanvasScene

LEAST_ROOM = 40.0  # for a number that has no more figures close up
REACH = 9.0  # scene units from the middle of a bias to where it is taken hold of


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
        hits = [item for item in self._scene.items(point) if isinstance(item, HitItem)]
        return max(hits, key=_number) if hits else self._titled(point)

    def _titled(self, point: QPointF) -> HitItem | None:
        """Return the drawn frame whose title is at a point, as it may stand above the frame."""
        frame = self._scene.picture.frame
        zoom = next((view.transform().m11() for view in self._scene.views()), 1.0)
        at = point * zoom
        for number in np.flatnonzero(frame.kinds == Kind.AREA)[::-1].tolist():
            item = int(frame.ids[number])
            rect = self.rect(item)
            box = QRectF(rect.topLeft() * zoom, rect.size() * zoom)
            note = self._scene.picture.document.notes.get(item)
            if note is not None and title_line(box, zoom, 1.0).box(note.text).contains(at):
                return self._scene.hits[item]
        return None

    def kind(self, item: int) -> Kind | None:
        """Return what an item looks like, None if it is not visible."""
        frame = self._scene.picture.frame
        number = frame.index.get(item)
        return Kind(int(frame.kinds[number])) if number is not None else None

    def frame_at(self, point: QPointF) -> int | None:
        """Return the innermost open group around a point: at least the one that one is in."""
        frame = self._scene.picture.frame
        low, high = frame.rects[:, :2], frame.rects[:, :2] + frame.rects[:, 2:]
        at = (point.x(), point.y())
        inside = (frame.kinds == Kind.FRAME) & (low <= at).all(axis=1) & (high >= at).all(axis=1)
        found = np.flatnonzero(inside)
        return int(frame.ids[found[-1]]) if len(found) else self._scene.within

    def stub_at(self, point: QPointF) -> int | None:
        """Return the stub at a point."""
        stubs = self._scene.picture.frame.projection.stubs
        return next((stub for stub in stubs if self.rect(stub).contains(point)), None)

    def nearest(self, point: QPointF) -> int | None:
        """Return the item whose middle is nearest to a point, None if there is none."""
        frame = self._scene.picture.frame
        inside = np.flatnonzero(frame.kinds != Kind.STUB)
        rects = frame.rects[inside]
        if not len(rects):
            return None
        off = rects[:, :2] + rects[:, 2:] / 2 - (point.x(), point.y())
        return int(frame.ids[inside[np.hypot(off[:, 0], off[:, 1]).argmin()]])

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

    def wire_at(
        self, point: QPointF, reach: float, wanted: "np.ndarray | None" = None
    ) -> int | None:
        """Return the row of the wire nearest to a point, among those flagged in `wanted`."""
        return wire_near(self._scene.picture.pieces(), (point.x(), point.y()), reach, wanted)

    def grips(self) -> list[Grip]:
        """Return the chips of weights and biases that are shown."""
        views = self._scene.views()
        if not views:
            return []
        view = views[0]
        seen = view.mapToScene(view.viewport().rect()).boundingRect()
        return grips_of(self._scene.picture, view.transform().m11(), seen)

    def grip_at(self, point: QPointF) -> Grip | None:
        """Return the chip of a weight or bias at a point."""
        found = (g for g in reversed(self.grips()) if g.rect.contains(point))
        return next((grip for grip in found if grip.node is not None), None)

    def chip_at(self, point: QPointF) -> int | None:
        """Return the row of the wire whose chip, with its local derivative, is at a point."""
        zoom = next((view.transform().m11() for view in self._scene.views()), 1.0)
        return chip_at(self._scene.picture, zoom, point)

    def bias_at(self, point: QPointF, reach: float) -> int | None:
        """Return the row of the bias whose square is within reach of a point."""
        picture = self._scene.picture
        off = np.abs(picture.frame.biases.middles(picture.rects()) - (point.x(), point.y()))
        near = np.flatnonzero((off <= max(reach, REACH)).all(axis=1))
        return int(near[0]) if len(near) else None

    def bend_at(self, point: QPointF, reach: float) -> int | None:
        """Return the row of the bend nearest to a point."""
        picture = self._scene.picture
        bends = picture.frame.wires.bends_at(picture.corners())
        if not len(bends):
            return None
        distance = np.hypot(bends[:, 0] - point.x(), bends[:, 1] - point.y())
        row = int(distance.argmin())
        return row if distance[row] <= reach else None

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

    def told_at(self, item: int, point: QPointF) -> int | None:
        """Return the node whose number an item shows, if the number is at a point."""
        frame = self._scene.picture.frame
        number = frame.index.get(item)
        place = None if number is None else style.VALUE_PLACES.get(int(frame.faces[number]))
        if number is None or place is None or frame.shows[number] < 0:
            return None
        high, wide = place.style.pixels, max(place.room, LEAST_ROOM)
        left = place.x - wide * place.align / style.Align.RIGHT
        rect = QRectF(left, place.y - high, wide, high + 6)
        there = rect.translated(self.rect(item).topLeft()).contains(point)
        return int(frame.shows[number]) if there else None

    def number_rect(self, node: int) -> QRectF:
        """Return where a value's number is typed: on its card, on its chip, or where it is folded.

        Null if nothing of it is visible.
        """
        if self.kind(node) is Kind.LEAF:
            return self.value_rect(node)
        chip = next((grip.rect for grip in self.grips() if grip.node == node), None)
        if chip is not None:
            return chip
        shown = self._scene.visible(node)
        return QRectF() if shown is None else self.rect(shown)

    def groove(self, item: int) -> QLineF:
        """Return the middle line of a leaf's slider, from its lower end; null without one."""
        document = self._scene.picture.document
        if self.kind(item) is not Kind.LEAF or item not in document:
            return QLineF()
        if document.node(item).span is None:
            return QLineF()
        corner = self.rect(item).topLeft()
        begin = corner + QPointF(style.PAD, style.BAR_LINE + style.BAR_HEIGHT / 2)
        return QLineF(begin, begin + QPointF(2 * style.BAR_HALF, 0))

    def slider_rect(self, item: int) -> QRectF:
        """Return where a leaf's slider can be taken hold of; null without one."""
        groove, reach = self.groove(item), style.KNOB_REACH
        if groove.isNull():
            return QRectF()
        return QRectF(groove.p1(), groove.p2()).adjusted(-reach, -reach, reach, reach)

    def knob_point(self, item: int) -> QPointF:
        """Return where the knob of a leaf's slider is."""
        picture = self._scene.picture
        sliders, number = picture.frame.sliders, picture.frame.index[item]
        parts = sliders.parts(picture.readings.value[sliders.item])
        return self.groove(item).pointAt(float(parts[sliders.item == number][0]))

    def label_rect(self, item: int) -> QRectF:
        """Return where the name of an item stands, or would stand; null if it is not visible."""
        rect, kind = self.rect(item), self.kind(item)
        if kind is Kind.OP:
            return QRectF(rect.left() - 10, rect.top() - LABEL_HEIGHT - 2, rect.width() + 20, 20)
        if kind in (Kind.FRAME, Kind.AREA):
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


def _number(hit: HitItem) -> int:
    return hit.number
