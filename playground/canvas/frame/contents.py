"""What a folded group stands for: its outputs, its parameters, the marks on what it hides.

The frame builder asks once per frame; labels, ports and tooltips read the answer.
"""

from dataclasses import dataclass, field

from engine.graph.document import Document
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
    owner = projection.owner
    found = {item.id: Contents() for item in projection.items if item.kind == "group"}
    if not found:
        return found
    for node in document.nodes():
        contents = found.get(owner[node.id])
        if contents is None:
            continue
        contents.inside += 1
        contents.parameters += node.is_leaf and node.role == "parameter"
        contents.marks.update(node.marks)
        consumers = document.graph.succ[node.id]
        if any(owner[target] != owner[node.id] for target in consumers) or not consumers:
            contents.outputs.append(node.id)
    return found
