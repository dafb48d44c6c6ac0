"""Keys on the canvas: delete, select all, arrows, Escape."""

import pytest


def number(session, node) -> float:
    return session.document.node(node).value


@pytest.mark.parametrize(
    ("key", "held", "after"),
    [
        ("Up", (), 2.1),
        ("Down", (), 1.9),
        ("Up", ("Shift",), 2.01),
        ("Down", ("Control",), 1.0),
    ],
)
def test_up_and_down_step_a_single_value(session, product, canvas, hands, key, held, after):
    session.set_selection({product.a})
    hands.key(key, *held)
    assert number(session, product.a) == after


def test_each_press_is_a_step_of_its_own(session, product, canvas, hands):
    session.set_selection({product.a})
    for _press in range(3):
        hands.key("Up")
    assert number(session, product.a) == 2.3
    session.undo()
    assert number(session, product.a) == 2.2


def test_arrows_with_alt_move_what_is_selected_by_the_grid(session, product, canvas, hands):
    session.set_selection({product.a, product.c})
    hands.key("Up", "Alt")
    hands.key("Right", "Alt")
    assert session.document.node(product.a).position == (-276.0, -174.0)
    assert session.document.node(product.c).position == (24.0, -64.0)
    assert number(session, product.a) == 2.0


def test_alt_moves_a_single_value_too(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.key("Down", "Alt")
    assert number(session, product.a) == 2.0
    assert session.document.node(product.a).position == (-300.0, -126.0)


def test_walking_changes_nothing_in_the_document(session, product, canvas, hands):
    before = session.document.copy()
    hands.key("Right")
    for key in ("Right", "Up", "Down", "Left"):
        session.set_selection({product.c})
        hands.key(key)
        hands.key(key, "Control", "Shift")
    assert session.document.same_content(before)
    assert session.stack.count() == 0


def test_no_arrow_scrolls_the_picture(session, product, canvas, hands):
    place = canvas.item_rect(product.c)
    for held in ((), ("Alt",), ("Control",), ("Meta",)):
        session.set_selection(())
        hands.key("Down", *held)
    assert canvas.item_rect(product.c) == place


def test_delete_takes_what_is_selected_with_its_wires(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.key("Delete")
    assert product.a not in session.document
    assert session.document.inputs(product.c) == (None, product.b)
    session.undo()
    assert session.document.inputs(product.c) == (product.a, product.b)


def test_escape_selects_nothing(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.key("Escape")
    assert session.selection == frozenset()


def test_select_all_selects_everything_visible(session, product, canvas, hands):
    canvas.select_all()
    assert session.selection == {product.a, product.b, product.c}


def test_keys_without_a_selection_change_nothing(session, product, canvas, hands):
    before = session.document.copy()
    for key in ("Up", "Escape", "Left", "Escape", "Return"):
        hands.key(key)
    assert session.document.same_content(before)


def test_a_key_held_down_goes_on_walking_over_values(session, product, canvas, hands):
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    session.set_selection({product.c})
    before = session.document.copy()
    none = Qt.KeyboardModifier.NoModifier
    for again in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, none, "", again)
        QApplication.sendEvent(canvas, event)
    assert session.current == product.b
    assert session.document.same_content(before)
