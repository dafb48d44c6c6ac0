"""Cutting, inserting, extracting and swapping, each held against what it should compute."""

import pytest

from engine.errors import Refusal, accept
from engine.graph.document import Document
from engine.graph.geometry import LEAF_SIZE, OP_SIZE
from engine.graph.notes import bounds
from engine.graph.verbs import add_op, add_value, connect, group
from engine.graph.wiring import (
    GAP,
    cut_off,
    extract,
    insert_made_on_wire,
    insert_on_wire,
    swap_inputs,
)
from engine.run.evaluate import evaluate


class Graph:
    """A document that is written a node at a time."""

    def __init__(self) -> None:
        self.document = Document()

    def value(self, label: str, number: float, at=(0.0, 0.0)) -> int:
        self.document.apply(add_value(self.document, at, value=number, label=label))
        return self.document.next_id - 1

    def op(self, key: str, inputs=(), at=(0.0, 0.0)) -> int:
        self.document.apply(accept(add_op(self.document, key, at)))
        made = self.document.next_id - 1
        for source in inputs:
            self.document.apply(accept(connect(self.document, source, made)))
        return made

    def do(self, edit) -> None:
        """Apply an edit, and hold that its inverse leads back."""
        before = self.document.copy()
        self.document.apply(accept(edit))
        back = self.document.copy()
        back.apply(edit.inverse())
        assert back.same_content(before)

    def number(self, node: int) -> float:
        return evaluate(self.document).number(node)


@pytest.fixture
def graph() -> Graph:
    return Graph()


def test_a_node_inserted_on_a_wire_computes_between_its_ends(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (400, 0))
    between = graph.op("square", (), (200, 0))
    graph.do(insert_on_wire(graph.document, (end, 0), between))
    assert graph.number(end) == -9.0
    assert graph.document.inputs(between) == (a,)


def test_an_inserted_node_takes_the_wire_at_its_first_free_input(graph):
    a, w = graph.value("a", 3.0), graph.value("w", 5.0)
    end = graph.op("neg", [a], (400, 0))
    product = graph.op("mul", [w], (200, 0))
    graph.do(insert_on_wire(graph.document, (end, 0), product))
    assert graph.document.inputs(product) == (w, a)
    assert graph.number(end) == -15.0


def test_a_node_that_feeds_something_or_has_no_input_does_not_fit(graph):
    a, b = graph.value("a", 3.0), graph.value("b", 1.0)
    end = graph.op("neg", [a])
    busy = graph.op("square", [])
    graph.op("tanh", [busy])
    for node in (busy, b, a, end):
        assert isinstance(insert_on_wire(graph.document, (end, 0), node), Refusal)


def test_what_follows_an_inserted_node_makes_room_and_keeps_its_distances(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (180, 0))
    last = graph.op("tanh", [end], (330, 70))
    aside = graph.value("aside", 1.0, (200, 300))
    between = graph.op("square", (), (150, 0))
    graph.do(insert_on_wire(graph.document, (end, 0), between))
    places = {node: graph.document.node(node).position for node in (between, end, last, aside)}
    assert places[between] == (LEAF_SIZE[0] + GAP, 0)
    assert places[end] == (LEAF_SIZE[0] + GAP + OP_SIZE[0] + GAP, 0)
    assert (places[last][0] - places[end][0], places[last][1]) == (150, 70)
    assert places[aside] == (200, 300)


@pytest.mark.parametrize("x", [0.0, 60.0, 111.0, 150.0, 200.0, 300.0])
@pytest.mark.parametrize("made", [False, True])
def test_what_is_inserted_keeps_a_gap_on_both_sides(graph, x, made):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (180, 0))
    aside = graph.value("aside", 1.0, (180, 300))
    if made:
        between = graph.document.next_id
        edit = accept(add_op(graph.document, "square", (x, 5)))
        graph.do(insert_made_on_wire(graph.document, (end, 0), edit))
    else:
        between = graph.op("square", (), (500, 500))
        graph.do(insert_on_wire(graph.document, (end, 0), between, (x, 5)))
    document = graph.document
    places = {one: document.node(one).position for one in (a, between, end, aside)}
    left, _y, width, _height = bounds(document, [a])
    assert places[between] == (max(x, left + width + GAP), 5)
    assert places[end][0] - (places[between][0] + OP_SIZE[0]) >= GAP
    assert (places[a], places[aside]) == ((0, 0), (180, 300))


