"""The frame: every visible thing once, at its place, with the number of the right node."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_mark
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.ports import NEW, OUT
from playground.canvas.frame.style import Kind


@pytest.fixture(autouse=True)
def application(qapp):
    """Fonts are measured for labels that have to be cut."""


@pytest.fixture
def network() -> Document:
    return accept(model_document(Model((3, 1), data=DataSettings("moons", samples=10))))


def doubled() -> Document:
    document = Document()
    document.apply(add_value(document, (0, 0), value=3.0, label="a"))
    document.apply(accept(add_op(document, "add", (200, 0), label="b")))
    for _wire in range(2):
        document.apply(accept(connect(document, 1, 2)))
    return document


def test_every_visible_item_is_there_once_with_its_rectangle(network):
    frame = build_frame(network, network.view.folded)
    assert frame.ids.tolist() == [item.id for item in frame.projection.items]
    assert frame.rects.tolist() == [list(item.rect) for item in frame.projection.items]
    assert all(frame.index[item] == number for number, item in enumerate(frame.ids.tolist()))


def test_kinds_follow_from_what_an_item_is(network):
    frame = build_frame(network, network.view.folded)
    kinds = {item: Kind(int(frame.kinds[number])) for item, number in frame.index.items()}
    for item, kind in kinds.items():
        group = network.groups.get(item)
        if group is None:
            wanted = Kind.LEAF if network.node(item).is_leaf else Kind.OP
        elif item not in network.view.folded:
            wanted = Kind.FRAME
        else:
            wanted = Kind.TILE if group.template == "neuron" else Kind.CARD
        assert kind is wanted


def test_a_node_added_to_itself_has_two_wires_that_end_apart():
    wires = build_frame(doubled(), frozenset()).wires
    assert wires.source.tolist() == [1, 1]
    assert wires.target.tolist() == [2, 2]
    assert len({tuple(point) for point in wires.end_offset.tolist()}) == 2


def test_a_folded_neuron_shows_the_number_of_its_one_output(network):
    frame = build_frame(network, network.view.folded)
    neurons = [g for g in network.groups.values() if g.template == "neuron"]
    for group in neurons:
        node = int(frame.shows[frame.index[group.id]])
        consumers = network.graph.succ[node]
        inside = set(network.members(group.id))
        assert node in inside
        assert not inside.intersection(consumers)


def test_a_folded_layer_with_many_outputs_shows_no_number_of_its_own_and_names_them(network):
    [first, *_more] = [g.id for g in network.groups.values() if g.template == "layer"]
    frame = build_frame(network, network.view.folded | {first})
    number = frame.index[first]
    assert frame.shows[number] == -1
    labels = frame.labels
    texts = [labels.texts[w].text for w in labels.words[labels.item == number].tolist()]
    assert {"neuron 1", "neuron 2", "neuron 3"} <= set(texts)
    assert {"layer · 3 relu", "9 parameters"} <= set(texts)


def test_wires_carry_a_weight_only_into_what_hides_it(network):
    frame = build_frame(network, network.view.folded)
    weighted = frame.wires.weight >= 0
    ends = frame.kinds[frame.wires.end]
    assert weighted.any()
    assert set(ends[weighted].tolist()) == {Kind.TILE}
    for row in np.flatnonzero(weighted).tolist():
        weight = network.node(int(frame.wires.weight[row]))
        assert weight.role == "parameter"
        assert int(frame.wires.target[row]) in network.graph.succ[weight.id]
    open_frame = build_frame(network, frozenset())
    assert not (open_frame.wires.weight >= 0).any()


def test_an_n_ary_operation_has_a_new_port_beyond_its_wires():
    ports = build_frame(doubled(), frozenset()).ports
    mine = ports.port[ports.node == 2].tolist()
    assert mine.count(NEW) == 1
    assert mine.count(OUT) == 1
    assert len(mine) == 4


def test_ports_of_a_pill_lie_on_its_outline():
    frame = build_frame(doubled(), frozenset())
    ports = frame.ports
    width, height = frame.rects[frame.index[2], 2:].tolist()
    radius = height / 2
    for x, y in ports.offset[(ports.node == 2) & (ports.port != OUT)].tolist():
        assert np.hypot(x - radius, y - radius) == pytest.approx(radius)
        assert x <= width / 2


def test_marks_are_written_below_the_node_and_below_the_group_that_hides_it(network):
    frame = build_frame(network, network.view.folded)
    texts = {
        int(frame.ids[item]): frame.labels.texts[words].text
        for item, words in zip(frame.labels.item, frame.labels.words, strict=True)
        if frame.labels.texts[words].special
    }
    loss = network.marked("loss")[0]
    assert texts[frame.projection.owner[loss]] == "loss"
    assert "prediction" in texts.values()


def test_a_node_may_carry_several_marks(network):
    loss = network.marked("loss")[0]
    network.apply(accept(set_mark(network, loss, "backward")))
    frame = build_frame(network, frozenset())
    texts = [words.text for words in frame.labels.texts if words.special]
    assert "loss · backward" in texts


def test_an_empty_document_is_an_empty_frame():
    frame = build_frame(Document(), frozenset())
    assert len(frame) == 0
    assert len(frame.wires) == 0
    assert len(frame.ports) == 0


def test_what_lies_in_an_open_group_is_found_at_any_depth(network):
    frame = build_frame(network, network.view.folded)
    [outer] = [g.id for g in network.groups.values() if g.template == "mlp"]
    inside = set(frame.ids[frame.inside(frame.index[outer])].tolist())
    wanted = {
        item for item in frame.ids.tolist() if item != outer and _lies_in(network, item, outer)
    }
    assert inside == wanted


def _lies_in(document: Document, item: int, outer: int) -> bool:
    record = document.groups.get(item) or document.node(item)
    return outer in document.ancestry(record.group)


@pytest.mark.parametrize(
    ("exponent", "symbol"),
    [(2.0, "x²"), (3.0, "x³"), (-1.0, "x⁻¹"), (12.0, "x¹²"), (0.5, "xⁿ"), (100.0, "xⁿ")],
)
def test_a_power_shows_its_exponent_if_that_is_a_short_whole_number(exponent, symbol):
    document = Document()
    document.apply(accept(add_op(document, "power", (0, 0), attributes={"n": exponent})))
    texts = build_frame(document, frozenset()).labels.texts
    assert [words.text for words in texts] == [symbol]


def test_what_lies_in_a_frame_is_found_at_any_depth(network):
    frame = build_frame(network, frozenset())
    for group in network.groups:
        number = frame.index[group]
        inside = {*network.members(group), *network.subgroups(group)} - {group}
        assert set(frame.ids[frame.inside(number)].tolist()) == inside
