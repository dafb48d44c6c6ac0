"""Tape, `Value` and central differences agree on random graphs of every op."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import accept
from engine.graph import verbs
from engine.graph.document import Document
from engine.run.check import check_gradients
from engine.run.evaluate import evaluate
from engine.run.mirror import to_values
from engine.run.plan import display_plan
from engine.run.result import Result
from engine.run.tape import Tape
from engine.value import Value
from tests.engine.graph.chains import doubling_chain
from tests.engine.random_graphs import random_graph

seeds = st.integers(0, 10**9)


def close(one: float, other: float, tolerance: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    if math.isinf(one) or math.isinf(other):
        return one == other
    return abs(one - other) <= tolerance * max(1.0, abs(one), abs(other))


def nudged(document: Document) -> dict[int, float]:
    return {n.id: math.nextafter(n.value, math.inf) for n in document.nodes() if n.is_leaf}


@pytest.mark.parametrize("block", range(4))
def test_tape_and_value_agree_on_random_graphs(block: int) -> None:
    """1e-12 for values and 1e-10 for gradients, on graphs that one ulp does not upset."""
    well = 0
    for seed in range(block * 25, block * 25 + 25):
        document = random_graph(seed)
        result = evaluate(document)
        values, moved = to_values(document), to_values(document, nudged(document))
        assert result.output is not None
        for mirror in (values, moved):
            mirror[result.output].backward()
        well += agree(document, result, values, moved)
    assert well >= 23


def agree(
    document: Document, result: Result, values: dict[int, Value], moved: dict[int, Value]
) -> bool:
    """Compare, if a change of one ulp in every leaf changes no number by more than is allowed."""
    pairs = [(values[node.id], moved[node.id]) for node in document.nodes()]
    if not all(close(v.data, m.data, 1e-13) and close(v.grad, m.grad, 1e-11) for v, m in pairs):
        return False
    for node in document.nodes():
        value = values[node.id]
        assert close(result.number(node.id), value.data, 1e-12), node
        assert close(result.slope(node.id), value.grad, 1e-10), node
    return True


@given(seeds)
def test_each_gradient_is_the_sum_of_its_own_contributions(seed: int) -> None:
    document = random_graph(seed)
    result = evaluate(document)
    with np.errstate(all="ignore"):
        for node in document.nodes():
            if node.id == result.output or not result.reached[result.row[node.id]]:
                continue
            shares = [result.contribution[result.edge_row[w]] for w in document.consumers(node.id)]
            total, size = float(np.sum(shares)), float(np.sum(np.abs(shares)))
            assert not math.isfinite(size) or abs(total - result.slope(node.id)) <= 1e-13 * size


@given(seeds)
def test_each_contribution_is_the_local_derivative_times_the_gradient_behind_it(seed: int) -> None:
    document = random_graph(seed)
    result = evaluate(document)
    with np.errstate(all="ignore"):
        for (target, _port), index in result.edge_row.items():
            if result.reached[result.row[target]]:
                expected = result.partial[index] * result.slope(target)
                assert close(float(result.contribution[index]), float(expected), 0.0)


def test_central_differences_find_no_wrong_gradient() -> None:
    verdicts: dict[str, int] = {}
    for seed in range(40):
        for check in check_gradients(random_graph(seed, size=12)):
            assert check.verdict != "wrong", (seed, check)
            verdicts[check.verdict] = verdicts.get(check.verdict, 0) + 1
    assert verdicts["ok"] > sum(verdicts.values()) / 2


def test_a_planted_mistake_is_called_wrong() -> None:
    document = random_graph(3, size=12)
    first = next(c for c in check_gradients(document) if c.verdict == "ok")
    [tampered] = check_gradients(document, [first.node], tamper={first.node: 0.01})
    assert tampered.verdict == "wrong"


@pytest.mark.parametrize("lanes", [1, 2, 7])
def test_lanes_give_what_single_samples_give(lanes: int) -> None:
    document = Document()
    for k in range(2):
        document.apply(verbs.add_value(document, (0, 0), label=f"x{k}", role="feature", index=k))
    document.apply(verbs.add_value(document, (0, 0), value=0.7, role="parameter"))
    for key, sources in (("mul", (1, 3)), ("add", (4, 2, 3)), ("tanh", (5,))):
        document.apply(accept(verbs.add_op(document, key, (0, 0))))
        made = document.next_id - 1
        for source in sources:
            document.apply(accept(verbs.connect(document, source, made)))
    samples = np.random.RandomState(lanes).normal(size=(lanes, 2))
    tape = Tape(display_plan(document, lanes=True), lanes)
    tape.load(document)
    tape.set_samples(samples, np.zeros((lanes, 1)))
    tape.forward()
    tape.backward()
    slopes = 0.0
    for lane in range(lanes):
        single = evaluate(document, probe=samples[lane])
        assert single.number(6) == tape.values(6)[lane]
        assert single.slope(1) == tape.gradients(1)[lane]
        slopes += single.slope(3)
    assert tape.gradients(3)[0] == pytest.approx(slopes, rel=1e-13)


def test_a_doubling_chain_counts_all_its_paths() -> None:
    result = evaluate(doubling_chain(60))
    assert result.slope(1) == 2.0**60
