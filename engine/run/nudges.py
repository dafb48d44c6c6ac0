"""What the output becomes when nodes are nudged: one lane of a tape for each set of nudges.

Any node may be nudged, an op as well: its value is moved after it was computed, and what depends
on it follows. The gradient check is made of this. The document is only read; a thread may call it
with a copy.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from engine.errors import EngineError
from engine.graph.document import Document
from engine.run.compiler import compile_plan
from engine.run.evaluate import Data
from engine.run.plan import ancestors
from engine.run.result import Array, Result
from engine.run.tape import encode

ROOM = 2**22  # numbers that a tape may hold at a time
Nudge = Mapping[int, float]
"""What is added to the values of nodes, by their ids; what is no ancestor changes nothing."""


class Nudges:
    """The output of an evaluation, or the objective over a batch, as a function of its nodes.

    `base` says what the leaves' numbers are and which node is the output, which it must have. With
    `data` the function is what training makes smaller, over the rows that are for training.
    """

    def __init__(self, document: Document, base: Result, data: Data | None = None) -> None:
        if base.output is None:
            raise EngineError("there is no output to be a function of anything")
        self._base, self._data = base, data
        self._output = base.output
        marked = () if data is None else document.marked("penalty")
        self._penalties = [node for node in marked if base.computed[base.row[node]]]
        part = ancestors(document, (self._output, *self._penalties))
        leaves = frozenset(node.id for node in part if node.is_leaf)
        self.plan = compile_plan(document, part, self._output, (), wide=True, swept=leaves)
        self._samples = 1 if data is None else len(data.inputs[data.train])
        fed = {node.id for node in part if node.role in ("feature", "target")}
        own = {node.id for node in ancestors(document, (self._output,))}
        mean = document.training.reduction == "mean"
        self._own = np.array([base.number(node) for node in self.plan.ids.tolist()])
        self._of_ops = {row for s in self.plan.steps for row in range(s.start, s.stop)}
        self._summed = data is not None and not mean and not fed.isdisjoint(own)

    @property
    def at_a_time(self) -> int:
        """How many sets of nudges are done in one run."""
        return max(1, ROOM // (len(self.plan.ids) * self._samples))

    def outputs(self, nudges: Sequence[Nudge]) -> Array:
        """Return the output for each set of nudges, shape (len(nudges),)."""
        slices = range(0, len(nudges), self.at_a_time)
        parts = [self._outputs(nudges[at : at + self.at_a_time]) for at in slices]
        return np.concatenate(parts) if parts else np.empty(0)

    def values(self, nudges: Sequence[Nudge]) -> Array:
        """Return all values, (rows of the plan, lanes); each set of nudges has its samples' lanes.

        For no more sets than `at_a_time`.
        """
        value = np.repeat(self._own[:, None], len(nudges) * self._samples, axis=1)
        self._feed(value, len(nudges))
        waiting = self._by_row(nudges)
        leaves = [row for row in waiting if row not in self._of_ops]
        with np.errstate(all="ignore"):
            for row in leaves:
                _move(value, row, waiting[row])
            for step in self.plan.steps:
                inputs = [value[rows] for rows in step.sources]
                value[step.start : step.stop] = step.op.loud.forward(inputs, step.attributes)
                for row in waiting.keys() & range(step.start, step.stop):
                    _move(value, row, waiting[row])
        return value

    def _outputs(self, nudges: Sequence[Nudge]) -> Array:
        value, shape = self.values(nudges), (len(nudges), self._samples)
        row = self.plan.row
        own = value[row[self._output]].reshape(shape)
        with np.errstate(all="ignore"):
            total: Array = own.sum(axis=1) if self._summed else own.mean(axis=1)
            for penalty in self._penalties:
                total = total + value[row[penalty]].reshape(shape).mean(axis=1)
        return total

    def _feed(self, value: Array, count: int) -> None:
        """Write the samples to the leaves that take them, over their own numbers."""
        if self._data is None:
            return
        train = self._data.train
        for leaf in self.plan.fed:
            if leaf.role in ("feature", "target"):
                table = (self._data.inputs if leaf.role == "feature" else self._data.targets)[
                    train
                ]
                column = 0 if leaf.encoding == "one-hot" else leaf.column
                if column < table.shape[1]:
                    numbers = encode(table[:, column], leaf.encoding, leaf.column)
                    value[leaf.row] = np.tile(numbers, count)

    def _by_row(self, nudges: Sequence[Nudge]) -> dict[int, list[tuple[slice, float]]]:
        found: dict[int, list[tuple[slice, float]]] = defaultdict(list)
        for k, nudge in enumerate(nudges):
            lanes = slice(k * self._samples, (k + 1) * self._samples)
            for node, amount in nudge.items():
                if node in self.plan.row:
                    found[self.plan.row[node]].append((lanes, amount))
        return found


def _move(value: Array, row: int, moves: Sequence[tuple[slice, float]]) -> None:
    for lanes, amount in moves:
        value[row, lanes] += amount
