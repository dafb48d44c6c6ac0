"""Random documents for tests: graphs of every op, and random sequences of verbs."""

import random

from engine import ops
from engine.errors import Refusal, accept
from engine.graph import properties, templates, verbs
from engine.graph.document import Document
from engine.graph.edits import Edit


def random_graph(seed: int, size: int = 30) -> Document:
    """Return a document of leaves and ops of all kinds, each fed from what came before."""
    draw = random.Random(seed)
    document = Document()
    for k in range(max(3, size // 4)):
        role = draw.choice(["constant", "parameter"])
        value = draw.choice([draw.uniform(-2, 2), draw.uniform(0.1, 2), draw.uniform(0.5, 1.5)])
        value = value if draw.random() < 0.95 else float(k % 3)  # ties and kinks, too
        document.apply(
            verbs.add_value(document, (0.0, 0.0), value=value, role=role, label=f"v{k}")
        )
    for _step in range(size):
        earlier = [node.id for node in document.nodes()]
        op = draw.choice(list(ops.OPS.values()))
        document.apply(accept(verbs.add_op(document, op.key, (0.0, 0.0))))
        made = document.next_id - 1
        wanted = draw.randint(op.minimum, 4) if op.variadic else len(op.ports)
        for _port in range(wanted):
            source = draw.choice(earlier[-12:])
            document.apply(accept(verbs.connect(document, source, made)))
    last = document.nodes()[-1].id
    document.apply(accept(properties.set_mark(document, last, "backward")))
    return document


def random_edit(document: Document, draw: random.Random) -> Edit | Refusal:
    """Return what a random verb makes of a random choice of things, sensible or not."""
    nodes = [node.id for node in document.nodes()] or [0]
    groups = sorted(document.groups) or [0]
    node, other = draw.choice(nodes), draw.choice(nodes)
    place = (draw.uniform(-500, 500), draw.uniform(-500, 500))
    if node == 0:
        return verbs.add_value(document, place, value=1.0)
    wires = [(target, port) for _source, target, port in document.edges()]
    wire = draw.choice(wires) if wires else (node, 0)
    number = draw.uniform(-3, 3)
    choices = [
        lambda: verbs.add_value(document, place, value=number, label=f"n{len(nodes)}"),
        lambda: verbs.add_op(document, draw.choice(list(ops.OPS)), place),
        lambda: verbs.connect(document, node, other),
        lambda: verbs.connect(document, other, node),
        lambda: verbs.connect(document, node, other, draw.choice([0, 1, 2])),
        lambda: verbs.disconnect(document, *wire),
        lambda: verbs.rewire(document, wire, other),
        lambda: verbs.resource(document, wire, other),
        lambda: verbs.delete(document, {node}),
        lambda: verbs.delete(document, {draw.choice(groups), other}, [wire] if wires else []),
        lambda: verbs.move(document, {node: place, other: place}),
        lambda: verbs.group(document, {node, other}, "pair"),
        lambda: verbs.ungroup(document, draw.choice(groups)),
        lambda: properties.set_value(document, node, number),
        lambda: properties.set_label(document, node, draw.choice(["a", "b", "c"])),
        lambda: properties.set_role(document, {node}, draw.choice(["constant", "parameter"])),
        lambda: properties.set_mark(
            document, node, draw.choice(["loss", "prediction", "backward"])
        ),
        lambda: properties.set_frozen(document, {node}, draw.random() < 0.5),
        lambda: properties.set_training(document, learning_rate=abs(number)),
        lambda: properties.set_data(document, generator="moons", samples=draw.randint(2, 50)),
        lambda: templates.insert_template(document, "neuron", {"inputs": 2}, place),
        lambda: templates.insert_template(document, "hinge", {}, place),
    ]
    return draw.choice(choices)()
