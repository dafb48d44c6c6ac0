"""Where wires can begin and end: the ports of everything visible, as arrays.

The wires take their ends from here, the connect gesture looks for the nearest port. An n-ary op
has one port more than wires, the new one. A folded group can begin a wire at each of its outputs
but for bundles, and takes none, since its inputs are hidden: its entries only show what comes in.
A stub has the ports of the node outside that it stands for, as far as the inside is wired to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.graph.boundary import bundled
from engine.graph.document import Document
from engine.graph.geometry import Size, gate, input_port, output_port
from engine.graph.projection import Item, Projection
from engine.graph.records import Node, Point
from playground.canvas.frame.contents import Contents

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

OUT, NEW, ENTRY = -1, -2, -3
NEW_PORT_DROP = 0.93  # how far down the pill the new port of an n-ary op is


@dataclass(frozen=True, slots=True, eq=False)
class Ports:
    """All ports, shape (p,) each.

    Attributes:
        item: the number of the item in its frame; node: the id behind the port.
        port: the port's id, `OUT` for an output, `NEW` for one that grows when it is wired,
            `ENTRY` where a node, from outside, enters a folded group.
        offset: from the item's corner, shape (p, 2).
        shared: whether no wire can be taken there: an entry, or several outputs at one point.
        wired: whether a wire begins or ends there; a new port waits for one if it is the only one.
        first: by (node, port), the row; entries: by (item, node).
    """

    item: Index
    node: Index
    port: Index
    offset: Floats
    wired: Flags
    shared: Flags
    first: dict[tuple[int, int], int]
    entries: dict[tuple[int, int], int]

    def __len__(self) -> int:
        return len(self.item)


def ports_of(
    document: Document,
    projection: Projection,
    index: dict[int, int],
    contents: dict[int, Contents],
) -> Ports:
    """List the ports of all visible items."""
    sends = document.graph.sends
    owners: list[tuple[int, int, int]] = []  # item, node, and how many ports follow each other
    ports: list[int] = []
    wired: list[bool] = []
    offsets: list[Floats] = []
    for item in projection.items:
        if item.kind == "node":
            node = document.node(item.id)
            more, taken = takes_more(node), document.wired(item.id)
            names = (OUT, *node.ports, NEW) if more else (OUT, *node.ports)
            owners.append((index[item.id], item.id, len(names)))
            ports += names
            wired.append(sends(item.id))
            wired += [port in taken for port in node.ports]
            if more:
                wired.append(len(node.ports) > 0)
            offsets.append(_places(item.rect[2:], len(node.ports), more))
        elif item.kind in ("group", "stub"):
            found = (
                _of_stub(document, projection, item)
                if item.kind == "stub"
                else _of_group(document, projection, contents, item)
            )
            for behind, name, place, is_wired in found:
                owners.append((index[item.id], behind, 1))
                ports.append(name)
                wired.append(is_wired)
                offsets.append(np.array([place]))
    table = np.array(owners, np.int64).reshape(-1, 3)
    rows = np.repeat(table[:, :2], table[:, 2], axis=0)
    numbers, nodes, port = rows[:, 0].copy(), rows[:, 1].copy(), np.array(ports, np.int64)
    offset = np.concatenate(offsets) if offsets else np.zeros((0, 2))
    keys = list(zip(nodes.tolist(), ports, strict=True))
    items = np.array([item.id for item in projection.items], np.int64)
    entering = np.flatnonzero(port == ENTRY)
    entries = zip(items[numbers[entering]].tolist(), nodes[entering].tolist(), strict=True)
    return Ports(
        numbers,
        nodes,
        port,
        offset,
        np.array(wired, bool),
        _shared(numbers, port, offset),
        {key: row for row, key in enumerate(keys) if key[1] != ENTRY},
        dict(zip(entries, entering.tolist(), strict=True)),
    )


Rows = Iterator[tuple[int, int, Point, bool]]  # node, port, place, and whether it is wired


def _of_group(
    document: Document, projection: Projection, contents: dict[int, Contents], item: Item
) -> Rows:
    """Return the ports of a folded group: all at one point, or those at its edges."""
    inside, size, sends = contents[item.id], item.rect[2:], document.graph.sends
    if item.id not in projection.boundaries:
        for node in inside.outputs:
            yield node, OUT, output_port(size), sends(node)
        return
    for port, nodes in ((ENTRY, inside.inputs), (OUT, inside.outputs)):
        bundles = bundled(nodes)
        for place, some in enumerate(bundles):
            at = gate(size, place, len(bundles), feeds=port == ENTRY)
            for node in some:
                yield node, port, at, port == ENTRY or sends(node)


def _of_stub(document: Document, projection: Projection, item: Item) -> Rows:
    """Return the ports of a stub: outputs that feed the inside, or inputs that it feeds."""
    stub, size = projection.stubs[item.id], item.rect[2:]
    if stub.feeds:
        for node in stub.nodes:
            yield node, OUT, output_port(size), True
    elif stub.only is not None:
        ends = _fed_from(document, projection, stub.only)
        for place, port in enumerate(ends):
            yield stub.only, port, input_port(size, place, len(ends)), True


def _fed_from(document: Document, projection: Projection, node: int) -> list[int]:
    """Return the ports of a node outside that something inside is wired to."""
    wired = document.wired(node)
    inside = projection.owner
    return [
        port
        for port in document.node(node).ports
        if port in wired and inside.get(wired[port], 0) > 0
    ]


@lru_cache(maxsize=256)
def _places(size: Size, count: int, more: bool) -> Floats:
    """Return where the output, so many inputs and perhaps the new port of a pill are."""
    inputs = [_on_pill(input_port(size, place, count), size) for place in range(count)]
    new = _on_pill((0.0, size[1] * (NEW_PORT_DROP if count else 0.5)), size)
    places = np.array([output_port(size), *inputs, *([new] if more else [])])
    places.flags.writeable = False  # all pills of this kind share it
    return places


def _shared(item: Index, port: Index, offset: Floats) -> Flags:
    """Tell which ports are entries, or outputs that lie at the same point as others."""
    shared: Flags = port == ENTRY
    out = np.flatnonzero(port == OUT)
    if len(out):
        where = np.stack((item[out], offset[out, 1]), axis=1)
        _points, place, count = np.unique(where, axis=0, return_inverse=True, return_counts=True)
        shared[out[count[place.ravel()] > 1]] = True
    return shared


def takes_more(node: Node) -> bool:
    """Whether a node grows a port for every wire."""
    op = ops.get(node.op)
    return op is not None and op.variadic


def _on_pill(point: Point, size: tuple[float, float]) -> Point:
    """Move a point of the left edge onto the round end of a pill."""
    radius = size[1] / 2
    away = point[1] - radius
    return (radius - (radius**2 - away**2) ** 0.5, point[1])
