"""The biases of folded neurons: which parameter is a neuron's, and the tile that shows it.

A bias is the one parameter that is added to, rather than multiplied by, inside a tile; so a
neuron that somebody has changed still has one, or none if it has several such. The frame builder
asks once a frame.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.flat import NONE, flattened
from engine.graph.projection import Projection
from playground.canvas.frame.style import Kind

Index = NDArray[np.int64]
Floats = NDArray[np.float64]

SUM = "add"
CORNER = (-6.0, -6.0)  # of the middle of the square, from the lower left corner of the tile


@dataclass(frozen=True, slots=True, eq=False)
class Biases:
    """The biases that can be seen, shape (b,): the numbers of their tiles, and their ids."""

    item: Index
    node: Index

    def __len__(self) -> int:
        return len(self.item)

    def row(self, node: int) -> int | None:
        """Return the row of a bias, None if it is not seen."""
        rows = np.flatnonzero(self.node == node)
        return int(rows[0]) if len(rows) else None

    def middles(self, rects: Floats) -> Floats:
        """Return the middles of their squares, (b, 2), given the rectangles (n, 4) of items."""
        tiles = rects[self.item]
        middles: Floats = tiles[:, :2] + np.stack((np.zeros(len(tiles)), tiles[:, 3]), axis=1)
        return middles + CORNER


def biases_of(
    document: Document, projection: Projection, index: dict[int, int], kinds: NDArray[np.int8]
) -> Biases:
    """Find the bias of every folded neuron that has one."""
    tiles = {item: number for item, number in index.items() if kinds[number] == Kind.TILE}
    if not tiles:
        return Biases(np.zeros(0, np.int64), np.zeros(0, np.int64))
    flat = flattened(document)
    owner = projection.owners
    weighed = np.zeros(len(flat.ids), bool)
    weighed[flat.end[flat.weight != NONE]] = True
    inside = flat.parameter[flat.start] & (owner[flat.start] == owner[flat.end])
    wires = np.flatnonzero(inside & ~weighed[flat.end])
    found: dict[int, set[int]] = {}
    for start, end in zip(flat.start[wires].tolist(), flat.end[wires].tolist(), strict=True):
        if int(owner[start]) in tiles and document.node(int(flat.ids[end])).op == SUM:
            found.setdefault(tiles[int(owner[start])], set()).add(int(flat.ids[start]))
    single = [(tile, *nodes) for tile, nodes in sorted(found.items()) if len(nodes) == 1]
    table = np.array(single, np.int64).reshape(-1, 2)
    return Biases(table[:, 0].copy(), table[:, 1].copy())
