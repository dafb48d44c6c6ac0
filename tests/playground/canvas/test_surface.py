"""Hovering, the shape of the cursor, and asking for a menu."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

Shape = Qt.CursorShape


@pytest.fixture
def menus(canvas) -> list:
    asked: list = []
    canvas.context_requested.connect(lambda kind, at: asked.append((kind, at)))
    return asked


def ask(canvas, at: QPoint, reason=QContextMenuEvent.Reason.Mouse) -> None:
    event = QContextMenuEvent(reason, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), event)


def test_a_menu_on_a_card_is_about_that_card(session, product, canvas, menus):
    at = canvas.item_rect(product.a).center()
    ask(canvas, at)
    assert menus == [("item", canvas.viewport().mapToGlobal(at))]
    assert session.selection == {product.a}


def test_a_menu_on_one_of_many_selected_keeps_them_selected(session, product, canvas, menus):
    session.set_selection({product.a, product.b})
    ask(canvas, canvas.item_rect(product.a).center())
    assert session.selection == {product.a, product.b}


def test_a_menu_on_nothing_is_about_the_canvas(session, product, canvas, menus):
    ask(canvas, QPoint(880, 20))
    assert [kind for kind, _at in menus] == ["canvas"]


def test_the_menu_key_is_about_the_item_that_has_the_focus(session, product, canvas, menus):
    session.set_selection({product.c})
    ask(canvas, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
    assert [kind for kind, _at in menus] == ["item"]


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


def grips(product, canvas) -> dict[str, QPoint]:
    """Return where a drag of each kind begins."""
    return {
        "wire": canvas.port_point(product.c),
        "end": canvas.port_point(product.c, 0),
        "card": canvas.item_rect(product.a).center() + QPoint(20, 24),
        "number": canvas.value_rect(product.b).center(),
        "band": QPoint(700, 500),
    }


@pytest.mark.parametrize("grip", ["wire", "end", "card", "number", "band"])
def test_a_gesture_says_what_it_does_and_how_to_leave_it_until_it_is_over(
    session, product, canvas, hands, grip
):
    said: list[str] = []
    session.hinted.connect(said.append)
    at = grips(product, canvas)[grip]
    hands.drag_to(at, at + QPoint(40, 8))
    assert " · " in said[-1]
    assert "Escape" in said[-1]
    hands.release(at + QPoint(40, 8))
    if grip == "wire":  # over nothing the search opens, and says what it does
        hands.settle()
        assert canvas.search_card.is_open
        assert "Escape" in said[-1]
    else:
        assert said[-1] == ""
    session.hinted.disconnect(said.append)
