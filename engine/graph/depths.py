"""How deep a graph is unfolded: networks, layers, neurons or scalars.

Pure functions over a document's groups; the Graph menu, the switch in the top bar, folding by
zoom and `main.py export` use them.
"""

from engine.graph.document import Document

LEVELS = {"mlp": 0, "layer": 1, "neuron": 2}
DEEPEST_GROUP = 2  # every other group closes with the neurons
SCALARS = 3


def levels(document: Document) -> dict[int, int]:
    """Return the depth from which on each group is open, less one.

    What holds neurons, layers or networks is open before they are; around a network, always.
    """
    groups = document.groups
    parts = {one.id: LEVELS[one.template] for one in groups.values() if one.template in LEVELS}
    for group in sorted(groups, key=lambda one: -len(document.ancestry(one))):
        around = groups[group].group
        if group in parts and around is not None:
            parts[around] = min(parts.get(around, DEEPEST_GROUP), parts[group] - 1)
    return {group: parts.get(group, DEEPEST_GROUP) for group in groups}


def folded_at(document: Document, depth: int) -> frozenset[int]:
    """Return the groups that are folded at a depth, 0 for networks to 3 for scalars."""
    return frozenset(group for group, level in levels(document).items() if level >= depth)


def depth_of(document: Document) -> int | None:
    """Return the depth the document is shown at; None if its folds fit none, or it has no groups.

    Where several depths look the same, the deepest is meant.
    """
    if not document.groups:
        return None
    folded, level = document.view.folded & document.groups.keys(), levels(document)
    for depth in range(SCALARS, -1, -1):
        if folded == {group for group in level if level[group] >= depth}:
            return depth
    return None
