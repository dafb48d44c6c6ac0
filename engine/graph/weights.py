"""Weights: the parameters that wires are multiplied by, at the depth of folded neurons.

The wire itself leads to a product, and the product's other factor is one parameter, which `flat`
tells of all wires at once.  Tooltips, outline and inspector ask here what a parameter weighs; the
answer depends on the graph alone, not on what is folded.
"""

import numpy as np

from engine.graph.document import Document
from engine.graph.flat import flattened


def weighed(document: Document, parameter: int) -> tuple[int, ...]:
    """Return the nodes that a parameter is the weight of, by the wires they come along."""
    flat = flattened(document)
    rows = np.flatnonzero(flat.weight == parameter)
    return tuple(dict.fromkeys(flat.ids[flat.start[rows]].tolist()))
