"""Copying and pasting: a piece of a document that can be put into another, or into the same again.

The canvas takes an excerpt of what is selected and pastes excerpts; `engine.files.clipboard` turns
them to text and back.  An excerpt is a fragment like those of templates, with the wires that came
in from outside as inputs, and with what is needed to put it somewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal
from engine.graph.bends import shifted
from engine.graph.document import Document, Record, Wire
from engine.graph.edits import Edit
from engine.graph.fragment import Fragment, R, insert_fragment
from engine.graph.geometry import FARTHEST, PADDING, group_size, item_size
from engine.graph.notes import with_content
from engine.graph.projection import Projection
from engine.graph.records import Bends, Group, Node, Note, Point
from engine.graph.room import Rect
from engine.graph.verbs import DEEPEST, delete, resolve

SINGLE_MARKS = frozenset({"loss", "backward"})  # a document has one of each at most


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document, under local ids.

    Attributes:
        fragment: nodes, wires, groups and notes; its outermost things lie around its own origin.
        sources: the nodes that fed it, in the document it was taken from: the inputs -1, -2, ...
        origin: which document that was, so that no other is wired to strangers; "" for none.
        parent: the innermost group there that held all of it.
        place: where in the scene its origin was.
        box: x, y, width and height of it as it was shown, from its origin.
        folded: its groups that were folded.
    """

    fragment: Fragment
    sources: tuple[int, ...] = ()
    origin: str = ""
    parent: int | None = None
    place: Point = (0.0, 0.0)
    box: Rect = (0.0, 0.0, 0.0, 0.0)
    folded: frozenset[int] = frozenset()

    def centred(self, point: Point) -> Point:
        """Return where its origin goes if its middle goes to a point."""
        x, y, width, height = self.box
        return (point[0] - x - width / 2, point[1] - y - height / 2)


def excerpt(
    document: Document,
    ids: Iterable[int],
    projection: Projection,
    folded: Iterable[int] = (),
    origin: str = "",
) -> Excerpt | Refusal:
    """Take nodes, notes, and groups with all they hold, with the wires among them and into them.

    A drawn frame takes along what it would take along if it were moved. `projection` is how the
    document is shown, with the groups in `folded` folded.
    """
    ids = with_content(document, ids)
    groups, nodes = resolve(document, ids)
    notes = [n for _id, n in sorted(document.notes.items()) if n.id in ids or n.group in groups]
    records: list[Record] = [document.groups[item] for item in sorted(groups)]
    records += [*(document.node(item) for item in sorted(nodes)), *notes]
    if not records:
        return Refusal(_("Nothing is selected"), "", _("Select what should be copied first"))
    roots = [record for record in records if record.group not in groups]
    corners = _corners(document, projection, roots)
    left, top = (min(corner[axis] for corner in corners.values()) for axis in (0, 1))
    first = roots[0]
    seen = shown_corner(document, projection, first.id)
    place = (
        seen[0] - corners[first.id][0] + left,
        seen[1] - corners[first.id][1] + top,
    )
    moved = {item: (x - left, y - top) for item, (x, y) in corners.items()}
    wires = [edge for edge in document.edges() if edge[1] in nodes]
    bends = _bends(document, projection, roots, nodes, (-left, -top))
    packed = pack([replace(r, **_freed(r, moved, groups)) for r in records], wires, bends)
    return replace(
        packed,
        origin=origin,
        parent=_common(document, roots),
        place=place,
        box=_box(projection, [root.id for root in roots], place),
        folded=frozenset(local_ids(records)[item] for item in groups.intersection(folded)),
    )


def pack(
    records: Iterable[Record],
    wires: Iterable[tuple[int, int, int]],
    bends: Mapping[Wire, Bends],
) -> Excerpt:
    """Give records local ids; wires (source, target, port) from elsewhere become inputs.

    `bends` are those of some of these wires, by (target, port).
    """
    records = list(records)
    local = local_ids(records)

    def renamed(record: R) -> R:
        return replace(record, id=local[record.id], group=local.get(record.group or 0))

    edges = []
    inputs: dict[int, int] = {}
    for source, target, port in wires:
        inner = local.get(source)
        if inner is None:
            inner = inputs.setdefault(source, -1 - len(inputs))
        edges.append((inner, local[target], port))
    nodes = tuple(renamed(record) for record in records if isinstance(record, Node))
    groups = tuple(renamed(record) for record in records if isinstance(record, Group))
    notes = tuple(renamed(record) for record in records if isinstance(record, Note))
    bent = {(local[target], port): points for (target, port), points in bends.items()}
    return Excerpt(Fragment(nodes, tuple(edges), groups, notes, bent), tuple(inputs))


def paste(
    document: Document,
    piece: Excerpt,
    position: Point,
    group: int | None = None,
    origin: str | None = None,
    title: str = "",
) -> Edit | Refusal:
    """Put an excerpt into a document, its origin at `position` of a group; labels are kept.

    With the `origin` of the document the wires from outside are kept, from those of their sources
    that still exist; they can make no circle, since nothing there is fed by what is new. A mark
    that a document has once stays with the node that has it.
    """
    wanted = piece.sources if origin is not None and piece.origin == origin else ()
    kept = [source if source in document else None for source in wanted]
    inputs: list[int | None] = [*kept, *[None] * (len(piece.sources) - len(kept))]
    return put(document, piece.fragment, position, group, inputs, title or _("Paste"))


