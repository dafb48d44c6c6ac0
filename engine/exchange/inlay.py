"""Where new nodes go that come before a node that is there: between it and what feeds it.

`expand` lays one chain after the other with it.  Where there is too little room, everything that
stands right of the node in its group goes on to the right by as much, and drawn frames around it
grow, so that nothing that lay apart comes to overlap and frames hold what they held.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document, Record
from engine.graph.edits import Change
from engine.graph.geometry import LABEL_HEIGHT, LEAF_SIZE, OP_SIZE, item_size
from engine.graph.records import Node, Point
from engine.graph.verbs import move
from engine.graph.wiring import GAP

COLUMN = LEAF_SIZE[0] + 34.0
ROOM = 20.0  # between one card and the next below it, without its name
STEPS = 80  # that a chain is tried out further down or up, before it is laid over something

Rect = tuple[float, float, float, float]
Rects = NDArray[np.float64]


class Inlay:
    """Lays chains into a document, one after the other, and remembers what has moved."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._levels: dict[int | None, dict[int, Rect]] = {}
        self._new: dict[int, int | None] = {}  # the level of each new node
        records: list[Record] = [*document.nodes(), *document.groups.values()]
        for record in (*records, *document.notes.values()):
            level = self._levels.setdefault(record.group, {})
            level[record.id] = (*record.position, *item_size(record))

    def corner(self, node: int) -> Point:
        """Return where a new node has its top-left corner."""
        return self._levels[self._new[node]][node][:2]

    def moves(self) -> list[Change]:
        """Return the changes that move what was there, and fit frames to what they held."""
        document = self._document
        moved = {
            item: rect[:2]
            for level in self._levels.values()
            for item, rect in level.items()
            if item not in self._new and rect[:2] != document.record(item).position
        }
        grown = [
            Change("note", item, "size", document.notes[item].size, rect[2:])
            for level in self._levels.values()
            for item, rect in level.items()
            if item in document.notes and rect[2:] != document.notes[item].size
        ]
        return [*move(document, moved).changes, *grown]

    def lay(self, last: int, new: Sequence[Node], sources: Mapping[int, Sequence[int]]) -> None:
        """Lay new nodes left of a node, which is the last of their chain, in columns."""
        if not new:
            return
        level = self._levels[self._document.node(last).group]
        columns = _columns(last, new, sources)
        inputs = {source for fed in sources.values() for source in fed} - columns.keys()
        stand = {source: level[item] for source in inputs if (item := self._item(last, source))}
        self._make_room(level, last, stand.values(), columns[last] * COLUMN)
        middles = _middles(level[last], new, columns, sources, stand)
        x, _y, width, _height = level[last]
        centre = x + width / 2
        rects = {}
        for node in new:
            wide, high = item_size(node)
            left = centre - (columns[last] - columns[node.id]) * COLUMN - wide / 2
            rects[node.id] = (left, middles[node.id] - high / 2, wide, high)
            self._new[node.id] = node.group
        level |= _clear(rects, [rect for item, rect in level.items() if self._blocks(item)])

    def _blocks(self, item: int) -> bool:
        """Tell whether cards keep clear of an item: of everything but the frames around them."""
        note = self._document.notes.get(item)
        return note is None or not note.is_frame

    def _item(self, last: int, source: int) -> int | None:
        """Return the item of a node's level that another node is or lies in."""
        group = self._document.node(last).group
        chain = [source, *self._document.ancestry(self._document.node(source).group)]
        return next((i for i in chain if self._document.record(i).group == group), None)

    def _make_room(
        self, level: dict[int, Rect], last: int, feeders: Iterable[Rect], width: float
    ) -> None:
        """Move a node, and all that stands right of where it begins, as far as is needed."""
        x = level[last][0]
        begin = x + OP_SIZE[0] / 2 - width - LEAF_SIZE[0] / 2
        before = [left + wide for left, _top, wide, _high in feeders if left < x]
        short = max(before, default=begin - GAP) + GAP - begin
        if short <= 0:
            return
        for item, (left, top, wide, high) in level.items():
            if left >= x:
                level[item] = (left + short, top, wide, high)
            elif not self._blocks(item) and left + wide > x:
                level[item] = (left, top, wide + short, high)


