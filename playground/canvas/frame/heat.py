"""How hot everything is: the size of each gradient beside the largest, in steps.

The steps are those of a logarithm, since gradients of one graph lie decades apart. A folded group
is as hot as the hottest node in it, a wire as what it adds to the gradient of its source. Nothing
here paints; the painters take their shades from it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.run.result import Result
from playground.canvas.frame.build import Frame

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Index = NDArray[np.int64]

SHADES = 8
DECADES = 3.0  # below the largest; what is smaller still has the faintest shade
UNREACHED = -1
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """How hot the n items and w wires of a frame are.

    Attributes:
        items, wires: from 1 to SHADES, 0 for a gradient of zero, UNREACHED where none comes.
        largest: the gradient that has the darkest shade, without its sign.
    """

    items: Levels
    wires: Levels
    largest: float


class Thermometer:
    """Measures results for one frame; remembers where in a result its items stand."""

    def __init__(self, document: Document, frame: Frame) -> None:
        self._document = document
        self._frame = frame
        self._known: Result | None = None
        self._owner: Index = np.zeros(0, np.int64)
        self._edge: Index = np.zeros(0, np.int64)

    def read(self, result: Result | None) -> Heat:
        """Return how hot everything is; without a result nothing is reached."""
        items, wires = len(self._frame), len(self._frame.wires)
        if result is None or not len(result.gradient):
            return Heat(np.full(items, -1, np.int8), np.full(wires, -1, np.int8), 0.0)
        if self._known is None or self._known.row is not result.row:
            self._find(result)
        told = result.reached & result.computed & np.isfinite(result.gradient)
        size = np.where(told, np.abs(result.gradient), -1.0)
        largest = max(float(size.max(initial=0.0)), 0.0)
        passed = np.abs(result.contribution)
        passed = np.where(np.isfinite(passed) & told[self._target], passed, -1.0)
        return Heat(
            levels(_largest(size, self._owner, items), largest),
            levels(_largest(passed, self._edge, wires), largest),
            largest,
        )

    def _find(self, result: Result) -> None:
        """Find the item that stands for each row, and the wire that stands for each edge."""
        frame = self._frame
        self._known = result
        owner, index = frame.projection.owner, frame.index
        items = {node: index[item] for node, item in owner.items()}
        self._owner = np.array([items.get(node, NONE) for node in result.ids.tolist()], np.int64)
        wires = frame.wires
        keys = {key: row for row, key in enumerate(wires.keys(np.arange(len(wires))))}
        pairs = zip(wires.start.tolist(), wires.end.tolist(), strict=True)
        bands = {pair: row for row, pair in enumerate(pairs) if wires.count[row] > 1}
        self._edge = np.full(len(result.contribution), NONE, np.int64)
        self._target = np.zeros(len(result.contribution), np.int64)
        for source, target, port in self._document.edges():
            edge = result.edge_row.get((target, port))
            if edge is not None:
                wire = keys.get((target, port), NONE)
                self._edge[edge] = bands.get((items[source], items[target]), wire)
                self._target[edge] = result.row[target]


def levels(size: Floats, largest: float) -> Levels:
    """Return the step of each size beside the largest; negative sizes are not reached."""
    level = np.zeros(len(size))
    some = size > 0
    if largest > 0:
        share = 1.0 + np.log10(size[some] / largest) / DECADES
        level[some] = np.clip(np.ceil(share * SHADES), 1, SHADES)
    level[size < 0] = UNREACHED
    return level.astype(np.int8)


def _largest(size: Floats, where: Index, count: int) -> Floats:
    """Return the largest size at each of `count` places, -1 where there is none."""
    found = np.full(count, -1.0)
    known = where != NONE
    np.maximum.at(found, where[known], size[known])
    return found
