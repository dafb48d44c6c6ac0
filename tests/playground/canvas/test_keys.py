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


def test_arrows_move_anything_else_by_the_grid(session, product, canvas, hands):
    session.set_selection({product.a, product.c})
    hands.key("Up")
    hands.key("Right")
    assert session.document.node(product.a).position == (-276.0, -174.0)
    assert session.document.node(product.c).position == (24.0, -64.0)
    assert number(session, product.a) == 2.0


def test_alt_moves_a_single_value_too(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.key("Down", "Alt")
    assert number(session, product.a) == 2.0
    assert session.document.node(product.a).position == (-300.0, -126.0)


def test_left_and_right_leave_a_single_value_alone(session, product, canvas, hands):
    session.set_selection({product.a})
    before = session.document.copy()
    hands.key("Left")
    hands.key("Right")
    assert session.document.same_content(before)


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
