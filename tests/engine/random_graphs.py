"""Random documents for tests: graphs of every op, and random sequences of verbs."""

import random

from engine import ops
from engine.errors import Refusal, accept
from engine.graph import bends, properties, templates, verbs, wiring
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
        lambda: bends.add_bend(document, wire, draw.choice([0, 1, 2]), place),
        lambda: bends.add_bend(document, wire, draw.choice([0, 1, 2]), place),
        lambda: bends.move_bend(document, wire, 0, place),
        lambda: bends.remove_bend(document, wire, 0),
        lambda: bends.straighten(document, wires),
        lambda: wiring.cut_off(document, {node, other}),
        lambda: wiring.insert_on_wire(document, wire, node, place),
        lambda: wiring.insert_made_on_wire(
            document, wire, accept(verbs.add_op(document, draw.choice(list(ops.OPS)), place))
        ),
        lambda: wiring.extract(document, node),
        lambda: wiring.swap_inputs(document, node),
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


def random_network(seed: int, size: int = 12) -> Document:
    """Return something to train: layers of neurons that share inputs, and odd ops between them.

    Some weights are used twice, some sums are chains of two-input adds, some layers read part of
    an earlier one: what looks like a layer and is not must come out right, too.
    """
    return _NetworkMaker(seed).made(size)


class _NetworkMaker:
    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.document = Document()
        self.weights: list[int] = []

    def made(self, size: int) -> Document:
        """Build features, layers and odd ops, and mark a loss and perhaps a penalty."""
        signals = [self.leaf("feature", k) for k in range(self.draw.randint(1, 3))]
        narrow = [self.leaf("constant"), self.leaf("parameter")]
        target = self.leaf("target")
        for _round in range(self.draw.randint(1, 3)):
            width, shared = self.draw.randint(1, 4), self.draw.random() < 0.8
            inputs = self.draw.sample(signals, self.draw.randint(1, min(5, len(signals))))
            layer = [
                self.neuron(inputs if shared else self.draw.sample(signals, 1))
                for _unit in range(width)
            ]
            bend = self.draw.choice(["relu", "tanh", "sigmoid", "softplus", "leaky_relu"])
            signals += [self.op(bend, [unit]) for unit in layer]
        calm = ["add", "sub", "mul", "neg", "square", "tanh", "max", "min", "prod", "sin", "abs"]
        for _step in range(self.draw.randint(0, size)):
            op = ops.OPS[self.draw.choice([*calm, "logsumexp", "softplus", "exp"])]
            wanted = self.draw.randint(1, 3) if op.variadic else len(op.ports)
            pool = narrow if self.draw.random() < 0.2 else [*signals[-8:], *narrow]
            made = self.op(op.key, [self.draw.choice(pool) for _port in range(wanted)])
            (narrow if pool is narrow else signals).append(made)
        score = self.neuron(signals[-6:])
        loss = self.op("square", [self.op("sub", [score, target])])
        self.document.apply(accept(properties.set_mark(self.document, loss, "loss")))
        if self.draw.random() < 0.4:
            penalty = self.op("square", [self.draw.choice(narrow)])
            self.document.apply(accept(properties.set_mark(self.document, penalty, "penalty")))
        return self.document

    def neuron(self, inputs: list[int]) -> int:
        """Return a weighted sum, as an n-ary add or as a chain of twos."""
        again = self.weights and self.draw.random() < 0.1
        own = [self.leaf("parameter") for _signal in inputs]
        if again:
            own[0] = self.draw.choice(self.weights)
        self.weights += own
        terms = [self.op("mul", [w, x]) for w, x in zip(own, inputs, strict=True)]
        if self.draw.random() < 0.8:
            terms.append(self.leaf("parameter"))
        if self.draw.random() < 0.5 or len(terms) < 2:
            return self.op("add", terms)
        total = terms[0]
        for term in terms[1:]:
            total = self.op("add", [total, term])
        return total

    def leaf(self, role: str, index: int = 0) -> int:
        """Add a leaf; return its id."""
        value = self.draw.uniform(-1, 1)
        self.document.apply(
            verbs.add_value(self.document, (0.0, 0.0), value=value, role=role, index=index)
        )
        return self.document.next_id - 1

    def op(self, key: str, inputs: list[int]) -> int:
        """Add an op with its wires; return its id."""
        self.document.apply(accept(verbs.add_op(self.document, key, (0.0, 0.0))))
        made = self.document.next_id - 1
        for source in inputs:
            self.document.apply(accept(verbs.connect(self.document, source, made)))
        return made
