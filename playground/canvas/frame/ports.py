"""Where wires can begin and end: the ports of everything visible, as arrays.

The wires take their ends from here, the connect gesture looks for the nearest port. An n-ary op
has one port more than wires, the new one; a folded group can begin a wire if it has one output,
and takes none, since its inputs are hidden.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.graph.document import Document
from engine.graph.geometry import Size, input_port, output_port
from engine.graph.projection import Projection
from engine.graph.records import Node, Point
from playground.canvas.frame.contents import Contents

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

OUT, NEW = -1, -2
NEW_PORT_DROP = 0.93  # how far down the pill the new port of an n-ary op is


@dataclass(frozen=True, slots=True, eq=False)
class Ports:
    """All ports, shape (p,) each.

    Attributes:
        item: the number of the item in its frame; node: the id behind the port.
        port: the port's id, `OUT` for an output, `NEW` for one that grows when it is wired.
        offset: from the item's corner, shape (p, 2).
        shared: whether several outputs of a folded group lie at the same point.
        wired: whether a wire begins or ends there; a new port waits for one if it is the only one.
        first: by (node, port), the row.
    """

    item: Index
    node: Index
    port: Index
    offset: Floats
    wired: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    first: dict[tuple[int, int], int]

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
        elif item.kind == "group":
            outputs = contents[item.id].outputs
            owners += [(index[item.id], node, 1) for node in outputs]
            ports += [OUT] * len(outputs)
            wired += [sends(node) for node in outputs]
            offsets += [np.array([output_port(item.rect[2:])])] * len(outputs)
    table = np.array(owners, np.int64).reshape(-1, 3)
    rows = np.repeat(table[:, :2], table[:, 2], axis=0)
    numbers, nodes, port = rows[:, 0].copy(), rows[:, 1].copy(), np.array(ports, np.int64)
    return Ports(
        numbers,
        nodes,
        port,
        np.concatenate(offsets) if offsets else np.zeros((0, 2)),
        np.array(wired, bool),
        _shared(numbers, port),
        dict(zip(zip(nodes.tolist(), ports, strict=True), range(len(ports)), strict=True)),
    )


@lru_cache(maxsize=256)
def _places(size: Size, count: int, more: bool) -> Floats:
    """Return where the output, so many inputs and perhaps the new port of a pill are."""
    inputs = [_on_pill(input_port(size, place, count), size) for place in range(count)]
    new = _on_pill((0.0, size[1] * (NEW_PORT_DROP if count else 0.5)), size)
    places = np.array([output_port(size), *inputs, *([new] if more else [])])
    places.flags.writeable = False  # all pills of this kind share it
    return places


def _shared(item: Index, port: Index) -> NDArray[np.bool_]:
    outputs = np.bincount(item[port == OUT], minlength=int(item.max(initial=0)) + 1)
    shared: NDArray[np.bool_] = (port == OUT) & (outputs[item] > 1)
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
