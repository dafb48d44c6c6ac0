"""Weights: the parameters that wires are multiplied by, at the depth of folded neurons.

The wire itself leads to a product, and the product's other factor is one parameter.  Canvas,
tooltips, outline and inspector ask which parameter a wire has, and what a parameter weighs; the
answer depends on the graph alone, not on what is folded.
"""

import numpy as np

from engine.graph.document import Document, Wire
from engine.graph.flat import NONE, flattened


def weight_of(document: Document, wire: Wire) -> int | None:
    """Return the one parameter that the target of a wire multiplies by, None if it does not."""
    flat = flattened(document)
    row = np.searchsorted(flat.ids, wire[0])
    low, high = np.searchsorted(flat.end, (row, row + 1))
    found = flat.weight[low:high][flat.port[low:high] == wire[1]]
    return int(found[0]) if len(found) and found[0] != NONE else None


def weighed(document: Document, parameter: int) -> tuple[int, ...]:
    """Return the nodes that a parameter is the weight of, by the wires they come along."""
    flat = flattened(document)
    rows = np.flatnonzero(flat.weight == parameter)
    return tuple(dict.fromkeys(flat.ids[flat.start[rows]].tolist()))
