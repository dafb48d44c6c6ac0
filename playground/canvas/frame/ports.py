"""Where wires can begin and end: the ports of everything visible, as arrays.

The wires take their ends from here, the connect gesture looks for the nearest port. An n-ary op
has one port more than wires, the new one; a folded group can begin a wire if it has one output,
and takes none, since its inputs are hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.graph.document import Document
from engine.graph.geometry import Size, input_port, output_port
from engine.graph.projection import Item, Projection
from engine.graph.records import Node, Point
from playground.canvas.frame.contents import Contents

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

OUT, NEW = -1, -2
NOTHING: Mapping[int, int] = {}
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


Row = tuple[int, int, int, Point, bool]


def ports_of(
    document: Document,
    projection: Projection,
    index: dict[int, int],
    contents: dict[int, Contents],
) -> Ports:
    """List the ports of all visible items."""
    rows: list[Row] = []
    records, wires = document.records(), document.wires()
    sending = {source for source, targets in document.graph.adjacency() if targets}
    for item in projection.items:
        number = index[item.id]
        if item.kind == "node":
            node = records[item.id]
            wired = wires.get(item.id, NOTHING)
            rows += _node_ports(node, wired, item.id in sending, item, number)
        elif item.kind == "group":
            point = output_port(item.rect[2:])
            rows += [
                (number, node, OUT, point, bool(document.graph.succ[node]))
                for node in contents[item.id].outputs
            ]
    columns = list(zip(*rows, strict=True)) or [()] * 5
    numbers = np.array(columns[0], np.int64)
    return Ports(
        numbers,
        np.array(columns[1], np.int64),
        np.array(columns[2], np.int64),
        np.array(columns[3], np.float64).reshape(-1, 2),
        np.array(columns[4], bool),
        _shared(numbers, np.array(columns[2], np.int64)),
        {(row[1], row[2]): place for place, row in enumerate(rows)},
    )


def _node_ports(
    node: Node, wired: Mapping[int, int], sent: bool, item: Item, number: int
) -> list[Row]:
    count = len(node.ports)
    output, new, inputs = _places(item.rect[2:], count)
    rows: list[Row] = [(number, node.id, OUT, output, sent)]
    for port, place in zip(node.ports, inputs, strict=True):
        rows.append((number, node.id, port, place, port in wired))
    if takes_more(node):
        rows.append((number, node.id, NEW, new, count > 0))
    return rows


@lru_cache(maxsize=256)
def _places(size: Size, count: int) -> tuple[Point, Point, tuple[Point, ...]]:
    """Return where the output, the new port and so many inputs of a pill are."""
    new = _on_pill((0.0, size[1] * (NEW_PORT_DROP if count else 0.5)), size)
    inputs = tuple(_on_pill(input_port(size, place, count), size) for place in range(count))
    return output_port(size), new, inputs


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
