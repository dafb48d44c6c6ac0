"""One value a little larger: what follows from it, and how much the output changes for it.

The canvas holds a `Nudge` while somebody holds a value, and asks it at every move of the mouse.
The node may be an op: it is cut off from its inputs then, and has the number it is given. Neither
the document nor the result is written to.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from engine.run.result import Array, Flags, Result, freeze
from engine.run.schedule import NARROW, Plan, Step
from engine.run.tape import Tape


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
        self._row, self._end = plan.row[node], plan.output
        self.before, self.output = base.number(node), nan
        if plan.output is not None:
            self.output = base.number(plan.output)
        self._base = base
        self._tape = Tape(plan)
        self._tape.value[NARROW][:, 0] = base.value
        self._tape.forward()
        self._tape.backward()
        self.gradient = float(self._tape.gradient[NARROW][self._row, 0])
        self.follows, self._steps = _onward(plan, self._row)

    def by(self, h: float) -> Nudged:
        """Compute everything that follows from the node being h larger than it is."""
        value = self._tape.value[NARROW][:, 0]
        value[self._row] = self.before + h
        self._tape.forward(self._steps)
        after = np.where(self.follows, value, self._base.value)
        freeze(after)
        output = nan if self._end is None else float(after[self._base.row[self._end]])
        return Nudged(h, after, output, (output - self.output) / h)


def _onward(plan: Plan, row: int) -> tuple[Flags, list[Step]]:
    """Return which rows depend on one, itself included, and the steps that compute the others."""
    follows = np.zeros(len(plan.ids), np.bool_)
    follows[row] = True
    steps = []
    for step in plan.steps:
        fed = np.zeros(step.stop - step.start, np.bool_)
        for rows in step.sources:
            fed |= follows[rows]
        if fed.any():
            follows[step.start : step.stop] |= fed
            steps.append(step)
    return follows, steps
