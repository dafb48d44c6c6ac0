"""What is to be seen when some groups are folded: items with places, and the wires between them.

A pure function of the document and the folded set.  The canvas paints it, the outline lists it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.flat import NONE, TOP, flattened
from engine.graph.geometry import PADDING, TITLE_BAR, group_size, item_size, node_size
from engine.graph.records import Bends, Group, Node, Note, Point
from engine.graph.room import Axis, Growth, columns

Rect = tuple[float, float, float, float]
ItemKind = Literal["node", "group", "frame", "note"]
Index = NDArray[np.int64]


class Item(NamedTuple):
    """A node, a folded group, the frame of an unfolded one, or a note (a drawn frame is one, too).

    `rect` is x, y, width, height in the scene; `parent` the frame it lies in; `depth` how many
    frames are around it.
    """

    id: int
    kind: ItemKind
    rect: Rect
    parent: int | None
    depth: int


class Wire(NamedTuple):
    """A wire, or a band of `many` parallel wires, between two items.

    `source_node`, `target_node` and `port` name the wire itself, of a band its first.  `weight`
    is the parameter that the wire's target multiplies by, if it is that kind of wire; those of a
    band are with its strands.  `bends` are
    where a wire whose ends are both to be seen passes through, in the scene.
    """

    source: int
    target: int
    source_node: int
    target_node: int
    port: int
    many: int = 1
    weight: int | None = None
    bends: Bends = ()


class Strands(NamedTuple):
    """The s wires that are joined to bands, band by band and each by target and port, shape (s,).

    `wire` is where in the projection's wires the band stands; `target`, `port` and `weight` are
    those of the strand, -1 for no weight.
    """

    wire: Index
    target: Index
    port: Index
    weight: Index


NO_STRANDS = Strands(*np.zeros((4, 0), np.int64))


@dataclass(frozen=True, slots=True)
class Place:
    """The coordinate system inside a frame: its origin in the scene, and the room made in it.

    Things in different columns need no room of each other's height, so each column has an axis
    of its own down. `spans` tells from where to where each column reaches.
    """

    origin: Point
    across: Axis
    down: dict[int, Axis]
    column: dict[int, int]
    spans: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing makes room: then what is in it is shown where it is stored."""
        return self.across.is_plain and all(axis.is_plain for axis in self.down.values())

    def shown(self, item: int, x: float, y: float) -> Point:
        """Return where in the scene the centre of an item is shown."""
        down = self.down[self.column[item]]
        return (
            self.origin[0] + x + self.across.shift(x),
            self.origin[1] + y + down.shift(y),
        )

    def around(self, rect: Rect) -> Rect:
        """Return a rectangle so that it goes on holding what it holds, whatever makes room."""
        x, y, width, height = rect
        left, right = (at + self.across.shift(at) for at in (x, x + width))
        axes = [
            self.down[number]
            for number, (low, high) in self.spans.items()
            if low < x + width and high > x
        ]
        top = min((y + axis.shift(y) for axis in axes), default=y)
        bottom = max((y + height + axis.shift(y + height) for axis in axes), default=y + height)
        return (self.origin[0] + left, self.origin[1] + top, right - left, bottom - top)

    def stored(self, item: int, centre: Point) -> Point:
        """Return the stored centre of an item that is shown at a point of the scene."""
        down = self.down[self.column[item]]
        return (
            self.across.stored(centre[0] - self.origin[0]),
            down.stored(centre[1] - self.origin[1]),
        )


@dataclass(frozen=True, slots=True)
class Projection:
    """Visible items (frames before what they hold) and wires; `owner` of every node's item."""

    items: tuple[Item, ...]
    wires: tuple[Wire, ...]
    owner: dict[int, int]
    places: dict[int | None, Place] = field(default_factory=dict)
    by_id: dict[int, Item] = field(default_factory=dict)
    strands: Strands = field(default=NO_STRANDS, compare=False)

    def moved(self, document: Document, item: int, dx: float, dy: float) -> Point:
        """Return the position to store for an item that was dragged by (dx, dy) in the scene."""
        shown = self.by_id[item]
        record = document.record(item)
        if shown.kind in ("frame", "note"):
            return (record.position[0] + dx, record.position[1] + dy)
        x, y, width, height = shown.rect
        centre = (x + dx + width / 2, y + dy + height / 2)
        stored = self.places[record.group].stored(item, centre)
        return (stored[0] - width / 2, stored[1] - height / 2)

    def bend(self, document: Document, target: int, point: Point) -> Point:
        """Return what to store for a bend, at a point of the scene, of a wire into a node."""
        return self.places[document.node(target).group].stored(target, point)

    def inside(self, parent: int | None, point: Point) -> Point:
        """Return where something new dropped at a point of the scene lies within a frame."""
        place = self.places[parent]
        return (place.across.stored(point[0] - place.origin[0]), point[1] - place.origin[1])


