"""Tidying a document: the layered layout, group by group, as positions and as one edit.

What is tidied are things that lie in one group, by the sizes that they have folded; the room that
open groups need is made when they are shown, as always, and their insides are tidied first.  The
work is in three parts, so that the window can have the middle one done beside it: `chores` reads
the document, `done` computes from plain data, `tidied` makes the edit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from itertools import pairwise

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Column, Edit
from engine.graph.geometry import FARTHEST, item_size
from engine.graph.layout import Card, Wire, layout
from engine.graph.records import Group, Node, Point

TOP = None
OUTSIDE = 0  # no thing has this id


@dataclass(frozen=True, slots=True)
class Chore:
    """The cards of one group that are to be laid out; `whole` if it is all that lies in there."""

    group: int | None
    cards: tuple[Card, ...]
    wires: tuple[Wire, ...]
    whole: bool


def chores(
    document: Document, folded: Iterable[int] = (), items: Iterable[int] | None = None
) -> list[Chore] | Refusal:
    """Return what there is to lay out: these items, or (None) everything that is visible.

    Of a single open group the inside is meant; with several things, theirs and themselves.
    """
    folded = frozenset(folded)
    within: dict[int | None, list[Node | Group]] = {}
    records: list[Node | Group] = [*document.nodes(), *document.groups.values()]
    for record in records:
        within.setdefault(record.group, []).append(record)
    everything: dict[int | None, list[Node | Group]] = {TOP: within.get(TOP, [])}
    chosen = everything if items is None else _by_group(document, items)
    for record in [one for some in chosen.values() for one in some]:
        for group in _open(document, record, within, folded):
            chosen[group] = within.get(group, [])
    wires = _wires(document, chosen.keys())
    found = []
    for around, some in chosen.items():
        if len(some) > 1:
            cards = tuple(_card(record) for record in sorted(some, key=lambda one: one.id))
            whole = around is not TOP and len(some) == len(within[around])
            found.append(Chore(around, cards, tuple(wires.get(around, ())), whole))
    if not found:
        return Refusal(
            _("There is nothing to tidy"), "", _("Select at least two things, or nothing at all")
        )
    return found


def done(work: Sequence[Chore]) -> dict[int, Point]:
    """Return the new positions of everything; a long computation on plain data alone.

    What fills a group begins at its left edge and is centred around height 0.
    """
    found: dict[int, Point] = {}
    for chore in work:
        places = layout(chore.cards, chore.wires)
        if chore.whole:
            left = min(x for x, _y in places.values())
            top = min(y for _x, y in places.values())
            bottom = max(places[card.id][1] + card.height for card in chore.cards)
            middle = (top + bottom) / 2
            places = {item: (x - left, y - middle) for item, (x, y) in places.items()}
        found |= places
    return found


def tidied(document: Document, positions: Mapping[int, Point]) -> Edit:
    """Put things where the layout wants them, as one edit."""
    nodes = [item for item in sorted(positions) if item in document]
    before = [document.node(node).position for node in nodes]
    after = [positions[node] for node in nodes]
    column = Column(
        "position",
        np.array(nodes, np.int64),
        np.array(before, np.float64).reshape(-1, 2),
        np.clip(np.array(after, np.float64).reshape(-1, 2), -FARTHEST, FARTHEST),
    )
    changes = tuple(
        Change("group", item, "position", group.position, positions[item])
        for item, group in sorted(document.groups.items())
        if item in positions and positions[item] != group.position
    )
    return Edit(_("Tidy"), changes, None if column.changes_nothing else column)


def _by_group(document: Document, items: Iterable[int]) -> dict[int | None, list[Node | Group]]:
    """Return chosen things by the group they lie in, without what lies in others of them."""
    chosen = set(items)
    found: dict[int | None, list[Node | Group]] = {}
    for item in sorted(chosen):
        record = document.groups.get(item) or document.node(item)
        if not chosen.intersection(document.ancestry(record.group)):
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


def _wires(document: Document, groups: Iterable[int | None]) -> dict[int | None, list[Wire]]:
    """Lift every wire to the things of each group that it joins, enters or leaves."""
    wanted = set(groups)
    chains: dict[int | None, list[int]] = {
        group: document.ancestry(group) for group in (TOP, *document.groups)
    }
    found: dict[int | None, set[Wire]] = {}
    for source, target, port in document.edges():
        record = document.node(target)
        begin = [source, *chains[document.node(source).group]]
        end = [target, *chains[record.group]]
        while len(begin) > 1 and len(end) > 1 and begin[-1] == end[-1]:
            begin.pop()
            end.pop()
        around = _parent(document, begin[-1])
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


def _parent(document: Document, item: int) -> int | None:
    return (document.groups.get(item) or document.node(item)).group


def _card(record: Node | Group) -> Card:
    width, height = item_size(record)
    return Card(record.id, width, height, *record.position)
