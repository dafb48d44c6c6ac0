"""Networks for tests of reshaping: made by the template, and what its arguments call for."""

from collections.abc import Iterable

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.records import Group, Node, Slot
from engine.graph.reshape import Reshape, reshape
from engine.graph.templates import insert_template
from engine.graph.verbs import delete


def network(*layers: int, inputs: int = 2, **arguments: object) -> Document:
    """Return a document with one MLP and the features that feed it."""
    document = Document()
    given = {"inputs": inputs, "layers": layers, "activation": "tanh", **arguments}
    document.apply(accept(insert_template(document, "mlp", given, (0.0, 0.0))))
    return document


def group_of(document: Document, *slot: int) -> Group:
    """Return the group of a layer or a neuron by its slot, the MLP without one."""
    found = [
        g for _id, g in sorted(document.groups.items()) if g.template and (g.slot or ()) == slot
    ]
    return found[0]


def node_at(document: Document, *slot: int | str) -> Node:
    """Return the node with a slot."""
    return next(node for node in document.nodes() if node.slot == slot)


def slots(document: Document) -> dict[Slot, Node]:
    """Return the nodes of networks by their slots."""
    return {node.slot: node for node in document.nodes() if node.slot}


def called_for(inputs: int, words: Iterable[Iterable[str]]) -> set[Slot]:
    """Return the slots that a network has with these activations, neuron by neuron."""
    found: set[Slot] = set()
    for layer, neurons in enumerate([list(neurons) for neurons in words]):
        for unit, word in enumerate(neurons):
            found |= {
                (layer, unit, k, part) for k in range(inputs) for part in ("weight", "product")
            }
            found |= {(layer, unit, 0, "bias"), (layer, unit, 0, "sum")}
            if word != "linear":
                found.add((layer, unit, 0, "activation"))
        inputs = unit + 1
    return found


def words_of(document: Document) -> list[list[str]]:
    """Return the activation of every neuron, as the arguments of the groups say."""
    given = group_of(document).arguments
    return [
        [neuron_word(document, layer, unit) for unit in range(width)]
        for layer, width in enumerate(given["layers"])
    ]


def neuron_word(document: Document, layer: int, unit: int) -> str:
    """Return the activation of one neuron; without a group of its own, that of its layer."""
    for slot in ((layer, unit), (layer,)):
        groups = [g for g in document.groups.values() if g.template and g.slot == slot]
        if groups:
            return str(groups[0].arguments["activation"])
    given = group_of(document).arguments
    if isinstance(given["activation"], str):
        last = layer == len(given["layers"]) - 1
        return "linear" if last else str(given["activation"])
    return str(given["activation"][layer])


def built_directly(document: Document) -> Document:
    """Return the network that a document holds, built anew: same arguments, holes and numbers."""
    given = group_of(document).arguments
    fresh = network(*given["layers"], inputs=given["inputs"], activation=given["activation"])
    there = slots(document)
    for slot, node in slots(fresh).items():
        if slot[3] == "activation" and slot in there and node.op != there[slot].op:
            raise AssertionError(f"{slot} is {there[slot].op}, built as {node.op}")
    gone = [node.id for slot, node in slots(fresh).items() if slot not in there]
    if gone:
        fresh.apply(accept(delete(fresh, gone)))
    return fresh


def reshaped(document: Document, *slot: int, **arguments: object) -> Reshape:
    """Reshape the group with a slot (the MLP without one) in place."""
    done = accept(reshape(document, group_of(document, *slot).id, arguments))
    document.apply(done.edit)
    return done
