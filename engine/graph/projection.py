"""What is to be seen when some groups are folded: items with places, and the wires between them.

A pure function of the document and the folded set.  The canvas paints it, the outline lists it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from engine import ops
from engine.graph.boundary import Boundary, boundaries, bundled
from engine.graph.document import Document
from engine.graph.geometry import (
    FOLDED_SIZES,
    PADDING,
    TITLE_BAR,
    group_size,
    item_size,
    node_size,
)
from engine.graph.outside import Stub, standing, stubs_around
from engine.graph.records import Bends, Group, Node, Note, Point
from engine.graph.room import Axis, Growth, Place, Rect, columns

ItemKind = Literal["node", "group", "frame", "note", "stub"]
PRODUCTS = ("mul", "prod")


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


class Wire(NamedTuple):
    """A wire, or a band of `many` parallel wires, between two items.

    `source_node`, `target_node` and `port` name the wire itself, of a band its first.  `weight`
    is the parameter that the wire's target multiplies by, if it is that kind of wire.  `bends` are
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


@dataclass(frozen=True, slots=True)
class Projection:
    """Visible items (frames before what they hold) and wires; `owner` of every node's item.

    `within` is the group that is shown alone, None for the whole document; then `stubs` are what
    it is wired to outside, and nodes that are not to be seen at all have no owner. `boundaries`
    are those of all folded groups, what comes in from higher up first.
    """

    items: tuple[Item, ...]
    wires: tuple[Wire, ...]
    owner: dict[int, int]
    places: dict[int | None, Place] = field(default_factory=dict)
    by_id: dict[int, Item] = field(default_factory=dict)
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
        place = self.places[parent]
        return (place.across.stored(point[0] - place.origin[0]), point[1] - place.origin[1])


def project(
    document: Document, folded: Iterable[int] = (), within: int | None = None
) -> Projection:
    """Return what is visible when the groups in `folded` are folded: of everything, or of a group.

    The group `within` which one is stands open, whatever is folded; one that is gone is none.
    The last projection of each document is remembered until an edit changes that: what is added
    asks for the one that is on the screen, to find its place.
    """
    state = (document.revision, frozenset(folded), within if within in document.groups else None)
    known = _latest.get(document)
    if known is None or known[0] != state:
        known = _latest[document] = (state, _project(document, *state[1:]))
    return known[1]


State = tuple[int, frozenset[int], int | None]
_latest: WeakKeyDictionary[Document, tuple[State, Projection]] = WeakKeyDictionary()


def _project(document: Document, folded: frozenset[int], within: int | None) -> Projection:
    layout = _Layout(document, folded)
    layout.show(within, (0.0, 0.0), 0)
    items, owner = layout.items, _owners(document, layout.folded, within)
    stubs: list[Stub] = []
    if within is not None:
        stubs = stubs_around(document, within, owner)
        items += _stub_items(document, stubs, items, owner)
    by_id = {item.id: item for item in items}
    edges = _in_order(boundaries(document, owner), owner, by_id)
    starts, ends = dict(owner), dict(owner)
    for stub in stubs:
        (starts if stub.feeds else ends).update(dict.fromkeys(stub.nodes, stub.id))
    joining = _Joining(document, starts, ends, edges, {stub.id: stub for stub in stubs})
    wires = joining.wires(layout.places)
    return Projection(
        tuple(items), wires, ends | starts, layout.places, by_id, edges, joining.stubs, within
    )


def _stub_items(
    document: Document, stubs: list[Stub], items: list[Item], owner: dict[int, int]
) -> list[Item]:
    """Return the items of stubs, beside those of the inside."""
    rects = {item.id: item.rect for item in items}
    x, y = (min((rect[axis] for rect in rects.values()), default=0.0) for axis in (0, 1))
    right, bottom = (
        max((rect[axis] + rect[axis + 2] for rect in rects.values()), default=0.0)
        for axis in (0, 1)
    )

    def rect_of(node: int) -> Rect | None:
        return rects[owner[node]] if node in owner else None

    places = standing(document, stubs, (x, y, right - x, bottom - y), rect_of)
    return [Item(stub.id, "stub", places[stub.id], None, 0) for stub in stubs]


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
        self._within: dict[int | None, list[Node | Group]] = {}
        for node in document.nodes():
            self._within.setdefault(node.group, []).append(node)
        for _id, group in sorted(document.groups.items()):
            self._within.setdefault(group.group, []).append(group)
        self._notes: dict[int | None, list[Note]] = {}
        for note in sorted(document.notes.values(), key=_behind):
            self._notes.setdefault(note.group, []).append(note)
        self._bounds: dict[int, Rect] = {}
        self._rooms: dict[int | None, Place] = {}

    def _is_open(self, record: Node | Group) -> bool:
        return isinstance(record, Group) and record.id not in self.folded

    def _frame(self, group: Group) -> Rect:
        """Return the frame of an unfolded group, relative to the origin inside it."""
        if group.id not in self._bounds:
            width, height = group_size(group)
            left, top = -PADDING, TITLE_BAR - height / 2
            right, bottom = width - PADDING, height / 2
            room = self._room(group.id)
            rects = [self._rect(record, room) for record in self._within.get(group.id, ())]
            rects += [note_rect(note, room) for note in self._notes.get(group.id, ())]
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
            self._rooms[parent] = self._make_room(self._within.get(parent, []))
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
        for note in self._notes.get(parent, ()):
            self.items.append(Item(note.id, "note", note_rect(note, place), parent, depth))
        for record in self._within.get(parent, ()):
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


