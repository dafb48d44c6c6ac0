"""Copies share what neither side has changed, and nobody can tell."""

import random

import networkx as nx
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_label, set_value
from engine.graph.shared import SharedGraph
from engine.graph.verbs import add_op, add_value, connect, delete, disconnect
from engine.graph.wiring import insert_on_wire
from tests.benchmarks.graphs import scalars


def plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return an independent graph of networkx's own kind with the same content."""
    twin = nx.MultiDiGraph()
    twin.add_nodes_from((node, dict(fields)) for node, fields in graph.nodes(data=True))
    twin.add_edges_from(graph.edges(keys=True))
    return twin


def told(graph: nx.MultiDiGraph) -> tuple:
    """Return everything that a graph says, from its sources and from its targets."""
    nodes = {node: fields["node"] for node, fields in graph.nodes(data=True)}
    out = {(a, b, key) for a in graph for b, keys in graph.succ[a].items() for key in keys}
    into = {(a, b, key) for b in graph for a, keys in graph.pred[b].items() for key in keys}
    assert out == into
    return nodes, out


def some_edit(document: Document, chance: random.Random) -> Edit | None:
    """Return any edit at all, None if the one that was thought of is refused."""
    nodes = sorted(document.graph)
    one, other = chance.choice(nodes), chance.choice(nodes)
    wires = document.edges()
    _source, target, port = chance.choice(wires) if wires else (0, one, 0)
    made = [
        lambda: add_value(document, (0.0, 0.0), value=chance.random()),
        lambda: add_op(document, chance.choice(["add", "tanh", "sum"]), (0.0, 0.0)),
        lambda: connect(document, one, other),
        lambda: disconnect(document, target, port),
        lambda: set_label(document, one, f"n{chance.random()}"),
        lambda: set_value(document, one, chance.random()),
        lambda: delete(document, [one]),
    ]
    edit = chance.choice(made)()
    return edit if isinstance(edit, Edit) else None


@pytest.mark.parametrize("seed", range(6))
def test_however_copies_change_each_is_what_it_would_be_on_its_own(seed):
    chance = random.Random(seed)
    document = scalars(20)
    family = [(document, plain(document.graph))]
    for _step in range(150):
        if chance.random() < 0.1 and len(family) < 5:
            parent, _alone = chance.choice(family)
            family.append((parent.copy(), plain(parent.graph)))
        place = chance.randrange(len(family))
        shared, _alone = family[place]
        edit = some_edit(shared, chance)
        if edit is not None:
            shared.apply(edit)
            family[place] = (shared, plain(shared.graph))
        for one, alone in family:  # those that were not touched are as they were
            assert told(one.graph) == told(alone)


def test_a_copy_of_a_large_document_copies_no_node_and_an_edit_the_ends_of_its_wire_alone():
    document = scalars(500)
    twin = document.copy()
    assert twin.same_content(document)
    graph, other = document.graph, twin.graph
    assert all(graph.adj[node]._atlas is other.adj[node]._atlas for node in graph)
    source, target, port = document.edges()[0]
    twin.apply(accept(disconnect(twin, target, port)))
    parted = {node for node in graph if graph.adj[node]._atlas is not other.adj[node]._atlas}
    assert parted == {source, target}
    assert not twin.same_content(document)


def test_what_networkx_makes_of_it_is_independent():
    document = scalars(12)
    before = told(document.graph)
    graph = document.graph.copy()
    assert isinstance(graph, SharedGraph)
    graph.remove_nodes_from(list(graph)[:6])
    assert told(document.graph) == before


def test_trying_a_node_out_on_a_wire_copies_what_is_around_that_wire_alone(monkeypatch):
    document = scalars(500)
    document.apply(accept(add_op(document, "tanh", (0.0, 0.0))))
    taken: list[int] = []
    original = SharedGraph._take

    def take(graph: SharedGraph, node: int) -> None:
        before = len(graph._own or ())
        original(graph, node)
        taken.extend([node] * (len(graph._own or ()) - before))

    monkeypatch.setattr(SharedGraph, "_take", take)
    _source, target, port = document.edges()[-1]
    assert isinstance(insert_on_wire(document, (target, port), document.next_id - 1), Edit)
    assert 0 < len(taken) <= 16
