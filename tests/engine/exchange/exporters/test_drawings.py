"""Graphviz and node-link data: everything is there, and other programs can read it."""

import json
import re
from collections import Counter

import networkx as nx
import pytest

from engine.errors import accept
from engine.exchange.exporters import EXPORTERS
from engine.graph import properties, verbs
from engine.graph.document import Document
from engine.run.evaluate import evaluate
from tests.engine.random_graphs import random_graph
from tests.peers.programs import grouped

STRING = r'"(?:[^"\\\n]|\\.)*"'
NODE = re.compile(rf"\s*(n\d+|n\d+op|g\d+) \[label={STRING}(?:, shape=\w+)?\]")
EDGE = re.compile(rf"\s*(\w+) -> (\w+)(?: \[label={STRING}\])?")
OTHER = re.compile(
    rf"digraph {{|\s*rankdir=LR|\s*node \[.*\]|\s*}}|\s*subgraph cluster_\d+ {{|\s*label={STRING}"
)


def parsed(text: str) -> tuple[set[str], Counter[tuple[str, str]]]:
    """Return the boxes and the arrows of a drawing, every line of which must be understood."""
    boxes: set[str] = set()
    arrows: Counter[tuple[str, str]] = Counter()
    depth = 0
    for line in text.splitlines():
        if node := NODE.fullmatch(line):
            assert node[1] not in boxes
            boxes.add(node[1])
        elif edge := EDGE.fullmatch(line):
            arrows[edge[1], edge[2]] += 1
        else:
            assert OTHER.fullmatch(line), line
            bare = re.sub(STRING, "", line)
            depth += bare.count("{") - bare.count("}")
            assert depth >= 0
    assert depth == 0
    assert {end for arrow in arrows for end in arrow} <= boxes
    return boxes, arrows


@pytest.mark.parametrize("seed", range(20))
def test_a_flat_drawing_has_every_node_and_every_wire(seed: int) -> None:
    document = grouped(random_graph(seed), seed)
    boxes, arrows = parsed(accept(EXPORTERS["dot"].write(document, frozenset())))
    ops = [node.id for node in document.nodes() if not node.is_leaf]
    assert boxes == {f"n{node.id}" for node in document.nodes()} | {f"n{op}op" for op in ops}
    wires = Counter((f"n{s}", f"n{t}op") for s, t, _port in document.edges())
    assert arrows == wires + Counter((f"n{op}op", f"n{op}") for op in ops)


@pytest.mark.parametrize("seed", range(20))
def test_a_folded_group_is_one_box_and_wires_within_are_gone(seed: int) -> None:
    document = grouped(random_graph(seed), seed)
    boxes, arrows = parsed(accept(EXPORTERS["dot"].write(document, frozenset(document.groups))))
    outermost = {g.id for g in document.groups.values() if g.group is None}
    assert {box for box in boxes if box[0] == "g"} == {f"g{group}" for group in outermost}
    inside = {node.id for node in document.nodes() if node.group is not None}
    assert not any(f"n{node}" in boxes for node in inside)
    leaving = {s for s, t, _p in document.edges() if s in inside and t not in inside}
    assert bool(leaving) <= any(start[0] == "g" for start, _end in arrows)


def test_labels_are_quoted() -> None:
    document = Document()
    for label in ('"];evil[', "a\\", "{x|y}<z>", "two\nlines", "\ud800", "\\n"):
        document.apply(verbs.add_value(document, (0, 0), value=1.0, label=label))
    document.apply(accept(verbs.group(document, {1, 2}, 'g" }\n\\')))
    for folded in (frozenset[int](), frozenset(document.groups)):
        parsed(accept(EXPORTERS["dot"].write(document, folded)))


@pytest.mark.parametrize("seed", range(20))
def test_networkx_reads_the_graph_with_values_and_gradients(seed: int) -> None:
    document = grouped(random_graph(seed), seed)
    text = accept(EXPORTERS["json"].write(document, frozenset()))
    graph = nx.node_link_graph(json.loads(text), edges="edges")
    assert set(graph.nodes) == {node.id for node in document.nodes()}
    assert sorted((s, t, k) for s, t, k in graph.edges) == sorted(document.edges())
    result = evaluate(document)
    for node, held in graph.nodes(data=True):
        value = result.number(node)
        assert held["data"] == (value if value - value == 0 else None)
    assert graph.graph["output"] == result.output


def test_json_holds_the_sample_that_is_shown() -> None:
    document = random_graph(1)
    document.apply(accept(properties.set_label(document, 1, "\ud83d half")))
    text = accept(EXPORTERS["json"].write(document, frozenset()))
    assert json.loads(text.encode("utf-8"))["nodes"][0]["label"].endswith(" half")
