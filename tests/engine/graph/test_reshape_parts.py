"""Reshaping activations, inputs, and single layers and neurons: in a network, or by themselves."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.reshape import reshape
from engine.graph.templates import insert_template
from engine.graph.verbs import add_value
from tests.engine.graph.networks import group_of, network, node_at, reshaped


def test_an_activation_changes_in_place() -> None:
    document = network(3, 2, 1)
    node = node_at(document, 0, 1, 0, "activation")
    wires = document.consumers(node.id)
    done = reshaped(document, activation="leaky_relu")
    now = document.node(node.id)
    assert (done.added, done.removed) == (0, 0)
    assert now.op != "tanh"
    assert document.consumers(node.id) == wires
    assert node_at(document, 2, 0, 0, "sum").label == "", "the last layer stays linear"


def test_becoming_linear_and_back_carries_consumers_marks_and_name() -> None:
    document = accept(model_document(Model(layers=(3, 1))))
    [score] = document.marked("prediction")
    wires = document.consumers(score)
    reshaped(document, activation=("tanh", "tanh"))
    end = node_at(document, 1, 0, 0, "activation")
    assert (end.label, end.marks) == ("score", ("prediction",))
    assert document.consumers(end.id) == wires
    assert document.node(score).label == "n"
    assert group_of(document).arguments["activation"] == ("tanh", "tanh")
    done = reshaped(document, activation="tanh")
    assert done.lost == ()
    assert document.consumers(score) == wires
    assert (document.node(score).label, document.node(score).marks) == ("score", ("prediction",))
    assert group_of(document).arguments["activation"] == "tanh"


def test_one_neuron_may_differ_and_goes_on_differing_until_its_layer_is_changed() -> None:
    document = network(3, 2, 1)
    reshaped(document, 0, 1, activation="relu")
    assert group_of(document).arguments["activation"] == "tanh"
    reshaped(document, layers=(4, 2, 1))
    ops = [node_at(document, 0, unit, 0, "activation").op for unit in range(4)]
    assert ops == ["tanh", "relu", "tanh", "tanh"]
    reshaped(document, 0, activation="sigmoid")
    assert {node_at(document, 0, unit, 0, "activation").op for unit in range(4)} == {"sigmoid"}
    assert group_of(document).arguments["activation"] == ("sigmoid", "tanh", "linear")
    for unit in range(4):
        reshaped(document, 0, unit, activation="tanh")
    assert group_of(document).arguments["activation"] == "tanh", "once all of a layer agree"


def test_the_arguments_of_what_is_around_follow_a_layer() -> None:
    document = network(3, 2, 1)
    reshaped(document, 1, units=5)
    given = group_of(document).arguments
    assert given["layers"] == (3, 5, 1)
    assert group_of(document).label == "MLP 2 → 3 → 5 → 1"
    assert group_of(document, 2).arguments["inputs"] == 5
    assert group_of(document, 2, 0).arguments["inputs"] == 5
    refusal = reshape(document, group_of(document, 1).id, {"inputs": 4})
    assert isinstance(refusal, Refusal)
    assert "layer before it" in str(refusal)


@pytest.mark.parametrize("template", ["neuron", "layer"])
def test_neurons_and_layers_of_their_own_are_reshaped_too(template: str) -> None:
    document = Document()
    document.apply(accept(insert_template(document, template, {}, (0.0, 0.0))))
    [own] = [g.id for g in document.groups.values() if g.template == template]
    before = document.copy()
    done = accept(reshape(document, own, {"inputs": 3, "activation": "linear"}))
    document.apply(done.edit)
    assert document.groups[own].arguments["inputs"] == 3
    neurons = 1 if template == "neuron" else 4
    assert (done.added, done.removed) == (2 * neurons + 1, neurons)
    assert [n.label for n in document.nodes() if n.role == "feature"] == ["x1", "x2", "x3"]
    document.apply(done.edit.inverse())
    assert document.same_content(before)


def test_new_inputs_are_fed_by_features_that_are_free_then_by_new_ones() -> None:
    document = network(2, 1)
    document.apply(add_value(document, (-500.0, 0.0), label="age", role="feature", index=5))
    age = document.next_id - 1
    reshaped(document, inputs=4)
    assert document.source(node_at(document, 0, 1, 2, "product").id, 1) == age
    fourth = document.source(node_at(document, 0, 1, 3, "product").id, 1)
    assert document.node(fourth).label == "x3"
    assert document.node(fourth).index == 2
    reshaped(document, inputs=1)
    assert document.consumers(age) == ()
    assert fourth in document, "the features themselves are the user's"


def test_what_is_made_of_the_features_beforehand_feeds_new_inputs_too() -> None:
    document = network(2, 1)
    given = {"features": ("x1", "x2", "x1*x2")}
    document.apply(accept(insert_template(document, "features", given, (-300.0, 300.0))))
    product = next(n.id for n in document.nodes() if n.slot == ("x1*x2",))
    reshaped(document, inputs=3)
    assert document.source(node_at(document, 0, 1, 2, "product").id, 1) == product


def test_sources_may_be_named() -> None:
    document = network(2, 1)
    document.apply(add_value(document, (-500.0, 0.0), label="c", value=2.0))
    mine = document.next_id - 1
    reshaped(document, sources=(mine,))
    assert group_of(document).arguments["inputs"] == 3
    assert {target for target, _port in document.consumers(mine)} == {
        node_at(document, 0, unit, 2, "product").id for unit in range(2)
    }
    out = node_at(document, 1, 0, 0, "sum").id
    refusal = reshape(document, group_of(document).id, {"sources": (out,)})
    assert isinstance(refusal, Refusal)
    assert "would feed itself" in str(refusal)
