"""Giving a network other widths, activations, inputs or initial weights, and keeping the rest.

A network is what a template made, with slots on its nodes.  Reshaping adds the slots that only the
new arguments call for, removes those that only the old ones called for, and touches nothing else:
weights that survive keep their numbers, and what was deleted stays deleted.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from gettext import gettext as _
from itertools import count
from random import Random
from typing import Any

import networkx as nx

from engine.errors import Refusal
from engine.graph.document import Document, Record
from engine.graph.draft import Draft
from engine.graph.edits import Edit
from engine.graph.feeding import network_inputs
from engine.graph.geometry import group_origin
from engine.graph.lost import Lost, losses
from engine.graph.networks import COLUMN, ROW
from engine.graph.parts import DEPTHS, Parts, parts, roots
from engine.graph.records import Group, Node, Point
from engine.graph.regrow import Regrowth
from engine.graph.rules import can_connect, upstream
from engine.graph.settle import settle
from engine.graph.shape import shape_of, target_of
from engine.graph.templates import MOST_SCALARS, TEMPLATES

SOURCES = "sources"  # beside the arguments of the template: what is to feed inputs that are added


@dataclass(frozen=True, slots=True)
class Reshape:
    """What reshaping would do: the edit, how many scalars come and go, and what would be lost."""

    edit: Edit
    added: int
    removed: int
    lost: tuple[Lost, ...]


def reshape(document: Document, group: int, arguments: Mapping[str, Any]) -> Reshape | Refusal:
    """Change arguments of a neuron, a layer or an MLP, as far as they are given.

    In a network, the groups around follow.  `sources` may name nodes to feed inputs that are
    added; without, they are features that do not feed the network yet, made if need be.
    """
    record = document.groups.get(group)
    refusal = _check(document, record, group, arguments)
    if refusal is not None or record is None:
        return refusal or Refusal("")
    network = parts(document, roots(document)[group])
    shape = shape_of(document, network)
    if isinstance(shape, Refusal):
        return shape
    sources = tuple(arguments.get(SOURCES, ()))
    changed = {key: value for key, value in arguments.items() if key != SOURCES}
    if sources and "inputs" not in changed:
        changed["inputs"] = shape.inputs + len(sources)
    target = target_of(document, network, shape, group, changed)
    if isinstance(target, Refusal):
        return target
    work = Regrowth(Draft(document), network, shape, target, document.next_id)
    feeds = _feeds(work, target.shape.inputs, sources)
    if isinstance(feeds, Refusal):
        return feeds
    # A stream of its own, so that what is added never repeats what is there.
    work.grow(feeds, Random(f"{document.seeds.init} {document.next_id}"))
    return _finish(work, group)


def _check(
    document: Document, record: Group | None, group: int, arguments: Mapping[str, Any]
) -> Refusal | None:
    if record is None:
        return Refusal(_("There is no group #{id}").format(id=group))
    template = TEMPLATES.get(record.template or "")
    if template is None or template.key not in DEPTHS:
        return Refusal(
            _("{label} cannot be reshaped").format(label=record.label),
            _("only neurons, layers and MLPs that a template made have a shape"),
            _("Change what is inside it"),
            (group,),
        )
    known = {argument.key for argument in template.arguments} | {SOURCES}
    for key in arguments:
        if key not in known:
            return Refusal(
                _("{label} has no argument {key!r}").format(label=record.label, key=key)
            )
    for source in arguments.get(SOURCES, ()):
        if source not in document:
            return Refusal(_("There is no node #{id}").format(id=source))
    return None


# Inputs ------------------------------------------------------------------------------------------


def _feeds(work: Regrowth, wanted: int, sources: Sequence[int]) -> list[int | None] | Refusal:
    """Return what is to feed each input; leaves that are made for it are sketched."""
    present = work.feeds()
    more = wanted - len(present)
    if more <= 0:
        return present[:wanted]
    if not sources:
        known = network_inputs(work.draft.document)
        free = [node for node in known if node not in present][:more]
        return [*present, *free, *_new_features(work, present, more - len(free))]
    if len(sources) != more:
        return Refusal(
            _("{more} inputs are added, and {given} nodes are to feed them").format(
                more=more, given=len(sources)
            )
        )
    return _uncircular(work, sources) or [*present, *sources]


def _uncircular(work: Regrowth, sources: Sequence[int]) -> Refusal | None:
    """Return why one of these cannot feed the network: it is computed from it."""
    document = work.draft.document
    sums = [work.parts.node(0, unit, 0, "sum") for unit in range(work.old.widths[0])]
    for source in sources:
        above = upstream(document, source)
        for total in sums:
            if total in above:
                return can_connect(document, source, total)
    return None


def _new_features(work: Regrowth, present: Sequence[int | None], wanted: int) -> Iterator[int]:
    """Sketch features below those that feed the network already, else left of it."""
    document = work.draft.document
    root = document.groups[work.parts.root]
    taken = {n.index for n in document.records().values() if n.role == "feature"}
    numbers = (number for number in count() if number not in taken)
    beside = [document.node(feed) for feed in present if feed is not None]
    places = [node.position for node in beside if node.group == root.group]
    x, y = max(places, key=lambda place: place[1], default=(root.position[0] - COLUMN, None))
    y = root.position[1] - ROW if y is None else y
    for row in range(wanted):
        number = next(numbers)
        yield work.sketch.value(
            f"x{number + 1}",
            1.0,
            (x, y + (row + 1) * ROW),
            role="feature",
            index=number,
            group=root.group,
        )


# The end -----------------------------------------------------------------------------------------


def _finish(work: Regrowth, group: int) -> Reshape | Refusal:
    """Remove what goes, keep what is the user's, make room, and say what it comes to."""
    draft, document = work.draft, work.draft.document
    lost = tuple(losses(work))
    draft.drop(work.gone)
    _close(work)
    settle(work)
    label = draft.group(group).label
    edit = draft.edit(_("Reshape {label}").format(label=label))
    added = sum(isinstance(record, Node) for record in draft.created())
    if added and len(document) + added - len(work.gone) > MOST_SCALARS:
        return Refusal(_("That would be more than {most:,} scalars").format(most=MOST_SCALARS))
    return _circle(work) or Reshape(edit, added, len(work.gone), lost)