def project(document: Document, folded: Iterable[int] = ()) -> Projection:
    """Return what is visible when the groups in `folded` are folded.

    The last projection of each document is remembered until an edit changes that: what is added
    asks for the one that is on the screen, to find its place.
    """
    state = (document.revision, frozenset(folded))
    known = _latest.get(document)
    if known is None or known[0] != state:
        known = _latest[document] = (state, _project(document, state[1]))
    return known[1]


State = tuple[int, frozenset[int]]
_latest: WeakKeyDictionary[Document, tuple[State, Projection]] = WeakKeyDictionary()


def _project(document: Document, folded: frozenset[int]) -> Projection:
    layout = _Layout(document, folded)
    layout.show(None, (0.0, 0.0), 0)
    owners = _owners(document, layout.folded)
    by_id = {item.id: item for item in layout.items}
    wires, strands = _wires(document, owners, layout.places)
    owner = dict(zip(flattened(document).ids.tolist(), owners.tolist(), strict=True))
    return Projection(tuple(layout.items), wires, owner, layout.places, by_id, strands)


class _Layout:
    """One pass over the groups: inner sizes first, then places from the outside in."""

    def __init__(self, document: Document, folded: frozenset[int]) -> None:
        self.document = document
        self.folded = folded
        self.items: list[Item] = []
        self.places: dict[int | None, Place] = {}
        self._flat = flattened(document)
        self._contents: dict[int | None, list[Node | Group]] = {}
        self._bounds: dict[int, Rect] = {}
        self._rooms: dict[int | None, Place] = {}

    def _within(self, group: int | None) -> list[Node | Group]:
        """Return the nodes and groups directly in a group, each by id."""
        if group not in self._contents:
            document, flat = self.document, self._flat
            groups = [document.groups[one] for one in flat.groups.get(group or TOP, ())]
            nodes = [document.node(node) for node in flat.nodes_in(group)]
            self._contents[group] = [*nodes, *groups]
        return self._contents[group]

    def _notes(self, group: int | None) -> list[Note]:
        """Return the notes directly in a group, those at the back first."""
        notes = (self.document.notes[one] for one in self._flat.notes.get(group or TOP, ()))
        return sorted(notes, key=_behind)

    def _is_open(self, record: Node | Group) -> bool:
        return isinstance(record, Group) and record.id not in self.folded

    def _frame(self, group: Group) -> Rect:
        """Return the frame of an unfolded group, relative to the origin inside it."""
        if group.id not in self._bounds:
            width, height = group_size(group)
            left, top = -PADDING, TITLE_BAR - height / 2
            right, bottom = width - PADDING, height / 2
            room = self._room(group.id)
            rects = [self._rect(record, room) for record in self._within(group.id)]
            rects += [note_rect(note, room) for note in self._notes(group.id)]
            for x, y, wide, high in rects:
                left, right = min(left, x - PADDING), max(right, x + wide + PADDING)
                top, bottom = min(top, y - PADDING), max(bottom, y + high + PADDING)
            self._bounds[group.id] = (
                left,
                top - TITLE_BAR,
                right - left,
                bottom - top + TITLE_BAR,
            )
        return self._bounds[group.id]

    def _room(self, parent: int | None) -> Place:
        """Return the room made inside a group, with its origin at (0, 0)."""
        if parent not in self._rooms:
            self._rooms[parent] = self._make_room(self._within(parent))
        return self._rooms[parent]

    def _make_room(self, records: list[Node | Group]) -> Place:
        reach = {r.id: (r.position[0], r.position[0] + item_size(r)[0]) for r in records}
        column = columns(reach)
        spans: dict[int, tuple[float, float]] = {}
        for item, (left, right) in reach.items():
            low, high = spans.get(column[item], (left, right))
            spans[column[item]] = (min(low, left), max(high, right))
        across: list[Growth] = []
        down: dict[int, list[Growth]] = {number: [] for number in column.values()}
        for record in records:
            if isinstance(record, Group) and self._is_open(record):
                (x, y), (width, height) = record.position, group_size(record)
                left, top, wide, high = self._frame(record)
                before, above = -left - PADDING, -top - height / 2
                across.append(Growth(x, x + width, before, wide - width - before))
                down[column[record.id]].append(Growth(y, y + height, above, high - height - above))
        axes = {number: Axis(growths, anchored=True) for number, growths in down.items()}
        return Place((0.0, 0.0), Axis(across), axes, column, spans)

    def _rect(self, record: Node | Group, place: Place) -> Rect:
        """Return the rectangle of an item in the coordinates of a place."""
        (x, y), (width, height) = record.position, item_size(record)
        middle = place.shown(record.id, x + width / 2, y + height / 2)
        if isinstance(record, Group) and self._is_open(record):
            left, top, wide, high = self._frame(record)
            return (middle[0] - width / 2 + PADDING + left, middle[1] + top, wide, high)
        return (middle[0] - width / 2, middle[1] - height / 2, width, height)

    def show(self, parent: int | None, origin: Point, depth: int) -> None:
        """Put everything in a group on the scene: notes at the back, frames before contents."""
        place = replace(self._room(parent), origin=origin)
        self.places[parent] = place
        plain = place.is_plain
        for note in self._notes(parent):
            self.items.append(Item(note.id, "note", note_rect(note, place), parent, depth))
        for record in self._within(parent):
            if isinstance(record, Node):
                rect = _as_stored(record, origin) if plain else self._rect(record, place)
                self.items.append(Item(record.id, "node", rect, parent, depth))
                continue
            rect = self._rect(record, place)
            if not self._is_open(record):
                self.items.append(Item(record.id, "group", rect, parent, depth))
            else:
                self.items.append(Item(record.id, "frame", rect, parent, depth))
                left, top, _wide, _high = self._frame(record)
                self.show(record.id, (rect[0] - left, rect[1] - top), depth + 1)


