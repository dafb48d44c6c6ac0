"""What an evaluation found: frozen arrays in plan order, and the problems.

Views index it and never write.  Values and gradients of nodes that could not be computed are nan
and flagged; a gradient that never arrives is 0 and flagged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Problem:
    """A number that is not finite although its inputs are: where, and why, in words.

    `step` is the number of the training step that led to it, None outside of training.
    """

    node: int
    reason: str
    text: str
    step: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Values and gradients of every node, by row; partials and contributions of every wire.

    Attributes:
        ids, row: node ids by row, and the row of each id.
        value, gradient: float64, shape (rows,).
        computed: whether a node has a value; False if an input is missing somewhere before it.
        reached: whether the output depends on a node, so that its gradient means something.
        edge_row: the index of the wire that ends in (target, port).
        partial, contribution: float64, shape (wires,): d target / d source, and that times the
            target's gradient.
        problems: the first non-finite numbers, by id.
        output: where going backward started, None if nothing was chosen.
        revision: the document's revision that was evaluated.
        value_waits, gradient_waits: of a pass under way, which nodes it has not come to yet; None
            of a whole evaluation.
    """

    ids: Index
    row: Mapping[int, int]
    value: Array
    gradient: Array
    computed: Flags
    reached: Flags
    edge_row: Mapping[tuple[int, int], int]
    partial: Array
    contribution: Array
    problems: tuple[Problem, ...]
    output: int | None
    revision: int = 0
    reasons: Mapping[int, Problem] = field(default_factory=dict)
    value_waits: Flags | None = None
    gradient_waits: Flags | None = None

    def is_like(self, other: "Result") -> bool:
        """Whether both are of one graph as far as a pass goes, in which the same has a value."""
        flags = (
            (self.ids, other.ids),
            (self.computed, other.computed),
            (self.reached, other.reached),
        )
        return self.output == other.output and all(np.array_equal(*both) for both in flags)

    def number(self, node: int) -> float:
        """Return the value of a node, nan if it has none."""
        row = self.row.get(node)
        return float(self.value[row]) if row is not None else float("nan")

    def slope(self, node: int) -> float:
        """Return the gradient of a node, 0 where none arrives."""
        row = self.row.get(node)
        return float(self.gradient[row]) if row is not None else 0.0

    def waits_for_value(self, node: int) -> bool:
        """Whether a pass under way will compute the node's value, and has not yet."""
        row = self.row.get(node)
        return row is not None and self.value_waits is not None and bool(self.value_waits[row])

    def waits_for_gradient(self, node: int) -> bool:
        """Whether a pass under way will bring the node a gradient, and has not yet."""
        row, waits = self.row.get(node), self.gradient_waits
        return row is not None and waits is not None and bool(waits[row])


def freeze(array: NDArray[np.generic]) -> None:
    """Make an array read-only."""
    array.flags.writeable = False
