"""The first weights: drawn by the scheme of each network, in micrograd's order.

micrograd draws the weights of each neuron, then its bias, neuron after neuron, so that one stream
over all slots in this order gives the same network as `random.seed(seed); MLP(...)`.  Networks
follow each other as they were made.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from gettext import gettext as _
from random import Random

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.parts import roots
from engine.graph.properties import set_seeds, set_values
from engine.graph.records import Node
from engine.graph.schemes import MICROGRAD, SCHEMES, Scheme
from engine.graph.start import forgotten, rewound
from engine.graph.streams import Arc4, Seed, next_seed, stream

WEIGHT, BIAS = "weight", "bias"


def weight_stream(seed: Seed, document: Document | None = None) -> Random:
    """Return the stream of weights for a seed, after those of a document were taken from it."""
    numbers = stream(seed)
    if document is not None:
        for _drawn in _draws(document, numbers):
            pass
    return numbers


def next_init(document: Document) -> Seed:
    """Return the seed of the initial weights that come after the document's own."""
    numbers = weight_stream(document.seeds.init, document)
    return next_seed(document.seeds.init, numbers.drawn if isinstance(numbers, Arc4) else 0)


def part(node: Node) -> str:
    """Return which part of a template a node is, "" if none."""
    return str(node.slot[-1]) if node.slot else ""


def scheme_of(document: Document, group: int | None) -> Scheme:
    """Return what is drawn by in a group: the scheme of the innermost template that names one."""
    for around in document.ancestry(group):
        named = document.groups[around].arguments.get("init")
        if isinstance(named, str) and named in SCHEMES:
            return SCHEMES[named]
    return SCHEMES[MICROGRAD]


def initial_parameters(document: Document, seed: Seed | None = None) -> Edit:
    """Draw the weights of all templates anew; parameters of no template keep their numbers.

    `seed` defaults to the document's own seed of initial weights.
    """
    return _redrawn(document, seed, None, _("New initial weights"))


def new_weights(document: Document, seed: Seed | None = None) -> Edit | Refusal:
    """Draw all weights anew from another seed, the next one if none is given; begin with them.

    What was made by hand goes back to its start; frozen parameters stay as they are.
    """
    chosen = next_init(document) if seed is None else seed
    seeds = set_seeds(document, init=chosen)
    if isinstance(seeds, Refusal):
        return seeds
    drawn = initial_parameters(document, chosen)
    if seed is None and not drawn.touched_nodes:
        return Refusal(
            _("There are no weights to draw"),
            _("only those of neurons, layers and networks are"),
            _("Rewind brings others back to where they started"),
        )
    back = rewound(document)
    numbers = ({} if isinstance(back, Refusal) else back.numbers) | drawn.numbers
    edit = set_values(document, list(numbers), list(numbers.values()), drawn.title)
    return replace(edit, changes=(*seeds.changes, *forgotten(document, numbers)))


def reset_weights(document: Document, group: int, seed: Seed | None = None) -> Edit | Refusal:
    """Draw the weights in one group anew: those that `initial_parameters` would give it.

    With the seed of the document they are the first ones again.  Frozen ones stay as they are.
    """
    if group not in document.groups:
        return Refusal(_("There is no group #{id}").format(id=group))
    label = document.groups[group].label
    inside = document.subgroups(group)
    weights = [n for n in document.records().values() if n.group in inside and _is_drawn(n)]
    if not any(node.trainable for node in weights):
        return Refusal(
            _("{label} has no weights to draw").format(label=label),
            _("those of templates are drawn, and frozen ones stay"),
            _("Thaw them first") if weights else "",
            (group,),
        )
    return _redrawn(document, seed, inside, _("Reset the weights of {label}").format(label=label))


def _redrawn(document: Document, seed: Seed | None, inside: set[int] | None, title: str) -> Edit:
    drawn = _draws(document, stream(document.seeds.init if seed is None else seed))
    ids, numbers = [], []
    for node, number in drawn:
        if node.trainable and (inside is None or node.group in inside):
            ids.append(node.id)
            numbers.append(number)
    edit = set_values(document, ids, numbers, title)
    return replace(edit, changes=forgotten(document, ids))


def _draws(document: Document, numbers: Random) -> Iterator[tuple[Node, float]]:
    """Draw a number for every weight and bias of templates, frozen ones too."""
    rooted = roots(document)
    drawn = [node for node in document.records().values() if _is_drawn(node)]
    places = sorted((_place(rooted, node), node.id) for node in drawn)
    fan_in = Counter(place[:3] for place, _node in places if not place[3])
    fan_out = Counter(neuron[:2] for neuron in fan_in)
    schemes: dict[int | None, Scheme] = {}
    by_id = {node.id: node for node in drawn}
    for place, item in places:
        node = by_id[item]
        if node.group not in schemes:
            schemes[node.group] = scheme_of(document, node.group)
        scheme = schemes[node.group]
        if place[3]:
            yield node, scheme.bias(numbers)
        else:
            yield node, scheme.weight(numbers, fan_in[place[:3]], fan_out[place[:2]])


def _is_drawn(node: Node) -> bool:
    return node.is_leaf and part(node) in (WEIGHT, BIAS)


def _place(rooted: Mapping[int, int], node: Node) -> tuple[int, int, int, bool, int]:
    """Return network, layer, unit, whether it is a bias, and input.

    What lies in no network is one by itself: its turn comes when its id does.
    """
    bias = part(node) == BIAS
    root = rooted.get(node.group or 0)
    match node.slot:
        case (int(layer), int(unit), int(k), _part) if root is not None:
            return (root, layer, unit, bias, k)
    return (node.id, 0, 0, bias, 0)
