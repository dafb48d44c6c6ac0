"""Tidying documents: group by group, one edit, and nothing overlaps afterwards."""

import random
from itertools import combinations

import pytest

from engine.errors import Refusal, accept
from engine.files import read
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.regroup import regroup
from engine.graph.tidy import chores, done, tidied
from engine.graph.verbs import add_op, add_value, connect, delete, disconnect, group, move
from resources import read_bytes


def tidy(document: Document, folded=(), items=None):
    return tidied(document, done(accept(chores(document, folded, items))))


def network(seed: int = 1) -> Document:
    """Return a small network whose every node and group has been thrown about."""
    document, chance = Document(), random.Random(seed)
    document.apply(accept(insert_model(document, Model((3, 2, 1)))))
    records = [*document.nodes(), *document.groups.values()]
    thrown = {
        r.id: (
            r.position[0] + chance.uniform(-400, 400),
            r.position[1] + chance.uniform(-400, 400),
        )
        for r in records
    }
    document.apply(move(document, thrown))
    return document


def overlapping(document: Document, folded=()) -> list[tuple[int, int]]:
    items = project(document, folded).items
    pairs = [(a, b) for a, b in combinations(items, 2) if a.parent == b.parent]
    return [
        (a.id, b.id)
        for a, b in pairs
        if a.rect[0] < b.rect[0] + b.rect[2]
        and b.rect[0] < a.rect[0] + a.rect[2]
        and a.rect[1] < b.rect[1] + b.rect[3]
        and b.rect[1] < a.rect[1] + a.rect[3]
    ]


@pytest.mark.parametrize("depth", ["scalars", "neurons", "network"])
def test_nothing_overlaps_afterwards_at_any_depth(depth):
    document = network()
    templates = {"scalars": (), "neurons": ("neuron",), "network": ("mlp",)}[depth]
    folded = [g.id for g in document.groups.values() if g.template in templates]
    document.apply(tidy(document, folded))
    assert overlapping(document, folded) == []


def test_values_and_wires_are_the_same_and_undo_is_one_step():
    document = network()
    start = document.copy()
    edit = tidy(document)
    assert (edit.title, edit.is_structural) == ("Tidy", False)
    document.apply(edit)
    assert document.edges() == start.edges()
    document.apply(edit.inverse())
    assert document.same_content(start)


def test_a_second_time_changes_nothing():
    document = accept(read(read_bytes("examples/tanh-neuron.mgp")))
    document.apply(tidy(document))
    assert tidy(document).is_empty


def test_what_is_in_a_folded_group_stays_as_it_is():
    document = network()
    folded = [g.id for g in document.groups.values() if g.template == "neuron"]
    inside = {n: document.node(n).position for g in folded for n in document.members(g)}
    document.apply(tidy(document, folded))
    assert {node: document.node(node).position for node in inside} == inside


def test_only_what_is_selected_moves():
    document = network()
    tops = [n.id for n in document.nodes() if n.group is None][:3]
    others = {n.id: n.position for n in document.nodes() if n.id not in tops}
    groups = dict(document.groups)
    document.apply(tidy(document, items=tops))
    assert {node: document.node(node).position for node in others} == others
    assert document.groups == groups


def test_of_a_selected_open_group_the_inside_is_tidied():
    document = network()
    layer = next(g.id for g in document.groups.values() if g.template == "layer")
    place, outside = document.groups[layer].position, set(document.graph)
    outside -= set(document.members(layer))
    before = {node: document.node(node).position for node in outside}
    edit = tidy(document, items=[layer])
    assert edit.touched_nodes <= set(document.members(layer))
    document.apply(edit)
    assert document.groups[layer].position == place
    assert {node: document.node(node).position for node in outside} == before


def test_neurons_of_a_layer_stay_in_their_order():
    document = Document()
    document.apply(accept(insert_model(document, Model((5, 1)))))
    layer = next(g.id for g in document.groups.values() if g.template == "layer")
    _nodes, neurons = document.children(layer)

    def order() -> list[int]:
        return sorted(neurons, key=lambda item: document.groups[item].position[1])

    before = order()
    document.apply(tidy(document))
    assert order() == before
    assert len({document.groups[item].position[0] for item in neurons}) == 1


def test_a_wire_between_groups_orders_the_groups():
    document = Document()
    document.apply(add_value(document, (500, 0)))
    document.apply(accept(add_op(document, "tanh", (0, 0))))
    document.apply(accept(connect(document, 1, 2)))
    document.apply(accept(group(document, [1])))
    document.apply(accept(group(document, [2])))
    document.apply(tidy(document))
    assert document.groups[3].position[0] < document.groups[4].position[0]


def test_what_was_tidied_can_be_told_from_the_document_of_then():
    document = network()
    work = accept(chores(document))
    first = done(work)
    document.apply(move(document, {1: (9.0, 9.0)}))
    assert done(work) == first


@pytest.mark.parametrize("items", [[], [1]])
def test_too_little_is_refused(items):
    assert isinstance(chores(network(), items=items), Refusal)


def test_an_empty_document_is_refused():
    assert isinstance(chores(Document()), Refusal)


def shown_places(document: Document) -> dict[int, tuple[float, float]]:
    return {r.id: r.position for r in [*document.nodes(), *document.groups.values()]}


def moved(before: dict, after: dict) -> list[int]:
    return [item for item in before if item in after and before[item] != after[item]]


def tidy_network(layers: tuple[int, ...] = (8, 8, 1)) -> Document:
    document = Document()
    document.apply(accept(insert_model(document, Model(layers))))
    document.apply(tidy(document))
    return document


@pytest.mark.parametrize("seed", range(8))
def test_a_node_that_is_added_leaves_all_but_a_few_where_they_are(seed):
    document = tidy_network()
    before, chance = shown_places(document), random.Random(seed)
    source = chance.choice(sorted(document.graph))
    document.apply(accept(add_op(document, "tanh", (3000.0, 3000.0))))
    document.apply(accept(connect(document, source, max(document.graph))))
    document.apply(tidy(document))
    assert len(moved(before, shown_places(document))) <= len(before) / 10


@pytest.mark.parametrize("seed", range(8))
def test_a_wire_that_is_taken_out_leaves_all_but_a_few_where_they_are(seed):
    document = tidy_network()
    before, chance = shown_places(document), random.Random(seed)
    _source, target, port = chance.choice(sorted(document.edges()))
    document.apply(disconnect(document, target, port))
    document.apply(tidy(document))
    assert len(moved(before, shown_places(document))) <= len(before) / 10


def test_a_neuron_whose_multiplication_is_deleted_stays_among_the_others():
    document = tidy_network((4, 1))
    before = shown_places(document)
    product = next(node for node in document.nodes() if node.op == "mul")
    document.apply(accept(delete(document, [product.id])))
    document.apply(tidy(document))
    changed = moved(before, shown_places(document))
    assert all(product.group in document.ancestry(document.record(i).group) for i in changed)


def test_a_group_that_everything_has_left_is_tidied_around():
    document = Document()
    for _k in range(3):
        document.apply(add_value(document, (0.0, 0.0)))
    first, second, third = (node.id for node in document.nodes())
    document.apply(accept(group(document, [first, second], "pair")))
    [pair] = document.groups
    document.apply(accept(regroup(document, [first, second], None)))
    assert pair in document.groups
    tidied_up = done(accept(chores(document, (), [pair, first, second, third])))
    assert set(tidied_up) >= {first, second, third}
