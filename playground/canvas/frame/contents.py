"""What a folded group stands for: its outputs, its parameters, the marks on what it hides.

The frame builder asks once per frame; labels, ports and tooltips read the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.explain.groups import Counts
from engine.graph.bands import NOBODY
from engine.graph.boundary import leading_out
from engine.graph.document import Document
from engine.graph.flat import TOP, flattened
from engine.graph.projection import Projection


@dataclass(slots=True)
class Contents:
    """The nodes behind one folded group.

    `outputs` are the nodes that feed something outside, feed nothing at all or carry a mark,
    ascending; `inputs` those that feed it from outside, by height, if it shows its ports. `inside`
    is the number of nodes, `parameters` and `frozen` of the parameters among them.
    """

    outputs: list[int] = field(default_factory=list)
    inputs: list[int] = field(default_factory=list)
    inside: int = 0
    parameters: int = 0
    frozen: int = 0
    marks: set[str] = field(default_factory=set)

    @property
    def counts(self) -> Counts:
        """What is counted of it, to be put into words."""
        return Counts(self.inside, 0, self.parameters, self.frozen)

    @property
    def is_locked(self) -> bool:
        """Whether it holds parameters, all of them frozen."""
        return 0 < self.parameters == self.frozen


def contents_of(document: Document, projection: Projection) -> dict[int, Contents]:
    """Return the contents of every folded group, in one pass over nodes and wires."""
    found = {item.id: Contents() for item in projection.items if item.kind == "group"}
    if not found:
        return found
    flat, owner = flattened(document), projection.owners
    hidden = (owner != flat.ids) & (owner != NOBODY)
    outputs = np.flatnonzero(hidden & leading_out(flat, owner))
    for group, node in zip(owner[outputs].tolist(), flat.ids[outputs].tolist(), strict=True):
        found[group].outputs.append(node)
    for group, count in _counts(owner[hidden]):
        found[group].inside = count
    for group, count in _counts(owner[hidden & flat.parameter]):
        found[group].parameters = count
    for group, count in _counts(owner[hidden & flat.frozen]):
        found[group].frozen = count
    for node, marks in flat.marked.items():
        owned = projection.owner.get(node)
        if owned in found:
            found[owned].marks.update(marks)
    for group, edge in projection.boundaries.items():
        found[group].inputs += edge.inputs
    return found


def locked_groups(document: Document) -> frozenset[int]:
    """Return the groups that hold parameters, at any depth, all of them frozen."""
    flat = flattened(document)
    if not flat.frozen.any():
        return frozenset()
    trained = _around(document, flat.group[flat.parameter & ~flat.frozen])
    return _around(document, flat.group[flat.frozen]) - trained


def _around(document: Document, groups: NDArray[np.int64]) -> frozenset[int]:
    """Return some groups with all groups around them."""
    inner = set(np.unique(groups[groups != TOP]).tolist())
    return frozenset(around for group in inner for around in document.ancestry(group))


def _counts(owners: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Return each of the ids, and how often it stands there."""
    groups, counts = np.unique(owners, return_counts=True)
    return zip(groups.tolist(), counts.tolist(), strict=True)
