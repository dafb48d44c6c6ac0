"""What a node or a group stands for where one number is meant: a group's only output.

Marks and questions ask.
"""

import numpy as np

from engine.graph.document import Document
from engine.graph.flat import flattened


def only_output(document: Document, item: int) -> int | None:
    """Return a node itself, of a group the one node that leads out of it, if there is one."""
    if item not in document.groups:
        return item if item in document else None
    flat = flattened(document)
    inside = np.isin(flat.group, list(document.subgroups(item)))
    outside = inside[flat.start] & ~inside[flat.end]
    leads = ~flat.sends
    leads[flat.start[outside]] = True
    outputs = flat.ids[inside & leads].tolist()
    return outputs[0] if len(outputs) == 1 else None
