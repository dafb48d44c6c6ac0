"""What a folded group stands for: its outputs, its parameters, the marks on what it hides.

The frame builder asks once per frame; labels, ports and tooltips read the answer.
"""

from dataclasses import dataclass, field

import numpy as np

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
    for field, flags in (("inside", hidden), ("parameters", hidden & flat.parameter)):
        for group, count in zip(*np.unique(owner[flags], return_counts=True), strict=True):
            setattr(found[int(group)], field, int(count))
    for node, marks in flat.marked.items():
        if projection.owner[node] in found:
            found[projection.owner[node]].marks.update(marks)
    return found
