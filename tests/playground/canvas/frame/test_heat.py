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
from playground.canvas.frame.heat import SHADES, SPANS, UNREACHED, Thermometer, levels, span
from playground.canvas.painting.legend import ticks

pytestmark = pytest.mark.usefixtures("qapp")  # fonts are measured


def level_of(gradient: float, largest: float, decades: float) -> int:
    if gradient == 0:
        return 0
    return max(1, min(SHADES, ceil((1 + log10(abs(gradient) / largest) / decades) * SHADES)))


@pytest.fixture(scope="module")
def network() -> Document:
    return accept(model_document(Model(layers=(3, 2, 1))))


def measured(document: Document, folded=frozenset()):
    frame, result = build_frame(document, folded), evaluate(document)
    return frame, result, Thermometer(frame).read(result)


def test_a_node_is_as_hot_as_its_gradient(network):
    frame, result, heat = measured(network)
    reached = [node for node in result.row if result.reached[result.row[node]]]
    largest = max(abs(result.slope(node)) for node in reached)
    assert heat.largest == largest
    for number, shown in enumerate(frame.shows.tolist()):
        if shown in reached:
            assert heat.items[number] == level_of(result.slope(shown), largest, heat.decades)
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
            and (target, port) in wires.members(np.array([row]))
        ]
        assert len(joined) == wires.count[row]
        assert heat.wires[row] == level_of(max(joined), heat.largest, heat.decades)


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


@pytest.mark.parametrize(
    ("smallest", "decades"),
    [(1.0, 0.5), (0.34, 0.5), (0.3, 1.0), (0.1, 1.0), (0.09, 2.0), (0.009, 3.0), (1e-9, 3.0)],
)
def test_the_scale_spans_what_there_is(smallest, decades):
    sizes = np.array([-1.0, 0.0, 3.0 * smallest, 3.0])
    assert span(sizes, 3.0) == decades
    assert span(sizes[:2], 0.0) == SPANS[0]


def test_a_smallest_gradient_that_hovers_around_a_limit_leaves_the_scale_alone():
    seen, decades = [], 0.0
    for smallest in (0.099, 0.101, 0.098, 0.12, 0.5, 0.101, 0.099):
        decades = span(np.array([smallest, 1.0]), 1.0, decades)
        seen.append(decades)
    assert seen == [2.0, 2.0, 2.0, 2.0, 0.5, 1.0, 2.0]


def test_gradients_of_a_small_graph_are_told_apart():
    document = Document()
    for number in (3.0, 1.0):
        document.apply(add_value(document, (0, 0), value=number))
    document.apply(accept(add_op(document, "mul", (0, 0))))
    for source in (1, 2):
        document.apply(accept(connect(document, source, 3)))
    heat = measured(document)[2]
    assert heat.decades == 0.5
    assert heat.items.tolist() == [1, SHADES, 1]


def test_the_legend_says_what_the_shades_are():
    assert ticks(0.5) == [(0.0, "×0.32"), (0.5, "×0.56"), (1.0, "×1")]
    assert [tick for _part, tick in ticks(2.0)] == ["×0.01", "×0.1", "×1"]
    assert [tick for _part, tick in ticks(3.0)] == ["×0.001", "×0.01", "×0.1", "×1"]


def test_numbers_that_are_not_finite_do_not_set_the_scale(network):
    frame, result = build_frame(network, frozenset()), evaluate(network)
    gradient = result.gradient.copy()
    gradient[:2] = (np.inf, np.nan)
    heat = Thermometer(frame).read(replace(result, gradient=gradient))
    assert np.isfinite(heat.largest)


def test_without_a_result_nothing_is_reached(network):
    frame = build_frame(network, frozenset())
    heat = Thermometer(frame).read(None)
    assert set(heat.items.tolist()) == set(heat.wires.tolist()) == {UNREACHED}


@pytest.mark.parametrize("template", ["neuron", "layer"])
def test_asked_for_weights_a_wire_is_as_hot_as_the_hottest_weight_that_it_hides(network, template):
    folded = frozenset(g.id for g in network.groups.values() if g.template == template)
    frame, result = build_frame(network, folded), evaluate(network)
    heat = Thermometer(frame, weights=True).read(result)
    plain = Thermometer(frame).read(result)
    hiding = 0
    for row in range(len(frame.wires)):
        hidden = frame.wires.weights(row).tolist()
        sizes = [abs(result.slope(node)) for node in hidden]
        hiding += bool(hidden)
        wanted = level_of(max(sizes), heat.largest, heat.decades) if sizes else plain.wires[row]
        assert heat.wires[row] == wanted
    assert hiding
