"""The ports of folded groups: what is written there, and that wires end in the right one."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.boundary import MOST_PORTS, boundary, bundled
from engine.graph.document import Document
from engine.graph.geometry import group_size
from engine.graph.models import Model, model_document
from engine.graph.verbs import add_op, add_value, connect, group
from engine.run.evaluate import evaluate
from playground.canvas.frame.build import Frame, build_frame
from playground.canvas.frame.digits import State
from playground.canvas.frame.ports import ENTRY, OUT
from playground.canvas.frame.readings import Reader

pytestmark = pytest.mark.usefixtures("qapp")  # fonts are measured


@pytest.fixture(scope="module")
def network() -> Document:
    return accept(model_document(Model(layers=(16, 16, 1))))


def summed(inputs: int, outputs: int) -> tuple[Document, int]:
    """Return a folded group that so many values feed, and that feeds so many nodes."""
    document, leaves, inside = Document(), [], []
    for k in range(inputs):
        leaves.append(document.next_id)
        document.apply(add_value(document, (0.0, 100.0 * k), value=k + 0.5, label=f"x{k}"))
    for _k in range(outputs):
        made = document.next_id
        inside.append(made)
        document.apply(accept(add_op(document, "add", (300.0, 0.0))))
        for leaf in leaves:
            document.apply(accept(connect(document, leaf, made)))
    for source in inside:
        made = document.next_id
        document.apply(accept(add_op(document, "tanh", (700.0, 0.0))))
        document.apply(accept(connect(document, source, made)))
    own = document.next_id
    document.apply(accept(group(document, inside, "sums")))
    return document, own


def texts(frame: Frame, item: int) -> list[str]:
    labels = frame.labels
    return [labels.texts[w].text for w in labels.words[labels.item == frame.index[item]].tolist()]


@pytest.mark.parametrize("count", range(4 * MOST_PORTS))
def test_a_bundle_loses_nobody_and_fits(count: int) -> None:
    ports = bundled(range(count))
    assert [node for port in ports for node in port] == list(range(count))
    assert len(ports) <= MOST_PORTS
    if count <= MOST_PORTS:
        assert len(ports) == count
    if count > 2 * MOST_PORTS:
        assert len(ports) == 1


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (2, 3), (4, 4), (6, 5), (20, 9)])
def test_every_wire_of_a_folded_group_ends_in_the_port_of_its_source(inputs, outputs):
    document, own = summed(inputs, outputs)
    frame = build_frame(document, frozenset({own}))
    ports, wires, edge = frame.ports, frame.wires, boundary(document, own)
    size = group_size(document.groups[own])
    entries = {node: ports.offset[ports.entries[own, node]].tolist() for node in edge.inputs}
    outs = {node: ports.offset[ports.first[node, OUT]].tolist() for node in edge.outputs}
    for row in range(len(wires)):
        if wires.end[row] == frame.index[own]:
            assert wires.end_offset[row].tolist() == entries[int(wires.source[row])]
        else:
            assert wires.start_offset[row].tolist() == outs[int(wires.source[row])]
    assert {x for x, _y in entries.values()} == {0.0}
    assert {x for x, _y in outs.values()} == {size[0]}
    for places, nodes in ((entries, edge.inputs), (outs, edge.outputs)):
        assert len({tuple(place) for place in places.values()}) == len(bundled(nodes))
        assert all(0 < y < size[1] for _x, y in places.values())
    assert int(wires.count.sum()) == len(document.edges())


def test_ports_are_named_and_bundles_say_how_many(network):
    document, own = summed(6, 2)
    named = texts(build_frame(document, frozenset({own})), own)
    assert named[:2] == ["sums", "2 scalars"]
    assert named[2:6] == ["x0", "x1", "x2", "+ 3"]
    layer = next(g.id for g in network.groups.values() if g.label == "layer 2")
    named = texts(build_frame(network, frozenset({layer})), layer)
    assert named == ["layer 2", "layer · 16 relu", "272 parameters", "16 inputs", "16 outputs"]


def test_the_numbers_beside_ports_are_those_of_the_nodes():
    document, own = summed(3, 3)
    frame, result = build_frame(document, frozenset({own})), evaluate(document)
    gates, told = frame.gates, Reader(frame).read(result).gates
    edge = boundary(document, own)
    assert gates.node.tolist() == [*edge.inputs, *edge.outputs]
    assert told.value.tolist() == [result.number(node) for node in gates.node.tolist()]
    unknown = Reader(frame).read(None).gates
    assert unknown.value_state.tolist() == [State.STALE] * len(gates)
    assert np.isnan(unknown.value).all()


def test_the_only_output_is_the_groups_own_number():
    document, own = summed(2, 1)
    frame = build_frame(document, frozenset({own}))
    [only] = boundary(document, own).outputs
    assert frame.shows[frame.index[own]] == only
    assert only not in frame.gates.node


def test_what_comes_from_higher_up_enters_higher_up():
    document, own = summed(4, 1)
    for place, leaf in enumerate((3, 1, 4, 2)):
        from engine.graph.verbs import move

        document.apply(move(document, {leaf: (0.0, 200.0 * place)}))
    frame = build_frame(document, frozenset({own}))
    heights = {node: frame.ports.offset[row][1] for (_i, node), row in frame.ports.entries.items()}
    assert sorted(heights, key=heights.__getitem__) == [3, 1, 4, 2]


def test_a_wire_can_be_drawn_from_each_output_but_not_from_a_bundle_or_an_entry():
    for outputs, free in ((3, 3), (6, 3), (9, 0)):
        document, own = summed(2, outputs)
        frame = build_frame(document, frozenset({own}))
        mine = frame.ports.item == frame.index[own]
        taken = frame.ports.shared[mine & (frame.ports.port == OUT)]
        assert int((~taken).sum()) == free
        assert frame.ports.shared[mine & (frame.ports.port == ENTRY)].all()
