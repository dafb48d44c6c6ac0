"""Frames and notes in the outline: rows among the others, renamed, written on and deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from engine.errors import accept
from engine.explain.spoken import spoken
from engine.graph import notes
from playground.panels.outline.model import KIND
from tests.playground.panels.outline.conftest import cell, point, press, rows, settle

Key = Qt.Key


@pytest.fixture
def noted(outline, session):
    """Give the outline a note in the group of leaves, and a frame around c and t."""
    document = session.document
    session.do(notes.add_note(document, (0.0, 90.0), "# Look\nhere", group=5))
    session.do(accept(notes.frame(document, [3, 4], "Body")))
    session.stack.clear()
    settle()
    return sorted(document.notes)


def test_notes_and_frames_are_rows_of_the_level_they_lie_in(outline, session, noted):
    note, frame = noted
    assert rows(outline) == ["leaves", ["b", "a", "Look"], "Body", "c", "t"]
    assert [cell(outline, note, column) for column in range(4)] == ["Look", "note", "", ""]
    assert cell(outline, frame, KIND) == "frame"
    index = outline.model.index_of(frame)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken(session.document, None, frame)
    point(outline, note)
    assert session.selection == {note}
    session.set_selection({frame})
    assert outline.model.item(outline.tree.currentIndex()) == frame


def test_a_frame_is_renamed_in_its_row_and_a_note_is_written_on_the_canvas(
    outline, session, noted
):
    note, frame = noted
    start, asked = session.document.copy(), []
    outline.writing.connect(lambda: asked.append(session.selection))
    point(outline, frame)
    press(outline, Key.Key_F2)
    editor = outline.tree.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Middle")
    QTest.keyClick(editor, Key.Key_Return)
    settle()
    assert session.document.notes[frame].text == "Middle"
    session.set_view(folded=frozenset())
    for key in (Key.Key_Return, Key.Key_F2):
        point(outline, note)
        press(outline, key)
    assert asked == [{note}, {note}]
    press(outline, Key.Key_Delete)
    assert note not in session.document.notes
    session.undo()
    session.undo()
    assert session.document.same_content(start)


def test_a_graph_of_notes_alone_is_listed(outline, session):
    session.new()
    assert not outline.tree.isVisible()
    session.do(notes.add_note(session.document, (0.0, 0.0), "<b>alone</b>"))
    settle()
    assert outline.tree.isVisible()
    assert rows(outline) == ["<b>alone</b>"]
    tip = outline.model.index_of(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
