"""What is connected to what is selected: everything upstream, downstream, or both ways.

The canvas asks on a key; the answer is what is visible, so that it can be selected.
"""

from collections.abc import Iterable
from typing import Literal

from engine.graph.document import Document
from engine.graph.notes import with_content
from engine.graph.projection import Projection
from engine.graph.verbs import resolve

Way = Literal["upstream", "downstream", "both"]


def connected(
    document: Document, projection: Projection, items: Iterable[int], way: Way
) -> frozenset[int]:
    """Return items, and what is visible of all that wires lead to from there.

    Wires lead on from a frame as they do from what it holds.
    """
    chosen = frozenset(items)
    _groups, nodes = resolve(document, with_content(document, chosen))
    ways = {
        "upstream": (document.graph.pred,),
        "downstream": (document.graph.succ,),
        "both": (document.graph.pred, document.graph.succ),
    }[way]
    seen = set(nodes)
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        for neighbours in ways:
            new = neighbours[node].keys() - seen
            seen |= new
            waiting += new
    # What lies in a selected group is selected with it.
    owners = (projection.owner.get(node, 0) for node in seen - nodes)
    return chosen | {owner for owner in owners if owner > 0}
