"""How much the rules of wiring look at: each node once, however many ways lead to it."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from engine.graph.rules import can_connect, downstream, targets_allowed
from tests.engine.graph.chains import doubling_chain


class Counted(Mapping):
    """A graph's neighbours that count who is asked for."""

    def __init__(self, neighbours, visits: Counter) -> None:
        self._neighbours, self._visits = neighbours, visits

    def __getitem__(self, node: int):
        self._visits[node] += 1
        return self._neighbours[node]

    def __iter__(self) -> Iterator[int]:
        return iter(self._neighbours)

    def __len__(self) -> int:
        return len(self._neighbours)


class CountedGraph:
    """A document's graph, seen through counted neighbours."""

    def __init__(self, graph, visits: Counter) -> None:
        self.pred, self.succ = Counted(graph.pred, visits), Counted(graph.succ, visits)
        self._graph = graph

    def __getattr__(self, name: str):
        return getattr(self._graph, name)

    def __contains__(self, node: object) -> bool:
        return node in self._graph


@pytest.mark.parametrize("depth", [20, 40])
def test_each_node_is_looked_at_once_or_twice_however_many_ways_there_are(depth):
    document = doubling_chain(depth)
    last = document.next_id - 1
    visits: Counter = Counter()
    count = len(document)
    document.graph = CountedGraph(document.graph, visits)
    for ask in (
        lambda: can_connect(document, last, 2),
        lambda: can_connect(document, 1, last),
        lambda: targets_allowed(document, last),
        lambda: targets_allowed(document, 1),
        lambda: downstream(document, 1),
    ):
        visits.clear()
        ask()
        assert sum(visits.values()) <= 2 * count