def _close(work: Regrowth) -> None:
    """Remove groups of what is gone; what is left in them goes to the nearest that stays."""
    draft, document = work.draft, work.draft.document
    emptied = {document.node(node).group for node in work.gone}
    closed = work.closed
    inner = _children(document, work.parts)
    for item in sorted(emptied - closed - {None}, key=lambda g: -len(document.ancestry(g))):
        _close_empty(work, item, inner)
    for item in closed:
        draft.remove(item)
        left = [i for i in inner[item] if i not in work.gone and i not in closed]
        around, off = _outside(document, item, closed)
        for inside in left:
            draft.lift(inside, around, off)


def _outside(document: Document, item: int, closed: Set[int]) -> tuple[int | None, Point]:
    """Return the nearest group around one that stays, and where the inside of that one begins."""
    around: int | None = item
    x = y = 0.0
    while around is not None and around in closed:
        group = document.groups[around]
        dx, dy = group_origin(group)
        around, x, y = group.group, x + dx, y + dy
    return around, (x, y)


def _close_empty(work: Regrowth, item: int | None, inner: Mapping[int, Sequence[int]]) -> None:
    """Close plain groups that hold nothing any more, from the inside out."""
    document = work.draft.document
    while item is not None and item in inner and document.groups[item].template is None:
        if any(i not in work.gone and i not in work.closed for i in inner[item]):
            return
        work.closed.add(item)
        item = document.groups[item].group


def _children(document: Document, network: Parts) -> dict[int, list[int]]:
    """Return all that lies directly in each group of a network."""
    found = {group: list(members) for group, members in network.members.items()}
    records: list[Record] = [*document.groups.values(), *document.notes.values()]
    for record in records:
        if record.group in found:
            found[record.group].append(record.id)
    return found


def _circle(work: Regrowth) -> Refusal | None:
    """Return which node would feed itself, as wires drawn by hand may have it."""
    draft = work.draft
    waiting = [target for _source, (target, _port) in draft.wires()]
    near: dict[int, set[int]] = {}
    while waiting:
        node = waiting.pop()
        if node not in near:
            near[node] = {target for target, _port in draft.consumers(node)}
            waiting += near[node]
    graph = nx.DiGraph(near)
    if nx.is_directed_acyclic_graph(graph):
        return None
    ends = set(nx.find_cycle(graph)[0])
    nodes = tuple(sorted(node for node in ends if node in draft.document))
    return Refusal(
        _("{label} would feed itself").format(label=draft.group(work.parts.root).label),
        _("a wire drawn by hand leads back to what the new parts are fed from"),
        _("Take that wire off first"),
        nodes,
    )
