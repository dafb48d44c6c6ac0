"""Frames and notes on the canvas: moved with what they hold, resized, written on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import group
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.resize import Edge, edge_at


@pytest.fixture
def framed(session, product, canvas, hands) -> int:
    """Put a frame around a and b."""
    made = session.document.next_id
    session.do(accept(notes.frame(session.document, [product.a, product.b], "inputs")))
    hands.settle()
    session.stack.clear()
    return made


@pytest.fixture
def sheet(session, product, canvas, hands) -> int:
    """Lay a note right of c."""
    made = session.document.next_id
    session.do(notes.add_note(session.document, (150.0, -150.0), "# Why\nbecause"))
    hands.settle()
    session.stack.clear()
    return made


def title(canvas, item: int) -> QPoint:
    rect = canvas.item_rect(item)
    return QPoint(rect.left() + 60, rect.top() + 14)


def places(session) -> dict[int, tuple[float, float]]:
    document = session.document
    ids = (*document.graph, *document.groups, *document.notes)
    return {item: document.record(item).position for item in ids}


def shifted(before, items, dx, dy):
    return {item: (x + dx, y + dy) if item in items else (x, y) for item, (x, y) in before.items()}


def test_a_frame_takes_along_what_it_holds_as_one_step(session, product, canvas, hands, framed):
    before = places(session)
    at = title(canvas, framed)
    hands.drag(at, at + QPoint(40, 30))
    assert places(session) == shifted(before, {framed, product.a, product.b}, 40, 30)
    assert session.stack.count() == 1
    session.undo()
    assert places(session) == before


def test_shift_moves_the_frame_alone_and_letting_go_of_it_takes_the_rest_again(
    session, product, canvas, hands, framed
):
    canvas.manners.guides = False
    before = places(session)
    at = title(canvas, framed)
    hands.press(at)
    hands.move(at + QPoint(10, 10))
    hands.move(at + QPoint(20, 20), "Shift")
    card = canvas.item_rect(product.a)
    hands.move(at + QPoint(30, 20), "Shift")
    assert canvas.item_rect(product.a) == card
    hands.move(at + QPoint(30, 25))
    assert canvas.item_rect(product.a) != card
    hands.move(at + QPoint(20, 20), "Shift")
    hands.release(at + QPoint(20, 20), "Shift")
    assert places(session) == shifted(before, {framed}, 20, 20)


def test_the_hint_says_what_shift_does(session, product, canvas, hands, framed):
    said: list[str] = []
    session.hinted.connect(said.append)
    at = title(canvas, framed)
    hands.drag_to(at, at + QPoint(40, 30))
    assert "Shift moves the frame alone" in said[-1]
    hands.key("Escape")
    hands.release(at)
    session.hinted.disconnect(said.append)


def test_escape_puts_the_frame_and_all_it_holds_back(session, product, canvas, hands, framed):
    before = places(session)
    rect = canvas.item_rect(product.a)
    at = title(canvas, framed)
    hands.drag_to(at, at + QPoint(40, 30))
    hands.key("Escape")
    hands.release(at + QPoint(40, 30))
    assert canvas.item_rect(product.a) == rect
    assert places(session) == before
    assert not session.stack.canUndo()


def test_alt_and_arrow_keys_move_a_frame_with_what_it_holds(
    session, product, canvas, hands, framed
):
    before = places(session)
    session.set_selection({framed})
    hands.key("Right", "Alt")
    assert places(session) == shifted(before, {framed, product.a, product.b}, 24, 0)


def test_inside_a_frame_the_background_is_the_background(session, product, canvas, hands, framed):
    rect = canvas.item_rect(framed)
    gap = canvas.item_rect(product.a).bottom() + 40
    inside = QPoint(rect.center().x(), gap)
    assert rect.contains(inside)
    hands.click(inside)
    assert session.selection == frozenset()
    begin = QPoint(rect.left() + 12, canvas.item_rect(product.a).bottom() + 20)
    hands.drag(begin, canvas.item_rect(product.b).center())
    assert session.selection == {product.b}


def test_a_wire_passes_over_frames_and_notes(session, product, canvas, hands, sheet):
    session.set_selection(())
    hands.drag(canvas.port_point(product.c), canvas.item_rect(sheet).center())
    assert not session.stack.canUndo()


def test_the_title_of_a_frame_is_taken_hold_of_from_afar(session, product, canvas, hands, framed):
    canvas.set_zoom(0.2)
    canvas._camera.centre_on(canvas._parts.rect(framed).center())
    hands.settle()
    rect = canvas.item_rect(framed)
    above = QPoint(rect.left() + 8, rect.top() - 6)
    hands.click(above)
    assert session.selection == {framed}


@pytest.mark.parametrize(
    ("place", "across", "down"),
    [
        ((0, 0.5), -1, 0),
        ((1, 0.5), 1, 0),
        ((0.5, 0), 0, -1),
        ((0.5, 1), 0, 1),
        ((0, 0), -1, -1),
        ((1, 1), 1, 1),
        ((1, 0), 1, -1),
    ],
)
def test_an_edge_follows_the_mouse_and_undo_brings_it_back(
    session, canvas, hands, sheet, place, across, down
):
    before = session.document.notes[sheet]
    rect = canvas._parts.rect(sheet)
    x, y = rect.left() + place[0] * rect.width(), rect.top() + place[1] * rect.height()
    at = canvas._camera.to_screen(type(rect.center())(x, y)).toPoint()
    assert edge_at(canvas._stage, canvas._camera.to_scene(at.toPointF())) == Edge(
        sheet, across, down
    )
    hands.drag(at, at + QPoint(20, 16))
    after = session.document.notes[sheet]
    assert after.position == (
        before.position[0] + 20 * (across < 0),
        before.position[1] + 16 * (down < 0),
    )
    assert after.size == (before.size[0] + 20 * across, before.size[1] + 16 * down)
    assert session.stack.count() == 1
    session.undo()
    assert session.document.notes[sheet] == before


def corner(canvas, item: int) -> QPoint:
    return canvas.item_rect(item).bottomRight()


def test_resizing_shows_at_once_and_escape_takes_it_back(session, canvas, hands, sheet):
    before = canvas.item_rect(sheet)
    at = corner(canvas, sheet)
    hands.drag_to(at, at + QPoint(50, 40))
    picture = canvas._scene.picture
    number = picture.frame.index[sheet]
    assert picture.rects()[number, 2:].tolist() == pytest.approx([290.0, 160.0], abs=1.0)
    hands.key("Escape")
    hands.release(at)
    assert canvas.item_rect(sheet) == before
    assert not picture.stretch.any()
    assert not session.stack.canUndo()


def test_an_edge_does_not_pass_the_other_one(session, canvas, hands, sheet):
    at = corner(canvas, sheet)
    hands.drag(at, at - QPoint(400, 300))
    assert session.document.notes[sheet].size == pytest.approx(notes.LEAST_SIZE)


def test_control_snaps_an_edge_to_the_grid(session, canvas, hands, sheet):
    at = corner(canvas, sheet)
    hands.press(at)
    hands.move(at + QPoint(31, 13), "Control")
    hands.release(at + QPoint(31, 13), "Control")
    note = session.document.notes[sheet]
    assert (note.position[0] + note.size[0]) % 24 == pytest.approx(0)
    assert (note.position[1] + note.size[1]) % 24 == pytest.approx(0)


def test_the_cursor_says_what_an_edge_does(canvas, hands, sheet):
    hands.hover(corner(canvas, sheet))
    hands.move(corner(canvas, sheet), button="left")
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.SizeFDiagCursor


def test_a_card_before_an_edge_is_what_is_meant(session, product, canvas, hands, framed):
    document = session.document
    x, y = document.notes[framed].position
    session.do(notes.resize(document, framed, (x, y), (100.0, 380.0)))
    hands.settle()
    point = canvas._parts.rect(product.a).center()
    assert edge_at(canvas._stage, point) is None


def test_a_double_click_renames_a_frame(session, canvas, hands, framed):
    hands.double_click(title(canvas, framed))
    QTest.keyClicks(canvas._editor, "Both factors")
    QTest.keyClick(canvas._editor, Qt.Key.Key_Return)
    assert session.document.notes[framed].text == "Both factors"
    session.undo()
    assert session.document.notes[framed].text == "inputs"


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_note_is_written_in_its_place(session, canvas, hands, sheet, way):
    if way == "mouse":
        hands.double_click(canvas.item_rect(sheet).center())
    else:
        session.set_selection({sheet})
        hands.key("Return")
    writer = canvas._writer
    assert writer.isVisible()
    assert writer.toPlainText() == "# Why\nbecause"
    writer.selectAll()
    QTest.keyClicks(writer, "one")
    QTest.keyClick(writer, Qt.Key.Key_Return)
    QTest.keyClicks(writer, "two")
    assert session.document.notes[sheet].text == "# Why\nbecause"
    QTest.keyClick(writer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.document.notes[sheet].text == "one\ntwo"
    assert canvas.hasFocus()
    session.undo()
    assert session.document.notes[sheet].text == "# Why\nbecause"


def test_escape_takes_what_is_written_and_so_does_a_click_elsewhere(session, canvas, hands, sheet):
    start = session.document.copy()
    hands.double_click(canvas.item_rect(sheet).center())
    QTest.keyClicks(canvas._writer, "not lost")
    QTest.keyClick(canvas._writer, Qt.Key.Key_Escape)
    assert not canvas._writer.isVisible()
    assert canvas.hasFocus()
    assert session.document.notes[sheet].text == "not lost"
    session.undo()
    assert session.document.same_content(start)
    hands.double_click(canvas.item_rect(sheet).center())
    QTest.keyClicks(canvas._writer, "yes")
    hands.click(QPoint(20, 600))
    canvas.setFocus()
    hands.settle()
    assert session.document.notes[sheet].text == "yes"


def test_a_note_that_goes_closes_its_editor(session, canvas, hands, sheet):
    hands.double_click(canvas.item_rect(sheet).center())
    made = session.document
    from engine.graph.verbs import delete

    session.do(accept(delete(made, [sheet])))
    hands.settle()
    assert not canvas._writer.isVisible()


def test_delete_takes_a_frame_and_leaves_what_it_held(session, product, canvas, hands, framed):
    hands.click(title(canvas, framed))
    hands.key("Delete")
    assert framed not in session.document.notes
    assert product.a in session.document
    session.undo()
    assert framed in session.document.notes


def test_everything_is_selected_and_fitted_with_its_notes(session, canvas, hands, sheet):
    canvas.select_all()
    assert sheet in session.selection
    canvas.fit()
    hands.settle()
    assert canvas.viewport().rect().contains(canvas.item_rect(sheet))


def test_a_note_of_a_folded_group_is_not_there(session, product, canvas, hands, sheet):
    made = session.document.next_id
    session.do(accept(group(session.document, [product.c, sheet], "both")))
    hands.settle()
    assert canvas._parts.kind(sheet) is Kind.NOTE
    session.set_view(folded=frozenset({made}))
    hands.settle()
    assert canvas._parts.kind(sheet) is None
