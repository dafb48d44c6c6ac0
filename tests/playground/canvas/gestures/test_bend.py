"""Bends made, dragged, stepped and removed by mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from engine.errors import accept
from engine.graph.verbs import delete, group
from playground.canvas.frame.routes import points_on
from playground.canvas.frame.style import GRID


@pytest.fixture
def spot(product, canvas) -> QPoint:
    """Return a point on the wire from a to c."""
    return (canvas.port_point(product.a) + canvas.port_point(product.c, 0)) / 2


@pytest.fixture
def wire(product) -> tuple[int, int]:
    return (product.c, 0)


def bends(session, wire):
    return session.document.bends.get(wire, ())


def on_screen(canvas, point) -> QPoint:
    return canvas._camera.to_screen(QPointF(*point)).toPoint()


def test_a_double_click_on_a_wire_bends_it_there(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    [bend] = bends(session, wire)
    assert (on_screen(canvas, bend) - spot).manhattanLength() <= 2
    assert canvas._scene.bend == (wire, 0)
    assert session.stack.undoText() == "Bend a wire"


def test_a_second_bend_takes_its_place_along_the_wire(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    [bend] = bends(session, wire)
    picture, row = canvas._scene.picture, canvas._scene.wire_row(wire)
    [late] = points_on(picture.pieces(), np.array([row]), np.array([0.75]))
    hands.double_click(on_screen(canvas, late))
    assert len(bends(session, wire)) == 2
    assert bends(session, wire)[0] == bend
    assert bends(session, wire)[1][0] > bend[0]


def test_a_bend_is_dragged_and_the_wire_follows(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    start = session.document.copy()
    hands.drag_to(spot, spot + QPoint(30, 90))
    assert canvas._scene.picture.floating.route is not None
    hands.release(spot + QPoint(30, 90))
    [bend] = bends(session, wire)
    assert (on_screen(canvas, bend) - spot - QPoint(30, 90)).manhattanLength() <= 2
    assert session.stack.count() == 2
    row = canvas._scene.wire_row(wire)
    assert canvas._parts.wire_at(QPointF(*bend), 2.0) == row
    session.undo()
    assert session.document.same_content(start)


def test_control_snaps_a_bend_to_the_grid(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    hands.drag(spot, spot + QPoint(31, 77), "Control")
    [bend] = bends(session, wire)
    assert [place % GRID for place in bend] == [0, 0]


def test_escape_puts_a_bend_back(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    before = bends(session, wire)
    hands.drag_to(spot, spot + QPoint(30, 90))
    hands.key("Escape")
    hands.release(spot + QPoint(30, 90))
    assert bends(session, wire) == before
    assert canvas._scene.picture.floating.route is None
    assert session.stack.count() == 1


@pytest.mark.parametrize("way", ["double-click", "Delete"])
def test_a_bend_is_removed_and_the_wire_stays(session, canvas, hands, spot, wire, product, way):
    hands.double_click(spot)
    if way == "Delete":
        hands.key("Delete")
    else:
        hands.double_click(spot)
    assert bends(session, wire) == ()
    assert session.document.inputs(product.c) == (product.a, product.b)
    hands.key("Delete")
    assert session.document.inputs(product.c) == (None, product.b)


def test_arrow_keys_move_the_selected_bend(session, canvas, hands, spot, wire):
    hands.double_click(spot)
    [(x, y)] = bends(session, wire)
    hands.key("Right")
    hands.key("Down")
    assert bends(session, wire) == ((x + GRID, y + GRID),)
    assert canvas._scene.bend == (wire, 0)
    for _step in range(2):
        session.undo()
    assert bends(session, wire) == ((x, y),)


def test_by_keyboard_the_middle_of_the_selected_wire_is_bent(session, canvas, hands, wire):
    canvas.select_wire(wire)
    canvas.bend_wire()
    hands.settle()
    assert len(bends(session, wire)) == 1
    assert canvas._scene.bend == (wire, 0)


def test_bends_show_while_the_wire_is_hovered_or_selected(canvas, hands, spot, wire):
    from playground.canvas.painting.accents import bends_shown

    hands.double_click(spot)
    hands.key("Escape")
    hands.hover(QPoint(880, 20))
    picture = canvas._scene.picture
    assert bends_shown(picture).tolist() == [False]
    hands.hover(spot + QPoint(1, 0))
    assert picture.hovered_wire == canvas._scene.wire_row(wire)
    assert bends_shown(picture).tolist() == [True]


def test_carrying_both_ends_carries_the_bends_at_once(session, canvas, hands, spot, product, wire):
    hands.double_click(spot)
    [bend] = bends(session, wire)
    session.set_selection({product.a, product.c})
    at = canvas.item_rect(product.c).center()
    hands.drag_to(at, at + QPoint(40, 60))
    picture = canvas._scene.picture
    [shown] = picture.frame.wires.bends_at(picture.corners()).tolist()
    assert shown == pytest.approx([bend[0] + 40, bend[1] + 60])
    hands.release(at + QPoint(40, 60))
    assert bends(session, wire)[0] == pytest.approx((bend[0] + 40, bend[1] + 60))
    session.undo()
    assert bends(session, wire) == (bend,)


def test_carrying_one_end_leaves_the_bends(session, canvas, hands, spot, product, wire):
    hands.double_click(spot)
    before = bends(session, wire)
    at = canvas.item_rect(product.c).center()
    hands.drag_to(at, at + QPoint(40, 60))
    picture = canvas._scene.picture
    assert picture.frame.wires.bends_at(picture.corners()).tolist() == [list(before[0])]
    hands.release(at + QPoint(40, 60))
    assert bends(session, wire) == before


def test_bends_of_a_wire_into_a_folded_group_rest(session, canvas, hands, spot, product, wire):
    from engine.errors import accept
    from engine.graph.verbs import group

    hands.double_click(spot)
    made = session.document.next_id
    session.do(accept(group(session.document, [product.c], "box")))
    hands.settle()
    shown = canvas._scene.picture.frame.wires.bends.tolist()
    assert len(shown) == 1
    session.set_view(folded=frozenset({made}))
    assert len(canvas._scene.picture.frame.wires.bends) == 0
    session.set_view(folded=frozenset())
    assert canvas._scene.picture.frame.wires.bends.tolist() == shown


def test_a_wire_into_a_folded_group_is_not_bent_and_the_words_say_why(
    session, product, canvas, hands, wire
):
    session.do(accept(group(session.document, [product.c], "g")))
    session.set_view(folded=frozenset(session.document.groups))
    hands.settle()
    said: list[str] = []
    session.refused.connect(said.append)
    [row] = np.flatnonzero(canvas._scene.picture.frame.wires.source == product.a)
    canvas._routing.add_at(int(row), QPointF(0, 0))
    if canvas._scene.picture.frame.wires.count[row] == 1:
        assert said[0].startswith("This wire leads into a folded group")
    assert not session.document.bends


def test_what_is_deleted_and_painted_at_once_is_no_error(session, product, canvas, hands):
    canvas.set_zoom(3.0)
    canvas.bring({product.c})
    hands.settle()
    session.do(accept(delete(session.document, [product.c])))
    assert not canvas.grab().isNull()
    hands.settle()
    assert set(canvas._scene.hits) == {product.a, product.b}