def test_far_below_its_source_it_stays_where_it_was_put(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (400, 300))
    between = graph.op("square", (), (10, 300))
    graph.do(insert_on_wire(graph.document, (end, 0), between))
    assert graph.document.node(between).position == (10, 300)


def test_without_room_nothing_moves(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (180, 0))
    between = graph.op("square", (), (150, 0))
    graph.do(insert_on_wire(graph.document, (end, 0), between, room=False))
    assert graph.document.node(end).position == (180, 0)


def test_room_is_made_by_the_group_that_holds_what_follows(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (180, 0))
    box = graph.document.next_id
    graph.do(group(graph.document, [end], "box"))
    between = graph.op("square", (), (150, 0))
    before, inner = graph.document.groups[box].position, graph.document.node(end).position
    graph.do(insert_on_wire(graph.document, (end, 0), between))
    assert graph.document.node(end).position == inner
    shifted = LEAF_SIZE[0] + GAP + OP_SIZE[0] + GAP
    assert graph.document.groups[box].position[0] == shifted > before[0]


def test_something_new_can_be_inserted_in_the_same_step(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (400, 0))
    made = accept(add_op(graph.document, "square", (200, 0)))
    graph.do(insert_made_on_wire(graph.document, (end, 0), made))
    assert graph.number(end) == -9.0
    leaf = add_value(graph.document, (0, 0))
    assert isinstance(insert_made_on_wire(graph.document, (end, 0), leaf), Refusal)


def test_extracting_what_was_inserted_gives_the_graph_before(graph):
    a = graph.value("a", 3.0)
    end = graph.op("neg", [a], (400, 0))
    between = graph.op("square", (), (200, 0))
    start = graph.document.copy()
    graph.do(insert_on_wire(graph.document, (end, 0), between))
    graph.do(extract(graph.document, between))
    assert graph.document.same_content(start)


def test_extracting_lets_the_first_input_go_on_to_every_consumer(graph):
    a, b = graph.value("a", 3.0), graph.value("b", 4.0)
    product = graph.op("mul", [a, b])
    one, other = graph.op("neg", [product]), graph.op("add", [product, b])
    graph.do(extract(graph.document, product))
    assert graph.document.inputs(product) == (None, None)
    assert (graph.number(one), graph.number(other)) == (-3.0, 7.0)


def test_extracting_a_value_cuts_its_wires_and_a_loose_node_is_refused(graph):
    a, b = graph.value("a", 3.0), graph.value("b", 4.0)
    total = graph.op("add", [a, b])
    graph.do(extract(graph.document, a))
    assert graph.document.inputs(total) == (b,)
    assert "has no wires to leave" in str(extract(graph.document, a))


def test_swapping_twice_changes_nothing_and_once_exchanges(graph):
    a, b = graph.value("a", 3.0), graph.value("b", 4.0)
    difference = graph.op("sub", [a, b])
    start = graph.document.copy()
    graph.do(swap_inputs(graph.document, difference))
    assert graph.number(difference) == 1.0
    graph.do(swap_inputs(graph.document, difference))
    assert graph.document.same_content(start)


def test_an_n_ary_node_rotates_and_comes_round(graph):
    values = [graph.value(name, 1.0) for name in "abc"]
    total = graph.op("add", values)
    edit = accept(swap_inputs(graph.document, total))
    assert edit.title.startswith("Rotate")
    graph.do(edit)
    assert graph.document.inputs(total) == (values[1], values[2], values[0])


@pytest.mark.parametrize(("key", "wires"), [("neg", 1), ("mul", 0), ("mul", 2)])
def test_nothing_to_swap_is_said_in_words(graph, key, wires):
    a = graph.value("a", 3.0)
    node = graph.op(key, [a] * wires)
    assert "swap" in str(swap_inputs(graph.document, node))


def test_a_lone_wire_changes_its_input_when_swapped(graph):
    a = graph.value("a", 3.0)
    product = graph.op("mul", [a])
    graph.do(swap_inputs(graph.document, product))
    assert graph.document.inputs(product) == (None, a)


def test_cutting_off_keeps_the_wires_within(graph):
    a, b = graph.value("a", 3.0), graph.value("b", 4.0)
    product = graph.op("mul", [a, b])
    after = graph.op("neg", [product])
    graph.do(cut_off(graph.document, [a, product]))
    assert graph.document.inputs(product) == (a, None)
    assert graph.document.inputs(after) == (None,)
    assert isinstance(cut_off(graph.document, [a, product]), Refusal)
