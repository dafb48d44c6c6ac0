"""Hovering, the shape of the cursor, and asking for a menu."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

Shape = Qt.CursorShape


@pytest.fixture
def menus(canvas) -> list:
    asked: list = []
    canvas.context_requested.connect(lambda item, at: asked.append((item, at)))
    return asked


def ask(canvas, at: QPoint, reason=QContextMenuEvent.Reason.Mouse) -> None:
    event = QContextMenuEvent(reason, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)


def test_a_menu_on_a_card_is_about_that_card(session, product, canvas, menus):
    at = canvas.item_rect(product.a).center()
    ask(canvas, at)
    assert menus == [(product.a, canvas.viewport().mapToGlobal(at))]
    assert session.selection == {product.a}


def test_a_menu_on_one_of_many_selected_keeps_them_selected(session, product, canvas, menus):
    session.set_selection({product.a, product.b})
    ask(canvas, canvas.item_rect(product.a).center())
    assert session.selection == {product.a, product.b}


def test_a_menu_on_nothing_is_about_the_canvas(session, product, canvas, menus):
    ask(canvas, QPoint(880, 20))
    assert [item for item, _at in menus] == [None]


def test_the_menu_key_is_about_the_item_that_has_the_focus(session, product, canvas, menus):
    session.set_selection({product.c})
    ask(canvas, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    assert [item for item, _at in menus] == [product.c]


def test_the_card_under_the_mouse_shows_its_ports(product, canvas, hands):
    hands.hover(canvas.item_rect(product.c).center())
    picture = canvas._scene.picture
    assert picture.hovered == picture.frame.index[product.c]
    hands.hover(QPoint(880, 20))
    assert picture.hovered is None


def test_the_cursor_tells_what_a_press_would_do(product, canvas, hands):
    places = (
        (canvas.port_point(product.a), Shape.CrossCursor),
        (canvas.value_rect(product.a).center(), Shape.SizeHorCursor),
        (QPoint(880, 20), Shape.ArrowCursor),
    )
    for at, shape in places:
        hands.hover(at)
        assert canvas.viewport().cursor().shape() is shape


@pytest.mark.parametrize("kind", ["carry", "pan", "wiring"])
def test_the_cursor_tells_what_is_being_done(product, canvas, hands, kind):
    card = canvas.item_rect(product.a).center() + QPoint(20, 24)
    begin, button, shape = {
        "carry": (card, "left", Shape.SizeAllCursor),
        "pan": (QPoint(700, 500), "middle", Shape.ClosedHandCursor),
        "wiring": (canvas.port_point(product.c), "left", Shape.CrossCursor),
    }[kind]
    hands.drag_to(begin, begin + QPoint(40, 30), button=button)
    assert canvas.viewport().cursor().shape() is shape
    hands.release(begin + QPoint(40, 30), button=button)


def test_hints_in_the_status_bar_follow_the_gesture(session, product, canvas, hands):
    said = []
    session.hinted.connect(said.append)
    hands.drag(canvas.port_point(product.c), QPoint(700, 500))
    assert said[0] == "Drag to an input or onto an operation · let go over nothing to add one"
    at = canvas.item_rect(product.a).center() + QPoint(20, 24)
    hands.drag(at, at + QPoint(20, 20))
    assert said[-1].startswith("Moving 1 item")
