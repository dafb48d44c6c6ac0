"""The first weights: micrograd's stream of random numbers, in micrograd's order.

micrograd draws the weights of each neuron with `random.uniform(-1, 1)` and lets biases start at 0.
Weights carry the slot part "weight" and were given ids in that very order, so that one stream over
ascending ids gives the same network as `random.seed(seed); MLP(...)`.
"""

import random
from gettext import gettext as _

from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_values
from engine.graph.records import Node

WEIGHT, BIAS = "weight", "bias"


def weight_stream(seed: int, skip: int = 0) -> random.Random:
    """Return the stream of weights for a seed, after `skip` weights were taken from it."""
    stream = random.Random(seed)
    for _taken in range(skip):
        draw_weight(stream)
    return stream


def draw_weight(stream: random.Random) -> float:
    """Return the next weight, uniform between -1 and 1."""
    return stream.uniform(-1.0, 1.0)


def part(node: Node) -> str:
    """Return which part of a template a node is, "" if none."""
    return str(node.slot[-1]) if node.slot else ""


def count_weights(document: Document) -> int:
    """Return how many weights of templates the document holds already."""
    return sum(part(node) == WEIGHT for node in document.nodes())


def initial_parameters(document: Document, seed: int | None = None) -> Edit:
    """Draw the weights of all templates anew; parameters of no template keep their numbers.

    `seed` defaults to the document's own seed of initial weights.
    """
    stream = weight_stream(document.seeds.init if seed is None else seed)
    ids, numbers = [], []
    for node in document.nodes():
        if part(node) in (WEIGHT, BIAS) and node.is_leaf:
            number = draw_weight(stream) if part(node) == WEIGHT else 0.0
            if node.trainable:
                ids.append(node.id)
                numbers.append(number)
    return set_values(document, ids, numbers, _("New initial weights"))
