"""Finding in the graph: typed into the bar, stepped through by keys, seen on the canvas."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.exchange.query import parse_query
from engine.graph import notes
from engine.graph.properties import set_label
from engine.graph.verbs import delete, group
from tests.playground.canvas.conftest import Hands

Key = Qt.Key


@pytest.fixture
def bar(session, build, canvas):
    """Open the bar over a graph of six values in two columns and their two sums."""
    for row in range(3):
        build.value(f"x{row}", float(row), -400.0, 150.0 * row)
        build.value(f"w{row}", -1.0 - row, -200.0, 150.0 * row, role="parameter")
    build.op("add", (1, 3), 100.0, 0.0, "sum x")
    build.op("add", (2, 4), 100.0, 200.0, "sum w")
    session.stack.clear()
    Hands.settle()
    canvas.fit()
    canvas.find_bar.open()
    Hands.settle()
    return canvas.find_bar


def ask(bar, text: str) -> None:
    bar.field.clear()
    QTest.keyClicks(bar.field, text)
    Hands.settle()


def press(bar, key: Key, *held: str) -> None:
    QTest.keyClick(bar.field, key, Hands._held(*held))
    Hands.settle()


def labels(session, ids) -> list[str]:
    return [session.document.name(item) for item in ids]


def ringed(canvas) -> set[int]:
    picture = canvas._scene.picture
    return {int(picture.frame.ids[number]) for number in picture.ringed}


def test_what_is_typed_is_counted_and_ringed_but_nothing_is_selected(session, bar, canvas):
    ask(bar, "x")
    assert bar.count.text() == "4 found"
    assert labels(session, sorted(ringed(canvas))) == ["x0", "x1", "x2", "sum x"]
    assert session.selection == frozenset()


def test_return_goes_through_the_matches_in_reading_order_and_round(session, bar, canvas):
    ask(bar, "x")
    seen = []
    for place in (1, 2, 3, 4, 1):
        press(bar, Key.Key_Return)
        assert bar.count.text() == f"{place} of 4"
        seen += labels(session, session.selection)
    assert seen == ["x0", "x1", "x2", "sum x", "x0"]
    press(bar, Key.Key_Return, "Shift")
    assert labels(session, session.selection) == ["sum x"]
    press(bar, Key.Key_Up)
    assert labels(session, session.selection) == ["x2"]
    press(bar, Key.Key_Down)
    assert labels(session, session.selection) == ["sum x"]


@pytest.mark.parametrize("text", ["value < -1", "role = parameter value > -3", "op = add", "#2"])
def test_the_rings_are_around_exactly_what_the_query_finds(session, bar, canvas, text):
    ask(bar, text)
    query = accept(parse_query(text))
    assert ringed(canvas) == set(query.find(session.document, session.result))


def test_a_match_out_of_sight_is_brought_into_sight_and_back_returns(session, bar, canvas):
    canvas.set_zoom(2.0)
    canvas._camera.pan(4000, 0)
    before = canvas.item_rect(1)
    ask(bar, "x2")
    press(bar, Key.Key_Return)
    [match] = session.selection
    assert canvas.viewport().rect().contains(canvas.item_rect(match))
    canvas.views.back()
    assert (canvas.item_rect(1).topLeft() - before.topLeft()).manhattanLength() <= 2


def test_from_far_away_a_match_is_shown_large_enough_to_read(session, bar, canvas):
    canvas.set_zoom(0.1)
    ask(bar, "x2")
    press(bar, Key.Key_Return)
    assert canvas.zoom == pytest.approx(0.8)


def test_a_match_in_a_folded_group_rings_its_card_and_opens_on_the_step(session, bar, canvas):
    inner = session.document.next_id
    session.do(accept(group(session.document, [1, 3], "inner")))
    outer = session.document.next_id
    session.do(accept(group(session.document, [inner, 5], "outer")))
    session.set_view(folded=frozenset({inner, outer}))
    Hands.settle()
    ask(bar, "x0")
    assert ringed(canvas) == {outer}
    press(bar, Key.Key_Return)
    assert session.view.folded == frozenset()
    assert labels(session, session.selection) == ["x0"]
    assert ringed(canvas) == {1}
    canvas.views.back()
    assert session.view.folded == {inner, outer}
    assert ringed(canvas) == {outer}


def test_matches_follow_names_and_structure_but_not_mere_numbers(session, bar, canvas):
    ask(bar, "value > 1")
    assert bar.count.text() == "1 found"
    session.set_number(1, 7.0)
    Hands.settle()
    assert bar.count.text() == "1 found"
    press(bar, Key.Key_Return)  # a step looks at the numbers of now
    assert bar.count.text() == "1 of 3"
    ask(bar, "x")
    session.do(accept(set_label(session.document, 2, "xx")))
    session.do(accept(delete(session.document, [1])))
    Hands.settle()
    assert bar.count.text() == "4 found"
    assert 1 not in ringed(canvas)


def test_what_is_wrong_is_said_in_the_bar(session, bar, canvas):
    ask(bar, "grad >")
    assert bar.sentence.isVisible()
    assert bar.sentence.text() == "A number is missing after “grad >”. Write one, as in grad > 1."
    ask(bar, "grad > 0")
    assert not bar.sentence.isVisible()
    ask(bar, "zzz")
    assert bar.count.text() == "nothing"
    assert not bar.onward.isEnabled()


def test_escape_closes_takes_the_rings_away_and_gives_the_keyboard_back(session, bar, canvas):
    ask(bar, "x")
    press(bar, Key.Key_Return)
    press(bar, Key.Key_Escape)
    assert not bar.isVisible()
    assert ringed(canvas) == set()
    assert canvas.hasFocus()
    assert labels(session, session.selection) == ["x0"]
    canvas.find_bar.step_on()
    assert bar.isVisible()
    assert bar.field.text() == "x"


def test_no_key_or_press_in_the_bar_reaches_the_canvas(session, bar, canvas):
    before = session.document.copy()
    session.set_selection({1})
    ask(bar, "fub[]/ ")
    assert bar.field.text() == "fub[]/ "
    for key in (Key.Key_Delete, Key.Key_Left, Key.Key_PageUp, Key.Key_Home):
        press(bar, key)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 18))
    assert session.selection == {1}
    assert session.document.same_content(before)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Return, Hands._held())
    event.ignore()
    QApplication.sendEvent(bar.field, event)
    assert event.isAccepted()
    function = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_F3, Hands._held())
    function.ignore()
    QApplication.sendEvent(bar.field, function)
    assert not function.isAccepted()


def test_nothing_of_it_is_an_edit(session, bar, canvas):
    ask(bar, "x")
    press(bar, Key.Key_Return)
    assert session.stack.count() == 0


def test_an_idle_bar_paints_nothing(session, bar, canvas):
    ask(bar, "x")
    bar.field.clearFocus()  # its cursor blinks
    Hands.settle()
    paints = canvas._scene.painter.paints
    QTest.qWait(100)
    assert canvas._scene.painter.paints == paints


def test_escape_on_the_canvas_closes_the_bar_before_the_selection_goes(session, bar, canvas):
    ask(bar, "x")
    press(bar, Key.Key_Return)
    canvas.setFocus()
    QTest.keyClick(canvas, Key.Key_Escape)
    assert not bar.isVisible()
    assert len(session.selection) == 1
    QTest.keyClick(canvas, Key.Key_Escape)
    assert session.selection == frozenset()


def test_another_document_is_searched_from_its_first_match(session, bar, canvas):
    ask(bar, "x")
    press(bar, Key.Key_Return)
    session.open_example()
    Hands.settle()
    expected = accept(parse_query("x")).find(session.document, session.result)
    assert bar.count.text() == f"{len(expected)} found"
    assert ringed(canvas) == set(expected)


def test_notes_and_titles_of_frames_are_found_ringed_and_reached(session, bar, canvas):
    document = session.document
    session.do(notes.add_note(document, (4000.0, 0.0), "Here is the *knot*"))
    session.do(accept(notes.frame(document, [1, 2], "Knot")))
    session.do(accept(group(document, [7, 8, *document.notes], "far")))
    [note, drawn], around = sorted(document.notes), 11
    session.set_view(folded=frozenset({around}))
    Hands.settle()
    ask(bar, "knot")
    assert ringed(canvas) == {around}
    before = canvas.grab().toImage()
    press(bar, Key.Key_Return)
    press(bar, Key.Key_Return)
    assert session.selection < {note, drawn}
    assert session.view.folded == frozenset()
    assert ringed(canvas) == {note, drawn}
    assert canvas.grab().toImage() != before
