"""What every card says just now: its number and gradient, or why there is none.

Made anew for every result, from arrays alone; the frame stays as it is. Knows the engine's
`Result` and nothing of painting.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.run.result import Result
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import State

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]
States = NDArray[np.uint8]

NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Numbers of the n items of a frame, and of its w wires.

    Attributes:
        value, slope: the numbers; value_state, slope_state: of `State`; shape (n,).
        incomplete: whether an input is missing somewhere before it; shape (n,).
        strange: whether its value or gradient is not finite; shape (n,).
        waiting: whether a pass under way has not come to it: to its value, or, once all of those
            are computed, to its gradient; shape (n,).
        peak: the largest finite gradient on any value, without its sign.
        weight: the weight of each wire, of a band their mean; nan if it has none; shape (w,).
        strands: the weight of each wire that is joined to a band, nan if it has none; shape (s,).
        bias: the numbers of the frame's biases; shape (b,).
        partial: the local derivative along each wire, nan if it has none; shape (w,).
        reached: whether the gradient flows through each wire; shape (w,).
        cells: the number behind each place of a map, nan if there is none; shape (c,).
        result: where the numbers come from, for those who need a few that no item shows.
        gates: values and gradients at the g ports of folded groups that show them.
        rows: where in the result each item's number stands, -1 if nowhere; shape (n,).
    """

    value: Floats
    slope: Floats
    value_state: States
    slope_state: States
    incomplete: Flags
    strange: Flags
    waiting: Flags
    peak: float
    weight: Floats
    partial: Floats
    reached: Flags
    strands: Floats
    cells: Floats
    bias: Floats
    gates: "Pairs"
    result: Result | None
    rows: Index

    def numbers(self, by_row: Floats) -> Floats:
        """Return what items would say if the result had other numbers, (rows,); shape (n,)."""
        return _taken(by_row, self.rows)

    def told(self, by_row: Flags) -> Flags:
        """Return flags of items out of flags of the result's rows; shape (n,)."""
        return _flags(by_row, self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Values and gradients of some nodes, and their states; shape (g,) each."""

    value: Floats
    slope: Floats
    value_state: States
    slope_state: States

    @classmethod
    def of(cls, result: Result, rows: Index) -> "Pairs":
        """Read the rows of a result; a row of -1 is stale."""
        known, computed, reached = rows != NONE, *_both(result, rows)
        return cls(
            _taken(result.value, rows),
            _taken(result.gradient, rows),
            _states(known, computed, _flags(result.value_waits, rows)),
            _states(known, computed & reached, _flags(result.gradient_waits, rows)),
        )


class Reader:
    """Reads results for one frame; remembers where in a result its items stand."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._known: Result | None = None
        self._items: Index = np.zeros(0, np.int64)
        self._weights: Index = np.zeros(0, np.int64)
        self._targets: Index = np.zeros(0, np.int64)
        self._edges: Index = np.zeros(0, np.int64)
        self._cells: Index = np.zeros(0, np.int64)
        self._biases: Index = np.zeros(0, np.int64)
        self._strands: Index = np.zeros(0, np.int64)
        self._weighing: Index = np.zeros(0, np.int64)
        self._bands: Index = np.zeros(0, np.int64)
        self._firsts: Index = np.zeros(0, np.int64)
        self._gates: Index = np.zeros(0, np.int64)

    def read(self, result: Result | None) -> Readings:
        """Return what the items say; without a result everything is stale."""
        if result is None:
            return _nothing(self._frame)
        if self._known is None or self._known.row is not result.row:
            self._find(result)
        rows = self._items
        strands = _taken(result.value, self._strands)
        known, computed, reached = rows != NONE, *_both(result, rows)
        told = Pairs.of(result, rows)
        value, slope = told.value, told.slope
        strange = computed & ~(np.isfinite(value) & (np.isfinite(slope) | ~reached))
        sizes = np.abs(slope[reached & computed & np.isfinite(slope)])
        return Readings(
            value,
            slope,
            told.value_state,
            told.slope_state,
            known & ~computed & ~_flags(result.value_waits, rows),
            strange,
            _flags(_waiting(result), rows),
            float(sizes.max(initial=0.0)),
            self._weight(result, strands),
            _taken(result.partial, self._edges),
            _flags(result.reached, self._targets),
            strands,
            _taken(result.value, self._cells),
            _taken(result.value, self._biases),
            Pairs.of(result, self._gates),
            result,
            rows,
        )

    def _weight(self, result: Result, strands: Floats) -> Floats:
        """Return the weight of each wire; that of a band is the mean of what its wires weigh."""
        weight = _taken(result.value, self._weights)
        if len(self._bands):
            sums = np.add.reduceat(strands[self._weighing], self._firsts)
            weight[self._bands] = sums / np.diff(self._firsts, append=len(self._weighing))
        return weight

    def _find(self, result: Result) -> None:
        frame, wires = self._frame, self._frame.wires
        self._known = result

        def rows(nodes: Index) -> Index:
            return np.array([result.row.get(node, NONE) for node in nodes.tolist()], np.int64)

        self._items, self._cells = rows(frame.shows), rows(frame.cells.node)
        self._gates = rows(frame.gates.node)
        self._weights, self._targets = rows(wires.weight), rows(wires.target)
        self._biases = rows(frame.biases.node)
        self._strands = rows(wires.strands.weight)
        self._weighing = np.flatnonzero(self._strands != NONE)
        weighing = wires.strands.wire[self._weighing]
        self._bands, self._firsts = np.unique(weighing, return_index=True)
        keys = zip(wires.target.tolist(), wires.port.tolist(), strict=True)
        edges = [result.edge_row.get(key, NONE) for key in keys]
        self._edges = np.where(wires.count == 1, np.array(edges, np.int64), NONE)


def _both(result: Result, rows: Index) -> tuple[Flags, Flags]:
    """Tell which rows are computed, and which a gradient reaches."""
    return _flags(result.computed, rows), _flags(result.reached, rows)


def _waiting(result: Result) -> Flags | None:
    """Tell for each row whether the pass under way has yet to come to it; None of no pass."""
    values, slopes = result.value_waits, result.gradient_waits
    if values is None or slopes is None or values.any():
        return values
    return slopes if result.reached.any() else np.zeros_like(slopes)


def _states(known: Flags, there: Flags, waits: Flags) -> States:
    missing = np.where(waits, State.WAITING, State.MISSING)
    return np.where(~known, State.STALE, np.where(there, State.NUMBER, missing)).astype(np.uint8)


def _taken(numbers: Floats, rows: Index) -> Floats:
    if not len(numbers):
        return np.full(len(rows), np.nan)
    found: Floats = np.where(rows == NONE, np.nan, numbers[rows])
    return found


def _flags(flags: Flags | None, rows: Index) -> Flags:
    if flags is None or not len(flags):
        return np.zeros(len(rows), bool)
    found: Flags = (rows != NONE) & flags[rows]
    return found


def _nothing(frame: Frame) -> Readings:
    count, wires = len(frame), len(frame.wires)
    stale = np.full(count, State.STALE, np.uint8)
    no, none = np.zeros(count, bool), np.full(wires, np.nan)
    blank = np.full(count, np.nan)
    cells, biases = np.full(len(frame.cells), np.nan), np.full(len(frame.biases), np.nan)
    gates, way = len(frame.gates), np.zeros(wires, bool)
    strands = np.full(len(frame.wires.strands.wire), np.nan)
    unknown, old = np.full(gates, np.nan), np.full(gates, State.STALE, np.uint8)
    pairs, zero = Pairs(unknown, unknown, old, old), 0.0
    return Readings(
        blank,
        blank,
        stale,
        stale,
        no,
        no,
        no,
        zero,
        none,
        none,
        way,
        strands,
        cells,
        biases,
        pairs,
        None,
        np.full(count, NONE, np.int64),
    )