def _columns(
    last: int, new: Sequence[Node], sources: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """Return for each node of a chain how many columns are left of it; sources come first."""
    found: dict[int, int] = {}
    for node in (*(n.id for n in new if not n.is_leaf), last):
        found[node] = 1 + max((found.get(source, -1) for source in sources[node]), default=-1)
    leaves = [node.id for node in new if node.is_leaf]
    for leaf in leaves:
        found[leaf] = min(found[node] for node, fed in sources.items() if leaf in fed) - 1
    first = min(found.values())
    return {node: column - first for node, column in found.items()}


def _middles(
    around: Rect,
    new: Sequence[Node],
    columns: Mapping[int, int],
    sources: Mapping[int, Sequence[int]],
    stand: Mapping[int, Rect],
) -> dict[int, float]:
    """Return how far down the middle of each new node lies.

    Ops are half-way between what feeds them, numbers beside what they feed, on its outer side.
    """
    level = around[1] + around[3] / 2
    known = {source: top + high / 2 for source, (_left, top, _wide, high) in stand.items()}
    chain = [node for node in new if not node.is_leaf]
    for node in chain:
        fed = [known[source] for source in sources[node.id] if source in known]
        known[node.id] = sum(fed) / len(fed) if fed else level
    _spread(chain, columns, known)
    for node in new:
        if node.is_leaf:
            user = next(target for target, fed in sources.items() if node.id in fed)
            middle = known.get(user, level)
            away = (OP_SIZE[1] + LEAF_SIZE[1]) / 2 + ROOM
            known[node.id] = middle + (away if middle > level else -away)
    _spread(new, columns, known)
    return known


def _spread(nodes: Sequence[Node], columns: Mapping[int, int], middles: dict[int, float]) -> None:
    """Move the nodes of each column apart, as far up as down."""
    by_column: dict[int, list[Node]] = {}
    for node in nodes:
        by_column.setdefault(columns[node.id], []).append(node)
    for column in by_column.values():
        column.sort(key=lambda node: (middles[node.id], node.id))
        places: list[float] = []
        for above, node in zip([None, *column], column, strict=False):
            least = -np.inf
            if above is not None:
                heights = item_size(above)[1] + item_size(node)[1]
                least = places[-1] + heights / 2 + ROOM
            places.append(max(middles[node.id], least))
        off = sum(p - middles[n.id] for p, n in zip(places, column, strict=True)) / len(column)
        for node, place in zip(column, places, strict=True):
            middles[node.id] = place - off


def _clear(rects: dict[int, Rect], others: Sequence[Rect]) -> dict[int, Rect]:
    """Return rectangles moved together down or up, as little as leaves them clear of others."""
    block, rest = np.array(list(rects.values())), np.array(others).reshape(-1, 4)
    step = OP_SIZE[1] / 2
    for turn in range(STEPS):
        away = (turn + 1) // 2 * step * (1 if turn % 2 else -1)
        if not _overlap(block + np.array((0.0, away, 0.0, 0.0)), rest):
            break
    else:
        away = 0.0
    return {node: (x, y + away, wide, high) for node, (x, y, wide, high) in rects.items()}


def _overlap(block: Rects, rest: Rects) -> bool:
    """Tell whether any of some cards, with their names above, lies over any of others."""
    low, high = block[:, None, :2] - (0.0, LABEL_HEIGHT), block[:, None, :2] + block[:, None, 2:]
    others = rest[None, :, :2]
    apart = (low >= others + rest[None, :, 2:]) | (high <= others - (0.0, LABEL_HEIGHT))
    return not bool(apart.any(axis=2).all())
