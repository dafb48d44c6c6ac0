"""Circles among the wires of a file are found, whichever way they are looked for."""

import random

import networkx as nx
import pytest

import engine.files.structure as structure
from engine.errors import Refused
from engine.graph.records import Node


def graph(seed: int):
    """Return operations and wires between some of them; about every other one has a circle."""
    chance = random.Random(seed)
    count = chance.randrange(2, 30)
    ends = [(chance.randrange(count), chance.randrange(count)) for _wire in range(count // 2 + 3)]
    wires = [(source + 1, target + 1) for source, target in ends if source != target]
    edges = [(source, target, port) for port, (source, target) in enumerate(wires)]
    nodes = {
        node: Node(node, "sum", ports=tuple(port for _s, target, port in edges if target == node))
        for node in range(1, count + 1)
    }
    return nodes, edges


@pytest.mark.parametrize("few", [0, 1_000])
def test_few_wires_and_many_are_refused_for_the_same_circles(few, monkeypatch):
    monkeypatch.setattr(structure, "FEW", few)
    seen = set()
    for seed in range(200):
        nodes, edges = graph(seed)
        whole = nx.MultiDiGraph([(source, target) for source, target, _port in edges])
        sound = nx.is_directed_acyclic_graph(whole)
        seen.add(sound)
        if sound:
            structure.check_wires(nodes, edges)
            continue
        with pytest.raises(Refused) as refused:
            structure.check_wires(nodes, edges)
        least = min(min(part) for part in nx.strongly_connected_components(whole) if len(part) > 1)
        assert f"Node #{least} feeds itself" in str(refused.value.refusal)
    assert seen == {True, False}
