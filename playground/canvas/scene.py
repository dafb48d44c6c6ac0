"""The scene: the painter item, the invisible hit items, and the picture they keep.

The view tells it what to show; gestures move its hit items. It reuses hit items from frame to
frame and makes none for new numbers. Knows no session.
"""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from engine.graph.document import Document, Wire
from engine.graph.geometry import TITLE_BAR
from engine.graph.records import Node
from engine.run.result import Result
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.heat import Thermometer
from playground.canvas.frame.readings import Reader
from playground.canvas.frame.style import Kind
from playground.canvas.items import HitItem
from playground.canvas.painting.painter import WORLD, PainterItem
from playground.canvas.painting.picture import Picture
from playground.theme import Theme


class CanvasScene(QGraphicsScene):
    """Shows one document at a time.

    Attributes:
        picture: what is painted.
        painter: the item that paints it.
        hits: the invisible items by the ids of nodes and groups.
        folded: the groups that were folded when the frame was built.
        wires: the selected wires, as (target, port).
        built: how many frames were built; made: how many hit items, for those who count work.
    """

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(WORLD, parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.hits: dict[int, HitItem] = {}
        self.folded: frozenset[int] = frozenset()
        self.wires: frozenset[Wire] = frozenset()
        self.built = self.made = 0
        self._records: dict[int, Node] = {}
        self._result: Result | None = None
        frame = build_frame(document, self.folded)
        self._reader = Reader(frame)
        self._thermometer: Thermometer | None = None
        self.picture = Picture(document, frame, self._reader.read(None), theme)
        self.painter = PainterItem(self.picture)
        self.addItem(self.painter)

    def build(self, document: Document, folded: frozenset[int]) -> None:
        """Show a document as it is now."""
        frame = build_frame(document, folded)
        self.built += 1
        self.folded = folded
        self._records = {node.id: node for node in document.nodes()}
        self._reader = Reader(frame)
        picture = self.picture
        picture.document, picture.frame = document, frame
        picture.readings = self._reader.read(self._result)
        picture.reset()
        self.show_heat(on=picture.heat is not None)
        self._stand()
        self.select_wires(self.wires)
        self.painter.update()

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

    def show_heat(self, *, on: bool) -> None:
        """Colour everything by the size of its gradient, or no longer."""
        picture = self.picture
        self._thermometer = Thermometer(picture.document, picture.frame) if on else None
        picture.heat = self._thermometer.read(self._result) if self._thermometer else None
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
        for item, hit in self.hits.items():
            if hit.isSelected() != (item in ids):
                hit.setSelected(item in ids)
        self.picture.find_flow()

    def select_wires(self, wires: Iterable[Wire]) -> None:
        """Select these wires and no others."""
        shown = self.picture.frame.wires
        self.wires = frozenset(wires)
        flags = np.zeros(len(shown), bool)
        if self.wires:
            keys = shown.keys(np.arange(len(shown)))
            flags[:] = [key in self.wires for key in keys]
            self.wires = frozenset(key for key in keys if key in self.wires)
        self.picture.selected_wires = flags
        self.painter.update()

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

    def _stand(self) -> None:
        """Put a hit item where each item of the frame is; reuse those there are."""
        frame = self.picture.frame
        for item in self.hits.keys() - frame.index.keys():
            self.removeItem(self.hits.pop(item))
        rows = zip(frame.ids.tolist(), frame.kinds.tolist(), frame.rects.tolist(), strict=True)
        for number, (item, kind, (x, y, width, height)) in enumerate(rows):
            hit = self.hits.get(item)
            if hit is None:
                hit = self.hits[item] = HitItem(item, self)
                self.addItem(hit)
                self.made += 1
            # An open group is taken hold of by its title.
            hit.stand(number, x, y, width, TITLE_BAR if kind == Kind.FRAME else height)
            self.picture.selected[number] = hit.isSelected()
        self.picture.find_flow()


def _look_alike(before: Node, now: Node) -> bool:
    """Whether two records of a node differ in their number alone."""
    fields = (field for field in Node.__slots__ if field != "value")
    return all(getattr(before, field) == getattr(now, field) for field in fields)
