"""Nodes moved by a little, and all that follows from that: the one way to move a value that is.

A node may be an op: it is moved after it was computed, lane by lane. `Onward` is the run; the
canvas asks a `Nudge` at every move of the mouse while somebody holds a value, the gradient check
asks `response`. Neither the document nor the result is written to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from engine.run.result import Array, Result, freeze
from engine.run.schedule import NARROW, Plan
from engine.run.tape import Tape

Moves = Mapping[int, Sequence[tuple[slice, float]]]
"""By row: what is added in which lanes."""


class Onward:
    """What follows from some rows of a plan, all of whose rows are narrow.

    Attributes:
        follows: by row, whether a value depends on any of them; they themselves are among those.
            Shape (rows,).
    """

    def __init__(self, plan: Plan, rows: Collection[int]) -> None:
        self.follows = np.zeros(len(plan.ids), np.bool_)
        self.follows[list(rows)] = True
        self._steps = []
        for step in plan.steps:
            fed = np.any(step.inputs((self.follows, self.follows)), axis=0)
            if fed.any():
                self.follows[step.start : step.stop] |= fed
                self._steps.append((step, [r for r in rows if step.start <= r < step.stop]))

    def run(self, value: Array, moves: Moves) -> None:
        """Move rows of `value`, (rows, lanes), and compute what follows; others stay as they are.

        What is moved must be among the rows that this was made for.
        """
        with np.errstate(all="ignore"):
            for row, amounts in moves.items():
                _move(value, row, amounts)
            for step, inside in self._steps:
                inputs = step.inputs((value, value))
                value[step.start : step.stop] = step.op.loud.forward(inputs, step.attributes)
                for row in inside:
                    _move(value, row, moves.get(row, ()))


def _move(value: Array, row: int, amounts: Sequence[tuple[slice, float]]) -> None:
    for lanes, amount in amounts:
        value[row, lanes] += amount


@dataclass(frozen=True, slots=True, eq=False)
class Nudged:
    """Every value with one node `h` larger, by row, shape (rows,).

    `output` is the output's value then, and `quotient` its change over h; both are nan if nothing
    is the output.
    """

    h: float
    value: Array
    output: float
    quotient: float


class Nudge:
    """A node of a display plan and of the result of running it, which must have a value there.

    Attributes:
        node: what is nudged.
        before: its value; output: that of the output, nan if nothing is one.
        gradient: d output / d node by the tape, of the sample that is evaluated.
        follows: by row, whether a value depends on the node; it is one of them. Shape (rows,).
    """

    def __init__(self, plan: Plan, base: Result, node: int) -> None:
        self.node = node
        self._row, self._base = plan.row[node], base
        self.before = base.number(node)
        self.output = nan if plan.output is None else base.number(plan.output)
        self.gradient = _gradient(plan, base, self._row)
        self._onward = Onward(plan, (self._row,))
        self.follows = self._onward.follows
        self._end = None if plan.output is None else plan.row[plan.output]

    def by(self, h: float) -> Nudged:
        """Compute everything that follows from the node being h larger than it is."""
        value = self._base.value[:, None].copy()
        self._onward.run(value, {self._row: ((slice(None), h),)})
        after = value[:, 0]
        freeze(after)
        output = nan if self._end is None else float(after[self._end])
        return Nudged(h, after, output, (output - self.output) / h)


def _gradient(plan: Plan, base: Result, row: int) -> float:
    """Return a gradient of the sample alone, also where the result has those of a batch."""
    tape = Tape(plan)
    tape.value[NARROW][:, 0] = base.value
    tape.forward()
    tape.backward()
    return float(tape.gradient[NARROW][row, 0])
