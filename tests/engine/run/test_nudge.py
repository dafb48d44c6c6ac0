"""Nudges against a graph rebuilt with the other number, and their quotients against gradients."""

import math
import random

import numpy as np
import pytest

from engine import Value
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.graph.verbs import add_value
from engine.run.compiler import known
from engine.run.evaluate import evaluate, make_plans
from engine.run.nudge import Nudge
from tests.engine.random_graphs import random_graph
from tests.examples.graphs import chain


def computed_nodes(base):
    return base.ids[base.computed].tolist()


def overridden(document: Document, node: int, number: float) -> dict[int, float]:
    """Return all values with one overridden, by the op records, one node at a time."""
    wires, values = document.wires(), dict[int, float]()

    def value(one: int) -> float:
        if one not in values:
            record = document.node(one)
            if one == node:
                values[one] = number
            elif record.is_leaf:
                values[one] = record.value
            else:
                given = [value(wires[one][port]) for port in record.ports]
                op = known(record)
                values[one] = float(op.scalar.forward(given, op.defaults(record.attributes)))
        return values[one]

    for record in document.nodes():
        value(record.id)
    return values


@pytest.mark.parametrize("seed", range(60))
def test_a_nudge_gives_every_value_that_the_graph_has_with_that_number(seed):
    document = random_graph(seed)
    plans = make_plans(document)
    base = evaluate(document, plans=plans)
    draw = random.Random(seed)
    for node in draw.sample(computed_nodes(base), 5):
        nudge = Nudge(plans.single, base, node)
        for h in (0.5, -1e-3, 1e-9):
            nudged = nudge.by(h)
            expected = overridden(document, node, base.number(node) + h)
            told = dict(zip(base.ids.tolist(), nudged.value.tolist(), strict=True))
            for one in computed_nodes(base):
                assert told[one] == pytest.approx(expected[one], rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("seed", range(60))
def test_nudging_a_leaf_is_the_same_as_editing_it_to_the_last_bit(seed):
    document = random_graph(seed)
    plans = make_plans(document)
    base = evaluate(document, plans=plans)
    leaves = [node.id for node in document.nodes() if node.is_leaf]
    node = random.Random(seed).choice(leaves)
    nudged = Nudge(plans.single, base, node).by(0.25)
    document.apply(set_value(document, node, base.number(node) + 0.25))
    np.testing.assert_array_equal(nudged.value, evaluate(document).value)


def test_the_quotient_comes_to_the_gradient_as_h_goes_to_0():
    closer, count = 0, 0
    for seed in range(120):
        document = random_graph(seed)
        plans = make_plans(document)
        base = evaluate(document, plans=plans)
        for node in random.Random(seed).sample(computed_nodes(base), 4):
            nudge = Nudge(plans.single, base, node)
            assert nudge.gradient == pytest.approx(base.slope(node), rel=1e-12, nan_ok=True)
            scale = max(1.0, abs(nudge.gradient))
            off = [abs(nudge.by(h).quotient - nudge.gradient) / scale for h in (1e-2, 1e-4, 1e-6)]
            if not all(map(math.isfinite, off)) or abs(nudge.output) > 1e3:
                continue
            count += 1
            closer += off[2] <= max(1e-3 * max(1.0, off[0]), 1e-5)
    assert count > 250
    assert closer / count > 0.97  # the rest stands at a kink


def test_nothing_else_changes_and_the_node_itself_does(lecture_graph):
    document, names = lecture_graph
    plans = make_plans(document)
    base = evaluate(document, plans=plans)
    nudge = Nudge(plans.single, base, names["e"])
    follows = set(base.ids[nudge.follows].tolist())
    assert follows == {names[name] for name in "edL"}
    nudged = nudge.by(1.0)
    told = dict(zip(base.ids.tolist(), nudged.value.tolist(), strict=True))
    assert told[names["e"]] == -5.0  # cut off from a and b
    assert told[names["L"]] == -10.0
    assert told[names["a"]] == 2.0
    assert nudged.quotient == -2.0
    assert evaluate(document, plans=plans).number(names["e"]) == -6.0


@pytest.fixture
def lecture_graph():
    document = chain()
    return document, {node.label: node.id for node in document.nodes()}


def test_the_lecture_s_own_check_gives_its_last_digit(lecture_graph):
    document, names = lecture_graph
    plans = make_plans(document)
    nudge = Nudge(plans.single, evaluate(document, plans=plans), names["b"])
    h = 0.001

    def out(extra: float) -> float:
        a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
        b.data += extra
        return ((a * b + c) * f).data

    assert nudge.by(h).quotient == (out(h) - out(0.0)) / h == -3.9999999999995595
    assert nudge.gradient == -4.0


def test_without_an_output_there_is_no_quotient():
    document = Document()
    for _leaf in range(2):
        document.apply(add_value(document, (0.0, 0.0), value=1.0))
    plans = make_plans(document)
    base = evaluate(document, plans=plans)
    nudged = Nudge(plans.single, base, base.ids[0]).by(1.0)
    assert base.output is None
    assert math.isnan(nudged.output)
    assert math.isnan(nudged.quotient)
    assert nudged.value.tolist() == [2.0, 1.0]
