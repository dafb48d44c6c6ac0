"""How hot everything is: the size of each gradient beside the largest, in steps.

The steps are those of a logarithm, since gradients of one graph lie decades apart; the scale spans
what there is, up to three decades, so that the few of a small graph are told apart. A folded group
is as hot as the hottest node in it, a wire as what it adds to the gradient of its source; or, when
it is asked whose gradient it is, as its weight, if that is folded away. Nothing here paints; the
painters take their shades from it.
"""

from collections.abc import Iterable
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
        """Find the item that stands for each row, and the wire that stands for each edge.

        There may be hundreds of thousands of both, so it is done over arrays.
        """
        frame, wires, strands = self._frame, self._frame.wires, self._frame.wires.strands
        self._known = result
        owner = frame.projection.owner
        nodes, items = _column(owner), _column(owner.values())
        numbers = _found(frame.ids, np.arange(len(frame)), items)
        self._owner = _found(nodes, numbers, result.ids)
        ends = np.array(list(result.edge_row), np.int64).reshape(-1, 2)
        where = _column(result.edge_row.values())
        ports = (strands.port, wires.port, ends[:, 1])
        base = 1 + max((int(some.max(initial=0)) for some in ports), default=0)
        rows = np.concatenate((strands.wire, np.arange(len(wires))))
        keys = np.concatenate((strands.target, wires.target)) * base
        keys += np.concatenate((strands.port, wires.port))
        self._edge = np.full(len(result.contribution), NONE, np.int64)
        self._edge[where] = _found(keys, rows, ends[:, 0] * base + ends[:, 1])
        self._target = np.zeros(len(result.contribution), np.int64)
        self._target[where] = _found(result.ids, np.arange(len(result.ids)), ends[:, 0])
        if self._weights:
            hidden = np.concatenate((strands.weight, wires.weight))
            self._weight = _found(hidden, rows, result.ids)
            self._weighed = np.isin(np.arange(len(wires)), self._weight)


def _column(numbers: Iterable[int]) -> Index:
    return np.fromiter(numbers, np.int64)


def _found(keys: Index, values: Index, wanted: Index) -> Index:
    """Return the value that stands beside each wanted key, the first of several, NONE for none."""
    if not len(keys):
        return np.full(len(wanted), NONE, np.int64)
    order = np.argsort(keys, kind="stable")
    places = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    found: Index = np.where(keys[order[places]] == wanted, values[order[places]], NONE)
    return found


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
