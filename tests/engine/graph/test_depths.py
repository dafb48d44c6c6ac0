"""How deep a graph is unfolded, from networks down to scalars."""

from dataclasses import replace

import pytest

from engine.errors import accept
from engine.graph.depths import SCALARS, depth_of, folded_at
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.templates import insert_template
from engine.graph.verbs import group


@pytest.fixture(scope="module")
def moons() -> Document:
    return accept(model_document(Model(layers=(3, 1))))


def templates(document: Document, ids: frozenset[int]) -> set[str]:
    return {document.groups[item].template or "" for item in ids}


def test_each_depth_folds_one_kind_less(moons):
    assert {"mlp", "layer", "neuron"} <= templates(moons, folded_at(moons, 0))
    assert templates(moons, folded_at(moons, 1)) >= {"layer", "neuron"}
    assert not templates(moons, folded_at(moons, 1)) & {"mlp"}
    assert not templates(moons, folded_at(moons, 2)) & {"mlp", "layer"}
    assert "neuron" in templates(moons, folded_at(moons, 2))
    assert folded_at(moons, SCALARS) == frozenset()


def test_a_new_network_is_shown_with_its_neurons_folded(moons):
    assert depth_of(moons) == 2


@pytest.mark.parametrize("depth", range(4))
def test_the_depth_that_was_chosen_is_the_one_that_is_shown(moons, depth):
    document = moons.copy()
    document.view = replace(document.view, folded=folded_at(document, depth))
    assert depth_of(document) == depth


def test_a_single_unfolded_neuron_fits_no_depth(moons):
    document = moons.copy()
    neuron = next(one.id for one in document.groups.values() if one.template == "neuron")
    document.view = replace(document.view, folded=document.view.folded - {neuron})
    assert depth_of(document) is None


def test_a_group_of_ones_own_closes_with_the_neurons():
    document = Document()
    document.apply(accept(insert_template(document, "squared_error", {}, (0, 0))))
    own = accept(group(document, document.groups.keys(), "mine"))
    document.apply(own)
    assert folded_at(document, 2) == document.groups.keys()
    assert folded_at(document, 3) == frozenset()


def test_a_group_around_a_network_never_hides_what_a_depth_shows(moons):
    document = moons.copy()
    [network] = [one.id for one in document.groups.values() if one.template == "mlp"]
    made = document.next_id
    document.apply(accept(group(document, {network}, "mine")))
    outer = document.next_id
    document.apply(accept(group(document, {made}, "around")))
    for depth in range(SCALARS + 1):
        assert not folded_at(document, depth) & {made, outer}
        document.view = replace(document.view, folded=folded_at(document, depth))
        assert depth_of(document) == depth
        before = templates(moons, folded_at(moons, depth))
        assert templates(document, folded_at(document, depth)) == before


def test_a_group_around_neurons_closes_with_the_layers(moons):
    document = moons.copy()
    neurons = [one for one in document.groups.values() if one.template == "neuron"]
    pair = [one.id for one in neurons if one.group == neurons[0].group][:2]
    made = document.next_id
    document.apply(accept(group(document, pair, "pair")))
    assert made not in folded_at(document, 2)
    assert made in folded_at(document, 1)


def test_a_graph_without_groups_has_no_depth():
    assert depth_of(Document()) is None
