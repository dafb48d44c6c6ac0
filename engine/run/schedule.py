"""A plan's parts: the graph flattened into rows, steps and edges, to be run over any numbers.

Nodes that need the same kernel at the same depth form one step and lie in consecutive rows, so
that a runner handles them in one call.  A row is narrow (one number, whatever the samples) or wide
(one number a lane, a lane being a sample); everything that depends on a feature or target is wide.
A plan depends on structure only: it holds until a wire, an op, a role or a mark changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.ops import Op

Index = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)
Rows = Index | slice  # evenly spaced rows are a slice: read without a copy
NARROW, WIDE = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Gather:
    """Where the gradients of rows [start, stop) of a section come from.

    Contributions [first, last) of that section belong to the rows `holders` (relative to start),
    each taking those from its offset to the next; `each` of them if all take the same, else 0.
    """

    section: int
    start: int
    stop: int
    first: int
    last: int
    holders: Rows
    offsets: Index
    each: int


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One call of a kernel: n nodes of one op and depth.

    `sections` and `sources` say for each port in which section and rows (n,) the inputs lie;
    `edges` where the contributions to them go, None where no gradient is wanted; `ends` are the
    edges of all wanted ports, (ports, n), if all inputs of a variadic op lie in the section of the
    step itself, else None.  `attributes` are (n, 1).  Steps that are not `reached`
    pass nothing backward.
    """

    op: Op
    section: int
    start: int
    stop: int
    sections: tuple[int, ...]
    sources: tuple[Rows, ...]
    edges: tuple[Rows | None, ...]
    ends: Index | None
    attributes: tuple[NDArray[np.float64], ...]
    reached: bool
    gather: Gather

    def inputs(self, value: Sequence[NDArray[T]]) -> list[NDArray[T]]:
        """Return what a table of numbers, narrow and wide rows, has for each port, (n, lanes)."""
        places = zip(self.sections, self.sources, strict=True)
        return [value[section][rows] for section, rows in places]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A feature or target leaf: its row among the wide ones, its column, its encoding."""

    row: int
    role: str
    column: int
    encoding: str


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Rows, steps and edges of (a part of) a document.

    Attributes:
        ids: node ids by row, narrow rows first, shape (rows,).
        row: the row of each id.
        narrow: how many rows are narrow; wide row r is row `narrow + r`.
        computed, reached: by row, whether it has a value, and whether a gradient comes there.
        steps: in an order in which they can be run.
        leaves: gathers for the leaves, run last when going backward.
        edge_source, edge_target, edge_port: by edge; narrow sources first, then by row and target.
        narrow_edges: how many edges have a narrow source.
        parameters: ids of the trainable leaves, ascending; `parameter_rows` their rows.
        fed: the wide leaves that samples are written to.
        output: where going backward starts: in a training plan, the loss.
        penalties: the nodes that are added to the loss once.
    """

    ids: Index
    row: Mapping[int, int]
    narrow: int
    computed: NDArray[np.bool_]
    reached: NDArray[np.bool_]
    steps: tuple[Step, ...]
    leaves: tuple[Gather, ...]
    edge_source: Index
    edge_target: Index
    edge_port: Index
    narrow_edges: int
    parameters: Index
    parameter_rows: Index
    fed: tuple[Leaf, ...]
    output: int | None
    penalties: tuple[int, ...] = ()

    def place(self, node: int) -> tuple[int, int]:
        """Return section and row within it of a node."""
        row = self.row[node]
        return (NARROW, row) if row < self.narrow else (WIDE, row - self.narrow)

    def depths(self) -> Index:
        """Return by row how many ops lie between it and its farthest leaf."""
        depth = np.zeros(len(self.ids), dtype=np.int64)
        sections = (depth[: self.narrow], depth[self.narrow :])
        for step in self.steps:
            deepest = np.max(step.inputs(sections), axis=0)
            sections[step.section][step.start : step.stop] = deepest + 1
        return depth
