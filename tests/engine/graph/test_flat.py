"""What is seen of a document, worked out over arrays, is what a plain walk over it finds."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ops
from engine.errors import Refusal, accept
from engine.graph.boundary import bundled
from engine.graph.document import Document
from engine.graph.flat import flattened
from engine.graph.projection import Projection, project
from engine.graph.properties import set_label, set_role, set_value
from engine.graph.templates import insert_template
from engine.graph.verbs import add_value, delete, group, move
from tests.engine.random_graphs import random_edit

seeds = st.integers(0, 10_000)


def grouped(seed: int) -> tuple[Document, frozenset[int]]:
    """Return a random document of nested groups and wires across them, and random folds."""
    draw = random.Random(seed)
    document = Document()
    for _step in range(40):
        edit = random_edit(document, draw)
        if not isinstance(edit, Refusal):
            document.apply(edit)
    for _nest in range(2):
        items = [*document.groups, *(node.id for node in document.nodes())]
        edit = group(document, draw.sample(items, min(4, len(items))), "nest")
        if not isinstance(edit, Refusal):
            document.apply(edit)
    return document, frozenset(one for one in document.groups if draw.random() < 0.4)


def owner_of(document: Document, folded: frozenset[int], node: int) -> int:
    around = [one for one in document.ancestry(document.node(node).group) if one in folded]
    return around[-1] if around else node


def port_of(shown: Projection, item: int, source: int) -> int:
    """Return at which port of a folded group a wire from a node begins or ends, else 0."""
    if item not in shown.boundaries:
        return 0
    edge = shown.boundaries[item]
    nodes = edge.outputs if source in edge.outputs else edge.inputs
    return next(place for place, some in enumerate(bundled(nodes)) if source in some)


@settings(max_examples=60)
@given(seeds)
def test_every_node_is_shown_by_the_outermost_folded_group_around_it(seed: int) -> None:
    document, folded = grouped(seed)
    owner = project(document, folded).owner
    assert owner == {n.id: owner_of(document, folded, n.id) for n in document.nodes()}


@settings(max_examples=60)
@given(seeds)
def test_wires_are_the_documents_joined_where_an_end_is_folded(seed: int) -> None:
    document, folded = grouped(seed)
    shown = project(document, folded)
    expected: dict[object, list[tuple[int, int, int]]] = {}
    for edge in document.edges():
        start, end = (owner_of(document, folded, node) for node in edge[:2])
        if start != end:
            plain = (start, end) == edge[:2]
            ports = (port_of(shown, start, edge[0]), port_of(shown, end, edge[0]))
            expected.setdefault(edge if plain else (start, end, *ports), []).append(edge)
    wires = shown.wires
    found = [(w.source_node, w.target_node, w.port, w.many) for w in wires]
    assert sorted(found) == sorted((*edges[0], len(edges)) for edges in expected.values())
    assert [(w.target_node, w.port) for w in wires] == sorted(
        (w.target_node, w.port) for w in wires
    )


@settings(max_examples=60)
@given(seeds)
def test_a_wire_weighs_what_its_product_multiplies_it_by(seed: int) -> None:
    document, folded = grouped(seed)
    for wire in project(document, folded).wires:
        target = document.node(wire.target_node)
        op = ops.get(target.op)
        others = [s for s in document.wired(target.id).values() if s != wire.source_node]
        weighs = (
            op is not None and op.key in ("mul", "prod") and len(document.wired(target.id)) == 2
        )
        weighs = weighs and len(others) == 1 and document.node(others[0]).role == "parameter"
        assert wire.weight == (others[0] if weighs and wire.many == 1 else None)


@settings(max_examples=40)
@given(seeds)
def test_what_lies_in_a_group_is_what_the_records_say(seed: int) -> None:
    document, _folded = grouped(seed)
    flat = flattened(document)
    for parent in (None, *document.groups):
        assert (flat.nodes_in(parent), flat.groups.get(parent or 0, [])) == document.children(
            parent
        )


@pytest.fixture
def neuron() -> Document:
    document = Document()
    document.apply(accept(insert_template(document, "neuron", {"inputs": 2}, (0.0, 0.0))))
    return document


def test_numbers_names_and_places_leave_the_arrays_as_they_are(neuron):
    leaf = next(node.id for node in neuron.nodes() if node.is_leaf)
    before = flattened(neuron)
    for edit in (
        set_value(neuron, leaf, 3.0),
        set_label(neuron, leaf, "other"),
        move(neuron, {leaf: (50.0, 60.0)}),
    ):
        neuron.apply(accept(edit))
        assert flattened(neuron) is before


def test_whatever_else_changes_makes_them_anew(neuron):
    leaf = next(node.id for node in neuron.nodes() if node.is_leaf)
    for make in (
        lambda: set_role(neuron, {leaf}, "constant"),
        lambda: add_value(neuron, (0.0, 0.0), value=1.0),
        lambda: group(neuron, {leaf}, "own"),
        lambda: delete(neuron, {leaf}),
    ):
        before = flattened(neuron)
        edit = accept(make())
        neuron.apply(edit)
        after = flattened(neuron)
        assert after is not before
        neuron.apply(edit.inverse())
        assert flattened(neuron) is not after
