"""Init schemes, and drawing the weights of networks and of single groups anew."""

import random

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.initialise import initial_parameters, reset_weights, scheme_of
from engine.graph.properties import freeze_group, set_frozen, set_value
from engine.graph.reshape import reshape
from engine.graph.schemes import SCHEMES
from engine.graph.templates import insert_template
from engine.graph.verbs import ungroup
from engine.nn import MLP
from tests.engine.graph.networks import group_of, network, node_at

# Mean and variance of weights, and the biases, by the papers and programs that schemes come from.
MOMENTS = {
    "micrograd": (1 / 3, 0.0),
    "lecture": (1 / 3, None),
    "xavier": (2 / (50 + 20), 0.0),
    "he": (2 / 50, 0.0),
    "playground": (1 / 12, 0.1),
    "zeros": (0.0, 0.0),
}


def numbers(document: Document, part: str) -> np.ndarray:
    found = [n.value for n in document.nodes() if n.slot and n.slot[-1] == part]
    return np.array(found)


@pytest.mark.parametrize("init", SCHEMES)
def test_weights_have_the_spread_that_their_scheme_promises(init: str) -> None:
    document = Document()
    given = {"inputs": 50, "units": 20, "init": init}
    document.apply(accept(insert_template(document, "layer", given, (0.0, 0.0))))
    variance, bias = MOMENTS[init]
    weights = numbers(document, "weight")
    assert np.mean(weights) == pytest.approx(0.0, abs=4 * np.sqrt(variance / len(weights)))
    assert np.var(weights) == pytest.approx(variance, rel=0.15)
    biases = numbers(document, "bias")
    assert len(set(biases)) == 20 if bias is None else set(biases) == {bias}


@pytest.mark.parametrize("init", SCHEMES)
def test_drawing_again_with_the_seed_gives_the_first_weights(init: str) -> None:
    document = network(3, 2, 1, init=init)
    given = {"inputs": 2, "layers": (2, 1), "init": "lecture"}
    document.apply(accept(insert_template(document, "mlp", given, (0.0, 900.0))))
    assert initial_parameters(document).is_empty
    assert not initial_parameters(document, 4).is_empty


def test_the_lecture_scheme_is_the_lecture_network() -> None:
    document = network(4, 4, 1, inputs=3, init="lecture", activation=("tanh",) * 3)
    random.seed(document.seeds.init)
    expected = [p.data for p in MLP.lecture(3, [4, 4, 1]).parameters()]
    assert [n.value for n in document.nodes() if n.role == "parameter"] == expected


def test_files_that_name_no_scheme_mean_micrograd() -> None:
    document = network(3, 1)
    for item, record in document.groups.items():
        kept = {k: v for k, v in record.arguments.items() if k != "init"}
        document.groups[item] = type(record)(
            **{f: getattr(record, f) for f in record.__slots__} | {"arguments": kept}
        )
    assert scheme_of(document, group_of(document, 0, 0).id).key == "micrograd"
    assert initial_parameters(document).is_empty


def test_resetting_a_group_draws_its_weights_and_no_others() -> None:
    document = network(3, 2, 1)
    first = {n.id: n.value for n in document.nodes()}
    for node in document.nodes():
        if node.role == "parameter":
            document.apply(accept(set_value(document, node.id, 9.0)))
    layer = group_of(document, 1)
    frozen = node_at(document, 1, 0, 0, "weight").id
    document.apply(accept(set_frozen(document, [frozen], on=True)))
    edit = accept(reset_weights(document, layer.id))
    assert edit.title == "Reset the weights of layer 2"
    document.apply(edit)
    inside = set(document.members(layer.id))
    for node in document.nodes():
        if node.role == "parameter":
            drawn = node.id in inside and node.id != frozen
            assert node.value == (first[node.id] if drawn else 9.0)


def test_each_group_is_drawn_by_its_own_scheme() -> None:
    document = network(3, 2, 1)
    document.apply(
        accept(reshape(document, group_of(document, 1).id, {"init": "playground"})).edit
    )
    document.apply(accept(reset_weights(document, group_of(document).id, 3)))
    assert node_at(document, 1, 0, 0, "bias").value == 0.1
    assert node_at(document, 0, 0, 0, "bias").value == 0.0
    assert abs(node_at(document, 1, 0, 0, "weight").value) <= 0.5


def test_a_dissolved_neuron_is_still_drawn_in_its_turn() -> None:
    document, whole = network(3, 2, 1), network(3, 2, 1)
    document.apply(accept(ungroup(document, group_of(document, 0, 1).id)))
    document.apply(initial_parameters(document, 5))
    whole.apply(initial_parameters(whole, 5))
    assert [n.value for n in document.nodes()] == [n.value for n in whole.nodes()]


def test_a_group_without_weights_that_can_be_drawn_says_so() -> None:
    document = network(2, 1)
    mlp = group_of(document).id
    document.apply(accept(freeze_group(document, mlp, on=True)))
    refusal = reset_weights(document, mlp)
    assert isinstance(refusal, Refusal)
    assert "Thaw them first" in str(refusal)
    assert isinstance(reset_weights(document, 12345), Refusal)


def test_freezing_a_group_freezes_all_its_parameters_and_thawing_is_the_way_back() -> None:
    document = network(2, 1)
    before = document.copy()
    layer = group_of(document, 0)
    document.apply(accept(set_frozen(document, [node_at(document, 0, 0, 0, "bias").id], on=True)))
    edit = accept(freeze_group(document, layer.id, on=True))
    assert edit.title == "Freeze layer 1"
    document.apply(edit)
    inside = set(document.members(layer.id))
    for node in document.nodes():
        if node.role == "parameter":
            assert node.frozen == (node.id in inside)
    document.apply(accept(freeze_group(document, layer.id, on=False)))
    assert document.same_content(before)
    assert freeze_group(document, layer.id, on=False) is not None
    assert accept(freeze_group(document, layer.id, on=False)).is_empty
