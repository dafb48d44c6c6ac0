"""Where maps are on cards, and of which nodes: a tile is one, a feature has a small one, a folded
layer or network has those of its neurons side by side.

Built with the frame. A *cell* is the place of one map; while there is none it shows the colour of
its node's number. Nothing here paints or measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.geometry import map_area
from engine.graph.projection import Item
from playground.canvas.frame.contents import Contents
from playground.canvas.frame.style import LEAF_MAP, Face, Kind

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Rect = tuple[float, float, float, float]

GRIDS = ("layer", "mlp")  # the templates whose cards show their neurons
GAP = 2.0  # between the cells of a grid
RAGGED = 0.85  # what squares whose last row is not full are worth, by their size
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The c places of maps, in the order of their items.

    Attributes:
        item: the number of the item each is on; node: whose map it is; shape (c,).
        rect: x, y, width, height from the item's corner, in scene units, (c, 4).
        mapped: whether the node has a map at all, rather than a colour alone, (c,).
    """

    item: Index
    node: Index
    rect: Floats
    mapped: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.item)

    def in_scene(self, corners: Floats) -> Floats:
        """Return the rectangles in the scene, with the items' corners (n, 2) as they are now."""
        rect = self.rect.copy()
        rect[:, :2] += corners[self.item]
        return rect

    def at(self, corners: Floats, x: float, y: float) -> int | None:
        """Return the topmost cell with a map at a point of the scene."""
        left, top, width, height = self.in_scene(corners).T
        inside = (left <= x) & (x < left + width) & (top <= y) & (y < top + height)
        found = np.flatnonzero(inside & self.mapped)
        return int(found[-1]) if len(found) else None


def cells_of(
    document: Document,
    items: Sequence[Item],
    kinds: NDArray[np.int8],
    shows: Index,
    contents: dict[int, Contents],
    mappable: frozenset[int],
) -> Cells:
    """Place the maps of all items; `mappable` are the nodes that have one."""
    rows: list[tuple[float, ...]] = []
    for number, (item, kind) in enumerate(zip(items, kinds.tolist(), strict=True)):
        shown = int(shows[number])
        width, height = item.rect[2:]
        if kind == Kind.TILE and shown in mappable:
            rows.append((number, shown, 0.0, 0.0, width, height))
        elif kind == Kind.LEAF and shown in mappable:
            left, top, side = LEAF_MAP
            rows.append((number, shown, left, top, side, side))
        elif kind == Kind.CARD and document.groups[item.id].template in GRIDS:
            outputs = contents[item.id].outputs
            places = grid(map_area((width, height)), len(outputs))
            rows += [(number, node, *at) for node, at in zip(outputs, places, strict=True)]
    table = np.array(rows, np.float64).reshape(-1, 6)
    nodes: Index = table[:, 1].astype(np.int64)
    mapped = np.array([node in mappable for node in nodes.tolist()], bool)
    return Cells(table[:, 0].astype(np.int64), nodes, table[:, 2:].copy(), mapped)


def faces_of(kinds: NDArray[np.int8], cells: Cells) -> Index:
    """Return how numbers are written on each item, of `Face`; -1 where there are none."""
    faces: Index = np.where(kinds > Kind.STUB, NONE, kinds).astype(np.int64)
    own = faces[cells.item]
    faces[cells.item[own == Kind.TILE]] = Face.MAPPED_TILE
    faces[cells.item[own == Kind.LEAF]] = Face.MAPPED_LEAF
    return faces


def grid(area: Rect, count: int) -> list[Rect]:
    """Return so many squares in an area, row by row, in its middle.

    They are as large as can be, or a little smaller if that fills every row.
    """
    if not count:
        return []
    left, top, width, height = area

    def side(columns: int) -> float:
        return min(width / columns, height / ceil(count / columns))

    def fitness(columns: int) -> float:
        return side(columns) * (RAGGED if count % columns else 1.0)

    columns = max(range(1, count + 1), key=fitness)
    step, lines = side(columns), ceil(count / columns)
    left += (width - columns * step) / 2
    top += (height - lines * step) / 2
    inner = step - min(GAP, step / 4)
    return [
        (left + (k % columns) * step, top + (k // columns) * step, inner, inner)
        for k in range(count)
    ]
