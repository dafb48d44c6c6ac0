"""What is to be seen when some groups are folded: items with places, and the wires between them.

A pure function of the document and the folded set.  The canvas paints it, the outline lists it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from engine.graph.bands import NO_STRANDS, NOBODY, Index, Strands, Wire, wires_between
from engine.graph.boundary import Boundary, boundaries
from engine.graph.document import Document
from engine.graph.flat import TOP, flattened
from engine.graph.geometry import (
    PADDING,
    TITLE_BAR,
    group_size,
    item_size,
    node_size,
)
from engine.graph.outside import Stub, standing, stubs_around
from engine.graph.records import Group, Node, Note, Point
from engine.graph.room import Axis, Growth, Place, Rect, columns

ItemKind = Literal["node", "group", "frame", "note", "stub"]

UNSEEN = -1  # what nodes are hidden in that nothing stands for


class Item(NamedTuple):
    """A node, a folded group, the frame of an unfolded one, or a note (a drawn frame is one, too).

    Within a group, a stub is what lies outside and is wired to the inside; its id is negative.
    `rect` is x, y, width, height in the scene; `parent` the frame it lies in; `depth` how many
    frames are around it.
    """

    id: int
    kind: ItemKind
    rect: Rect
    parent: int | None
    depth: int


def nobody() -> Index:
    """Return that nothing stands for no nodes."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Projection:
    """Visible items (frames before what they hold) and wires; `owner` of every node's item.

    `owners` are the same in the order of the nodes' ids, but for stubs; `NOBODY` where is none.
    `within` is the group that is shown alone, None for the whole document; then `stubs` are what
    it is wired to outside, and nodes that are not to be seen at all have no owner. `boundaries`
    are those of the folded groups that show their ports, what comes in from higher up first.
    """

    items: tuple[Item, ...]
    wires: tuple[Wire, ...]
    owner: dict[int, int]
    places: dict[int | None, Place] = field(default_factory=dict)
    by_id: dict[int, Item] = field(default_factory=dict)
    strands: Strands = field(default=NO_STRANDS, compare=False)
    owners: Index = field(default_factory=nobody, compare=False)
    boundaries: dict[int, Boundary] = field(default_factory=dict)
    stubs: dict[int, Stub] = field(default_factory=dict)
    within: int | None = None

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
        place = self.places[parent if parent in self.places else self.within]
        return (place.across.stored(point[0] - place.origin[0]), point[1] - place.origin[1])


def project(
    document: Document, folded: Iterable[int] = (), within: int | None = None
) -> Projection:
    """Return what is visible when the groups in `folded` are folded: of everything, or of a group.

    The group `within` which one is stands open, whatever is folded; one that is gone is none. The
    last projection of each document is remembered until an edit changes that: what is added asks
    for the one that is on the screen, to find its place.
    """
    state = (document.revision, frozenset(folded), within if within in document.groups else None)
    known = _latest.get(document)
    if known is None or known[0] != state:
        known = _latest[document] = (state, _project(document, *state[1:]))
    return known[1]


State = tuple[int, frozenset[int], int | None]
_latest: WeakKeyDictionary[Document, tuple[State, Projection]] = WeakKeyDictionary()


def _project(document: Document, folded: frozenset[int], within: int | None) -> Projection:
    layout, flat = _Layout(document, folded), flattened(document)
    layout.show(within, (0.0, 0.0), 0)
    items, owners = layout.items, _owners(document, layout.folded, within)
    owner = _by_id(flat.ids, owners)
    stubs = [] if within is None else stubs_around(document, within, owner)
    rects = {item.id: item.rect for item in items}
    places = standing(document, stubs, rects, owner)
    items += [Item(stub.id, "stub", places[stub.id], None, 0) for stub in stubs]
    by_id = {item.id: item for item in items}
    ports = _in_order(boundaries(document, owners), owner, by_id)
    starts, ends = (_with_stubs(flat.ids, owners, stubs, feeds) for feeds in (True, False))
    wires, strands = wires_between(document, starts, ends, ports, stubs, layout.places)
    return Projection(
        tuple(items),
        wires,
        _by_id(flat.ids, np.where(starts == NOBODY, ends, starts)) if stubs else owner,
        layout.places,
        by_id,
        strands,
        owners,
        ports,
        {stub.id: stub for stub in stubs},
        within,
    )


def _by_id(ids: Index, owners: Index) -> dict[int, int]:
    """Return the items that stand for nodes by their ids, as far as anything does."""
    seen = owners != NOBODY
    return dict(zip(ids[seen].tolist(), owners[seen].tolist(), strict=True))


def _with_stubs(ids: Index, owners: Index, stubs: list[Stub], feeds: bool) -> Index:
    """Let the stubs of one side stand for their nodes as well."""
    found = owners.copy()
    for stub in stubs:
        if stub.feeds == feeds:
            found[np.searchsorted(ids, stub.nodes)] = stub.id
    return found


def _in_order(
    edges: dict[int, Boundary], owner: dict[int, int], by_id: dict[int, Item]
) -> dict[int, Boundary]:
    """Sort what comes into each group by height, so that its wires do not cross."""

    def height(node: int) -> tuple[float, int]:
        item = by_id.get(owner.get(node, node))
        return (item.rect[1] + item.rect[3] / 2 if item is not None else 0.0, node)

    return {
        group: edge._replace(inputs=tuple(sorted(edge.inputs, key=height)))
        for group, edge in edges.items()
    }


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
        plain, frame = place.is_plain, parent if depth else None
        for note in self._notes(parent):
            self.items.append(Item(note.id, "note", note_rect(note, place), frame, depth))
        for record in self._within(parent):
            if isinstance(record, Node):
                rect = _as_stored(record, origin) if plain else self._rect(record, place)
                self.items.append(Item(record.id, "node", rect, frame, depth))
                continue
            rect = self._rect(record, place)
            if not self._is_open(record):
                self.items.append(Item(record.id, "group", rect, frame, depth))
            else:
                self.items.append(Item(record.id, "frame", rect, frame, depth))
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


def _owners(document: Document, folded: frozenset[int], within: int | None) -> Index:
    """Return the ids of the visible items that stand for the nodes, in the order of their ids.

    Nothing stands for what is not `within` a group.
    """
    flat = flattened(document)
    around, row = np.unique(flat.group, return_inverse=True)
    closed: list[int] = []
    for group in around.tolist():
        chain = document.ancestry(group or None)
        if within is not None and within not in chain:
            closed.append(UNSEEN)
            continue
        inner = chain if within is None else chain[: chain.index(within)]
        closed.append(next((one for one in reversed(inner) if one in folded), TOP))
    hidden = np.array(closed, np.int64)[row]
    owners: Index = np.where(hidden == TOP, flat.ids, hidden)
    return np.where(hidden == UNSEEN, NOBODY, owners)
