"""The wires of a plan as flat arrays: what the passes read, whatever the graph came from.

A row is a scalar; rows come after all their inputs.  Documents get here by way of their plan,
traced programs directly.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.ops import OPS
from engine.run.schedule import WIDE, Index, Plan, Step

Flags = NDArray[np.bool_]
Array = NDArray[np.float64]
LEAF = -1


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """Scalars and their wires.

    Attributes:
        keys: the op keys that `op` counts through.
        op: by row, an index in `keys`, or LEAF.
        first, source: the inputs of row r are source[first[r]:first[r + 1]], in port order.
        attribute: (rows, most attributes of an op), nan where there is none.
        wide: whether a row holds a number for each lane.
        trainable: whether training changes the row.
        wanted: whether a gradient of the row is of use.
        reached: whether the objective depends on the row.
        output, penalties: where going backward starts; rows.
        keep: rows whose values are asked for afterwards.
    """

    keys: tuple[str, ...]
    op: Index
    first: Index
    source: Index
    attribute: Array
    wide: Flags
    trainable: Flags
    wanted: Flags
    reached: Flags
    output: int | None
    penalties: tuple[int, ...]
    keep: Index

    @property
    def rows(self) -> int:
        """How many scalars there are."""
        return len(self.op)

    def ends(self) -> Index:
        """Return the row that each wire ends in, parallel to `source`."""
        return np.repeat(np.arange(self.rows), np.diff(self.first))

    def code(self, key: str) -> int:
        """Return the number that stands for an op."""
        return self.keys.index(key)


def wiring_of(plan: Plan, keep: Index, *, only_parameters: bool = True) -> Wiring:
    """Return the wires of a plan; `keep` are node ids.

    With `only_parameters` gradients flow only to where a trainable parameter is.
    """
    rows = len(plan.ids)
    keys = tuple(OPS)
    op = np.full(rows, LEAF)
    width = max(len(record.attributes) for record in OPS.values())
    attribute = np.full((rows, width), np.nan)
    counts = np.zeros(rows, dtype=np.int64)
    for step in plan.steps:
        here = _rows(plan, step)
        op[here] = keys.index(step.op.key)
        counts[here] = len(step.sources)
        for k, column in enumerate(step.attributes):
            attribute[here, k] = column[:, 0]
    first = np.concatenate([[0], np.cumsum(counts)])
    source = np.empty(first[-1], dtype=np.int64)
    for step in plan.steps:
        for k, (section, rows_in) in enumerate(zip(step.sections, step.sources, strict=True)):
            offset = plan.narrow if section == WIDE else 0
            every = np.arange(rows_in.stop)[rows_in] if isinstance(rows_in, slice) else rows_in
            source[first[_rows(plan, step)] + k] = every + offset
    trainable = np.zeros(rows, dtype=np.bool_)
    trainable[plan.parameter_rows] = True
    return Wiring(
        keys,
        op,
        first,
        source,
        attribute,
        np.arange(rows) >= plan.narrow,
        trainable,
        wanted_rows(trainable, first, source) if only_parameters else np.ones(rows, np.bool_),
        plan.reached,
        None if plan.output is None else plan.row[plan.output],
        tuple(plan.row[node] for node in plan.penalties),
        np.array([plan.row[node] for node in keep.tolist()], dtype=np.int64),
    )


def _rows(plan: Plan, step: Step) -> Index:
    base = plan.narrow if step.section == WIDE else 0
    return np.arange(base + step.start, base + step.stop)


def wanted_rows(trainable: Flags, first: Index, source: Index) -> Flags:
    """Return which rows depend on something trainable."""
    wanted = trainable.tolist()
    sources = source.tolist()
    for row, (start, stop) in enumerate(pairwise(first.tolist())):
        for edge in range(start, stop):
            if wanted[sources[edge]]:
                wanted[row] = True
                break
    return np.array(wanted, dtype=np.bool_)
