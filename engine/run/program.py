"""A program: what runners execute, made by the passes from a plan or a traced computation.

Numbers lie in slots.  Slots below `narrow` hold one number whatever the samples: first the
parameters, then other leaves, then what is computed from them.  The others hold one number a lane,
in consecutive lanes.  An instruction writes consecutive slots.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.run.schedule import Index

Array = NDArray[np.float64]
Modes = NDArray[np.int8]

NOT_WANTED, ADD, FIRST = 0, 1, 2
"""What happens to a contribution: dropped, added, or first of all the gradient set to zero."""


LINE = 8
"""Numbers in a line of the processor's cache; vectors that lie across two load more slowly."""


def buffer(count: int, number: float) -> Array:
    """Return room for numbers, all equal at first, that begins with a line of the cache."""
    room = np.full(count + LINE, number)
    behind = room.ctypes.data // room.itemsize % LINE
    return room[-behind % LINE :][:count]


NO_OFFSETS: Index = np.zeros(0, dtype=np.int64)


@dataclass(slots=True, eq=False)
class Instruction:
    """One call of a kernel, for `count` slots from `out` on.

    `kind` "map": an op (`code` in the program's keys) over slots, `sources` one (count,) array a
    port, `attributes` plain numbers.
    `kind` "dot": sums of coefficient times signal; `sources` are the coefficients' and the
    signals' slots (terms,), and sum k takes the terms from `offsets[k]` to `offsets[k + 1]`.
    `kind` "dense": weights (count, m) from slot `weights` on, times the m slots from `first` on,
    plus `count` biases from slot `bias` on, or none if that is -1; `sources` are the m slots.
    `modes` go with `sources` and say what becomes of gradients.  `trained` says whether the
    weights of a dense block want one.
    """

    kind: Literal["map", "dot", "dense"]
    wide: bool
    out: int
    count: int
    sources: tuple[Index, ...]
    reached: bool
    code: int = 0
    attributes: tuple[float, ...] = ()
    offsets: Index = field(default_factory=lambda: NO_OFFSETS)
    weights: int = -1
    bias: int = -1
    trained: bool = False
    modes: tuple[Modes, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Instructions and where the numbers lie.

    Attributes:
        keys: the op keys that instructions count through.
        narrow, wide: how many slots there are of each kind, the narrow ones in whole lines.
        one: the slot that always holds 1.
        slot: by row of the plan, -1 for what was fused away.
        parameters: slots of the parameters in the plan's order; together [0, len(parameters)).
        once: instructions that depend on constants only, run when numbers are loaded.
        steps: the others.
        output, penalties: slots where going backward starts.
    """

    keys: tuple[str, ...]
    narrow: int
    wide: int
    one: int
    slot: Index
    parameters: Index
    once: tuple[Instruction, ...]
    steps: tuple[Instruction, ...]
    output: int
    penalties: tuple[int, ...]

    def is_wide(self, slot: int) -> bool:
        """Whether a slot holds a number for each lane."""
        return slot >= self.narrow
