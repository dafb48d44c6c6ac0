"""The wires between what is visible: parallel ones joined to bands, each with the wires in it.

The projection calls it with the items that stand for the nodes; nothing here decides where they
stand.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.graph.boundary import Boundary, bundled
from engine.graph.document import Document
from engine.graph.flat import NONE, flattened
from engine.graph.outside import Stub
from engine.graph.records import Bends
from engine.graph.room import Place

Index = NDArray[np.int64]

NOBODY = 0  # what stands for nodes that are not to be seen


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


def wires_between(
    document: Document,
    starts: Index,
    ends: Index,
    ports: dict[int, Boundary],
    stubs: list[Stub],
    places: dict[int | None, Place],
) -> tuple[tuple[Wire, ...], Strands]:
    """Join wires between the same two items, if one of them stands for many nodes, to bands.

    `starts` and `ends` are the items where the wires from and to the nodes begin and end. At a
    folded group that shows its ports, each has bands of its own.
    """
    flat = flattened(document)
    source, target = flat.ids[flat.start], flat.ids[flat.end]
    start, end = starts[flat.start], ends[flat.end]
    single = [stub.id for stub in stubs if stub.only is not None]
    seen = (start != end) & (start != NOBODY) & (end != NOBODY) & ((start > 0) | (end > 0))
    plain = ((start == source) | np.isin(start, single)) & ((end == target) | np.isin(end, single))
    many = np.ones(len(plain), np.int64)
    rows = np.flatnonzero(seen & ~plain)
    keys = [start[rows], end[rows], *_slots(ports, start[rows], end[rows], source[rows])]
    _keys, first, band, count = np.unique(
        _numbered(keys), return_index=True, return_inverse=True, return_counts=True
    )
    many[rows[first]] = count
    shown = np.sort(np.concatenate((np.flatnonzero(seen & plain), rows[first])))
    joined = count[band] > 1
    wire = np.searchsorted(shown, rows[first[band[joined]]])
    order = np.argsort(wire, kind="stable")
    strand = rows[joined][order]
    strands = Strands(wire[order], target[strand], flat.port[strand], flat.weight[strand])
    weight = np.where(many == 1, flat.weight, NONE)
    columns = (start, end, source, target, flat.port, many, weight)
    found = [
        Wire(a, b, s, t, port, k, w if w != NONE else None)
        for a, b, s, t, port, k, w in zip(*(c[shown].tolist() for c in columns), strict=True)
    ]
    if document.bends:
        found = [_bent(document, wire, places) for wire in found]
    return tuple(found), strands


def _slots(
    ports: dict[int, Boundary], start: Index, end: Index, source: Index
) -> tuple[Index, Index]:
    """Return at which port of a folded group each wire begins, and at which it ends, else 0."""
    leave, enter = np.zeros(len(source), np.int64), np.zeros(len(source), np.int64)
    for group, edge in ports.items():
        for slots, rows, nodes in (
            (leave, np.flatnonzero(start == group), edge.outputs),
            (enter, np.flatnonzero(end == group), edge.inputs),
        ):
            for place, some in enumerate(bundled(nodes)):
                slots[rows[np.isin(source[rows], some)]] = place
    return leave, enter


def _numbered(columns: Iterable[Index]) -> Index:
    """Return numbers that are equal where all columns are."""
    found = np.zeros(1, np.int64)
    for column in columns:
        _values, number = np.unique(column, return_inverse=True)
        found = found * (len(_values) + 1) + number
    return found


def _bent(document: Document, wire: Wire, places: dict[int | None, Place]) -> Wire:
    """Return a wire with its bends where they are shown, if both its ends are to be seen."""
    plain = (wire.source, wire.target) == (wire.source_node, wire.target_node)
    bends = document.bends.get((wire.target, wire.port), ()) if plain else ()
    place = places[document.node(wire.target).group] if bends else None
    return (
        wire._replace(bends=tuple(place.shown(wire.target, *p) for p in bends)) if place else wire
    )
