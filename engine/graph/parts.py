"""Which groups and nodes are the parts of a network that a template made.

A neuron lies in a layer and a layer in an MLP; the outermost of them is the network, and slots
tell what is which part of it.  A copy of a neuron beside it is no part: it has a slot that is
taken, or none, and is a network of its own.  Initial weights and reshaping ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.graph.document import Document
from engine.graph.records import Group, Slot

# How long the slot of a part is, by what it is a part of and what it is.
DEPTHS: Mapping[str, Mapping[str, int]] = {
    "mlp": {"layer": 1, "neuron": 2},
    "layer": {"neuron": 2},
    "neuron": {},
}


def roots(document: Document) -> dict[int, int]:
    """Return the network that each group lies in, by the ids of both.

    A network that is no part of another lies in itself; groups in none are left out.
    """
    found: dict[int, int] = {}
    taken: set[tuple[int, Slot]] = set()
    depth: dict[int | None, int] = {None: 0}
    for item in document.groups:
        for around in reversed(document.ancestry(item)):
            depth.setdefault(around, depth[document.groups[around].group] + 1)
    for item in sorted(document.groups, key=lambda item: (depth[item], item)):
        group = document.groups[item]
        root = found.get(group.group or 0)
        if group.template is None:
            if root is not None:
                found[item] = root
        elif root is not None and _fits(document.groups[root], group, taken):
            taken.add((root, group.slot or ()))
            found[item] = root
        else:
            found[item] = item
    return found


def _fits(root: Group, group: Group, taken: set[tuple[int, Slot]]) -> bool:
    """Whether a group may be a part of a network, and is the first with its slot."""
    length = DEPTHS.get(root.template or "", {}).get(group.template or "", 0)
    slot = group.slot or ()
    if not all(isinstance(number, int) for number in slot):
        return False
    begins = (root.slot or ())[:1] in ((), slot[:1])
    return length == len(slot) > 0 and begins and (root.id, slot) not in taken


@dataclass(slots=True)
class Parts:
    """The parts of one network by their slots, and what lies where in it.

    `start` is the slot of the network's first neuron: a layer that was taken out of an MLP still
    calls itself by the number it had there.
    """

    root: int
    start: tuple[int, int] = (0, 0)
    groups: dict[Slot, int] = field(default_factory=dict)
    nodes: dict[Slot, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def slot(self, layer: int, unit: int, *rest: int | str) -> Slot:
        """Return the slot of a neuron, or of a node in it, both numbers counted in the network."""
        return (layer + self.start[0], unit + self.start[1], *rest)

    def node(self, layer: int, unit: int, place: int, part: str) -> int | None:
        """Return a node by its place, None if it was deleted."""
        return self.nodes.get(self.slot(layer, unit, place, part))

    def neuron(self, layer: int, unit: int) -> int | None:
        """Return the group of a neuron, None if there is none any more."""
        return self.groups.get(self.slot(layer, unit))

    def layer(self, layer: int) -> int | None:
        """Return the group of a layer, None if there is none any more."""
        return self.groups.get((layer + self.start[0],))


def parts(document: Document, root: int) -> Parts:
    """Return the parts of a network; `members` has the nodes of every group in it."""
    found = Parts(root)
    rooted = roots(document)
    for item in sorted(document.subgroups(root)):
        found.members[item] = []
        group = document.groups[item]
        if item != root and rooted.get(item) == root and group.template is not None:
            found.groups[group.slot or ()] = item
    own = {item for item in found.members if rooted.get(item) == root}
    for node in document.records().values():
        if node.group in found.members:
            found.members[node.group].append(node.id)
            slot = node.slot
            if slot is not None and node.group in own:
                first = found.nodes.setdefault(slot, node.id)
                if node.id < first:
                    found.nodes[slot] = node.id
    for members in found.members.values():
        members.sort()
    _begin(document.groups[root], found)
    return found


def _begin(root: Group, found: Parts) -> None:
    """Find out how the first neuron is called, and enter the network itself under its slot."""
    if root.template == "mlp":
        return
    begun = (slot[:2] for slot in found.nodes if _is_neuron(slot))
    match root.slot or min(begun, default=()):
        case (int(layer),):
            unit = 0
        case (int(layer), int(unit), *_rest):
            pass
        case _:
            layer = unit = 0
    if root.template == "layer":
        found.start = (layer, 0)
        found.groups[(layer,)] = root.id
    else:
        found.start = (layer, unit)
        found.groups[found.start] = root.id


def _is_neuron(slot: Slot) -> bool:
    return len(slot) > 2 and all(isinstance(number, int) for number in slot[:2])
