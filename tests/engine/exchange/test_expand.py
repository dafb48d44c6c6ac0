"""Expanding ops into simpler ones and joining chains again: the same numbers, the same place."""

import random
from itertools import combinations

import numpy as np
import pytest

from engine import ops
from engine.errors import Refusal, accept
from engine.exchange.expand import MOST_MADE, expand, expandable
from engine.exchange.program import insert_text
from engine.files.journal import edit_line, header_line, replay
from engine.files.writer import write
from engine.graph import verbs
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.geometry import item_size
from engine.graph.joining import join, joinable
from engine.graph.models import Model, model_document
from engine.graph.properties import set_label, set_mark, set_value
from engine.graph.records import Node, Note
from engine.run.evaluate import evaluate
from tests.engine.random_graphs import random_graph

COMPOSED = [op for op in ops.OPS.values() if op.reference or op.binary]


def alone(op: ops.Op, seed: int, inputs: int) -> Document:
    """Return an op between values and a square, at a point where it is smooth."""
    point = op.sampler(np.random.default_rng(seed), inputs)
    fed = inputs if op.variadic else len(op.ports)
    document = Document()
    for k, number in enumerate(point[:fed]):
        document.apply(verbs.add_value(document, (0.0, 120.0 * k), value=number, label=f"v{k}"))
    given = dict(zip((a.name for a in op.attributes), point[fed:], strict=False))
    document.apply(
        accept(verbs.add_op(document, op.key, (200.0, 60.0), attributes=given, label="it"))
    )
    for k in range(fed):
        document.apply(accept(verbs.connect(document, k + 1, fed + 1)))
    document.apply(accept(verbs.add_op(document, "square", (400.0, 60.0))))
    document.apply(accept(verbs.connect(document, fed + 1, fed + 2)))
    return document


def the(document: Document, label: str = "it") -> int:
    found = document.find(label)
    assert isinstance(found, int)
    return found


def formula(text: str) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    return document


def keys(document: Document) -> list[str]:
    return sorted(node.op for node in document.nodes() if not node.is_leaf)


@pytest.mark.parametrize("op", COMPOSED, ids=lambda op: op.key)
@pytest.mark.parametrize("inputs", [2, 3, 5])
@pytest.mark.parametrize("seed", range(6))
def test_an_expanded_op_has_the_same_value_and_gradients(op, inputs: int, seed: int) -> None:
    document = alone(op, seed, inputs)
    node, before, start = the(document), evaluate(document), document.copy()
    if not expandable(document, node):
        assert op.binary == op.key
        assert inputs == 2
        return
    edit = accept(expand(document, {node}))
    document.apply(edit)
    after = evaluate(document)
    assert document.node(node).op != op.key or op.binary == op.key
    for item in start.graph:
        scale = max(1.0, abs(before.number(item)), abs(before.slope(item)))
        assert after.number(item) == pytest.approx(before.number(item), abs=1e-12 * scale)
        assert after.slope(item) == pytest.approx(before.slope(item), abs=1e-12 * scale)
    document.apply(edit.inverse())
    assert document.same_content(start)


@pytest.mark.parametrize("seed", range(40))
def test_all_of_a_random_graph_can_be_expanded_until_only_elementary_ops_are_left(seed) -> None:
    document, draw = random_graph(seed), random.Random(seed)
    for node in [node for node in document.nodes() if node.is_leaf]:
        number = node.value + draw.uniform(-1e-3, 1e-3)  # no ties, no kinks
        document.apply(set_value(document, node.id, number))
    start, before = document.copy(), evaluate(document)
    edits = []
    while not isinstance(edit := expand(document, document.graph), Refusal):
        document.apply(edit)
        edits.append(edit)
    assert edits
    for node in document.nodes():
        op = ops.get(node.op)
        assert node.is_leaf or op.reference is None
        assert node.is_leaf or op.binary != op.key or len(node.ports) <= 2
        assert node.is_leaf or op.key != "prod" or len(node.ports) <= 1
    after = evaluate(document)
    for item in start.graph:
        one, other = before.number(item), after.number(item)
        # The chains of tanh and softplus overflow where the ops themselves do not.
        if np.isfinite([one, other]).all() and abs(one) < 1e3:
            assert other == pytest.approx(one, rel=1e-6, abs=1e-6)
    for edit in reversed(edits):
        document.apply(edit.inverse())
    assert document.same_content(start)


