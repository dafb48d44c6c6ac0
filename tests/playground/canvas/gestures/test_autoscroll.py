"""The picture moves while something is dragged to the border of the view, and only then."""

import pytest
from PySide6.QtCore import QPoint


def corner(canvas):
    point = canvas._camera.to_scene(QPoint(0, 0).toPointF())
    return (point.x(), point.y())


def timer(canvas):
    return canvas._mouse._scroller._timer


def grip(canvas, item) -> QPoint:
    rect = canvas.item_rect(item)
    return QPoint(rect.center().x(), rect.bottom() - 10)


BORDERS = {"left": (2, 320), "right": (897, 320), "top": (450, 2), "bottom": (450, 637)}
WAYS = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}


@pytest.mark.parametrize("border", BORDERS)
def test_a_card_dragged_to_the_border_goes_on_with_the_picture(
    session, product, canvas, hands, qtbot, border
):
    canvas.manners.guides = False
    at, end = grip(canvas, product.c), QPoint(*BORDERS[border])
    before, stood = corner(canvas), canvas._parts.rect(product.c).topLeft()
    hands.drag_to(at, end)
    assert timer(canvas).isActive()
    qtbot.waitUntil(lambda: corner(canvas) != before)
    hands.release(end)
    assert not timer(canvas).isActive()
    gone = [b - a for a, b in zip(before, corner(canvas), strict=True)]
    assert [(n > 0) - (n < 0) for n in gone] == list(WAYS[border])
    off = canvas._parts.rect(product.c).topLeft() - stood
    far = end - at
    assert (off.x(), off.y()) == pytest.approx((far.x() + gone[0], far.y() + gone[1]))
    session.undo()
    assert session.document.node(product.c).position == (0.0, -40.0)


@pytest.mark.parametrize("held", [(), ("Control",)])
def test_band_and_lasso_scroll(session, product, canvas, hands, qtbot, held):
    before = corner(canvas)
    hands.drag_to(QPoint(700, 100), QPoint(897, 100), *held)
    qtbot.waitUntil(lambda: corner(canvas)[0] > before[0] + 30)
    hands.release(QPoint(897, 100), *held)
    assert not timer(canvas).isActive()


def test_a_wire_scrolls(session, product, canvas, hands, qtbot):
    before = corner(canvas)
    hands.drag_to(canvas.port_point(product.c), QPoint(897, 100))
    qtbot.waitUntil(lambda: corner(canvas)[0] > before[0] + 30)
    hands.release(QPoint(897, 100))
    assert not session.stack.canUndo()


def test_escape_brings_the_picture_back(session, product, canvas, hands, qtbot):
    before = corner(canvas)
    hands.drag_to(grip(canvas, product.a), QPoint(2, 320))
    qtbot.waitUntil(lambda: corner(canvas) != before)
    hands.key("Escape")
    assert corner(canvas) == before
    assert not timer(canvas).isActive()
    hands.release(QPoint(2, 320))


def test_away_from_the_border_it_stops(session, product, canvas, hands, qtbot):
    hands.drag_to(grip(canvas, product.a), QPoint(2, 320))
    assert timer(canvas).isActive()
    hands.move(QPoint(300, 320))
    assert not timer(canvas).isActive()
    still = corner(canvas)
    qtbot.wait(40)
    assert corner(canvas) == still
    hands.release(QPoint(300, 320))


def test_hovering_or_scrubbing_at_the_border_does_not_scroll(session, product, canvas, hands):
    hands.hover(QPoint(2, 320))
    assert not timer(canvas).isActive()
    hands.drag_to(canvas.value_rect(product.a).center(), QPoint(2, 170))
    assert not timer(canvas).isActive()
    hands.release(QPoint(2, 170))
