"""Documents to train in tests, and the same tasks told in plain NumPy or in `Value`s."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from engine import Value
from engine.errors import accept
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.models import Model, model_document
from engine.graph.records import Node
from engine.train.trainer import Trainer


def demo(**changed: object) -> Document:
    """Return the document of micrograd's demo notebook, with other fields of the model."""
    return accept(model_document(replace(Model(), **changed)))


def graph(*specs: tuple[str, tuple[int, ...]], leaves: Sequence[tuple[str, float]]) -> Document:
    """Return leaves (role, number) with ids 1, 2, ... and ops wired to earlier ids."""
    document = Document()
    for role, value in leaves:
        document.apply(
            verbs.add_value(document, (0, 0), value=value, role=role, label=f"v{len(document)}")
        )
    for key, sources in specs:
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        made = document.next_id - 1
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
    return document


def marked(document: Document, node: int, mark: str) -> Document:
    """Return the document with one more mark."""
    document.apply(accept(properties.set_mark(document, node, mark)))
    return document


def trained(document: Document, **settings: object) -> Document:
    """Return the document with other training settings."""
    document.apply(accept(properties.set_training(document, **settings)))
    return document


def parabola(start: float = 0.0, **settings: object) -> Document:
    """Return (x - 3)**2, x being node 1, as somebody would wire it by hand."""
    document = graph(
        ("sub", (1, 2)), ("square", (3,)), leaves=[("parameter", start), ("constant", 3.0)]
    )
    return trained(document, **settings)


def built(document: Document, **arguments: object) -> Trainer:
    """Return a trainer that must not be refused."""
    return accept(Trainer.build(document, **arguments))


def recorded(output: Value, parameters: Sequence[Value]) -> tuple[Document, dict[Value, int]]:
    """Return the graph of a `Value`, node by node, and the id of each."""
    document = Document()
    ids = {value: number for number, value in enumerate(output._sorted(), start=1)}
    changes = []
    for value, number in ids.items():
        role = "parameter" if value in set(parameters) else "constant"
        rule = value._rule
        if rule is None:
            node = Node(number, value=float(value.data), role=role)
        else:
            names = [attribute.name for attribute in rule.attributes]
            node = Node(
                number,
                rule.key,
                ports=tuple(range(len(value.inputs))),
                attributes=dict(zip(names, value._attributes, strict=True)),
            )
        changes.append(verbs.create(node))
        changes += [
            Change("edge", (number, port), WHOLE, None, ids[source])
            for port, source in enumerate(value.inputs)
        ]
    document.apply(Edit("Record", tuple(changes)))
    return document, ids


class Network:
    """The demo's network in plain NumPy: hinge loss of an MLP with ReLUs, and its gradient."""

    def __init__(self, vector: np.ndarray, widths: Sequence[int] = (2, 16, 16, 1)) -> None:
        """Take the parameters neuron by neuron, each neuron's weights before its bias."""
        self.layers = []
        for fan, units in pairwise(widths):
            block = vector[: units * (fan + 1)].reshape(units, fan + 1).copy()
            vector = vector[units * (fan + 1) :]
            self.layers.append(block)

    @property
    def vector(self) -> np.ndarray:
        """The parameters in that order."""
        return np.concatenate([block.ravel() for block in self.layers])

    def scores(self, x: np.ndarray) -> np.ndarray:
        """Return the scores of points (n, 2), and remember what backward needs."""
        self.signals = [x]
        for block in self.layers[:-1]:
            x = np.maximum(x @ block[:, :-1].T + block[:, -1], 0.0)
            self.signals.append(x)
        return (x @ self.layers[-1][:, :-1].T + self.layers[-1][:, -1])[:, 0]

    def loss(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the hinge loss of each sample."""
        return np.maximum(1.0 - y * self.scores(x), 0.0)

    def gradient(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the gradient of the loss, summed over the samples."""
        upstream = np.where(self.loss(x, y) > 0.0, -y, 0.0)[:, None]
        blocks = []
        for block, signal in zip(reversed(self.layers), reversed(self.signals), strict=True):
            blocks.append(np.column_stack((upstream.T @ signal, upstream.sum(0))))
            upstream = (upstream @ block[:, :-1]) * (signal > 0.0)
        return np.concatenate([block.ravel() for block in reversed(blocks)])

    def step(self, rate: float, gradient: np.ndarray) -> None:
        """Go downhill."""
        self.__init__(self.vector - rate * gradient)
