"""Random but reproducible work on a document, as the tests of files and journal need it."""

from random import Random

from engine.errors import Refusal
from engine.graph import bends, notes, properties, spans, verbs, wiring
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.records import MARKS, ROLES
from engine.ops import OPS

LABELS = ("", "a", "x₁", "naïve", "重み", "😀", 'say "hi"', "back\\slash", "\u202eright to left")


def work(document: Document, random: Random, count: int) -> list[Edit]:
    """Apply `count` random edits to a document and return them."""
    edits: list[Edit] = []
    while len(edits) < count:
        edit = propose(document, random)
        if isinstance(edit, Edit) and not edit.is_empty:
            document.apply(edit)
            edits.append(edit)
    return edits


def worked(seed: int, count: int = 30) -> Document:
    """Return a new document after random work."""
    document = Document()
    work(document, Random(seed), count)
    return document


def propose(document: Document, random: Random) -> Edit | Refusal:
    """Return one random edit, or the refusal of something impossible."""
    nodes = [node.id for node in document.nodes()]
    leaves = [node.id for node in document.nodes() if node.is_leaf]
    place = (random.uniform(-500, 500), float(random.randrange(-500, 500)))
    if len(nodes) < 3 or random.random() < 0.35:
        return add(document, random, place)
    if random.random() < 0.2:
        return note(document, random, place)
    node, other = random.choice(nodes), random.choice(nodes)
    wires = [(target, port) for _source, target, port in document.edges()]
    items = random.sample(nodes, min(3, len(nodes)))
    choices = [
        lambda: verbs.connect(document, node, other),
        lambda: verbs.connect(document, node, other),
        lambda: verbs.delete(document, [node]),
        lambda: bends.add_bend(document, random.choice([*wires, (node, 0)]), 0, place),
        lambda: bends.add_bend(document, random.choice([*wires, (node, 0)]), 1, place),
        lambda: wiring.swap_inputs(document, node),
        lambda: verbs.move(document, {node: place}),
        lambda: verbs.group(document, items, random.choice(LABELS)),
        lambda: properties.set_label(document, node, random.choice(LABELS)),
        lambda: properties.set_comment(document, node, random.choice(LABELS)),
        lambda: properties.set_mark(document, node, random.choice(MARKS)),
        lambda: properties.set_role(document, [node], random.choice(ROLES), random.randrange(3)),
        lambda: spans.set_span(
            document, [node], random.choice((None, (-1.0, 1.0), (0.0, 5e-324)))
        ),
        lambda: properties.set_training(document, learning_rate=random.random(), batch=5),
        lambda: properties.set_data(document, generator="moons", noise=random.random()),
        lambda: properties.set_seeds(document, init=random.randrange(2**32)),
        lambda: properties.set_link(document, random.choice(("logit", "score"))),
        lambda: properties.set_values(
            document, leaves, [random.gauss(0, 1e3) for _leaf in leaves], "Train"
        ),
    ]
    return random.choice(choices)()


def note(document: Document, random: Random, place: tuple[float, float]) -> Edit | Refusal:
    """Add a note or a frame, or do something to one that is there."""
    ids = sorted(document.notes)
    items = random.sample([node.id for node in document.nodes()], 2)
    choices = [
        lambda: notes.add_note(document, place, random.choice(LABELS)),
        lambda: notes.frame(document, items, random.choice(LABELS)),
    ]
    if ids:
        one = random.choice(ids)
        choices += [
            lambda: notes.set_text(document, one, random.choice(LABELS)),
            lambda: notes.resize(document, one, place, (abs(place[0]) + 1, 70.0)),
            lambda: notes.set_colour(document, [one, *document.groups], "moss"),
            lambda: verbs.move(document, {one: place}),
            lambda: verbs.delete(document, [one, *items]),
            lambda: verbs.group(document, [one, items[0]], "both"),
        ]
    return random.choice(choices)()


def add(document: Document, random: Random, place: tuple[float, float]) -> Edit | Refusal:
    """Add a value or an op, perhaps within a group."""
    group = random.choice([None, *document.groups])
    if random.random() < 0.5:
        number = random.choice((0.0, -0.0, 5e-324, 1.7e308, random.gauss(0, 1)))
        label = random.choice(LABELS)
        return verbs.add_value(document, place, value=number, label=label, group=group)
    return verbs.add_op(document, random.choice(list(OPS)), place, group=group)
