"""What wires lead to, held against networkx."""

import networkx as nx
import pytest

from engine.errors import accept
from engine.graph import notes
from engine.graph.connected import connected
from engine.graph.document import Document
from engine.graph.models import Model, insert_model
from engine.graph.projection import project
from engine.graph.verbs import add_op, add_value, connect


@pytest.fixture
def network() -> Document:
    document = Document()
    document.apply(accept(insert_model(document, Model((3, 1)))))
    return document


@pytest.mark.parametrize("way", ["upstream", "downstream", "both"])
def test_it_is_what_networkx_reaches(network, way):
    graph = nx.DiGraph([edge[:2] for edge in network.edges()])
    for node in sorted(graph)[::7]:
        reach = {
            "upstream": nx.ancestors(graph, node),
            "downstream": nx.descendants(graph, node),
            "both": nx.node_connected_component(graph.to_undirected(), node),
        }[way]
        assert connected(network, project(network), [node], way) == reach | {node}


def test_folded_groups_stand_for_what_they_hold(network):
    folded = [g.id for g in network.groups.values() if g.template == "neuron"]
    shown = project(network, folded)
    leaf = next(n.id for n in network.nodes() if n.role == "feature")
    found = connected(network, shown, [leaf], "downstream")
    assert set(folded) <= found
    assert found <= shown.by_id.keys()


def test_from_a_group_it_goes_on_from_all_it_holds(network):
    layer = next(g.id for g in network.groups.values() if g.template == "layer")
    found = connected(network, project(network), [layer], "upstream")
    features = {n.id for n in network.nodes() if n.role == "feature"}
    assert features <= found
    assert not found & set(network.members(layer))


def test_wires_lead_on_from_what_a_frame_holds():
    document = Document()
    document.apply(add_value(document, (0.0, 0.0)))
    document.apply(accept(add_op(document, "tanh", (300.0, 0.0))))
    document.apply(accept(connect(document, 1, 2)))
    document.apply(accept(notes.frame(document, [2])))
    document.apply(notes.add_note(document, (0.0, 900.0), "n"))
    frame, note = sorted(document.notes)
    chosen = connected(document, project(document), [frame, note], "upstream")
    assert chosen == {1, frame, note}
