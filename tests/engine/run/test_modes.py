"""Both modes against the tape, and their counts against passes done one wire at a time."""

import numpy as np
import pytest

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.document import Document
from engine.run.compiler import known
from engine.run.evaluate import evaluate, make_plans
from engine.run.modes import in_turns, pull_back, push_forward
from tests.engine.random_graphs import random_graph


def ready(document: Document):
    plans = make_plans(document)
    return plans.single, evaluate(document, plans=plans)


class Counted:
    """A pass done one wire at a time with plain floats, counting as it goes."""

    def __init__(self, document: Document, base) -> None:
        self.document, self.base = document, base
        self.multiplications = self.additions = self.idle = 0
        self.numbers: dict[int, float] = {}

    def add(self, node: int, number: float) -> None:
        if node in self.numbers:
            self.additions += 1
            self.numbers[node] += number
        else:
            self.numbers[node] = number

    def times(self, local: float, number: float) -> float:
        self.multiplications += 1
        return local * number

    def wires(self, node: int) -> list[tuple[int, float]]:
        record = self.document.node(node)
        wired = self.document.wires().get(node, {})
        if record.is_leaf or not self.base.computed[self.base.row[node]]:
            return []
        sources = [wired[port] for port in record.ports]
        op, given = known(record), [self.base.number(source) for source in sources]
        out, attributes = self.base.number(node), op.defaults(record.attributes)
        return list(zip(sources, op.scalar.partials(given, out, attributes), strict=True))

    def forward(self, seed: int) -> "Counted":
        self.numbers = {seed: 1.0}
        paths = {seed}
        for record in self.document.nodes():  # made in an order in which they can be computed
            wires = self.wires(record.id)
            for source, local in wires:
                number = self.times(local, self.numbers.get(source, 0.0))
                self.idle += source not in paths
                self.add(record.id, number if source in paths else 0.0)
            if paths & {source for source, _local in wires}:
                paths.add(record.id)
        self.numbers = {node: self.numbers[node] for node in paths}
        return self

    def backward(self, output: int) -> "Counted":
        self.numbers = {output: 1.0}
        for record in reversed(self.document.nodes()):
            for source, local in self.wires(record.id):
                if record.id in self.numbers:
                    self.add(source, self.times(local, self.numbers[record.id]))
        return self


def agree(told: float, expected: float) -> bool:
    """Whether both are the same number, or neither is finite: inf on one way is nan on another."""
    if not (np.isfinite(told) and np.isfinite(expected)):
        return not (np.isfinite(told) or np.isfinite(expected))
    return told == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_on_500_random_graphs_the_tangents_of_all_leaves_are_the_gradients_of_the_tape(first):
    finite = 0
    for seed in range(first, first + 50):
        document = random_graph(seed)
        plan, base = ready(document)
        leaves = [node.id for node in document.nodes() if node.is_leaf]
        passes = push_forward(plan, base.value, leaves)
        outcome = passes.derivative[plan.row[plan.output]]
        back = pull_back(plan, base.value, [plan.output])
        for column, leaf in enumerate(leaves):
            row = plan.row[leaf]
            assert agree(outcome[column], base.slope(leaf))
            assert agree(back.derivative[row, 0], base.slope(leaf))
            assert passes.concerned[plan.row[plan.output], column] == base.reached[row]
            finite += bool(np.isfinite(base.slope(leaf)))
    assert finite > 280


@pytest.mark.parametrize("seed", range(60))
def test_counts_are_those_of_passes_done_one_multiplication_at_a_time(seed):
    document = random_graph(seed)
    plan, base = ready(document)
    nodes = [node.id for node in document.nodes()]
    for mode, by_hand in ((push_forward, Counted.forward), (pull_back, Counted.backward)):
        passes = mode(plan, base.value, nodes)
        for column, node in enumerate(nodes):
            counted = by_hand(Counted(document, base), node)
            assert passes.multiplications[column] == counted.multiplications
            assert passes.additions[column] == counted.additions
            assert passes.idle[column] == counted.idle
            for other, number in counted.numbers.items():
                assert agree(passes.derivative[plan.row[other], column], number)
            assert set(counted.numbers) == set(plan.ids[passes.concerned[:, column]].tolist())


def test_the_lecture_s_network_takes_41_passes_forward_and_one_back():
    document = Document()
    document.apply(accept(insert_text(document, "mlp 3 4 4 1 tanh", (0.0, 0.0))))
    plan, base = ready(document)
    ahead = push_forward(plan, base.value, plan.parameters.tolist())
    back = pull_back(plan, base.value, [plan.output])
    wires = len(base.edge_row)
    assert len(ahead.seeds) == 41
    assert set(ahead.multiplications.tolist()) == set(back.multiplications.tolist()) == {wires}
    assert (ahead.idle > 0).all()


def test_done_in_turns_they_are_the_same():
    document = random_graph(7)
    plan, base = ready(document)
    nodes = plan.ids.tolist()
    whole = push_forward(plan, base.value, nodes)
    import engine.run.modes as modes

    room, modes.ROOM = modes.ROOM, 5 * len(plan.ids)
    try:
        turns = list(in_turns(push_forward, plan, base.value, nodes))
    finally:
        modes.ROOM = room
    assert [len(turn.seeds) for turn in turns[:-1]] == [5] * (len(turns) - 1)
    told = np.concatenate([turn.derivative for turn in turns], axis=1)
    np.testing.assert_array_equal(told, whole.derivative)
    counts = np.concatenate([turn.multiplications for turn in turns])
    np.testing.assert_array_equal(counts, whole.multiplications)
