"""Where maps are on cards, and of which nodes: a tile is one, a feature has a small one, a folded
layer or network has those of its neurons side by side.

Built with the frame. A *cell* is the place of one map; while there is none it shows the colour of
its node's number. Where nothing but its name could be read on a card, its maps have all the rest
of it. Nothing here paints or measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.geometry import Size, map_area
from engine.graph.projection import Item
from playground.canvas.frame.contents import Contents
from playground.canvas.frame.style import CARD_MAPS, LEAF_MAPS, Face, Kind

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Rect = tuple[float, float, float, float]
Shares = tuple[float, float, float]  # how much each of `Sight` counts, 1 in all


class Sight(IntEnum):
    """From where a card is seen: its maps make room for what can be read beside them."""

    FAR = 0  # the name is written large
    ALONE = 1  # the name is all there is
    NEAR = 2  # ports and numbers have their places


GRIDS = ("layer", "mlp")  # the templates whose cards show their neurons
GAP = 2.0  # between the cells of a grid
RAGGED = 0.85  # what squares whose last row is not full are worth, by their size
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The c places of maps, in the order of their items.

    Attributes:
        item: the number of the item each is on; node: whose map it is; shape (c,).
        places: x, y, width, height from the item's corner, in scene units, for each of `Sight`,
            (3, c, 4).
        mapped: whether the node has a map at all, rather than a colour alone, (c,).
    """

    item: Index
    node: Index
    places: Floats
    mapped: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.item)

    def rect(self, shares: Shares) -> Floats:
        """Return the rectangles from their items' corners, (c, 4), with shares of `Sight`."""
        found: Floats = np.tensordot(np.array(shares), self.places, 1)
        return found

    def in_scene(self, corners: Floats, shares: Shares) -> Floats:
        """Return the rectangles in the scene, with the items' corners (n, 2) as they are now."""
        rect = self.rect(shares)
        rect[:, :2] += corners[self.item]
        return rect

    def at(self, corners: Floats, shares: Shares, x: float, y: float) -> int | None:
        """Return the topmost cell with a map at a point of the scene."""
        left, top, width, height = self.in_scene(corners, shares).T
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
    rows: list[tuple[int, int]] = []
    places: list[tuple[Rect, Rect, Rect]] = []
    for number, (item, kind) in enumerate(zip(items, kinds.tolist(), strict=True)):
        shown = int(shows[number])
        width, height = item.rect[2:]
        if kind == Kind.TILE and shown in mappable:
            rows.append((number, shown))
            places.append(((0.0, 0.0, width, height),) * 3)
        elif kind == Kind.LEAF and shown in mappable:
            rows.append((number, shown))
            places.append(LEAF_MAPS)
        elif kind == Kind.CARD and document.groups[item.id].template in GRIDS:
            outputs = contents[item.id].outputs
            rows += [(number, node) for node in outputs]
            grids = (grid(area, len(outputs)) for area in areas((width, height)))
            places += zip(*grids, strict=True)
    table = np.array(rows, np.int64).reshape(-1, 2)
    mapped = np.array([node in mappable for node in table[:, 1].tolist()], bool)
    by_sight = np.array(places, np.float64).reshape(-1, len(Sight), 4).swapaxes(0, 1)
    return Cells(table[:, 0].copy(), table[:, 1].copy(), by_sight.copy(), mapped)


def areas(size: Size) -> tuple[Rect, Rect, Rect]:
    """Return where on a card of some size its maps are, for each of `Sight`."""
    left, top, width, height = map_area(size)

    def below(line: float) -> Rect:
        return (left, line, width, top + height - line)

    return below(CARD_MAPS[Sight.FAR]), below(CARD_MAPS[Sight.ALONE]), (left, top, width, height)


def faces_of(kinds: NDArray[np.int8], cells: Cells) -> Index:
    """Return how numbers are written on each item, of `Face`; -1 where there are none."""
    faces: Index = np.where(kinds > Kind.STUB, NONE, kinds).astype(np.int64)
    own = faces[cells.item]
    faces[cells.item[own == Kind.TILE]] = Face.MAPPED_TILE
    faces[cells.item[own == Kind.LEAF]] = Face.MAPPED_LEAF
    faces[cells.item[own == Kind.CARD]] = Face.MAPPED_CARD
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
