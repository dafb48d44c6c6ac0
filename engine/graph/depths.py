"""How deep a graph is unfolded: networks, layers, neurons or scalars.

Pure functions over groups; the View menu, the switch in the top bar and `main.py export` use them.
"""

from engine.graph.document import Document

LEVELS = {"mlp": 0, "layer": 1, "neuron": 2}
DEEPEST_GROUP = 2  # every other group closes with the neurons
SCALARS = 3


def folded_at(document: Document, depth: int) -> frozenset[int]:
    """Return the groups that are folded at a depth, 0 for networks to 3 for scalars."""
    groups = document.groups.values()
    return frozenset(group.id for group in groups if level(group.template) >= depth)


def depth_of(document: Document) -> int | None:
    """Return the depth the document is shown at; None if its folds fit none, or it has no groups.

    Where several depths look the same, the deepest is meant.
    """
    if not document.groups:
        return None
    folded = document.view.folded & document.groups.keys()
    fitting = (depth for depth in range(SCALARS, -1, -1) if folded_at(document, depth) == folded)
    return next(fitting, None)


def level(template: str | None) -> int:
    """Return the depth from which on a group of this template is open, less one."""
    return LEVELS.get(template or "", DEEPEST_GROUP)
