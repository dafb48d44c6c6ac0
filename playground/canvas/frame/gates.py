"""What stands beside the ports of folded groups: names, and whose numbers are shown there.

Built with the frame; labels take the names from here, the readings the numbers. A port that stands
for several nodes has a name and no number; the only output of a group is shown large, as the
group's own number.
"""

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray

from engine.explain.groups import port_names
from engine.graph.boundary import bundled
from engine.graph.document import Document
from engine.graph.geometry import gate
from engine.graph.projection import Item, Projection
from engine.graph.records import Point

Floats = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """The ports of folded groups that show numbers, shape (g,) each.

    `item` is the number of the group's item, `node` whose numbers they are, `offset` where the
    port is from the item's corner, (g, 2); `feeds` tells the left edge from the right.
    """

    item: Index
    node: Index
    offset: Floats
    feeds: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Gate:
    """One port: what it is called, its nodes, where it is on the card and on which edge."""

    name: str
    nodes: tuple[int, ...]
    at: Point
    feeds: bool


def gates_at(document: Document, projection: Projection, item: Item) -> list[Gate]:
    """Return the ports of a folded group, those that come in first and the upper before lower."""
    edge = projection.boundaries.get(item.id)
    if edge is None:
        return []
    names = port_names(document, item.id, edge)
    found = []
    for feeds, nodes in ((True, edge.inputs), (False, edge.outputs)):
        bundles = bundled(nodes)
        for place, some in enumerate(bundles):
            name = (
                names[some[0]] if len(some) == 1 else bundle_name(len(some), len(bundles), feeds)
            )
            at = gate(item.rect[2:], place, len(bundles), feeds=feeds)
            found.append(Gate(name, some, at, feeds))
    return found


def bundle_name(count: int, ports: int, feeds: bool) -> str:
    """Return what a port is called that stands for so many nodes, alone or below others."""
    if ports > 1:
        return _("+ {count}").format(count=f"{count:,}")
    words = (
        ngettext("{count:,} input", "{count:,} inputs", count)
        if feeds
        else ngettext("{count:,} output", "{count:,} outputs", count)
    )
    return words.format(count=count)


def gates_of(document: Document, projection: Projection, index: dict[int, int]) -> Gates:
    """List the ports of all folded groups that show the numbers of a node."""
    rows = [
        (index[item.id], gate.nodes[0], *gate.at, gate.feeds)
        for item in projection.items
        if item.id in projection.boundaries
        for gate in gates_at(document, projection, item)
        if len(gate.nodes) == 1 and (gate.feeds or len(projection.boundaries[item.id].outputs) > 1)
    ]
    table = np.array(rows, np.float64).reshape(-1, 5)
    whole: Index = table[:, :2].astype(np.int64)
    return Gates(whole[:, 0], whole[:, 1], table[:, 2:4].copy(), table[:, 4] > 0)
