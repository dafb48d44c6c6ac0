"""What crosses the edge of a group: nodes outside that feed it, nodes inside that lead out.

Projection, canvas, inspector and outline read it. A pure function of wires and of what stands for
each node; nothing here knows how a group is drawn.
"""

from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.document import Document


class Boundary(NamedTuple):
    """The ports of one group, as ids of nodes, ascending.

    `inputs` are the nodes outside that feed something inside; `outputs` those inside that feed
    something outside, feed nothing at all, or carry a mark.
    """

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def boundary(document: Document, group: int) -> Boundary:
    """Return what crosses the edge of one group."""
    return boundaries(document, dict.fromkeys(document.members(group), group))[group]


def boundaries(document: Document, owner: Mapping[int, int]) -> dict[int, Boundary]:
    """Return the boundaries of all that stands for nodes; `owner` says what does for which.

    Nodes without an owner lie outside of everything. A node that stands for itself has none.
    """
    owners = owner.get
    inputs: dict[int, set[int]] = {thing: set() for node, thing in owner.items() if node != thing}
    outputs: dict[int, set[int]] = {thing: set() for thing in inputs}
    for source, targets in document.graph.adjacency():
        own = owners(source)
        leads_out = not targets
        for target in targets:
            there = owners(target)
            if there != own:
                leads_out = True
                if there in inputs:
                    inputs[there].add(source)
        if own in outputs and (leads_out or document.node(source).marks):
            outputs[own].add(source)
    return {
        thing: Boundary(tuple(sorted(inputs[thing])), tuple(sorted(outputs[thing])))
        for thing in inputs
    }
