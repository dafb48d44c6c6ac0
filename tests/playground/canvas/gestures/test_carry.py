"""Moving cards: what is selected goes along and lands as one undo step."""

import pytest
from PySide6.QtCore import QPoint

from engine.errors import accept
from engine.graph.verbs import group


def position(session, item):
    document = session.document
    return (document.groups.get(item) or document.node(item)).position


def grip(canvas, item) -> QPoint:
    """Return a point of a card that is neither number nor port."""
    rect = canvas.item_rect(item)
    return QPoint(rect.center().x(), rect.bottom() - 10)


def test_a_card_goes_where_it_is_dragged(session, product, canvas, hands):
    at = grip(canvas, product.a)
    hands.drag(at, at + QPoint(60, -30))
    assert position(session, product.a) == (-240.0, -180.0)
    assert session.stack.count() == 1
    assert session.stack.undoText() == "Move 1 item"


def test_a_drag_follows_the_zoom(session, product, canvas, hands):
    canvas.set_zoom(0.5)
    hands.settle()
    at = grip(canvas, product.a)
    hands.drag(at, at + QPoint(60, -30))
    assert position(session, product.a) == (-180.0, -210.0)


def test_everything_selected_moves_together_as_one_step(session, product, canvas, hands):
    before = [position(session, item) for item in (product.a, product.b, product.c)]
    session.set_selection({product.a, product.b})
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(30, 20))
    after = [position(session, item) for item in (product.a, product.b, product.c)]
    moved = [(x + 30, y + 20) for x, y in before[:2]]
    assert after == [*moved, before[2]]
    assert session.stack.count() == 1
    session.undo()
    assert [position(session, item) for item in (product.a, product.b, product.c)] == before


def test_wires_follow_while_the_card_is_still_in_the_hand(session, product, canvas, hands):
    at = grip(canvas, product.a)
    before = canvas.port_point(product.a)
    hands.drag_to(at, at + QPoint(50, 40))
    assert canvas.port_point(product.a) == before + QPoint(50, 40)
    assert position(session, product.a) == (-300.0, -150.0)
    hands.release(at + QPoint(50, 40))


def test_escape_puts_everything_back(session, product, canvas, hands):
    at = grip(canvas, product.a)
    before = canvas.item_rect(product.a)
    hands.drag_to(at, at + QPoint(50, 40))
    hands.key("Escape")
    assert canvas.item_rect(product.a) == before
    hands.release(at + QPoint(50, 40))
    assert position(session, product.a) == (-300.0, -150.0)
    assert not session.stack.canUndo()


def test_control_snaps_to_the_grid(session, product, canvas, hands):
    at = grip(canvas, product.a)
    hands.press(at)
    hands.move(at + QPoint(20, 10))
    hands.move(at + QPoint(31, 13), "Control")
    hands.release(at + QPoint(31, 13), "Control")
    x, y = position(session, product.a)
    assert (x % 24, y % 24) == (0, 0)


def test_a_click_selects_and_moves_nothing(session, product, canvas, hands):
    hands.click(grip(canvas, product.a))
    assert session.selection == {product.a}
    hands.click(grip(canvas, product.b), "Control")
    assert session.selection == {product.a, product.b}
    hands.click(grip(canvas, product.a), "Control")
    assert session.selection == {product.b}
    assert not session.stack.canUndo()


def test_a_click_on_one_of_many_selects_only_that_one(session, product, canvas, hands):
    session.set_selection({product.a, product.b})
    hands.click(grip(canvas, product.a))
    assert session.selection == {product.a}


@pytest.fixture
def framed(session, product, canvas, hands):
    """Put a and b into an open group."""
    made = session.document.next_id
    session.do(accept(group(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    canvas.fit()
    hands.settle()
    return made


def title(canvas, item) -> QPoint:
    rect = canvas.item_rect(item)
    return QPoint(rect.center().x(), rect.top() + 10)


def test_an_open_group_is_moved_by_its_title_with_all_it_holds(
    session, product, canvas, hands, framed
):
    inside = [position(session, item) for item in (product.a, product.b)]
    x, y = position(session, framed)
    at = title(canvas, framed)
    hands.drag(at, at + QPoint(0, 48))
    assert position(session, framed) == pytest.approx((x, y + 48 / canvas.zoom))
    assert [position(session, item) for item in (product.a, product.b)] == inside


def test_a_group_and_what_it_holds_do_not_move_twice(session, product, canvas, hands, framed):
    before = canvas.item_rect(product.a)
    session.set_selection({framed, product.a, product.b})
    at = title(canvas, framed)
    hands.drag(at, at + QPoint(0, 40))
    assert canvas.item_rect(product.a).top() == pytest.approx(before.top() + 40, abs=1)


def test_an_open_group_holds_what_is_dragged_out_of_it(session, product, canvas, hands, framed):
    at = grip(canvas, product.b)
    hands.drag_to(at, at + QPoint(60, 80))
    picture = canvas._scene.picture
    rects = picture.rects()
    frame, card = rects[picture.frame.index[framed]], rects[picture.frame.index[product.b]]
    assert (frame[:2] + frame[2:] >= card[:2] + card[2:]).all()
    hands.release(at + QPoint(60, 80))


def test_empty_space_inside_an_open_group_is_not_its_handle(
    session, product, canvas, hands, framed
):
    rect = canvas.item_rect(framed)
    inside = QPoint(
        rect.center().x(),
        (canvas.item_rect(product.a).bottom() + canvas.item_rect(product.b).top()) // 2,
    )
    hands.click(inside)
    assert rect.contains(inside)
    assert session.selection == frozenset()