def put(
    document: Document,
    fragment: Fragment,
    position: Point,
    group: int | None,
    inputs: Sequence[int | None],
    title: str,
    once: frozenset[str] = SINGLE_MARKS,
) -> Edit | Refusal:
    """Put a fragment into a document, without the marks in `once` that it has already."""
    if len(document.ancestry(group)) + _depth(fragment) > DEEPEST:
        return Refusal(_("Groups lie at most {most} deep").format(most=DEEPEST))
    taken = {mark for mark in once if document.marked(mark)}
    nodes = tuple(_unmarked(_near(node), taken) for node in fragment.nodes)
    groups = tuple(_near(made) for made in fragment.groups)
    notes = tuple(_near(note) for note in fragment.notes)
    fitted = Fragment(nodes, fragment.edges, groups, notes, fragment.bends)
    return insert_fragment(document, fitted, title, _half(position), group, inputs)


def cut(document: Document, ids: Iterable[int]) -> Edit | Refusal:
    """Delete what was copied, as a step of its own name: of a frame what it holds, too."""
    edit = delete(document, with_content(document, ids))
    return edit if isinstance(edit, Refusal) else replace(edit, title=_("Cut"))


def shown_corner(document: Document, projection: Projection, item: int) -> Point:
    """Return where in the scene a note or the card of a node is, or that of an open group."""
    shown = projection.by_id[item]
    if shown.kind == "frame":
        x, y = projection.places[item].origin
        return (x - PADDING, y - group_size(document.groups[item])[1] / 2)
    return shown.rect[:2]


def _corners(document: Document, projection: Projection, roots: list[Record]) -> dict[int, Point]:
    """Return the places of what lies outermost: as stored, or, from several groups, as shown."""
    if _lie_together(roots):
        return {root.id: root.position for root in roots}
    return {root.id: shown_corner(document, projection, root.id) for root in roots}


def _lie_together(roots: list[Record]) -> bool:
    return len({root.group for root in roots}) == 1


def _bends(
    document: Document,
    projection: Projection,
    roots: list[Record],
    nodes: set[int],
    off: Point,
) -> dict[Wire, Bends]:
    """Return the bends of the wires into some nodes, moved like the roots they lie beside."""
    outer, stored = {root.id for root in roots}, _lie_together(roots)
    found = {}
    for (target, port), points in sorted(document.bends.items()):
        if target not in nodes:
            continue
        moved = points
        if target in outer and not stored:
            place = projection.places[document.node(target).group]
            moved = tuple(place.shown(target, *point) for point in points)
        found[target, port] = shifted(moved, off) if target in outer else moved
    return found


def _freed(record: Record, places: Mapping[int, Point], groups: set[int]) -> dict[str, Any]:
    """Return the fields that change when a record leaves what it lay in."""
    if record.group in groups:
        return {}
    if isinstance(record, Note):
        return {"group": None, "position": places[record.id]}
    # A part of a template that leaves it is no part of it any more.
    return {"group": None, "slot": None, "position": places[record.id]}


def local_ids(records: Iterable[Record]) -> dict[int, int]:
    """Return for each id its place among them all, from 1."""
    return {item: place + 1 for place, item in enumerate(sorted(r.id for r in records))}


def _common(document: Document, roots: list[Record]) -> int | None:
    chains = [document.ancestry(root.group) for root in roots]
    return next((g for g in chains[0] if all(g in chain for chain in chains)), None)


def _box(projection: Projection, items: list[int], place: Point) -> Rect:
    rects = [projection.by_id[item].rect for item in items]
    left, top = min(rect[0] for rect in rects), min(rect[1] for rect in rects)
    right = max(rect[0] + rect[2] for rect in rects)
    bottom = max(rect[1] + rect[3] for rect in rects)
    return (left - place[0], top - place[1], right - left, bottom - top)


def box_of(fragment: Fragment) -> Rect:
    """Return the rectangle around the outermost cards of a fragment, from its origin."""
    records: list[Record] = [*fragment.nodes, *fragment.groups, *fragment.notes]
    roots = [record for record in records if record.group is None]
    left, top = (min(root.position[axis] for root in roots) for axis in (0, 1))
    right, bottom = (
        max(root.position[axis] + item_size(root)[axis] for root in roots) for axis in (0, 1)
    )
    return (left, top, right - left, bottom - top)


def _depth(fragment: Fragment) -> int:
    """Return how many groups lie within each other."""
    parents = {group.id: group.group for group in fragment.groups}
    depths: dict[int | None, int] = {None: 0}

    def depth(group: int) -> int:
        chain = []
        at: int | None = group
        while at not in depths:
            chain.append(at)
            at = parents[at] if at is not None else None
        for step in reversed(chain):
            depths[step] = depths[at] + 1
            at = step
        return depths[group]

    return max((depth(group) for group in parents), default=0)


def _half(position: Point) -> Point:
    """Keep to half of the plane, so that two positions add up to one on it."""
    x, y = (min(max(float(number), -FARTHEST / 2), FARTHEST / 2) for number in position)
    return (x, y)


def _near(record: R) -> R:
    if record.group is not None or _half(record.position) == record.position:
        return record
    return replace(record, position=_half(record.position))


def _unmarked(node: Node, taken: set[str]) -> Node:
    """Leave out marks that are taken."""
    if not taken.intersection(node.marks):
        return node
    return replace(node, marks=tuple(mark for mark in node.marks if mark not in taken))
