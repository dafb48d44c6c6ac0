"""Frames and notes by keyboard and menu, in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import accept
from engine.graph import notes
from engine.graph.verbs import group
from playground.actions import CONTEXTS
from playground.canvas.context import context_of_selection
from tests.playground.window.driving import turn

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def graph(window, session):
    """Open d = a*b + c."""
    session.open_example("product-and-sum")
    window.canvas.setFocus()
    turn()
    return {node.label: node.id for node in session.document.nodes()}


def hit(window, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.canvas, key, held)
    turn()


def test_control_j_frames_the_selection_and_asks_for_its_title(window, session, graph):
    start = session.document.copy()
    session.set_selection([graph["a"], graph["b"]])
    hit(window, Qt.Key.Key_J, CONTROL)
    [frame] = session.document.notes
    assert session.selection == {frame}
    QTest.keyClicks(window.canvas._editor, "Factors")
    QTest.keyClick(window.canvas._editor, Qt.Key.Key_Return)
    turn()
    assert session.document.notes[frame].text == "Factors"
    assert notes.content(session.document, frame) == [graph["a"], graph["b"]]
    session.undo()
    session.undo()
    assert session.document.same_content(start)


def test_nothing_cannot_be_framed_and_the_words_say_why(window, session, graph):
    session.set_selection(())
    turn()
    window.noting.frame()
    assert window.status.hint_text() == (
        "Nothing is selected. Select what the frame should go around first."
    )


def test_a_note_is_added_where_there_is_room_and_can_be_written_at_once(window, session, graph):
    hit(window, Qt.Key.Key_N, CONTROL | SHIFT)
    [note] = session.document.notes
    writer = window.canvas._writer
    assert writer.hasFocus()
    QTest.keyClicks(writer, "Watch d")
    QTest.keyClick(writer, Qt.Key.Key_Return, CONTROL)
    turn()
    assert session.document.notes[note].text == "Watch d"
    rect = window.canvas.item_rect(note)
    assert not any(rect.intersects(window.canvas.item_rect(node)) for node in graph.values())


def test_escape_leaves_a_new_note_empty_and_there(window, session, graph):
    hit(window, Qt.Key.Key_N, CONTROL | SHIFT)
    [note] = session.document.notes
    QTest.keyClick(window.canvas._writer, Qt.Key.Key_Escape)
    turn()
    assert session.document.notes[note].text == ""
    assert window.canvas.hasFocus()


def test_a_note_can_be_written_right_after_the_title_of_a_frame(window, session, graph):
    session.set_selection([graph["a"], graph["b"]])
    hit(window, Qt.Key.Key_J, CONTROL)
    [frame] = session.document.notes
    QTest.keyClicks(window.canvas._editor, "Factors")
    window.commands["add.note"].trigger()
    turn()
    assert window.canvas._writer.hasFocus()
    QTest.keyClicks(window.canvas._writer, "Watch d")
    QTest.keyClick(window.canvas._writer, Qt.Key.Key_Escape)
    turn()
    texts = {note.text for note in session.document.notes.values()}
    assert texts == {"Factors", "Watch d"}
    assert session.document.notes[frame].text == "Factors"


def test_a_field_that_is_clicked_keeps_the_keyboard_when_a_title_is_taken(window, session, graph):
    session.set_selection([graph["a"], graph["b"]])
    hit(window, Qt.Key.Key_J, CONTROL)
    [frame] = session.document.notes
    QTest.keyClicks(window.canvas._editor, "Factors")
    field = window.palette_panel.filter
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    turn()
    assert session.document.notes[frame].text == "Factors"
    assert field.hasFocus()


def test_f2_writes_too(window, session, graph):
    session.do(notes.add_note(session.document, (0.0, 400.0), "x"))
    [note] = session.document.notes
    session.set_selection([note])
    turn()
    window.commands["edit.rename"].trigger()
    assert window.canvas._writer.isVisible()
    window.canvas._writer.abandon()


def test_a_frame_is_fitted_to_what_it_holds(window, session, graph):
    session.do(accept(notes.frame(session.document, [graph["a"]])))
    [frame] = session.document.notes
    made = session.document.notes[frame]
    session.do(notes.resize(session.document, frame, (-300.0, -200.0), (450.0, 300.0)))
    session.set_selection([frame])
    turn()
    assert window.commands["edit.fit_frame"].isEnabled()
    window.commands["edit.fit_frame"].trigger()
    assert session.document.notes[frame] == made


def test_a_colour_is_chosen_and_shown_as_chosen(window, session, graph):
    session.do(accept(notes.frame(session.document, [graph["a"]])))
    [frame] = session.document.notes
    session.set_selection([frame])
    turn()
    assert window.commands["edit.colour.plain"].isChecked()
    window.commands["edit.colour.moss"].trigger()
    turn()
    assert session.document.notes[frame].colour == "moss"
    assert window.commands["edit.colour.moss"].isChecked()
    session.set_selection([graph["a"]])
    turn()
    assert not window.commands["edit.colour.moss"].isEnabled()


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [("a", "item"), ("ab", "several"), ("g", "group"), ("f", "note"), ("", "canvas")],
)
def test_a_context_menu_is_of_what_lies_there(window, session, graph, chosen, kind):
    document = session.document
    ids = dict(graph)
    ids["g"] = document.next_id
    session.do(accept(group(document, [graph["c"]], "g")))
    ids["f"] = document.next_id
    session.do(accept(notes.frame(document, [graph["d"]])))
    turn()
    selection = [ids[one] for one in chosen]
    session.set_selection(selection)
    turn()
    assert context_of_selection(window.canvas._stage) == kind
    window.canvas.context_requested.emit(kind, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    shown = [one.objectName() for one in menu.actions() if one.objectName()]
    menu.close()
    turn()
    assert shown
    for action in shown:
        record = window.commands[action].record
        assert CONTEXTS[kind].intersection(record.context)
        assert window.commands[action].isEnabled()


def test_the_window_stands_frames_and_notes_in_any_selection(window, session, graph):
    session.do(accept(notes.frame(session.document, [graph["a"]])))
    session.do(notes.add_note(session.document, (0.0, 400.0)))
    for selection in ([*session.document.notes], [*session.document.notes, graph["a"]]):
        session.set_selection(selection)
        turn()
        window.commands["edit.group"].trigger()
        turn()
        session.undo()
        turn()
    session.set_selection([*session.document.notes])
    turn()
    window.commands["edit.backward"].setEnabled(True)
    assert not session.document.marked("backward")
