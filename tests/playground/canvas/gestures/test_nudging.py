"""Nudging: held by mouse or key, ghosts of what follows, and nothing changed when it is over."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.models import Model, insert_model
from engine.graph.properties import set_mark, set_value
from engine.graph.records import DataSettings
from engine.run.evaluate import evaluate
from playground.canvas.frame.digits import BECOMES
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.nudging import PIXELS, Hold


@pytest.fixture
def told(session):
    """Collect what is said in the status bar."""
    words = []
    session.hinted.connect(words.append)
    return words


@pytest.fixture
def refused(session):
    words = []
    session.refused.connect(words.append)
    return words


def ghosts(canvas) -> dict[int, float]:
    picture = canvas._scene.picture
    if picture.ghost is None:
        return {}
    assert picture.ghost.prefix == BECOMES
    ids = picture.frame.shows[picture.ghost.items].tolist()
    return dict(zip(ids, picture.ghost.values.tolist(), strict=True))


def held(canvas, hands, qtbot, at) -> None:
    """Press and rest until the value is nudged."""
    hands.press(at)
    qtbot.waitUntil(lambda: canvas._scene.picture.ghost is not None)


def number_of_op(canvas, node) -> QPoint:
    rect = canvas.item_rect(node)
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * 0.56))


def test_a_number_that_is_held_is_nudged_and_let_go_nothing_has_changed(
    session, product, canvas, hands, qtbot, told
):
    before, revision = session.result, session.document.revision
    at = canvas.value_rect(product.a).center()
    held(canvas, hands, qtbot, at)
    assert ghosts(canvas) == {product.a: 2.001, product.c: 2.001 * -3.0}
    assert told[-1].startswith(
        "a + 0.001: c −6.0 → −6.003, Δc/h = −3.0000000000001137 beside ∂c/∂a = −3.0"
    )
    item, quotient = canvas._scene.picture.ghost.quotient
    assert canvas._scene.picture.frame.ids[item] == product.a
    assert quotient == (2.001 * -3.0 + 6.0) / 0.001
    hands.release(at)
    assert ghosts(canvas) == {}
    assert session.result is before
    assert session.document.revision == revision
    assert not session.stack.count()
    assert session.lit.nodes == frozenset()


def test_an_operation_is_cut_off_from_its_inputs(session, product, canvas, hands, qtbot, build):
    d = build.op("add", (product.c, product.a), 200.0, 0.0, label="d")
    hands.settle()
    held(canvas, hands, qtbot, number_of_op(canvas, product.c))
    assert ghosts(canvas) == {product.c: -5.999, d: -5.999 + 2.0}
    assert session.lit.nodes == {product.c}
    assert [target for target, _port in session.lit.wires] == [d]
    hands.release(number_of_op(canvas, product.c))


def test_dragging_sideways_and_up_and_down_choose_h(product, canvas, hands, qtbot, told):
    at = canvas.value_rect(product.b).center()
    held(canvas, hands, qtbot, at)
    hands.move(at + QPoint(4 * PIXELS, 0))
    assert told[-1].startswith("b + 0.005: ")
    hands.move(at - QPoint(2 * PIXELS, 0))
    assert told[-1].startswith("b − 0.002: ")
    hands.key("Up")
    assert told[-1].startswith("b − 0.02: ")
    for _press in range(4):
        hands.key("Down")
    assert told[-1].startswith("b − 2e-06: ")
    for _press in range(20):
        hands.key("Down")
    assert told[-1].startswith("b − 2e-15: ")
    hands.release(at)
    assert ghosts(canvas) == {}


def test_escape_ends_it_and_gives_the_selection_back(session, product, canvas, hands, qtbot):
    session.set_selection({product.b})
    at = canvas.value_rect(product.a).center()
    held(canvas, hands, qtbot, at)
    assert session.selection == {product.a}
    hands.key("Escape")
    assert ghosts(canvas) == {}
    assert session.selection == {product.b}
    hands.release(at)
    assert session.document.node(product.a).value == 2.0


def test_scrubbing_carrying_and_typing_begin_as_they_always_did(session, product, canvas, hands):
    at = canvas.value_rect(product.a).center()
    hands.drag(at, at + QPoint(50, 0))
    assert session.document.node(product.a).value != 2.0
    session.undo()
    place = session.document.node(product.c).position
    middle = number_of_op(canvas, product.c)
    hands.drag(middle, middle + QPoint(0, 60))
    assert session.document.node(product.c).position != place
    assert canvas._mouse.gesture is None
    hands.double_click(canvas.value_rect(product.a).center())
    assert canvas._editor.is_open


def test_a_drag_that_has_begun_is_never_turned_into_a_nudge(product, canvas, hands, qtbot):
    middle = number_of_op(canvas, product.c)
    hands.drag_to(middle, middle + QPoint(0, 40))
    gesture = canvas._mouse.gesture
    assert isinstance(gesture, Hold)
    assert not gesture._timer.isActive()
    hands.key("Escape")
    hands.release(middle)


def test_the_keyboard_holds_the_selected_value(session, product, canvas, hands, told):
    session.set_selection({product.b})
    canvas.nudge()
    assert ghosts(canvas) == {product.b: -2.999, product.c: -5.998}
    hands.key("Right")
    assert told[-1].startswith("b + 0.002: ")
    assert canvas.accessibleDescription().startswith("b + 0.002: ")
    for _press in range(2):
        hands.key("Left")
    assert told[-1].startswith("b − 0.001: ")
    hands.key("Down")
    assert told[-1].startswith("b − 0.0001: ")
    hands.key("Return")
    assert ghosts(canvas) == {}
    assert session.document.node(product.b).value == -3.0
    canvas.nudge()
    assert ghosts(canvas)
    canvas.nudge()
    assert ghosts(canvas) == {}
    canvas.nudge()
    hands.click(QPoint(5, 5))
    assert ghosts(canvas) == {}
    assert session.selection == {product.b}
    canvas.nudge()
    canvas.clearFocus()
    assert ghosts(canvas) == {}


def test_without_a_value_it_says_what_to_do(session, product, canvas, hands, refused, build):
    session.set_selection(())
    canvas.nudge()
    assert refused[-1].startswith("There is nothing to nudge")
    lonely = build.op("mul", (product.a,), 200.0, 100.0, label="half")
    hands.settle()
    session.set_selection({lonely})
    canvas.nudge()
    assert refused[-1].startswith("half cannot be nudged")
    assert canvas._mouse.gesture is None
    session.tracing.switch(on=True)
    session.set_selection({product.a})
    canvas.nudge()
    assert "numbers that are shown" in refused[-1]


def test_new_numbers_are_nudged_and_another_structure_ends_it(session, product, canvas, hands):
    session.set_selection({product.a})
    canvas.nudge()
    session.do(set_value(session.document, product.b, 4.0))
    hands.settle()
    assert ghosts(canvas)[product.c] == pytest.approx(8.004)
    assert canvas._scene.picture.ghost.quotient[1] == pytest.approx(4.0)
    session.do(set_mark(session.document, product.c, "loss"))
    hands.settle()
    assert ghosts(canvas) == {}
    assert canvas._mouse.gesture is None


def test_a_weight_that_is_folded_away_is_held_by_its_chip(session, canvas, hands, qtbot):
    data = DataSettings("moons", samples=10)
    session.do(accept(insert_model(session.document, Model((3, 2, 1), data=data))))
    hands.settle()
    canvas.fit()
    wires = canvas._scene.picture.frame.wires
    [row, *_rest] = np.flatnonzero(wires.weight >= 0).tolist()
    canvas.select_wire(wires.keys(np.array([row]))[0])
    hands.settle()
    node = int(wires.weight[row])
    [rect] = [grip.rect for grip in canvas._parts.grips() if grip.node == node]
    at = canvas._camera.to_screen(rect.center()).toPoint()
    held(canvas, hands, qtbot, at)
    number = session.document.node(node).value
    assert canvas._scene.picture.ghost.hidden == {node: number + 0.001}
    assert len(ghosts(canvas)) > 1
    hands.release(at)
    assert not canvas._editor.is_open
    hands.click(at)  # which is no nudge
    assert canvas._editor.is_open


def test_a_folded_neuron_is_held_by_the_number_it_shows(session, build, canvas, hands, qtbot):
    session.do(accept(insert_text(session.document, "neuron 2 tanh", (0.0, 0.0))))
    session.set_view(folded=frozenset(session.document.groups))
    hands.settle()
    canvas.set_zoom(1.0)
    hands.settle()
    frame = canvas._scene.picture.frame
    [tile] = frame.ids[frame.kinds == Kind.TILE].tolist()
    node = int(frame.shows[frame.index[tile]])
    rect = canvas.item_rect(tile)
    held(canvas, hands, qtbot, rect.topLeft() + QPoint(20, 38))
    assert set(ghosts(canvas)) == {node}
    assert ghosts(canvas)[node] == session.result.number(node) + 0.001
    hands.release(rect.topLeft() + QPoint(20, 38))
    assert session.selection == {tile}


@pytest.mark.parametrize("name", ["dark", "light"])
def test_ghosts_stand_above_cards_and_the_quotient_below_the_held_one(
    session, product, canvas, hands, name
):
    canvas.themes.choose(name)
    hands.settle()

    def pictures():
        above, below = canvas.item_rect(product.c), canvas.item_rect(product.a)
        above = above.adjusted(0, -40, 0, -above.height())
        below = below.adjusted(0, below.height(), 0, 22)
        return canvas.grab(above).toImage(), canvas.grab(below).toImage()

    before = pictures()
    session.set_selection({product.a})
    hands.settle()
    chosen = pictures()
    canvas.nudge()
    hands.settle()
    now = pictures()
    assert now[0] != chosen[0]
    assert now[1] != chosen[1]
    hands.key("Escape")
    session.set_selection(())
    hands.settle()
    assert pictures() == before


def test_the_lecture_s_check_can_be_read_in_the_hint(session, canvas, hands, told):
    session.do(accept(insert_text(session.document, "L = (a*b + c)*f", (0.0, 0.0))))
    for label, number in {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}.items():
        node = accept(session.document.find(label))
        session.do(set_value(session.document, node, number))
    hands.settle()
    b = accept(session.document.find("b"))
    session.set_selection({b})
    canvas.nudge()
    assert told[-1].startswith("b + 0.001: L −8.0 → ")
    assert "ΔL/h = −3.9999999999995595 beside ∂L/∂b = −4.0 · " in told[-1]
    assert evaluate(session.document).number(b) == -3.0