def test_the_node_keeps_its_label_marks_consumers_and_slot() -> None:
    document = accept(model_document(Model((2, 1), "tanh")))
    hidden = next(node for node in document.nodes() if node.op == "tanh")
    document.apply(accept(set_label(document, hidden.id, "h")))
    document.apply(accept(set_mark(document, hidden.id, "backward")))
    before, consumers = document.node(hidden.id), document.consumers(hidden.id)
    there = set(document.graph)
    document.apply(accept(expand(document, {hidden.id})))
    now = document.node(hidden.id)
    assert (now.label, now.marks, now.slot, now.group, now.comment) == (
        before.label,
        before.marks,
        before.slot,
        before.group,
        before.comment,
    )
    assert now.op == "div"
    assert document.consumers(hidden.id) == consumers
    made = [node for node in document.nodes() if node.id not in there]
    assert {node.group for node in made} == {before.group}
    assert all(node.slot is None for node in made)


def test_a_part_that_stands_in_the_formula_twice_is_computed_once_as_in_the_lecture() -> None:
    document = formula("o = tanh(n)")
    document.apply(accept(expand(document, {the(document, "o")})))
    assert keys(document) == ["add", "div", "exp", "mul", "sub"]
    assert sorted(node.value for node in document.nodes() if node.is_leaf) == [1, 1, 1, 2]


def test_a_sum_of_many_becomes_the_chain_of_binary_adds_of_micrograd() -> None:
    document = formula("s = a + b + c + d")
    total = the(document, "s")
    sources = document.inputs(total)
    document.apply(accept(expand(document, {total})))
    assert keys(document) == ["add", "add", "add"]
    at, order = total, []
    while document.node(at).op == "add":
        left, right = document.inputs(at)
        order.insert(0, right)
        at = left
    assert (at, *order) == sources


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("s = a + b + c + d + e1", "add"),
        ("s = prod(a, b, c)", "prod"),
        ("s = max(a, b, c, d)", "max"),
        ("s = min(a, b, c)", "min"),
    ],
)
def test_joining_takes_back_what_expanding_made_of_an_op_of_many(text: str, wide: str) -> None:
    document = formula(text)
    total = the(document, "s")
    before, sources = document.node(total), document.inputs(total)
    document.apply(accept(expand(document, {total})))
    assert joinable(document, total)
    document.apply(accept(join(document, {total})))
    after = document.node(total)
    assert after.op == wide
    assert (after.ports, after.label) == (before.ports, before.label)
    assert document.inputs(total) == sources


def test_joining_a_selected_chain_is_one_step_that_undo_takes_back() -> None:
    document = formula("s = ((a*b)*c)*d + x*y*z")
    start, before = document.copy(), evaluate(document)
    edit = accept(join(document, document.graph))
    document.apply(edit)
    assert keys(document) == ["add", "prod", "prod"]
    assert evaluate(document).number(the(document, "s")) == before.number(the(document, "s"))
    document.apply(edit.inverse())
    assert document.same_content(start)


def test_what_is_marked_or_feeds_something_else_is_not_joined() -> None:
    document = formula("s = a + b; t = s + c; u = s + d")
    refusal = join(document, document.graph)
    assert isinstance(refusal, Refusal)
    assert "no chain" in str(refusal)
    other = formula("s = a + b; t = s + c")
    other.apply(accept(set_mark(other, the(other, "s"), "prediction")))
    assert not joinable(other, the(other, "t"))
    assert isinstance(join(other, other.graph), Refusal)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y = exp(x)", "it is elementary"),
        ("y = a + b", "it is elementary"),
        ("y = a*b + exp(c)", "all elementary already"),
    ],
)
def test_what_is_elementary_is_refused_in_words(text: str, words: str) -> None:
    document = formula(text)
    chosen = {the(document, "y")} if words.startswith("it is") else set(document.graph)
    assert words in str(expand(document, chosen))


def test_an_op_whose_inputs_are_not_wired_is_refused_and_left_alone_among_others() -> None:
    document = formula("y = tanh(x)")
    document.apply(accept(verbs.add_op(document, "tanh", (0.0, 400.0))))
    loose = document.next_id - 1
    assert "not all of its inputs are wired" in str(expand(document, {loose}))
    document.apply(accept(expand(document, document.graph)))
    assert document.node(loose).op == "tanh"


