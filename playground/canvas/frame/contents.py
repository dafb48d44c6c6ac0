"""What a folded group stands for: its outputs, its parameters, the marks on what it hides.

The frame builder asks once per frame; labels, ports and tooltips read the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.flat import flattened
from engine.graph.projection import Projection


@dataclass(slots=True)
class Contents:
    """The nodes behind one folded group.

    `outputs` are the nodes that feed something outside or nothing at all, ascending; `inside` is
    the number of nodes, `parameters` of those that training may change.
    """

    outputs: list[int] = field(default_factory=list)
    inside: int = 0
    parameters: int = 0
    marks: set[str] = field(default_factory=set)


def contents_of(document: Document, projection: Projection) -> dict[int, Contents]:
    """Return the contents of every folded group, in one pass over nodes and wires."""
    found = {item.id: Contents() for item in projection.items if item.kind == "group"}
    if not found:
        return found
    flat = flattened(document)
    owner = np.array([*projection.owner.values()], np.int64)
    feeds = np.zeros(len(owner), bool)  # something that is not hidden with it
    feeds[flat.start[owner[flat.start] != owner[flat.end]]] = True
    hidden = owner != flat.ids
    outputs = np.flatnonzero(hidden & (feeds | ~flat.sends))
    for group, node in zip(owner[outputs].tolist(), flat.ids[outputs].tolist(), strict=True):
        found[group].outputs.append(node)
    for group, count in _counts(owner[hidden]):
        found[group].inside = count
    for group, count in _counts(owner[hidden & flat.parameter]):
        found[group].parameters = count
    for node, marks in flat.marked.items():
        if projection.owner[node] in found:
            found[projection.owner[node]].marks.update(marks)
    return found


def _counts(owners: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Return each of the ids, and how often it stands there."""
    groups, counts = np.unique(owners, return_counts=True)
    return zip(groups.tolist(), counts.tolist(), strict=True)
