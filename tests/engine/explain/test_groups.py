"""A group is told in few words, and what crosses its edge is found by a second, slower search."""

from dataclasses import replace

import pytest

from engine.errors import accept
from engine.explain.groups import beside_name, counts, ports, template_line
from engine.graph.boundary import boundary
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.records import Group
from engine.graph.verbs import group as group_verb
from engine.run.evaluate import evaluate
from tests.engine.random_graphs import random_graph


@pytest.fixture(scope="module")
def moons() -> Document:
    """Return the demo's network with loss and data."""
    document = Document()
    document.apply(accept(insert_model(document, Model(), (0.0, 0.0))))
    return document


@pytest.mark.parametrize(
    ("group", "line", "beside"),
    [
        (Group(1, "inputs"), "", ""),
        (
            Group(1, "layer 1", template="layer", arguments={"units": 16, "activation": "tanh"}),
            "layer · 16 tanh",
            "layer · 16 tanh",
        ),
        (
            Group(
                1,
                "MLP 2 → 16 → 1",
                template="mlp",
                arguments={"inputs": 2, "layers": (16, 1), "activation": "relu"},
            ),
            "MLP 2 → 16 → 1 · relu",
            "relu",
        ),
        (
            Group(1, "n", template="neuron", arguments={"inputs": 3, "activation": "relu"}),
            "neuron · 3 inputs · relu",
            "neuron · 3 inputs · relu",
        ),
        (Group(1, "hinge", template="hinge"), "hinge", ""),
        (Group(1, "mine", template="of another version"), "", ""),
    ],
)
def test_a_template_is_told_in_one_short_line(group: Group, line: str, beside: str) -> None:
    assert (template_line(group), beside_name(group)) == (line, beside)


def test_parameters_are_counted_and_frozen_ones_told(moons: Document) -> None:
    layer = next(g.id for g in moons.groups.values() if g.label == "layer 2")
    assert counts(moons, layer).words == "272 parameters"
    told = counts(moons, layer)
    assert replace(told, frozen=4).words == "272 parameters, 4 frozen"
    assert replace(told, frozen=272).words == "272 parameters, frozen"
    loss = next(g.id for g in moons.groups.values() if g.template == "hinge")
    assert counts(moons, loss).words == "4 scalars"


def test_the_ports_of_a_network_carry_names_and_the_numbers_of_the_result(moons: Document) -> None:
    result = evaluate(moons)
    told = {g.label: ports(moons, result, g.id) for g in moons.groups.values()}
    assert [port.name for port in told["layer 1"].inputs] == ["x1", "x2"]
    assert [port.name for port in told["layer 2"].inputs] == [f"neuron {k + 1}" for k in range(16)]
    assert [port.name for port in told["neuron 1"].outputs] == ["score"]  # of the output layer
    for some in told.values():
        for port in (*some.inputs, *some.outputs):
            assert port.value == result.number(port.node)
            assert port.gradient == (
                result.slope(port.node) if port.gradient is not None else None
            )


@pytest.mark.parametrize("seed", range(40))
def test_what_crosses_an_edge_is_what_a_slower_search_finds(seed: int) -> None:
    document = random_graph(seed)
    chosen = [node.id for node in document.nodes()][seed % 3 :: 2]
    document.apply(accept(group_verb(document, chosen)))
    own = max(document.groups)
    inside = set(document.members(own))
    edges = document.edges()
    fed = {source for source, target, _port in edges if target in inside and source not in inside}
    ends = {
        node
        for node in inside
        if document.node(node).marks
        or all(source != node for source, _target, _port in edges)
        or any(source == node and target not in inside for source, target, _port in edges)
    }
    assert boundary(document, own) == (tuple(sorted(fed)), tuple(sorted(ends)))
