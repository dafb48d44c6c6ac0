"""How hot everything is: the size of each gradient beside the largest, in steps.

The steps are those of a logarithm, since gradients of one graph lie decades apart; the scale spans
what there is, up to three decades, so that the few of a small graph are told apart. A folded group
is as hot as the hottest node in it, a wire as what it adds to the gradient of its source; or, when
it is asked whose gradient it is, as its weight, if that is folded away. Nothing here paints; the
painters take their shades from it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.run.result import Result
from playground.canvas.frame.build import Frame

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Index = NDArray[np.int64]

SHADES = 8
SPANS = (0.5, 1.0, 2.0, 3.0)  # decades below the largest; what is smaller has the faintest shade
SLACK = (
    0.8  # of a narrower span must hold everything before the scale narrows: it must not flicker
)
UNREACHED = -1
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """How hot the n items and w wires of a frame are.

    Attributes:
        items, wires: from 1 to SHADES, 0 for a gradient of zero, UNREACHED where none comes.
        largest: the gradient that has the darkest shade, without its sign.
        decades: how far below it the shades go.
    """

    items: Levels
    wires: Levels
    largest: float
    decades: float = SPANS[-1]


class Thermometer:
    """Measures results for one frame; remembers where in a result its items stand.

    With `weights`, wires are as hot as the weights that they hide.
    """

    def __init__(self, frame: Frame, *, weights: bool = False) -> None:
        self._frame = frame
        self._weights = weights
        self._known: Result | None = None
        self._decades = 0.0
        self._owner: Index = np.zeros(0, np.int64)
        self._edge: Index = np.zeros(0, np.int64)
        self._weight: Index = np.zeros(0, np.int64)
        self._weighed = np.zeros(0, np.bool_)

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
        hot, flow = _largest(size, self._owner, items), _largest(passed, self._edge, wires)
        if self._weights:
            weights = _largest(size, self._weight, wires)
            flow = np.where(self._weighed, weights, flow)
        decades = self._decades = span(np.append(hot, flow), largest, self._decades)
        return Heat(
            levels(hot, largest, decades), levels(flow, largest, decades), largest, decades
        )

    def _find(self, result: Result) -> None:
        """Find the item that stands for each row, and the wire that stands for each edge."""
        frame = self._frame
        self._known = result
        owner, index = frame.projection.owner, frame.index
        items = {node: index[item] for node, item in owner.items()}
        self._owner = np.array([items.get(node, NONE) for node in result.ids.tolist()], np.int64)
        wires = frame.wires
        rows = {key: row for row, key in enumerate(wires.keys(np.arange(len(wires))))}
        strands = wires.strands
        ends = zip(strands.target.tolist(), strands.port.tolist(), strict=True)
        rows |= dict(zip(ends, strands.wire.tolist(), strict=True))
        self._edge = np.full(len(result.contribution), NONE, np.int64)
        self._target = np.zeros(len(result.contribution), np.int64)
        for wire, edge in result.edge_row.items():
            self._edge[edge] = rows.get(wire, NONE)
            self._target[edge] = result.row[wire[0]]
        if self._weights:
            self._find_weights(result)

    def _find_weights(self, result: Result) -> None:
        """Find the wire that hides each row's weight, and which wires hide one."""
        wires = self._frame.wires
        strands = wires.strands
        nodes = np.concatenate((wires.weight, strands.weight))
        where = np.concatenate((np.arange(len(wires)), strands.wire))
        self._weight = np.full(len(result.gradient), NONE, np.int64)
        for node, wire in zip(nodes.tolist(), where.tolist(), strict=True):
            row = result.row.get(node)
            if row is not None:
                self._weight[row] = wire
        self._weighed = np.isin(np.arange(len(wires)), self._weight)


def span(size: Floats, largest: float, before: float = 0.0) -> float:
    """Return the decades from the largest down to the smallest size that is not zero, rounded up.

    It narrows from what it was `before` only if there is room to spare: numbers that hover around
    a limit, as in training, leave it alone.
    """
    some = size[size > 0]
    wanted = float(np.log10(largest / some.min())) if len(some) else 0.0
    fitting = next((one for one in SPANS if wanted <= one), SPANS[-1])
    narrows = fitting < before and wanted > SLACK * fitting
    return before if narrows else fitting


def levels(size: Floats, largest: float, decades: float = SPANS[-1]) -> Levels:
    """Return the step of each size beside the largest; negative sizes are not reached."""
    level = np.zeros(len(size))
    some = size > 0
    if largest > 0:
        share = 1.0 + np.log10(size[some] / largest) / decades
        level[some] = np.clip(np.ceil(share * SHADES), 1, SHADES)
    level[size < 0] = UNREACHED
    return level.astype(np.int8)


def _largest(size: Floats, where: Index, count: int) -> Floats:
    """Return the largest size at each of `count` places, -1 where there is none."""
    found = np.full(count, -1.0)
    known = where != NONE
    np.maximum.at(found, where[known], size[known])
    return found
