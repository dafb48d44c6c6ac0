"""Dropping a node on a wire, and pulling it out again."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from playground.session.additions import Hooks
from playground.session.inserting import Insertion, halfway
from playground.widgets.mime import pack
from tests.playground.drags import dragged


@pytest.fixture
def loose(build, product, canvas, hands) -> int:
    """Add an operation without wires, away from all of them."""
    made = build.op("tanh", (), 200, 150, label="t")
    build.session.stack.clear()
    hands.settle()
    return made


@pytest.fixture
def spot(product, canvas) -> QPoint:
    return (canvas.port_point(product.a) + canvas.port_point(product.c, 0)) / 2


def grip(canvas, item) -> QPoint:
    return canvas.item_rect(item).center()


def test_a_node_carried_over_a_wire_lights_it_and_lands_on_it(
    session, product, canvas, hands, loose, spot
):
    canvas.manners.guides = False
    start = session.document.copy()
    hands.drag_to(grip(canvas, loose), spot)
    row = canvas._scene.wire_row((product.c, 0))
    assert canvas._scene.picture.floating.landing == row
    hands.release(spot)
    assert session.document.inputs(loose) == (product.a,)
    assert session.document.inputs(product.c) == (loose, product.b)
    assert session.selection == {loose}
    assert session.stack.count() == 1
    assert (grip(canvas, loose) - spot).manhattanLength() <= 2
    session.undo()
    assert session.document.same_content(start)


def test_what_follows_makes_room(session, product, canvas, hands, loose, spot):
    before = session.document.node(product.c).position
    near = spot + QPoint(60, 8)
    hands.drag(grip(canvas, loose), near)
    c, t = session.document.node(product.c).position, session.document.node(loose).position
    assert session.document.inputs(loose) == (product.a,)
    assert c[0] > before[0]
    assert c[0] - t[0] > 92
    assert c[1] == before[1]


def test_both_can_be_switched_off(session, product, canvas, hands, loose, spot):
    session.insertion = Insertion(insert=True, room=False)
    before = session.document.node(product.c).position
    hands.drag(grip(canvas, loose), spot + QPoint(60, 8))
    assert session.document.node(product.c).position == before
    session.undo()
    hands.settle()
    session.insertion = Insertion(insert=False)
    hands.drag(grip(canvas, loose), spot)
    assert session.document.inputs(loose) == (None,)


def test_escape_puts_it_back_and_no_wire_is_lit(session, product, canvas, hands, loose, spot):
    start = session.document.copy()
    hands.drag_to(grip(canvas, loose), spot)
    hands.key("Escape")
    hands.release(spot)
    assert canvas._scene.picture.floating.landing is None
    assert session.document.same_content(start)
    assert not session.stack.canUndo()


def test_a_node_that_feeds_others_is_only_moved(session, product, canvas, hands, build, spot):
    t = build.op("tanh", (), 200, 150)
    build.op("neg", (t,), 320, 150)
    hands.settle()
    hands.drag(grip(canvas, t), spot)
    assert session.document.inputs(product.c) == (product.a, product.b)


def drag_from_palette(canvas, text: str, at: QPoint, *, let_go: bool) -> None:
    data: QMimeData = pack(text)
    place = QPointF(at)
    arguments = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over = QDragEnterEvent(dragged(at), Qt.DropAction.CopyAction, data, *arguments)
    QApplication.sendEvent(canvas.viewport(), over)
    if let_go:
        drop = QDropEvent(place, Qt.DropAction.CopyAction, data, *arguments)
        QApplication.sendEvent(canvas.viewport(), drop)


def test_an_operation_from_the_palette_lands_on_the_wire(session, product, canvas, hands, spot):
    start = session.document.copy()
    drag_from_palette(canvas, "op:tanh", spot, let_go=False)
    assert canvas._scene.picture.floating.landing == canvas._scene.wire_row((product.c, 0))
    drag_from_palette(canvas, "op:tanh", spot, let_go=True)
    hands.settle()
    [made] = session.selection
    assert session.document.inputs(product.c) == (made, product.b)
    assert session.document.inputs(made) == (product.a,)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(start)


def test_a_value_from_the_palette_is_dropped_beside_the_wire(session, product, canvas, spot):
    drag_from_palette(canvas, "value:constant", spot, let_go=False)
    assert canvas._scene.picture.floating.landing is None
    drag_from_palette(canvas, "value:constant", spot, let_go=True)
    assert session.document.inputs(product.c) == (product.a, product.b)
    assert len(session.document) == 4


def test_what_is_added_while_a_wire_is_selected_goes_on_it(session, product, canvas, hands):
    canvas.select_wire((product.c, 1))
    assert session.wires == {(product.c, 1)}
    place, group = halfway(session.document, session.view, (product.c, 1))
    session.add_item("op:tanh", place, group, Hooks(wire=session.wire))
    hands.settle()
    [made] = session.selection
    assert session.document.inputs(product.c) == (product.a, made)
    assert session.wires == frozenset()
    rects = [canvas.item_rect(item) for item in (product.b, made, product.c)]
    assert not any(rects[k].intersects(rects[k + 1]) for k in range(2))


def test_control_and_shift_pull_a_card_out_of_its_wires(session, product, canvas, hands, build):
    t = build.op("tanh", (product.c,), 180, -40)
    session.stack.clear()
    hands.settle()
    start, at = session.document.copy(), grip(canvas, product.c)
    hands.drag_to(at, at + QPoint(0, 120), "Control", "Shift")
    assert len(canvas._scene.picture.floating.cut) == 3
    hands.release(at + QPoint(0, 120), "Control", "Shift")
    assert session.document.inputs(t) == (product.a,)
    assert session.document.inputs(product.c) == (None, None)
    assert session.selection == {product.c}
    assert session.document.node(product.c).position[1] > start.node(product.c).position[1] + 90
    assert session.stack.count() == 1
    session.undo()
    assert session.document.same_content(start)


def test_escape_leaves_a_card_in_its_wires(session, product, canvas, hands):
    start, at = session.document.copy(), grip(canvas, product.c)
    hands.drag_to(at, at + QPoint(0, 120), "Control", "Shift")
    hands.key("Escape")
    hands.release(at + QPoint(0, 120), "Control", "Shift")
    assert session.document.same_content(start)
    assert canvas._scene.picture.floating.cut is None


def test_a_click_with_both_adds_to_the_selection(session, product, canvas, hands):
    session.set_selection({product.a})
    hands.click(grip(canvas, product.c), "Control", "Shift")
    assert session.selection == {product.a, product.c}
    assert not session.stack.canUndo()


def test_shift_copies_a_wire_and_a_plain_drag_moves_it(session, product, canvas, hands, build):
    total = build.op("add", (), 150, 60)
    hands.settle()
    hands.drag(canvas.port_point(product.c, 1), grip(canvas, total), "Shift")
    assert session.document.inputs(product.c) == (product.a, product.b)
    assert session.document.inputs(total) == (product.b,)
    session.undo()
    hands.settle()
    hands.drag(canvas.port_point(product.c, 1), grip(canvas, total))
    assert session.document.inputs(product.c) == (product.a, None)
