"""What has a part in the selection and what has none, against networkx on random graphs."""

import networkx as nx
import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.verbs import add_op, add_value, connect
from engine.run.evaluate import evaluate
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.paths import onward, unconcerned
from playground.canvas.frame.readings import Reader

pytestmark = pytest.mark.usefixtures("qapp")  # fonts are measured


def tangle(seed: int) -> Document:
    rng = np.random.default_rng(seed)
    document = Document()
    for _leaf in range(6):
        document.apply(add_value(document, (0, 0), value=1.0))
    for _op in range(18):
        made = document.next_id
        document.apply(accept(add_op(document, "add", (0, 0))))
        for source in rng.choice(np.arange(1, made), 2, replace=False):
            document.apply(accept(connect(document, int(source), made)))
    return document


@pytest.mark.parametrize("seed", range(12))
def test_the_rest_is_neither_before_the_selection_nor_on_its_way_to_the_output(seed):
    document = tangle(seed)
    frame = build_frame(document, frozenset())
    readings = Reader(frame).read(evaluate(document))
    chosen = int(np.random.default_rng(seed).integers(1, 25))
    selected = frame.ids == chosen
    way = readings.reached
    wires = frame.wires
    graph = nx.DiGraph(document.graph)
    if way.any():
        allowed = nx.DiGraph()
        allowed.add_nodes_from(graph)
        allowed.add_edges_from(
            zip(wires.source[way].tolist(), wires.target[way].tolist(), strict=True)
        )
    else:
        allowed = graph
    concerned = {chosen} | nx.ancestors(graph, chosen) | nx.descendants(allowed, chosen)
    rest = unconcerned(frame, selected, way)
    assert set(frame.ids[rest].tolist()) == set(graph) - concerned


def test_what_is_in_a_selected_frame_counts_as_selected():
    document = accept(model_document(Model(layers=(2, 1))))
    frame = build_frame(document, frozenset())
    [layer] = [g.id for g in document.groups.values() if g.label == "layer 1"]
    selected = frame.ids == layer
    rest = unconcerned(frame, selected, np.zeros(len(frame.wires), bool))
    assert not rest[frame.inside(frame.index[layer])].any()


def test_the_way_onward_follows_only_what_leads_there():
    document = tangle(1)
    frame = build_frame(document, frozenset())
    start = frame.ids == 1
    none = np.zeros(len(frame.wires), bool)
    assert not onward(frame, start, none).any()
    every = onward(frame, start, ~none)
    assert set(frame.wires.target[every].tolist()) == nx.descendants(nx.DiGraph(document.graph), 1)
