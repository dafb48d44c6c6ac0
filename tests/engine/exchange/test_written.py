"""Nodes as text: pasted into an empty document, it makes the same nodes again."""

import random

import pytest

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.exchange.written import text_of_nodes
from engine.files import read
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_label, set_role
from engine.graph.verbs import add_op, add_value, connect
from engine.ops import OPS
from engine.run.evaluate import evaluate
from resources import read_bytes


def made(text: str) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    return document


def shapes(document: Document) -> list[object]:
    """Return what is computed, without ids and places, in an order of its own."""

    def shape(node: int) -> object:
        record = document.node(node)
        inputs = tuple(shape(source) for source in document.inputs(node))
        return (record.op, record.label, record.value, inputs, tuple(record.attributes.items()))

    return sorted(repr(shape(node.id)) for node in document.nodes())


def values(document: Document) -> list[str]:
    result = evaluate(document)
    return sorted(repr(result.number(node.id)) for node in document.nodes())


NEURON = "x1 = 2\nw1 = -3\nb = 0.5\nL = tanh(w1*x1 + b)"
TEXTS = {
    NEURON: NEURON,
    "a = 2; b = a**3; c = b**-a": "a = 2\nb = a**3\nc = b**(-a)",
    "a = 2; c = add(add(a, 1), 4)": "a = 2\nc = add(a + 1, 4)",
    "a = 2; c = a + (a + 1)": "a = 2\nc = a + (a + 1)",
    "a = 2; c = a - (a - 1)*(a/(a*3))": "a = 2\nc = a - (a - 1)*(a/(a*3))",
    "tanh(0.5)": "tanh(0.5)",
    "mul(2, 3)": "mul(2, 3)",
    "x = 1; leaky_relu(x, 0.25)": "x = 1\nleaky_relu(x, slope=0.25)",
    "e = 2; pi = 3; e*pi": "e = 2\npi = 3\ne*pi",
    "a = 1; (-a)**2": "a = 1\n(-a)**2",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_formula_is_written_as_a_person_would(text):
    document = made(text)
    assert text_of_nodes(document, document.graph) == TEXTS[text]
    assert shapes(made(TEXTS[text])) == shapes(document)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_is_read_as_the_same_nodes_with_the_same_values(seed):
    document = grown(seed)
    text = text_of_nodes(document, document.graph)
    assert text is not None
    again = made(text)
    assert shapes(again) == shapes(document)
    assert values(again) == values(document)


def grown(seed: int) -> Document:
    """Return a random graph of every op; what is used twice has a name."""
    chance, document = random.Random(seed), Document()
    uses: dict[int, int] = {}
    for number in range(4):
        label = f"v{number}" if number < 3 else ""
        value = round(chance.uniform(-3, 3), 3)
        document.apply(add_value(document, (0.0, 0.0), value=value, label=label))
    for number in range(14):
        op = OPS[chance.choice(sorted(OPS))]
        document.apply(accept(add_op(document, op.key, (0.0, 0.0))))
        node = max(document.graph)
        free = [
            n for n in document.graph if n != node and (document.node(n).label or not uses.get(n))
        ]
        for source in chance.sample(free, min(len(op.ports) + 2 * op.variadic, len(free))):
            document.apply(accept(connect(document, source, node)))
            uses[source] = uses.get(source, 0) + 1
        if chance.random() < 0.6:
            document.apply(accept(set_label(document, node, f"n{number}")))
    return document


def test_the_lectures_neuron_is_written_once_its_inputs_are_numbers_and_its_names_are_names():
    document = accept(read(read_bytes("examples/tanh-neuron.mgp")))
    features = [node.id for node in document.nodes() if node.role == "feature"]
    document.apply(accept(set_role(document, features, "parameter")))
    assert text_of_nodes(document, document.graph) is None
    for node in list(document.nodes()):
        document.apply(accept(set_label(document, node.id, node.label.replace("*", ""))))
    text = text_of_nodes(document, document.graph)
    assert text is not None
    assert values(made(text)) == values(document)


def test_what_feeds_it_from_outside_is_named():
    document = made("a = 2\nb = 3\nc = tanh(a*b)")
    inner = [node.id for node in document.nodes() if not node.is_leaf]
    assert text_of_nodes(document, inner) == "c = tanh(a*b)"


@pytest.mark.parametrize("label", ["x1*w1", "π", "lambda", "", "v0", "node_number_3"])
def test_a_name_that_is_no_name_has_no_text(label):
    document = made("v0 = 2\nv1 = 3\nc = tanh(v1)\nd = c*c + v0")
    c = accept(document.find("c"))
    document.apply(accept(set_label(document, c, label)))
    assert text_of_nodes(document, document.graph) is None


def test_groups_features_and_free_inputs_have_no_text():
    network = accept(model_document(Model((2, 1))))
    assert text_of_nodes(network, network.graph) is None
    assert text_of_nodes(network, network.groups) is None
    document = Document()
    document.apply(accept(add_op(document, "mul", (0.0, 0.0))))
    assert text_of_nodes(document, document.graph) is None
    assert text_of_nodes(document, ()) is None
