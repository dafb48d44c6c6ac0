"""How hot nodes, folded groups and wires are, against the definition written down once more."""

from dataclasses import replace
from math import ceil, log10

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_mark
from engine.graph.verbs import add_op, add_value, connect
from engine.run.evaluate import evaluate
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.heat import DECADES, SHADES, UNREACHED, Thermometer, levels

pytestmark = pytest.mark.usefixtures("qapp")  # fonts are measured


def level_of(gradient: float, largest: float) -> int:
    if gradient == 0:
        return 0
    return max(1, min(SHADES, ceil((1 + log10(abs(gradient) / largest) / DECADES) * SHADES)))


@pytest.fixture(scope="module")
def network() -> Document:
    return accept(model_document(Model(layers=(3, 2, 1))))


def measured(document: Document, folded=frozenset()):
    frame, result = build_frame(document, folded), evaluate(document)
    return frame, result, Thermometer(document, frame).read(result)


def test_a_node_is_as_hot_as_its_gradient(network):
    frame, result, heat = measured(network)
    reached = [node for node in result.row if result.reached[result.row[node]]]
    largest = max(abs(result.slope(node)) for node in reached)
    assert heat.largest == largest
    for number, shown in enumerate(frame.shows.tolist()):
        if shown in reached:
            assert heat.items[number] == level_of(result.slope(shown), largest)
        else:
            assert heat.items[number] == UNREACHED


def test_a_folded_group_is_as_hot_as_the_hottest_in_it(network):
    plain, _result, nodes = measured(network)
    folded = frozenset(g.id for g in network.groups.values() if g.template == "neuron")
    frame, _again, heat = measured(network, folded)
    for group in folded:
        inside = [n for n, owner in frame.projection.owner.items() if owner == group]
        hottest = max(int(nodes.items[plain.index[node]]) for node in inside)
        assert heat.items[frame.index[group]] == hottest


@pytest.mark.parametrize("fold", [False, True])
def test_a_wire_is_as_hot_as_what_it_adds_to_its_source(network, fold):
    folded = frozenset(g.id for g in network.groups.values() if g.template == "layer" and fold)
    frame, result, heat = measured(network, folded)
    owner = frame.projection.owner
    wires = frame.wires
    for row in range(len(wires)):
        ends = frame.ids[wires.start[row]], frame.ids[wires.end[row]]
        joined = [
            abs(result.contribution[result.edge_row[target, port]])
            for source, target, port in network.edges()
            if (owner[source], owner[target]) == ends
            and (wires.count[row] > 1 or (target, port) == (wires.target[row], wires.port[row]))
        ]
        assert len(joined) == wires.count[row]
        assert heat.wires[row] == level_of(max(joined), heat.largest)


def test_zero_and_not_reached_are_two_things():
    document = Document()
    for number in (0.0, 1.0):
        document.apply(add_value(document, (0, 0), value=number))
    document.apply(accept(add_op(document, "square", (0, 0))))
    document.apply(accept(connect(document, 1, 3)))
    document.apply(accept(set_mark(document, 3, "backward")))
    heat = measured(document)[2]
    assert heat.items.tolist() == [0, UNREACHED, SHADES]


def test_only_the_shares_of_the_largest_count():
    rng = np.random.default_rng(3)
    sizes = 10.0 ** rng.uniform(-9, 2, 500)
    sizes[::50] = 0.0
    one, other = levels(sizes, sizes.max()), levels(sizes * 2.0**20, sizes.max() * 2.0**20)
    assert np.array_equal(one, other)
    order = np.argsort(sizes)
    assert (np.diff(one[order].astype(int)) >= 0).all()
    assert set(one.tolist()) == set(range(SHADES + 1))


def test_numbers_that_are_not_finite_do_not_set_the_scale(network):
    frame, result = build_frame(network, frozenset()), evaluate(network)
    gradient = result.gradient.copy()
    gradient[:2] = (np.inf, np.nan)
    heat = Thermometer(network, frame).read(replace(result, gradient=gradient))
    assert np.isfinite(heat.largest)


def test_without_a_result_nothing_is_reached(network):
    frame = build_frame(network, frozenset())
    heat = Thermometer(network, frame).read(None)
    assert set(heat.items.tolist()) == set(heat.wires.tolist()) == {UNREACHED}
