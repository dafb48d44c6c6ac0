"""Snapping to the grid and to what stands around, while carrying, dropping and moving by keys."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import move
from playground.canvas.frame.style import GRID
from playground.canvas.gestures.snapping import others
from playground.widgets.mime import pack
from tests.playground.drags import dragged


def position(session, item):
    return session.document.node(item).position


def grip(canvas, item) -> QPoint:
    rect = canvas.item_rect(item)
    return QPoint(rect.center().x(), rect.bottom() - 10)


def guides(canvas) -> int:
    lines = canvas._scene.picture.floating.guides
    return 0 if lines is None else len(lines)


def test_a_card_lines_up_with_what_it_comes_near(session, product, canvas, hands):
    at = grip(canvas, product.b)
    hands.drag_to(at, at + QPoint(40, 10))
    assert guides(canvas) == 0
    hands.move(at + QPoint(4, 30))
    assert guides(canvas) == 2  # left and right of a card of the same size
    hands.release(at + QPoint(4, 30))
    assert position(session, product.b) == (-300.0, 90.0)
    assert guides(canvas) == 0
    session.undo()
    assert position(session, product.b) == (-300.0, 60.0)


def test_a_wire_gets_level_by_the_middle(session, product, canvas, hands):
    at = grip(canvas, product.c)
    middle = canvas.item_rect(product.a).center().y() - canvas.item_rect(product.c).center().y()
    hands.drag(at, at + QPoint(50, middle + 4))
    a, c = (canvas._parts.rect(item).center().y() for item in (product.a, product.c))
    assert a == c


def test_the_reach_is_the_same_on_the_screen_at_any_zoom(session, product, canvas, hands):
    canvas.set_zoom(0.5)
    hands.settle()
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(5, 40))
    assert position(session, product.b) == (-300.0, 140.0)


def test_without_guides_a_card_goes_just_where_the_mouse_is(session, product, canvas, hands):
    canvas.manners.guides = False
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(4, 30))
    assert position(session, product.b) == (-296.0, 90.0)


def test_beside_a_row_the_gaps_become_equal(session, product, canvas, hands):
    session.do(move(session.document, {product.a: (-300.0, 180.0), product.b: (-140.0, 187.0)}))
    hands.settle()
    at = grip(canvas, product.c)
    beside = at + QPoint(24, 235)  # a gap of 52 behind b
    hands.drag_to(at, beside)
    gaps = canvas._scene.picture.floating.gaps
    assert len(gaps) == 2
    assert gaps[0, 2] - gaps[0, 0] == gaps[1, 2] - gaps[1, 0] == 48.0
    hands.release(beside)
    assert position(session, product.c)[0] == 20.0


def test_what_is_out_of_sight_draws_nothing_to_itself(session, build, canvas, hands, product):
    far = build.value("far", 0.0, -260.0, 9000.0)
    hands.settle()
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(38, 30))
    assert position(session, product.b) == (-262.0, 90.0)
    assert far in session.document


def test_what_is_carried_along_is_no_guide(session, product, canvas, hands):
    session.set_selection({product.a, product.b, product.c})
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(4, 3))
    assert position(session, product.b) == (-296.0, 63.0)


def test_the_grid_takes_what_is_moved_and_control_frees_it(session, product, canvas, hands):
    canvas.manners.snap = True
    at = grip(canvas, product.a)
    hands.drag(at, at + QPoint(31, 13))
    assert all(number % GRID == 0 for number in position(session, product.a))
    session.undo()
    hands.settle()
    at = grip(canvas, product.a)
    hands.press(at)
    for step in (QPoint(20, 5), QPoint(31, 13)):
        hands.move(at + step, "Control")
    hands.release(at + QPoint(31, 13), "Control")
    assert position(session, product.a) == (-269.0, -137.0)


def test_escape_takes_the_guides_away(session, product, canvas, hands):
    at = grip(canvas, product.b)
    hands.drag_to(at, at + QPoint(4, 30))
    assert guides(canvas)
    hands.key("Escape")
    hands.release(at)
    assert guides(canvas) == 0
    assert not session.stack.canUndo()


def test_keys_move_from_grid_line_to_grid_line(session, product, canvas, hands):
    canvas.manners.snap = True
    session.set_selection({product.c})
    hands.key("Down", "Alt")
    assert position(session, product.c) == (0.0, -24.0)
    hands.key("Down", "Alt")
    hands.key("Right", "Alt")
    assert position(session, product.c) == (24.0, 0.0)


COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def drop(canvas, data: QMimeData, at: QPoint, held=PLAIN) -> None:
    for event in (
        QDragEnterEvent(dragged(at), COPY, data, LEFT, held),
        QDragMoveEvent(dragged(at), COPY, data, LEFT, held),
        QDropEvent(QPointF(at), COPY, data, LEFT, held),
    ):
        QApplication.sendEvent(canvas.viewport(), event)


@pytest.mark.parametrize(("snap", "held"), [(True, PLAIN), (False, CONTROL)])
def test_what_is_dropped_goes_to_the_grid_like_what_is_carried(
    session, product, canvas, hands, snap, held
):
    canvas.manners.snap = snap
    drop(canvas, pack("op:tanh"), QPoint(625, 487), held)
    [made] = session.selection
    assert all(number % GRID == 0 for number in position(session, made))


def test_what_is_dropped_lines_up_like_what_is_carried(session, product, canvas, hands):
    c = canvas.item_rect(product.c)
    drop(canvas, pack("op:tanh"), QPoint(c.center().x() + 3, c.bottom() + 120))
    [made] = session.selection
    assert position(session, made)[0] == position(session, product.c)[0]


def test_guides_are_painted_where_they_hold(session, product, canvas, hands):
    at = grip(canvas, product.b)
    hands.drag_to(at, at + QPoint(4, 30))
    x1, y1, x2, y2 = canvas._scene.picture.floating.guides[0]
    between = canvas._camera.to_screen(QPointF((x1 + x2) / 2, (y1 + y2) / 2)).toPoint()
    pixels = canvas.grab().toImage()
    near = [pixels.pixelColor(between + QPoint(off, 0)) for off in (-1, 0, 1)]
    theme = canvas.themes.current()
    assert any(
        abs(colour.hue() - theme.selection.hue()) < 8 and colour.saturation() > 120
        for colour in near
    )
    hands.key("Escape")
    hands.release(at)


def test_the_frame_around_what_is_carried_is_no_guide_and_another_is(
    session, product, canvas, hands
):
    session.do(accept(notes.frame(session.document, [product.a, product.b])))
    hands.settle()
    [frame] = session.document.notes
    stage = canvas._stage
    rects = others(stage, [product.b])
    assert len(rects) == 2  # a and c
    assert len(others(stage, [product.c])) == 3
    assert len(others(stage, [frame, product.a, product.b])) == 1


def test_a_note_lines_up_and_is_lined_up_with(session, product, canvas, hands):
    session.do(notes.add_note(session.document, (60.0, 150.0), "n"))
    hands.settle()
    [note] = session.document.notes
    at = grip(canvas, note)
    hands.drag(at, at + QPoint(-57, 0))
    assert session.document.notes[note].position[0] == position(session, product.c)[0]
    at = grip(canvas, product.b)
    hands.drag(at, at + QPoint(0, 87))
    assert position(session, product.b)[1] == session.document.notes[note].position[1]
