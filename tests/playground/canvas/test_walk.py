"""Going from card to card by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.errors import accept
from engine.graph.verbs import group
from tests.playground.canvas.conftest import Hands


def test_a_step_goes_from_left_to_right_and_one_back(session, product, canvas):
    reached = []
    for _step in range(3):
        canvas._walk.step()
        reached.append(session.current)
    assert reached == [product.a, product.b, product.c]
    canvas._walk.step(forward=False)
    assert session.selection == {product.b}


def test_an_arrow_key_begins_where_nothing_is_selected(session, product, canvas, hands):
    hands.key("Right")
    assert session.selection == {product.a}
    session.set_selection(())
    hands.key("Left")
    assert session.selection == {product.c}


def test_what_is_reached_is_brought_into_sight(session, product, canvas, hands):
    canvas._camera.pan(5_000, 0)
    hands.key("Right")
    assert canvas.viewport().rect().contains(canvas.item_rect(product.a))


def test_open_groups_are_reached_and_folded_ones_hide_what_is_in_them(
    session, product, canvas, hands
):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "leaves")))
    hands.settle()
    for expected in (made, product.a, product.b, product.c):
        canvas._walk.step()
        assert session.current == expected
    session.set_selection({made})
    hands.key("Return")
    assert made in session.view.folded
    canvas._walk.step()
    assert session.current == product.c


def test_the_keyboard_comes_in_and_goes_on_at_the_ends(session, product, canvas, qtbot):
    window, before, after = QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in (before, canvas, after):
        column.addWidget(widget)
    QWidget.setTabOrder(before, canvas)
    QWidget.setTabOrder(canvas, after)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    assert session.selection == {product.a}
    qtbot.keyClick(canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.hasFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab, held)
    assert before.hasFocus()
    Hands.settle()
    canvas.setParent(None)
