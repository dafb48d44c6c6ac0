"""Tidying a document: the layered layout, group by group, as positions and as one edit.

What is tidied are things that lie in one group, by the sizes that they have folded; the room that
open groups need is made when they are shown, as always, and their insides are tidied first.  A
drawn frame whose cards are all tidied is one thing among the others, its inside laid out by
itself; frames are fitted to what they held, and notes that stand beside stay.  The
work is in three parts, so that the window can have the middle one done beside it: `chores` reads
the document, `done` computes from plain data, `tidied` makes the edit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import pairwise

import numpy as np

from engine.errors import Refusal
from engine.graph.arrange import outermost
from engine.graph.bends import shifted
from engine.graph.document import Document, Record
from engine.graph.edits import BENDS, Change, Column, Edit
from engine.graph.enclosing import held_by_frames, nest, refitted, union
from engine.graph.geometry import FARTHEST, item_size
from engine.graph.layout import Card, Wire, layout
from engine.graph.notes import Rect, framed, with_content
from engine.graph.records import Bends, Group, Node, Note, Point
from engine.graph.verbs import move

CLOSE = 0.01
TOP = None
OUTSIDE = 0  # no thing has this id


@dataclass(frozen=True, slots=True)
class Chore:
    """The cards of one group, or of a drawn frame, that are to be laid out.

    `whole` if it is all that lies in a group. A frame among the cards becomes as large as its own
    chore, which comes before this one, makes it.
    """

    around: int | None
    cards: tuple[Card, ...]
    wires: tuple[Wire, ...]
    whole: bool = False
    is_frame: bool = False


def chores(
    document: Document, folded: Iterable[int] = (), items: Iterable[int] | None = None
) -> list[Chore] | Refusal:
    """Return what there is to lay out: these items, or (None) everything that is visible.

    Of a single open group the inside is meant; with several things, theirs and themselves. Of a
    drawn frame what it holds is meant.
    """
    folded = frozenset(folded)
    within: dict[int | None, list[Node | Group]] = {}
    records: list[Node | Group] = [*document.nodes(), *document.groups.values()]
    for record in records:
        within.setdefault(record.group, []).append(record)
    everything: dict[int | None, list[Node | Group]] = {TOP: within.get(TOP, [])}
    chosen = everything if items is None else _by_group(document, with_content(document, items))
    for record in [one for some in chosen.values() for one in some]:
        for group in _open(document, record, within, folded):
            chosen[group] = within.get(group, [])
    sizes = {g: len(within.get(g, ())) for g in chosen if g is not TOP}
    filled = {g for g, size in sizes.items() if size == len(chosen[g])}
    ids = {record.id for some in chosen.values() for record in some}
    frames = nest(document, held_by_frames(document), ids)
    things = _things(document, frames, ids)
    wires = _wires(document, frames, things.keys())
    found = []
    for around in sorted(things, key=lambda one: -len(_chain(document, frames, one))):
        cards = tuple(_card(document.record(item), folded) for item in sorted(things[around]))
        is_frame = around in document.notes
        if len(cards) > 1 or is_frame:
            own = tuple(wires.get(around, ()))
            found.append(Chore(around, cards, own, around in filled, is_frame))
    if all(len(chore.cards) < 2 for chore in found):
        return Refusal(_("There is nothing to tidy"), "", _("Select things that lie together"))
    return found


def done(work: Sequence[Chore]) -> dict[int, Point]:
    """Return the new positions of everything; a long computation on plain data alone.

    What fills a group begins at its left edge and is centred around height 0.
    """
    found: dict[int, Point] = {}
    boxes: dict[int, Rect] = {}  # of the frames that are laid out within
    inside: dict[int, list[int]] = {}
    for chore in work:
        cards = [_sized(card, boxes) for card in chore.cards]
        places = layout(cards, chore.wires)
        if chore.whole:
            left = min(x for x, _y in places.values())
            top = min(y for _x, y in places.values())
            bottom = max(places[card.id][1] + card.height for card in cards)
            middle = (top + bottom) / 2
            places = {item: (x - left, y - middle) for item, (x, y) in places.items()}
        for frame in places.keys() & boxes.keys():
            x, y = np.subtract(places[frame], boxes[frame][:2]).tolist()
            found |= {item: (found[item][0] + x, found[item][1] + y) for item in inside[frame]}
        found |= places
        if chore.is_frame and chore.around is not None:
            boxes[chore.around] = framed(
                union((*places[card.id], card.width, card.height) for card in cards)
            )
            inner = [item for frame in places for item in inside.get(frame, ())]
            inside[chore.around] = [*places, *inner]
    return {item: place for item, place in found.items() if item not in boxes}


def tidied(document: Document, positions: Mapping[int, Point]) -> Edit:
    """Put things where the layout wants them, as one edit.

    Bends of wires between things that come to stand otherwise are taken out.
    """
    nodes = [item for item in sorted(positions) if item in document]
    before = [document.node(node).position for node in nodes]
    after = [positions[node] for node in nodes]
    column = Column(
        "position",
        np.array(nodes, np.int64),
        np.array(before, np.float64).reshape(-1, 2),
        np.clip(np.array(after, np.float64).reshape(-1, 2), -FARTHEST, FARTHEST),
    )
    moved = move(document, {i: at for i, at in positions.items() if i not in document})
    changes = [change for change in moved.changes if change.kind != "edge"]
    changes += refitted(document, held_by_frames(document), positions)
    changes += _unbent(document, positions)
    return Edit(_("Tidy"), tuple(changes), None if column.changes_nothing else column)


def _unbent(document: Document, positions: Mapping[int, Point]) -> list[Change]:
    """Take bends along where both ends of a wire go the same way, and out where they do not.

    As when a card is moved, bends stay where only one end is laid out.
    """
    changes = []
    for (target, port), points in sorted(document.bends.items()):
        source = document.wired(target)[port]
        begin, end = ([n, *document.ancestry(document.node(n).group)] for n in (source, target))
        while len(begin) > 1 and len(end) > 1 and begin[-1] == end[-1]:
            begin.pop()
            end.pop()
        if not all(any(item in positions for item in chain) for chain in (begin, end)):
            continue
        (x, y), (other_x, other_y) = (_way(document, positions, chain) for chain in (end, begin))
        after: Bends = ()
        if abs(x - other_x) < CLOSE and abs(y - other_y) < CLOSE:
            after = shifted(points, _way(document, positions, [target]))
        if after != points:
            changes.append(Change("edge", (target, port), BENDS, points, after))
    return changes


def _way(document: Document, positions: Mapping[int, Point], chain: Sequence[int]) -> Point:
    """Return how far a thing comes to lie from where it is, with the groups around it."""
    x = y = 0.0
    for item in chain:
        before = document.record(item).position
        after = positions.get(item, before)
        x, y = x + after[0] - before[0], y + after[1] - before[1]
    return (x, y)


def _by_group(document: Document, items: Iterable[int]) -> dict[int | None, list[Node | Group]]:
    """Return chosen cards by the group they lie in, without what lies in others of them."""
    found: dict[int | None, list[Node | Group]] = {}
    for record in map(document.record, outermost(document, items)):
        if not isinstance(record, Note):
            found.setdefault(record.group, []).append(record)
    return found


def _open(
    document: Document,
    record: Node | Group,
    within: Mapping[int | None, Sequence[Node | Group]],
    folded: frozenset[int],
) -> list[int]:
    """Return an open group and all open groups within it."""
    if isinstance(record, Node) or record.id in folded:
        return []
    found = [record.id]
    for inner in within.get(record.id, ()):
        found += _open(document, inner, within, folded)
    return found


def _things(
    document: Document, frames: Mapping[int, int], cards: Iterable[int]
) -> dict[int | None, set[int]]:
    """Return cards, frames and what else lies in frames by the group or frame they lie in."""
    found: dict[int | None, set[int]] = {}
    for item in {*cards, *frames, *frames.values()}:
        around = frames.get(item, document.record(item).group)
        found.setdefault(around, set()).add(item)
    return found


def _chain(document: Document, frames: Mapping[int, int], item: int | None) -> list[int]:
    """Return a thing, and the frames and groups around it, innermost first."""
    found = []
    while item is not None:
        found.append(item)
        item = frames.get(item, document.record(item).group)
    return found


def _wires(
    document: Document, frames: Mapping[int, int], arounds: Iterable[int | None]
) -> dict[int | None, list[Wire]]:
    """Lift every wire to the things of each group or frame that it joins, enters or leaves."""
    wanted = set(arounds)
    chains = {g: _chain(document, frames, g) for g in (TOP, *document.groups, *document.notes)}
    found: dict[int | None, set[Wire]] = {}
    for source, target, port in document.edges():
        record = document.node(target)
        begin = [source, *chains[frames.get(source, document.node(source).group)]]
        end = [target, *chains[frames.get(target, record.group)]]
        around: int | None = TOP
        while len(begin) > 1 and len(end) > 1 and begin[-1] == end[-1]:
            around = begin.pop()
            end.pop()
        part = _part(record, port) if end[-1] == target else 0.5
        found.setdefault(around, set()).add(Wire(begin[-1], end[-1], part))
        for inner, group in pairwise(begin):
            found.setdefault(group, set()).add(Wire(inner, OUTSIDE))
        for inner, group in pairwise(end):
            found.setdefault(group, set()).add(Wire(OUTSIDE, inner))
    return {
        group: sorted(wires, key=lambda wire: (wire.target, wire.part, wire.source))
        for group, wires in found.items()
        if group in wanted
    }


def _part(record: Node, port: int) -> float:
    """Return where on the left edge of a node a port is, from 0 to 1."""
    count = len(record.ports)
    return record.ports.index(port) / (count - 1) if count > 1 else 0.5


def _sized(card: Card, boxes: Mapping[int, Rect]) -> Card:
    if card.id not in boxes:
        return card
    _x, _y, width, height = boxes[card.id]
    return replace(card, width=width, height=height)


def _card(record: Record, folded: frozenset[int]) -> Card:
    width, height = item_size(record)
    is_open = isinstance(record, Group) and record.id not in folded
    return Card(record.id, width, height, *record.position, is_open)
