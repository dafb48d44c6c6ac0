"""The scene: the painter item, the invisible hit items, and the picture they keep.

The view tells it what to show; gestures move its hit items. It reuses hit items from frame to
frame and makes none for new numbers. Knows no session.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from engine.graph.document import Document, Wire
from engine.graph.geometry import TITLE_BAR
from engine.graph.records import Node
from engine.run.result import Result
from engine.train.maps import Maps
from playground.canvas.before import Before
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.heat import Thermometer
from playground.canvas.frame.readings import Reader
from playground.canvas.frame.style import Kind
from playground.canvas.items import HitItem
from playground.canvas.painting.painter import WORLD, PainterItem
from playground.canvas.painting.picture import Asked, Lights, Picture
from playground.theme import Theme


class CanvasScene(QGraphicsScene):
    """Shows one document at a time.

    Attributes:
        picture: what is painted.
        painter: the item that paints it.
        before: keeps old numbers in the picture while they change.
        hits: the invisible items by the ids of nodes, groups and notes.
        folded: the groups that were folded when the frame was built; within: the group that is
            shown alone, None for everything.
        wires: the selected wires, as (target, port), of a band all; `wires_changed` tells that
            others are.
        bend: the selected bend, as its wire and its place in it; its wire is selected as well.
        mappable: the nodes whose maps may be shown in the next frame that is built.
        heated: whether everything is coloured by its gradient once `show_heat` is called or a
            frame is built; weighs: whether wires are coloured by those of the weights they hide.
        ringed: nodes and groups that have a quiet ring, or the card of the group they are in.
        search_wanted: something is to be sought and added; carries a `Want` of the gestures.
        step_wanted: somebody wants to step inside a group; carries it.
        built: how many frames were built; made: how many hit items, for those who count work.
    """

    wires_changed = Signal()
    search_wanted = Signal(object)
    step_wanted = Signal(int)

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(WORLD, parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.hits: dict[int, HitItem] = {}
        self.folded: frozenset[int] = frozenset()
        self.mappable: frozenset[int] = frozenset()
        self.within: int | None = None
        self.wires: frozenset[Wire] = frozenset()
        self.bend: tuple[Wire, int] | None = None
        self.ringed: frozenset[int] = frozenset()
        self.heated = self.weighs = False
        self.built = self.made = 0
        self._records: dict[int, Node] = {}
        self._result: Result | None = None
        frame = build_frame(Document(), self.folded)  # `build` follows at once
        self._reader = Reader(frame)
        self._thermometer: Thermometer | None = None
        self.picture = Picture(document, frame, self._reader.read(None), theme)
        self.painter = PainterItem(self.picture)
        self.before = Before(self.painter, self)
        self.addItem(self.painter)

    def build(self, document: Document, folded: frozenset[int], within: int | None = None) -> None:
        """Show a document as it is now, or a group alone."""
        frame = build_frame(document, folded, within, self.mappable)
        self.built += 1
        self.folded, self.within = folded, frame.projection.within
        self._records = document.records()
        self._reader = Reader(frame)
        picture = self.picture
        picture.document, picture.frame = document, frame
        picture.readings = self._reader.read(self._result)
        picture.reset()
        self.show_heat()
        self._stand()
        self.select_wires(self.wires)
        self.ring(item for item in self.ringed if document.holds(item))

    def concerns(self, nodes: Iterable[int], document: Document) -> bool:
        """Tell whether nodes have changed in more than their numbers."""
        for node in nodes:
            before = self._records.get(node)
            if before is None or node not in document:
                return True
            now = document.node(node)
            if now is not before and not _look_alike(before, now):
                return True
        return False

    def show(self, result: Result | None) -> None:
        """Show other numbers."""
        self._result = result
        self.picture.readings = self._reader.read(result)
        if self._thermometer is not None:
            self.picture.heat = self._thermometer.read(result)
        self.picture.find_flow()
        self.painter.update()

    def show_heat(self) -> None:
        """Colour everything by the size of its gradient if it is `heated`, or no longer."""
        picture = self.picture
        self._thermometer = None
        if self.heated:
            self._thermometer = Thermometer(picture.frame, weights=self.weighs)
        picture.heat = self._thermometer.read(self._result) if self._thermometer else None
        self.painter.update()

    def show_asked(self, asked: Asked | None) -> None:
        """Show what a sample has in the gradients of parameters, or no longer."""
        self.picture.asked = asked
        self.painter.update()

    def light(
        self,
        nodes: Iterable[int],
        wires: Mapping[Wire, str],
        captions: Mapping[int, str] = MappingProxyType({}),
        *,
        forward: bool = False,
        faint: Collection[Wire] = (),
    ) -> None:
        """Light these nodes and wires, and no others, or the cards and bands they are folded into.

        `faint` wires are lit behind the others. A wire says its words if it is drawn as one, a
        node what its caption is if it has a card; what is no more is passed over. A new frame has
        nothing lit.
        """
        frame, picture = self.picture.frame, self.picture
        alive = self.all_visible(filter(picture.document.holds, nodes))
        items = np.array(sorted(frame.index[one] for one in alive), np.int64)
        told = {wire: words for wire, words in wires.items() if words}
        rows = dict.fromkeys(frame.wires.running(wires.keys() - told.keys()).tolist(), "")
        for wire, words in told.items():
            row = self.wire_row(wire)
            if row is not None:
                rows[row] = words
            else:
                rows |= dict.fromkeys(frame.wires.bands_of(wire).tolist(), "")
        below = {frame.index[node]: said for node, said in captions.items() if node in frame.index}
        behind = np.setdiff1d(frame.wires.running(faint), list(rows))
        picture.lights = Lights(items, rows, forward, below, behind)
        self.painter.update()

    def harden_maps(self, *, on: bool) -> None:
        """Show maps without the shades between their two colours, or with them."""
        self.painter.cards.maps.hard = on
        self.painter.update()

    def show_maps(self, maps: Maps | None) -> None:
        """Show these maps on the cards that have room for one."""
        if maps is not self.picture.maps:
            self.picture.maps = maps
            self.painter.update()

    def dim_rest(self, *, on: bool) -> None:
        """Let what has nothing to do with the selection step back, or no longer."""
        self.picture.dims = on
        self.picture.find_flow()
        self.painter.update()

    def flow(self, phase: float | None) -> None:
        """Show dots on the wires, or none."""
        self.picture.phase = phase
        self.painter.update()

    def wear(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.picture.theme = theme
        self.painter.update()

    def select(self, ids: frozenset[int]) -> None:
        """Select these items and no others; a wire stays selected only if no item is."""
        if ids and self.wires:
            self.select_wires(())
        document = self.picture.document
        hidden = frozenset(item for item in ids if item not in self.hits and item in document)
        if hidden != self.picture.hidden:
            self.picture.hidden = hidden
            self.painter.update()
        for item, hit in self.hits.items():
            if hit.isSelected() != (item in ids):
                hit.setSelected(item in ids)
        self.picture.find_flow()

    def select_wires(self, wires: Iterable[Wire]) -> None:
        """Select these wires and no others."""
        shown, before = self.picture.frame.wires, self.wires
        wanted = frozenset(wires)
        flags = shown.among(wanted)
        self.wires = frozenset(shown.members(np.flatnonzero(flags)))
        self.picture.selected_wires = flags
        self._find_bend()
        self.painter.update()
        if self.wires != before:
            self.wires_changed.emit()

    def select_bend(self, wire: Wire, place: int) -> None:
        """Select one bend, and its wire."""
        self.bend = (wire, place)
        self.select_wires({wire})

    def hover_wire(self, row: int | None) -> None:
        """Show which wire is under the mouse."""
        if row != self.picture.hovered_wire:
            self.picture.hovered_wire = row
            self.painter.update()

    def weights(self) -> tuple[int, ...]:
        """Return the parameters, folded away, that the selected wires are multiplied by."""
        wires = self.picture.frame.wires
        rows = np.flatnonzero(self.picture.selected_wires).tolist()
        return tuple(node for row in rows for node in wires.weights(row).tolist())

    def hover_bias(self, row: int | None) -> None:
        """Show which bias is under the mouse."""
        if row != self.picture.hovered_bias:
            self.picture.hovered_bias = row
            self.painter.update()

    def wire_row(self, wire: Wire) -> int | None:
        """Return the row of a wire that is drawn as one, None if it is hidden or in a band."""
        wires = self.picture.frame.wires
        ends = (wires.target == wire[0]) & (wires.port == wire[1]) & (wires.count == 1)
        rows = np.flatnonzero(ends)
        return int(rows[0]) if len(rows) else None

    def ring(self, ids: Iterable[int]) -> None:
        """Put a quiet ring around these nodes and groups, or what they are folded into."""
        index = self.picture.frame.index
        self.ringed = frozenset(ids)
        numbers = {index[item] for item in self.all_visible(self.ringed)}
        self.picture.ringed = np.array(sorted(numbers), np.int64)
        self.painter.update()

    def visible(self, item: int) -> int | None:
        """Return the visible item that a node, a group or a note is, or is folded into.

        None if it is not in the group one is in, and not wired to it.
        """
        frame, document = self.picture.frame, self.picture.document
        if item in frame.index:
            return item
        if item in document:
            return frame.projection.owner.get(item)
        around = document.ancestry(
            item if item in document.groups else document.record(item).group
        )
        cards = (group for group in reversed(around) if group in self.folded)
        return next((group for group in cards if group in frame.index), None)

    def all_visible(self, items: Iterable[int]) -> set[int]:
        """Return the visible items that some nodes, groups and notes are, or are folded into."""
        shown = (self.visible(item) for item in items)
        return {item for item in shown if item is not None}

    def point_at(self, focused: int | None, hovered: int | None) -> None:
        """Show which item has the keyboard's focus, and which is under the mouse."""
        index = self.picture.frame.index
        numbers = [index.get(item) if item is not None else None for item in (focused, hovered)]
        if numbers != [self.picture.focused, self.picture.hovered]:
            self.picture.focused, self.picture.hovered = numbers
            self.painter.update()

    def bounds(self, ids: Iterable[int] | None = None) -> QRectF:
        """Return what surrounds these items, or everything; null if nothing is there."""
        frame = self.picture.frame
        rects = frame.rects
        if ids is not None:
            rects = rects[[frame.index[item] for item in ids if item in frame.index]]
        if not len(rects):
            return QRectF()
        low = rects[:, :2].min(axis=0)
        high = (rects[:, :2] + rects[:, 2:]).max(axis=0)
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))

    def hit_moved(self, hit: HitItem) -> None:
        """Let the picture follow an item that is dragged."""
        place = self.picture.frame.rects[hit.number, :2]
        self.picture.shift[hit.number] = (hit.x() - place[0], hit.y() - place[1])
        self.painter.update()

    def hit_selected(self, hit: HitItem) -> None:
        """Let the picture follow an item's selection."""
        self.picture.selected[hit.number] = hit.isSelected()
        self.painter.update()

    def _find_bend(self) -> None:
        """Find the selected bend in the frame; it is selected only as long as its wire is."""
        self.picture.bend = None
        if self.bend is None:
            return
        wire, place = self.bend
        row = self.wire_row(wire)
        rows = np.flatnonzero(self.picture.frame.wires.bent == (-1 if row is None else row))
        if self.wires == {wire} and place < len(rows):
            self.picture.bend = int(rows[place])
        else:
            self.bend = None

    def _stand(self) -> None:
        """Put a hit item where each item of the frame is; reuse those there are."""
        frame = self.picture.frame
        solid = frame.ids[frame.kinds != Kind.STUB].tolist()
        for item in self.hits.keys() - frozenset(solid):
            self.removeItem(self.hits.pop(item))
        rows = zip(frame.ids.tolist(), frame.kinds.tolist(), frame.rects.tolist(), strict=True)
        for number, (item, kind, (x, y, width, height)) in enumerate(rows):
            if kind == Kind.STUB:  # is neither selected nor moved
                continue
            hit = self.hits.get(item)
            if hit is None:
                hit = self.hits[item] = HitItem(item, self)
                self.addItem(hit)
                self.made += 1
            # An open group or a drawn frame is taken hold of by its title.
            bar = kind in (Kind.FRAME, Kind.AREA)
            hit.stand(number, x, y, width, TITLE_BAR if bar else height)
            self.picture.selected[number] = hit.isSelected()
        self.picture.find_flow()


def _look_alike(before: Node, now: Node) -> bool:
    """Whether two records of a node differ in their number alone."""
    fields = (field for field in Node.__slots__ if field != "value")
    return all(getattr(before, field) == getattr(now, field) for field in fields)