def _as_stored(node: Node, origin: Point) -> Rect:
    """Return the rectangle of a node where nothing makes room."""
    return (origin[0] + node.position[0], origin[1] + node.position[1], *node_size(node))


def note_rect(note: Note, place: Place) -> Rect:
    """Return where a note is shown in a place: a frame around what it holds, a sheet as it is."""
    x, y, width, height = place.around((*note.position, *note.size))
    return (x, y, width, height) if note.is_frame else (x, y, *note.size)


def _behind(note: Note) -> tuple[bool, float, int]:
    """Sort frames before sheets, and large frames before the small ones that may lie in them."""
    return (not note.is_frame, -note.size[0] * note.size[1], note.id)


def _owners(document: Document, folded: frozenset[int]) -> Index:
    """Return the ids of the visible items that stand for the nodes, in the order of their ids."""
    flat = flattened(document)
    around, row = np.unique(flat.group, return_inverse=True)
    chains = (document.ancestry(group or None) for group in around.tolist())
    outermost = ([one for one in chain if one in folded][-1:] for chain in chains)
    hidden = np.array([one[0] if one else TOP for one in outermost], np.int64)[row]
    return np.where(hidden == TOP, flat.ids, hidden)


def _wires(
    document: Document, owner: Index, places: dict[int | None, Place]
) -> tuple[tuple[Wire, ...], Strands]:
    """Join wires between the same two items, if one of them is a folded group, to a band."""
    flat = flattened(document)
    source, target = flat.ids[flat.start], flat.ids[flat.end]
    start, end = owner[flat.start], owner[flat.end]
    plain = (start == source) & (end == target)
    many = np.ones(len(plain), np.int64)
    rows = np.flatnonzero((start != end) & ~plain)
    pairs = start[rows] * document.next_id + end[rows]
    _pairs, first, band, count = np.unique(
        pairs, return_index=True, return_inverse=True, return_counts=True
    )
    many[rows[first]] = count
    shown = np.sort(np.concatenate((np.flatnonzero(plain), rows[first])))
    joined = rows[np.flatnonzero(count[band] > 1)]
    wire = np.searchsorted(shown, rows[first[band[count[band] > 1]]])
    order = np.argsort(wire, kind="stable")
    strand = joined[order]
    strands = Strands(wire[order], target[strand], flat.port[strand], flat.weight[strand])
    weight = np.where(many == 1, flat.weight, NONE)
    columns = (start, end, source, target, flat.port, many, weight)
    rows_of_wires = zip(*(column[shown].tolist() for column in columns), strict=True)
    found = [
        Wire(a, b, s, t, port, k, w if w != NONE else None)
        for a, b, s, t, port, k, w in rows_of_wires
    ]
    if document.bends:
        found = [_bent(document, wire, places) for wire in found]
    return tuple(found), strands


def _bent(document: Document, wire: Wire, places: dict[int | None, Place]) -> Wire:
    """Return a wire with its bends where they are shown, if both its ends are to be seen."""
    plain = (wire.source, wire.target) == (wire.source_node, wire.target_node)
    bends = document.bends.get((wire.target, wire.port), ()) if plain else ()
    place = places[document.node(wire.target).group] if bends else None
    return (
        wire._replace(bends=tuple(place.shown(wire.target, *p) for p in bends)) if place else wire
    )
