"""A program as arrays of whole numbers, for kernels that know no Python objects."""

from typing import NamedTuple

import numpy as np

from engine.run.program import NOT_WANTED, Array, Instruction, Modes, Program
from engine.run.schedule import Index

MAP, MANY, DOT, DENSE = range(4)
KIND, CODE, WIDE, COUNT, OUT, REACHED, ENTRY, TERMS, WEIGHTS, BIAS, TRAINED, EXTRA = range(12)
"""Columns of the table of steps.

ENTRY is where the slots begin in `slots`, TERMS how many inputs, terms or signals there are.
EXTRA is where the ports, or the offsets of a dot, begin; TRAINED, of an op, its attributes.
"""
FORWARD, BACKWARD, DESCEND = range(3)
"""What the kernels can be asked to do."""
CLIP_NONE, CLIP_NORM, CLIP_VALUE = range(3)
"""How a gradient is clipped, in the order of `engine.graph.records.CLIPS`."""
PLACE, MODE = range(2)
"""Columns of the table of ports: the first of consecutive slots and the mode all share, or -1."""


class Encoded(NamedTuple):
    """What kernels read of a program; `sizes` are narrow, output, and the penalties' slots."""

    table: Index
    slots: Index
    mode: Modes
    port: Index
    offset: Index
    attribute: Array
    sizes: Index


class Lanes(NamedTuple):
    """Values over some samples, and room for what does not lie together."""

    value: Array
    gradient: Array
    scratch: Array
    lanes: int


class Order(NamedTuple):
    """What to do in each step.

    `rates` are the learning rates; `decay` and `lasso` are the alphas of L2 and L1 by slot; `mean`
    says how the loss is reduced.  Step k learns from rows[first[k]:first[k + 1]] of the samples,
    or from all if `first` is empty.  `wanted` says before which steps to record.  `fed` are the
    slots that samples are written to.  The gradient is clipped as `clip` says, at `limit`.  `rule`
    is the optimiser's code, `numbers` its settings, `updates` how many steps it has taken; `state`
    and `former` (vectors, parameters) receive what it remembers now and what it did a step before.
    If L1 `truncates`, their last vector says which parameters it has taken to 0 for ever.
    """

    rates: Array
    decay: Array
    mean: bool
    first: Index
    rows: Index
    wanted: Index
    fed: Index
    lasso: Array
    clip: int
    limit: float
    rule: int
    numbers: Array
    updates: int
    state: Array
    former: Array
    truncates: bool


def plain_order(rates: Array, parameters: int, wanted: Index) -> Order:
    """Return the order of steps of plain gradient descent on the mean, over all samples."""
    rows, none = np.zeros(0, dtype=np.int64), np.zeros(0)
    alphas, state = np.zeros(parameters), np.zeros((0, parameters))
    return Order(
        rates=rates,
        decay=alphas,
        mean=True,
        first=rows,
        rows=rows,
        wanted=wanted,
        fed=rows,
        lasso=alphas,
        clip=CLIP_NONE,
        limit=0.0,
        rule=0,
        numbers=none,
        updates=0,
        state=state,
        former=state,
        truncates=False,
    )


def encode(program: Program, steps: tuple[Instruction, ...]) -> Encoded:
    """Return the steps of a program as arrays."""
    writer = _Writer(program)
    table = [writer.row(step) for step in steps]
    sizes = np.array([program.narrow, program.output, *program.penalties])
    return Encoded(
        np.array(table, dtype=np.int64).reshape(-1, EXTRA + 1),
        _joined(writer.index, np.int64),
        _joined(writer.mode, np.int8),
        np.array(writer.port, dtype=np.int64).reshape(-1, 2),
        _joined(writer.offset, np.int64),
        np.array(writer.attribute or [0.0]),
        sizes,
    )


def scratch_size(steps: tuple[Instruction, ...], lanes: int) -> int:
    """Return how much room gathered inputs and their shares need at most."""
    ports = [
        (len(step.sources), len(step.sources[0]) * (lanes if step.wide else 1))
        for step in steps
        if step.kind != "dot"
    ]
    return max((2 * count * size + count for count, size in ports), default=0) + 1


class _Writer:
    def __init__(self, program: Program) -> None:
        self._program = program
        self.index: list[np.ndarray] = []
        self.mode: list[np.ndarray] = []
        self.port: list[tuple[int, int]] = []
        self.offset: list[np.ndarray] = []
        self.attribute: list[float] = []
        self._entries = 0
        self._offsets = 0

    def row(self, step: Instruction) -> list[int]:
        """Write one step; return its row of the table."""
        kind = {"map": MAP, "dot": DOT, "dense": DENSE}[step.kind]
        kept, terms = step.weights, len(step.sources)
        extra, trained = len(self.port), int(step.trained)
        if kind == MAP:
            trained = len(self.attribute)
            self.attribute += step.attributes
            if self._is_variadic(step):
                kind = MANY
        if kind in (DOT, DENSE):
            terms = len(step.sources[0])
        if kind == DOT:
            extra = self._offsets
            self.offset.append(step.offsets)
            self._offsets += len(step.offsets)
        entry = self._entries
        for slots, modes in zip(step.sources, step.modes, strict=True):
            self.index.append(slots)
            self.mode.append(modes)
            self._entries += len(slots)
            if kind != DOT:
                self.port.append((self._place(step, slots), _uniform(modes)))
        return [
            kind,
            step.code,
            int(step.wide),
            step.count,
            step.out,
            int(step.reached),
            entry,
            terms,
            kept,
            step.bias,
            trained,
            extra,
        ]

    def _is_variadic(self, step: Instruction) -> bool:
        from engine.ops import OPS

        return OPS[self._program.keys[step.code]].variadic

    def _place(self, step: Instruction, slots: Index) -> int:
        """Return the first slot if all lie together and are as wide as what is computed."""
        together = bool((np.diff(slots) == 1).all())
        same = self._program.is_wide(int(slots[0])) == step.wide
        same &= self._program.is_wide(int(slots[-1])) == step.wide
        return int(slots[0]) if together and same else -1


def _uniform(modes: Modes) -> int:
    if not len(modes):
        return NOT_WANTED
    return int(modes[0]) if bool((modes == modes[0]).all()) else -1


def _joined(parts: list[np.ndarray], kind: type[np.generic]) -> np.ndarray:
    if not parts:
        return np.zeros(0, dtype=kind)
    return np.ascontiguousarray(np.concatenate(parts).astype(kind))