def _owners(document: Document, folded: frozenset[int], within: int | None) -> dict[int, int]:
    """Return for every node, or for those within a group, the visible item that stands for it."""
    outermost: dict[int | None, int | None] = {None: None}
    seen: set[int | None] = {None} if within is None else set()
    for group in document.groups:
        chain = document.ancestry(group)
        if within is not None and within not in chain:
            continue
        seen.add(group)
        inner = chain if within is None else chain[: chain.index(within)]
        shut = [around for around in inner if around in folded]
        outermost[group] = shut[-1] if shut else None
    found = {}
    for node in document.nodes():
        if node.group in seen:
            hidden_in = outermost[node.group]
            found[node.id] = node.id if hidden_in is None else hidden_in
    return found


class _Joining:
    """Joins wires between the same two items, if one of them stands for many nodes, to bands.

    `starts` and `ends` say which item a wire begins and ends at, by its node. At a folded group
    that shows its ports, each has bands of its own.
    """

    def __init__(
        self,
        document: Document,
        starts: dict[int, int],
        ends: dict[int, int],
        edges: dict[int, Boundary],
        stubs: dict[int, Stub],
    ) -> None:
        self.document = document
        self.stubs = stubs
        self._starts, self._ends = starts, ends
        self._single = {stub.id for stub in stubs.values() if stub.only is not None}
        self._leave: dict[int, int] = {}
        self._enter: dict[int, dict[int, int]] = {}
        for group, edge in edges.items():
            if document.groups[group].template not in FOLDED_SIZES:
                self._leave |= _slots(edge.outputs)
                self._enter[group] = _slots(edge.inputs)

    def wires(self, places: dict[int | None, Place]) -> tuple[Wire, ...]:
        """Return all wires and bands, in the order of the targets and ports of their first."""
        found: list[Wire] = []
        bands: dict[tuple[int, int, int, int], list[int]] = {}  # where in `found`, how many wires
        records, edges = self.document.records(), self.document.edges()
        factors: dict[int, list[int]] = {n: [] for n, rec in records.items() if _is_product(rec)}
        for source, target, _port in edges:
            if target in factors:
                factors[target].append(source)
        bends, starts, ends = self.document.bends, self._starts.get, self._ends.get
        single, leave, enter = self._single, self._leave, self._enter
        for source, target, port in edges:
            start, end = starts(source), ends(target)
            if start == end or start is None or end is None or (start < 0 and end < 0):
                continue
            plain = start == source and end == target
            alone = (start == source or start in single) and (end == target or end in single)
            if not alone:
                into = enter[end].get(source, 0) if end in enter else 0
                band = bands.setdefault((start, end, leave.get(source, 0), into), [len(found), 0])
                band[1] += 1
                if band[1] > 1:
                    continue
            weight = _weight(records, source, factors[target]) if target in factors else None
            points = bends.get((target, port), ()) if bends and plain else ()
            if points:
                place = places[records[target].group]
                points = tuple(place.shown(target, *point) for point in points)
            found.append(Wire(start, end, source, target, port, 1, weight, points))
        for at, count in bands.values():
            if count > 1:
                found[at] = found[at]._replace(many=count, weight=None)
        return tuple(found)


def _slots(nodes: tuple[int, ...]) -> dict[int, int]:
    """Return the place of the port of each node at one edge."""
    return {node: place for place, some in enumerate(bundled(nodes)) for node in some}


def _is_product(node: Node) -> bool:
    op = ops.get(node.op)
    return op is not None and op.key in PRODUCTS


def _weight(records: Mapping[int, Node], source: int, inputs: Iterable[int]) -> int | None:
    """Return the one parameter among a product's inputs that it multiplies `source` by."""
    others = [other for other in inputs if other != source]
    if len(others) == 1 and records[others[0]].role == "parameter":
        return others[0]
    return None
