"""The hidden layers of a document's networks: what they add up, and what they say.

Views of the plane ask: where neurons bend it, and how a layer sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.graph.document import Document
from engine.graph.networks import SUM
from engine.graph.records import Group, Node


@dataclass(frozen=True, slots=True)
class HiddenLayer:
    """A layer that is not the last of its network.

    Attributes:
        group: that of the layer.
        neurons: the groups of its neurons, unit by unit.
        sums: the node of each before its activation.
        outputs: the node of each that others read.
    """

    group: int
    neurons: tuple[int, ...]
    sums: tuple[int, ...]
    outputs: tuple[int, ...]


def hidden_layers(document: Document) -> tuple[HiddenLayer, ...]:
    """Return the hidden layers of all networks, from the inputs on."""
    groups = document.groups.values()
    layers = sorted((group for group in groups if group.template == "layer"), key=_place)
    members = _by_neuron(document)
    found = (_layer(document, layer, members) for layer in layers if not _is_last(layer, layers))
    predictions = set(document.marked("prediction"))
    return tuple(one for one in found if one.outputs and not predictions & set(one.outputs))


def _place(group: Group) -> tuple[int, int, int]:
    around = group.group if group.group is not None else group.id
    return (around, number_of(group), group.id)


def number_of(group: Group) -> int:
    """Return the last number of a group's slot: its place in what is around it."""
    last = group.slot[-1] if group.slot else 0
    return last if isinstance(last, int) else 0


def _is_last(layer: Group, layers: list[Group]) -> bool:
    beside = [other for other in layers if other.group == layer.group and other.group is not None]
    return bool(beside) and layer is max(beside, key=_place)


def _layer(document: Document, layer: Group, members: Mapping[int, Sequence[Node]]) -> HiddenLayer:
    own = (g for g in document.groups.values() if g.group == layer.id and g.template == "neuron")
    rows = []
    for neuron in sorted(own, key=lambda group: (number_of(group), group.id)):
        inside = members.get(neuron.id, ())
        ids = {node.id for node in inside}
        total = next((node.id for node in inside if node.slot and node.slot[-1] == SUM), None)
        succ = document.graph.succ
        said = next((node.id for node in inside if not ids.issuperset(succ[node.id])), None)
        if total is not None and said is not None:
            rows.append((neuron.id, total, said))
    neurons, sums, outputs = zip(*rows, strict=True) if rows else ((), (), ())
    return HiddenLayer(layer.id, neurons, sums, outputs)


def _by_neuron(document: Document) -> Mapping[int, Sequence[Node]]:
    """Return the nodes of every neuron, in order of their ids, however deep inside they lie."""
    owner: dict[int | None, int | None] = {}
    members: dict[int, list[Node]] = {}
    for node in sorted(document.nodes(), key=lambda node: node.id):
        if node.group not in owner:
            around = document.ancestry(node.group)
            owner[node.group] = next(
                (g for g in around if document.groups[g].template == "neuron"), None
            )
        neuron = owner[node.group]
        if neuron is not None:
            members.setdefault(neuron, []).append(node)
    return members
