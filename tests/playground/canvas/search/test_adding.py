"""Adding by search: found, promised, wired, placed; one undo step each."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph.verbs import group

EMPTY_PLACE = QPoint(700, 480)


def only(session) -> int:
    [node] = session.selection
    return node


def test_typing_on_the_canvas_searches_for_what_is_typed(session, canvas, typing):
    typing.write("tan")
    assert typing.card.isVisible()
    assert typing.card.field.text() == "tan"
    assert typing.offered()[0] == "op:tanh"
    typing.press("Return")
    assert session.document.node(only(session)).op == "tanh"
    assert not typing.card.isVisible()
    assert canvas.hasFocus()
    assert session.stack.count() == 1


@pytest.mark.parametrize("first", ["7", "-", "("])
def test_digits_minus_and_brackets_are_typing_too(session, canvas, typing, first):
    typing.write(first)
    assert typing.card.field.text() == first


def test_escape_closes_it_and_nothing_has_changed(session, product, canvas, typing):
    before = session.document.copy()
    typing.write("tanh")
    typing.press("Escape")
    assert not typing.card.is_open
    assert canvas.hasFocus()
    assert session.document.same_content(before)
    assert not session.stack.canUndo()


def test_a_click_elsewhere_closes_it(session, product, canvas, hands, typing):
    typing.write("tanh")
    hands.click(QPoint(20, 620))
    assert not typing.card.is_open
    assert not session.stack.canUndo()


def test_up_and_down_choose_and_go_round_at_the_ends(session, canvas, typing):
    typing.write("s")
    offered = typing.offered()
    typing.press("Down")
    assert typing.card.results.current().key == offered[1]
    typing.press("Up")
    typing.press("Up")
    assert typing.card.results.current().key == offered[-1]


def test_the_mouse_chooses_a_row_when_it_moves_and_not_when_the_list_comes_under_it(
    session, canvas, hands, typing
):
    hands.hover(QPoint(2, 2))  # wherever another test left it
    typing.write("s")
    results, offered = typing.card.results, typing.offered()
    at = results.visualRect(results.model().index(3)).center()
    moved_to(results, at)
    assert results.current().key == offered[0]
    moved_to(results, at)
    assert results.current().key == offered[0]
    moved_to(results, at + QPoint(1, 0))
    assert results.current().key == offered[3]


def moved_to(results, at: QPoint) -> None:
    """Send one event of a moving mouse; setting the cursor may send several."""
    none = Qt.MouseButton.NoButton
    place = QPointF(results.viewport().mapToGlobal(at))
    move = QEvent.Type.MouseMove
    event = QMouseEvent(move, QPointF(at), place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(results.viewport(), event)


def test_a_click_on_a_row_adds_it(session, canvas, typing):
    typing.write("s")
    wanted = typing.offered()[2]
    typing.click_row(2)
    assert f"op:{session.document.node(only(session)).op}" == wanted


def test_a_double_click_on_nothing_searches_there_and_what_is_chosen_lands_there(
    session, product, canvas, hands, typing
):
    hands.double_click(EMPTY_PLACE)
    assert typing.card.geometry().contains(EMPTY_PLACE)
    typing.write("sin")
    typing.press("Return")
    assert (canvas.item_rect(only(session)).center() - EMPTY_PLACE).manhattanLength() <= 2
    session.undo()
    assert only_the_product(session, product)


def only_the_product(session, product) -> bool:
    return {node.id for node in session.document.nodes()} == {product.a, product.b, product.c}


def test_a_double_click_inside_an_open_group_adds_into_it(session, product, canvas, hands, typing):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    between = (canvas.item_rect(product.a).center() + canvas.item_rect(product.b).center()) / 2
    hands.double_click(between)
    typing.write("sin")
    typing.press("Return")
    assert session.document.node(only(session)).group == made


def test_where_the_mouse_last_moved_is_where_it_lands(session, product, canvas, hands, typing):
    hands.hover(EMPTY_PLACE)
    typing.write("q")
    typing.press("Escape")  # that gives the place back
    typing.write("1")
    typing.press("Return")
    assert (canvas.item_rect(only(session)).center() - EMPTY_PLACE).manhattanLength() <= 2
    typing.write("2")  # the mouse lies still: the keyboard finds a place of its own
    typing.press("Return")
    assert not canvas.item_rect(only(session)).contains(EMPTY_PLACE)


def test_by_keyboard_nothing_ever_covers_anything_and_all_is_in_sight(
    session, canvas, hands, typing
):
    for text in ("1", "2", "3", "sin", "neuron", "tanh(p*q+r)", "4", "layer", "exp"):
        typing.write(text)
        typing.press("Return")
        hands.settle()
        made = [canvas.item_rect(item) for item in session.selection]
        assert all(canvas.viewport().rect().contains(rect) for rect in made)
    open_groups = session.document.groups.keys() - session.view.folded
    rects = [canvas.item_rect(item) for item in canvas._scene.hits if item not in open_groups]
    for number, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[:number])


def test_numbers_and_names_with_numbers_become_values(session, canvas, typing):
    for text in ("2", "-3", "c=10"):
        typing.write(text)
        assert typing.promise().startswith("Return adds a value")
        typing.press("Return")
    nodes = sorted(session.document.nodes(), key=lambda node: node.id)
    assert [(node.label, node.value) for node in nodes] == [("", 2.0), ("", -3.0), ("c", 10.0)]


def test_a_formula_says_how_much_it_makes_and_computes(session, canvas, typing):
    typing.write("tanh(w*x+b)")
    assert typing.promise() == "Return adds 6 nodes"
    typing.press("Return")
    assert len(session.document) == 6


def test_a_wrong_formula_says_what_is_wrong_and_keeps_the_text(session, canvas, typing):
    typing.write("3*x**")
    assert "stops before it is complete" in typing.promise()
    typing.press("Return")
    assert typing.card.isVisible()
    assert typing.card.field.text() == "3*x**"
    assert "stops before it is complete" in typing.promise()
    assert typing.card.promise.property("tone") == "problem"
    assert len(session.document) == 0
    typing.write("2")
    typing.press("Return")
    assert len(session.document) > 0


def test_what_nothing_is_called_can_still_be_a_value_of_that_name(session, canvas, typing):
    typing.write("foo")
    assert typing.offered() == ["expression:foo"]


def test_recent_and_likely_things_come_first(session, product, canvas, typing):
    typing.write("sin")
    typing.press("Return")
    session.set_selection(())
    typing.search.open()
    assert typing.offered()[0] == "op:sin"
    typing.press("Escape")
    session.set_selection({product.c})
    typing.search.open()
    scores = [typing.search.habits.score("op:mul", key) for key in typing.offered()[:3]]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert len(typing.offered()) == len(set(typing.offered()))


def test_what_is_selected_feeds_an_operation_in_the_order_of_selection(
    session, product, canvas, hands, typing
):
    hands.click(canvas.item_rect(product.b).center() - QPoint(0, 34))
    hands.click(canvas.item_rect(product.a).center() - QPoint(0, 34), "Shift")
    assert session.order == (product.b, product.a)
    before = session.document.copy()
    typing.write("-")
    assert typing.promise().startswith("Return adds − of b, a, wired")
    typing.press("Return")
    made = only(session)
    assert session.document.inputs(made) == (product.b, product.a)
    assert session.result.number(made) == -5.0
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(before)


def test_an_operation_with_too_few_inputs_is_added_unwired_and_says_so(
    session, product, canvas, typing
):
    session.set_selection({product.a, product.b})
    typing.write("tanh")
    assert "unwired: 2 nodes are selected" in typing.promise()
    typing.press("Return")
    assert session.document.inputs(only(session)) == (None,)


def test_a_whole_graph_selected_is_not_wired_to_what_is_added(canvas, build, hands, typing):
    for row in range(70):
        build.value("", 1.0, -400.0, 110.0 * row)
    hands.settle()
    canvas.select_all()
    typing.write("+")
    assert "unwired: 70 nodes are selected" in typing.promise()


def test_shift_return_keeps_what_was_selected(session, product, canvas, typing):
    session.set_selection({product.a})
    typing.write("sigmoid")
    typing.press("Return", "Shift")
    added = session.document.next_id - 1
    assert session.order == (product.a, added)
    assert session.document.inputs(added) == (product.a,)
    typing.write("*")
    typing.press("Return")
    assert session.document.inputs(only(session)) == (product.a, added)


def test_a_folded_group_stands_for_its_output(session, product, canvas, hands, typing):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b, product.c], "g")))
    session.set_view(folded=frozenset({made}))
    hands.settle()
    session.set_selection({made})
    typing.write("tanh")
    typing.press("Return")
    assert session.document.inputs(only(session)) == (product.c,)


def test_the_wheel_over_the_list_scrolls_it_and_leaves_the_canvas_alone(
    session, product, canvas, hands, typing
):
    typing.search.open()
    zoom = canvas.zoom
    results = typing.card.results
    hands.viewport = results.viewport()
    for _notch in range(40):  # beyond its end, too
        hands.turn(QPoint(50, 50), -1)
    assert canvas.zoom == zoom
    assert typing.card.is_open
    assert results.verticalScrollBar().value() == results.verticalScrollBar().maximum()


def test_the_status_bar_says_what_the_keys_do(session, canvas, typing):
    said = []
    session.hinted.connect(said.append)
    typing.write("x")
    assert "Escape closes" in said[-1]


def test_a_formula_stands_right_of_what_it_names_without_covering_anything(
    session, product, canvas, hands, typing
):
    session.set_selection(())
    hands.settle()
    typing.write("q = c*a")
    typing.press("Return")
    made = canvas.item_rect(only(session))
    named = canvas.item_rect(product.a).united(canvas.item_rect(product.c))
    assert made.left() > named.right()
    assert abs(made.center().y() - named.center().y()) < named.height() / 2
