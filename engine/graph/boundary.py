"""What crosses the edge of a group: nodes outside that feed it, nodes inside that lead out.

Projection, canvas, inspector and outline read it. A pure function of wires and of what stands for
each node; nothing here knows how a group is drawn.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.graph.document import Document
from engine.graph.flat import Flags, Flat, Index, flattened
from engine.graph.geometry import shows_ports

MOST_PORTS = 4  # at one edge of a folded group


class Boundary(NamedTuple):
    """The ports of one group, as ids of nodes, ascending.

    `inputs` are the nodes outside that feed something inside; `outputs` those inside that feed
    something outside, feed nothing at all, or carry a mark. A weight of a template whose product
    was deleted is no output: its neuron answers with one number, as before.
    """

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def boundary(document: Document, group: int) -> Boundary:
    """Return what crosses the edge of one group."""
    flat = flattened(document)
    inside = np.isin(flat.group, list(document.subgroups(group)))
    return _boundary(flat, inside, leading_out(flat, np.where(inside, group, flat.ids)))


def boundaries(document: Document, owners: Index) -> dict[int, Boundary]:
    """Return the boundaries of the folded groups that show their ports.

    `owners` are the items that stand for the nodes, in the order of their ids.
    """
    flat = flattened(document)
    out = leading_out(flat, owners)
    return {
        group: _boundary(flat, owners == group, out)
        for group in np.unique(owners[owners != flat.ids]).tolist()
        if group in document.groups and shows_ports(document.groups[group])
    }


def leading_out(flat: Flat, owners: Index) -> Flags:
    """Tell which nodes feed something with another owner, feed nothing, or carry a mark."""
    found = ~flat.sends & ~flat.made
    found[flat.start[owners[flat.start] != owners[flat.end]]] = True
    found[np.searchsorted(flat.ids, list(flat.marked))] = True
    return found


def _boundary(flat: Flat, inside: Flags, out: Flags) -> Boundary:
    crossing = inside[flat.end] & ~inside[flat.start]
    inputs = flat.ids[np.unique(flat.start[crossing])]
    return Boundary(tuple(inputs.tolist()), tuple(flat.ids[inside & out].tolist()))


def bundled(nodes: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the ports at one edge of a folded group, each with the nodes it stands for.

    A few too many are bundled at the last port, "+ 3"; of very many all are one, "16 inputs".
    """
    if len(nodes) <= MOST_PORTS:
        return [(node,) for node in nodes]
    if len(nodes) > 2 * MOST_PORTS:
        return [tuple(nodes)]
    own = MOST_PORTS - 1
    return [*((node,) for node in nodes[:own]), tuple(nodes[own:])]