def test_more_than_can_be_shown_is_refused() -> None:
    wide = Document()
    wide.apply(verbs.add_value(wide, (0.0, 0.0)))
    ports = tuple(range(MOST_MADE + 3))
    wide.apply(Edit("", (verbs.create(Node(2, "add", ports=ports)),)))
    wide.apply(Edit("", tuple(Change("edge", (2, port), WHOLE, None, 1) for port in ports)))
    assert "more than 20,000 new nodes" in str(expand(wide, {2}))


def test_the_journal_brings_an_expansion_back() -> None:
    document = formula("y = tanh(x) + sigmoid(z) + w")
    base = write(document)
    edit = accept(expand(document, document.graph))
    document.apply(edit)
    again = replay([header_line(base), edit_line(edit)])
    assert isinstance(again, Document)
    assert again.same_content(document)


# Places ----------------------------------------------------------------------------------------


def overlaps(document: Document) -> list[tuple[int, int]]:
    """Return the pairs of cards of one group that lie over each other."""
    cards = [*document.nodes(), *document.groups.values()]
    return [
        (one.id, other.id)
        for one, other in combinations(cards, 2)
        if one.group == other.group and meets(one, other)
    ]


def meets(one, other) -> bool:
    (x, y), (width, height) = one.position, item_size(one)
    (left, top), (wide, high) = other.position, item_size(other)
    return x < left + wide and left < x + width and y < top + high and top < y + height


@pytest.mark.parametrize(
    "text",
    [
        "o = tanh(x1*w1 + x2*w2 + b)",
        "L = logsumexp(a, b, c, d) - sigmoid(a) * softplus(b)",
        "s = a + b + c + d + e1 + f + g",
        "y = leaky_relu(tanh(sigmoid(x)))",
        "y = (a - b)**2 + (c - d)**2 + (e1 - f)**2",
    ],
)
def test_new_nodes_lie_over_nothing_and_left_to_right(text: str) -> None:
    document = formula(text)
    assert overlaps(document) == []
    before = {node.id: node.position for node in document.nodes()}
    document.apply(accept(expand(document, document.graph)))
    assert overlaps(document) == []
    for source, target, _port in document.edges():
        one, other = document.node(source), document.node(target)
        if source not in before or target not in before:
            assert one.position[0] + item_size(one)[0] <= other.position[0]
    for node, (x, y) in before.items():  # what was there moved to the right, if at all
        assert document.node(node).position[0] >= x
        assert document.node(node).position[1] == y


def test_where_there_is_room_nothing_moves() -> None:
    document = Document()
    document.apply(verbs.add_value(document, (0.0, 0.0)))
    document.apply(accept(verbs.add_op(document, "tanh", (2000.0, 0.0))))
    document.apply(accept(verbs.connect(document, 1, 2)))
    edit = accept(expand(document, {2}))
    assert not [change for change in edit.changes if change.field == "position"]


def test_all_neurons_of_a_network_can_be_expanded_at_once() -> None:
    document = accept(model_document(Model((4, 4, 1), "tanh")))
    before = evaluate(document)
    [loss] = document.marked("loss")
    document.apply(accept(expand(document, {min(document.groups)})))
    assert overlaps(document) == []
    assert evaluate(document).number(loss) == pytest.approx(before.number(loss), rel=1e-12)
    assert not any(node.op == "tanh" for node in document.nodes())


def test_a_drawn_frame_goes_on_holding_what_it_held() -> None:
    document = formula("o = tanh(x)")
    o = the(document, "o")
    x, y = document.node(o).position
    document.apply(accept(verbs.add_value(document, (x + 200.0, y), label="after")))
    size = (x + 200.0, 400.0)
    made = Note(document.next_id, "frame", "all", (-50.0, -50.0), size)
    document.apply(Edit("", (verbs.create_note(made),)))
    [note] = document.notes
    document.apply(accept(expand(document, {o})))
    frame = document.notes[note]
    right = frame.position[0] + frame.size[0]
    end = document.node(o).position[0] + item_size(document.node(o))[0]
    assert end < right < document.node(the(document, "after")).position[0]
