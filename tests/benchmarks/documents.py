"""Documents for benchmarks: a task's network, and networks of growing size."""

import numpy as np

from engine.errors import accept
from engine.graph import properties
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import LEAF
from tests.benchmarks.task import Task


def network(task: Task) -> Document:
    """Return the wired scalars of a task, with the task's own weights."""
    inputs, *layers = task.layers
    model = Model(layers=layers, activation=task.activation, features=inputs)
    document = accept(model_document(model))
    numbers = np.concatenate(
        [
            np.concatenate([weights, biases[:, None]], axis=1).ravel()
            for weights, biases in task.weights()
        ]
    )
    ids = [n.id for n in document.nodes() if n.op == LEAF and n.role == "parameter"]
    document.apply(accept(properties.set_values(document, ids, numbers.tolist(), "")))
    return document


def chain_free(width: int) -> Document:
    """Return a network of two hidden layers so wide."""
    return accept(model_document(Model(layers=(width, width, 1))))
