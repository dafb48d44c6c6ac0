"""The undo command and the notices: exact both ways, merged by gesture, one notice a turn."""

import pytest
from PySide6.QtGui import QUndoStack

from engine.errors import EngineError, accept
from engine.graph.document import Document
from engine.graph.properties import set_label, set_training, set_value, set_values
from engine.graph.verbs import add_op, add_value, connect, group, move
from playground.bridge import ChangeSet, DocumentBridge, EditCommand, changes_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def document() -> Document:
    """Make a, b and an unwired product."""
    document = Document()
    document.apply(add_value(document, (0, 0), value=2.0, label="a"))
    document.apply(add_value(document, (0, 100), value=3.0, label="b"))
    document.apply(accept(add_op(document, "mul", (200, 50))))
    return document


def push(stack: QUndoStack, document: Document, edit) -> None:
    edit = accept(edit)
    document.apply(edit)
    stack.push(EditCommand(document, edit))


def test_a_pushed_edit_is_applied_once_and_undone_and_redone_exactly(document):
    stack, start = QUndoStack(), document.copy()
    push(stack, document, connect(document, 1, 3))
    wired = document.copy()
    stack.undo()
    assert document.same_content(start)
    stack.redo()
    assert document.same_content(wired)


def test_the_title_of_the_edit_is_the_text_of_the_undo_step(document):
    stack = QUndoStack()
    push(stack, document, set_value(document, 1, 5.0))
    assert stack.undoText() == "Set a to 5"


def test_one_scrub_of_a_thousand_ticks_is_one_step(document):
    stack = QUndoStack()
    for tick in range(1000):
        push(stack, document, set_value(document, 1, 2.5 + tick, gesture="scrub 1"))
    assert stack.count() == 1
    assert stack.undoText() == "Set a to 1001.5"
    stack.undo()
    assert document.node(1).value == 2.0


def test_two_scrubs_are_two_steps(document):
    stack = QUndoStack()
    push(stack, document, set_value(document, 1, 5.0, gesture="scrub 1"))
    push(stack, document, set_value(document, 1, 6.0, gesture="scrub 2"))
    assert stack.count() == 2


def test_a_scrub_back_to_the_start_leaves_no_step(document):
    stack = QUndoStack()
    push(stack, document, set_value(document, 1, 5.0, gesture="scrub"))
    push(stack, document, set_value(document, 1, 2.0, gesture="scrub"))
    assert stack.count() == 0
    assert stack.isClean()


def test_a_scrub_that_goes_on_after_a_save_makes_the_document_dirty_again(document):
    stack = QUndoStack()
    push(stack, document, set_value(document, 1, 5.0, gesture="scrub"))
    stack.setClean()
    push(stack, document, set_value(document, 1, 6.0, gesture="scrub"))
    assert not stack.isClean()
    stack.undo()
    assert document.node(1).value == 5.0
    assert stack.isClean()


def test_a_stale_edit_is_refused_before_it_reaches_the_stack(document):
    stack = QUndoStack()
    stale = accept(set_value(document, 1, 5.0))
    push(stack, document, set_value(document, 1, 4.0))
    with pytest.raises(EngineError, match="stale"):
        push(stack, document, stale)
    assert stack.count() == 1
    assert document.node(1).value == 4.0


def test_undo_never_raises_even_if_the_document_was_changed_behind_it(document, caplog):
    stack = QUndoStack()
    push(stack, document, set_value(document, 1, 4.0))
    document.apply(accept(set_value(document, 1, 9.0)))
    stack.undo()
    assert document.node(1).value == 9.0
    assert stack.count() == 0
    assert "differ" in caplog.text


def test_however_many_edits_a_turn_brings_there_is_one_notice(document, qtbot):
    bridge, heard = DocumentBridge(), []
    bridge.watch(document)
    bridge.changed.connect(heard.append)
    with qtbot.waitSignal(bridge.changed):
        document.apply(accept(set_value(document, 1, 4.0)))
        document.apply(accept(set_label(document, 2, "c")))
        document.apply(accept(set_training(document, l2=0.5)))
    qtbot.wait(1)
    assert heard == [
        ChangeSet(nodes=frozenset({1, 2}), fields=frozenset({"training"}), numbers=True)
    ]


def test_a_bridge_hears_only_the_document_it_watches(document):
    bridge, heard = DocumentBridge(), []
    bridge.changed.connect(heard.append)
    bridge.watch(document)
    document.apply(accept(set_value(document, 1, 4.0)))
    bridge.watch(Document())
    document.apply(accept(set_value(document, 1, 5.0)))
    bridge.flush()
    assert heard == []
    assert document.listeners == []


def test_names_and_places_leave_the_numbers_as_they_are(document):
    for edit in (accept(set_label(document, 1, "q")), move(document, {1: (5.0, 5.0)})):
        changes = changes_of(edit)
        assert not changes.numbers
        assert not changes.structural
        assert changes.nodes == {1}


def test_wires_are_structure_and_columns_are_numbers(document):
    wire = changes_of(accept(connect(document, 1, 3)))
    assert wire.structural
    assert wire.numbers
    assert wire.nodes == {3}
    column = changes_of(set_values(document, [1, 2], [0.0, 0.0], "t"))
    assert (column.structural, column.numbers, column.nodes) == (False, True, {1, 2})


def test_grouping_names_the_group(document):
    edit = accept(group(document, [1, 2]))
    assert changes_of(edit).groups == {4}
