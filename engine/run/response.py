"""What the output becomes when nodes are nudged: one lane for each set of nudges.

Any node may be nudged, an op as well. The gradient check is made of this. The document is only
read; a thread may call it with a copy.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from engine.errors import EngineError
from engine.graph.document import Document
from engine.graph.records import Node
from engine.run.compiler import compile_plan
from engine.run.evaluate import Data
from engine.run.nudge import Onward
from engine.run.plan import ancestors
from engine.run.result import Array, Result
from engine.run.tape import sampled

ROOM = 2**22  # numbers that are held at a time
Nudges = Mapping[int, float]
"""What is added to the values of nodes, by their ids; what is no ancestor changes nothing."""


class Response:
    """The output of an evaluation, or the objective over a batch, as a function of its nodes.

    `base` says what the leaves' numbers are and which node is the output, which it must have. With
    `data` the function is what training makes smaller, over the rows that are for training.
    """

    def __init__(self, document: Document, base: Result, data: Data | None = None) -> None:
        if base.output is None:
            raise EngineError("there is no output to be a function of anything")
        self._output = base.output
        marked = () if data is None else document.marked("penalty")
        self._penalties = [node for node in marked if base.computed[base.row[node]]]
        part = ancestors(document, (self._output, *self._penalties))
        self.plan = compile_plan(document, part, self._output, (), wide=False)
        self._own = np.array([base.number(node) for node in self.plan.ids.tolist()])
        self._samples = 1 if data is None else len(data.inputs[data.train])
        row = self.plan.row
        fed = {} if data is None else {row[n.id]: _column(n, data) for n in part if _is_fed(n)}
        self._given = {row: numbers for row, numbers in fed.items() if numbers is not None}
        varies = Onward(self.plan, fed).follows[row[self._output]]
        # A loss that depends on no sample is the same in every lane: it counts once.
        self._summed = bool(varies) and document.training.reduction != "mean"

    @property
    def at_a_time(self) -> int:
        """How many sets of nudges are done in one run."""
        return max(1, ROOM // (len(self.plan.ids) * self._samples))

    def outputs(self, nudges: Sequence[Nudges]) -> Array:
        """Return the output for each set of nudges, shape (len(nudges),)."""
        slices = range(0, len(nudges), self.at_a_time)
        parts = [self._outputs(nudges[at : at + self.at_a_time]) for at in slices]
        return np.concatenate(parts) if parts else np.empty(0)

    def values(self, nudges: Sequence[Nudges]) -> Array:
        """Return all values, (rows of the plan, lanes); each set of nudges has its samples' lanes.

        For no more sets than `at_a_time`.
        """
        value = np.repeat(self._own[:, None], len(nudges) * self._samples, axis=1)
        for row, numbers in self._given.items():
            value[row] = np.tile(numbers, len(nudges))
        moves = self._by_row(nudges)
        Onward(self.plan, moves.keys() | self._given.keys()).run(value, moves)
        return value

    def _outputs(self, nudges: Sequence[Nudges]) -> Array:
        value, shape = self.values(nudges), (len(nudges), self._samples)
        row = self.plan.row
        own = value[row[self._output]].reshape(shape)
        with np.errstate(all="ignore"):
            total: Array = own.sum(axis=1) if self._summed else own.mean(axis=1)
            for penalty in self._penalties:
                total = total + value[row[penalty]].reshape(shape).mean(axis=1)
        return total

    def _by_row(self, nudges: Sequence[Nudges]) -> dict[int, list[tuple[slice, float]]]:
        found: dict[int, list[tuple[slice, float]]] = defaultdict(list)
        for k, nudge in enumerate(nudges):
            lanes = slice(k * self._samples, (k + 1) * self._samples)
            for node, amount in nudge.items():
                if node in self.plan.row:
                    found[self.plan.row[node]].append((lanes, amount))
        return found


def _is_fed(node: Node) -> bool:
    return node.is_leaf and node.role in ("feature", "target")


def _column(node: Node, data: Data) -> Array | None:
    """Return the training samples as a leaf takes them; None if it keeps its own number."""
    inputs, targets = data.inputs[data.train], data.targets[data.train]
    return sampled(inputs, targets, node.role, node.index, node.encoding)
