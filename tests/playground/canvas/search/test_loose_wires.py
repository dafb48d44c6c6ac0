"""A wire let go over nothing: it stays in the hand, what fits is offered, and it does not jump."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from engine.errors import accept
from engine.graph.records import LEAF
from engine.graph.verbs import group
from playground.canvas.frame.ports import NEW

FREE = QPoint(720, 520)


def draft(canvas):
    return canvas._scene.picture.floating.draft


def wire_end(canvas, target: int, port: int, *, start: bool = False) -> QPointF:
    """Return where a wire ends, or starts, in the scene."""
    picture = canvas._scene.picture
    wires = picture.frame.wires
    keys = wires.keys(np.arange(len(wires)))
    point = wires.ends(picture.corners())[0 if start else 1][keys.index((target, port))]
    return QPointF(*point.tolist())


def near(one: QPointF, other: QPointF) -> bool:
    return (one - other).manhattanLength() < 1e-6


@pytest.fixture
def open_op(session, product, build, canvas, hands) -> int:
    """A difference whose inputs are free."""
    made = build.op("sub", (), 150, 120)
    session.stack.clear()
    hands.settle()
    return made


@pytest.mark.parametrize("text", ["tanh", "*", "+", "-", "max"])
def test_the_port_is_where_the_wire_was_let_go(session, product, canvas, hands, typing, text):
    before, place = session.document.copy(), canvas._camera.to_scene(QPointF(FREE))
    hands.drag(canvas.port_point(product.c), FREE)
    assert draft(canvas) is not None
    assert not typing.card.geometry().contains(FREE)
    typing.write(text)
    typing.press("Return")
    [made] = session.selection
    [port, *_rest] = session.document.node(made).ports
    assert session.document.source(made, port) == product.c
    assert near(wire_end(canvas, made, port), place)
    assert draft(canvas) is None
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


@pytest.mark.parametrize("text", ["neuron", "layer", "MLP", "hinge", "tanh(c)", "2*c - c**2"])
def test_that_holds_for_networks_losses_and_formulas(
    session, product, canvas, hands, typing, text
):
    at = QPoint(560, 520)
    place = canvas._camera.to_scene(QPointF(at))
    hands.drag(canvas.port_point(product.c), at)
    typing.write(text)
    typing.press("Return")
    fed = shown(canvas, session.document.consumers(product.c))
    assert any(near(wire_end(canvas, *wire), place) for wire in fed)
    assert session.stack.count() == 1


def shown(canvas, wires):
    frame = canvas._scene.picture.frame
    keys = set(frame.wires.keys(np.arange(len(frame.wires))))
    return [wire for wire in wires if wire in keys]


@pytest.mark.parametrize("text", ["7", "tanh", "k=10", "p*q", "feature"])
def test_an_input_is_fed_from_where_its_wire_was_let_go(
    session, open_op, canvas, hands, typing, text
):
    before, at = session.document.copy(), FREE - QPoint(300, 0)
    place = canvas._camera.to_scene(QPointF(at))
    hands.drag(canvas.port_point(open_op, 1), at)
    typing.write(text)
    assert typing.promise().endswith("feeds sub#4")
    typing.press("Return")
    assert session.document.inputs(open_op)[0] is None
    assert session.document.inputs(open_op)[1] is not None
    assert near(wire_end(canvas, open_op, 1, start=True), place)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_the_new_input_of_a_sum_is_fed_as_well(session, product, build, canvas, hands, typing):
    total = build.op("add", (product.c,), 150, 120)
    session.stack.clear()
    hands.settle()
    at = QPoint(330, 560)
    place = canvas._camera.to_scene(QPointF(at))
    hands.drag(canvas.port_point(total, NEW), at)
    typing.write("7")
    typing.press("Return")
    [made] = session.selection
    assert session.document.inputs(total) == (product.c, made)
    assert near(wire_end(canvas, total, 1, start=True), place)
    session.undo()
    assert session.document.inputs(total) == (product.c,)


def test_escape_lets_the_wire_go_and_nothing_has_changed(session, product, canvas, hands, typing):
    before = session.document.copy()
    hands.drag(canvas.port_point(product.c), FREE)
    typing.press("Escape")
    assert draft(canvas) is None
    assert session.document.same_content(before)
    assert not session.stack.canUndo()


def test_a_click_elsewhere_lets_it_go_too(session, product, canvas, hands, typing):
    hands.drag(canvas.port_point(product.c), FREE)
    hands.click(QPoint(20, 620))
    assert draft(canvas) is None
    assert not session.stack.canUndo()


def test_the_wire_stays_in_the_picture_while_something_is_sought(
    session, product, canvas, hands, typing
):
    hands.drag(canvas.port_point(product.c), FREE)
    kept = draft(canvas)
    typing.write("ta")
    hands.hover(QPoint(100, 600))
    assert draft(canvas) is kept
    assert near(QPointF(*kept.finish), canvas._camera.to_scene(QPointF(FREE)))


def test_only_what_takes_a_wire_is_offered_to_an_output(session, product, canvas, hands, typing):
    hands.drag(canvas.port_point(product.c), FREE)
    kinds = {key.partition(":")[0] for key in typing.offered()}
    assert kinds == {"op", "template"}
    scores = [typing.search.habits.score("op:mul", key) for key in typing.offered()[:4]]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_only_what_has_one_result_is_offered_to_an_input(session, open_op, canvas, hands, typing):
    hands.drag(canvas.port_point(open_op, 0), FREE - QPoint(300, 0))
    kinds = {key.partition(":")[0] for key in typing.offered()}
    assert kinds == {"op", "value"}


def test_a_formula_that_does_not_use_the_wire_is_refused_in_words(
    session, product, canvas, hands, typing
):
    hands.drag(canvas.port_point(product.c), FREE)
    typing.write("tanh(q)")
    assert typing.promise() == "Nothing in it takes the wire from c. Use c in the formula."
    typing.press("Return")
    assert typing.card.is_open
    assert not session.stack.canUndo()


def test_inside_an_open_group_it_belongs_to_the_group(session, product, canvas, hands, typing):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    session.stack.clear()
    hands.settle()
    at = (canvas.item_rect(product.a).center() + canvas.item_rect(product.b).center()) / 2
    place = canvas._camera.to_scene(QPointF(at))
    hands.drag(canvas.port_point(product.a), at)
    typing.write("exp")
    typing.press("Return")
    [node] = session.selection
    assert session.document.node(node).group == made
    assert near(wire_end(canvas, node, 0), place)


def test_what_was_picked_is_offered_sooner_the_next_time(session, product, canvas, hands, typing):
    for _time in range(6):
        hands.drag(canvas.port_point(product.c), FREE)
        typing.write("sqrt")
        typing.press("Return")
        session.undo()
        hands.settle()
    hands.drag(canvas.port_point(product.c), FREE)
    assert typing.offered()[0] == "op:sqrt"


def test_an_end_pulled_off_and_let_go_removes_the_wire_as_before(
    session, product, canvas, hands, typing
):
    hands.drag(canvas.port_point(product.c, 0), FREE)
    assert not typing.card.is_open
    assert session.document.inputs(product.c) == (None, product.b)


def test_another_frame_ends_the_search_with_its_wire(session, product, canvas, hands, typing):
    hands.drag(canvas.port_point(product.c), FREE)
    session.set_view(folded=frozenset({99}))
    hands.settle()
    assert draft(canvas) is None
    assert not typing.card.is_open
    assert session.document.node(product.a).op == LEAF
