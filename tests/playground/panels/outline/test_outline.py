"""The outline: the same graph as on the canvas, seen, selected, folded and edited as a tree."""

from random import Random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from engine.errors import Refusal, accept
from engine.explain.spoken import spoken
from engine.graph import notes
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_label
from engine.graph.verbs import add_value, delete, group, move, ungroup
from playground.panels.outline.model import GRADIENT, KIND, NAME, VALUE, OutlineModel
from playground.theme import ThemeManager
from tests.playground.panels.outline.driving import cell, point, press, rows, settle

Key = Qt.Key


def test_it_lists_groups_and_nodes_in_reading_order(outline):
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t"]
    assert [cell(outline, 2, column) for column in (NAME, KIND, VALUE, GRADIENT)] == [
        "b",
        "parameter",
        "−3.0",
        written_gradient(outline, 2),
    ]
    assert cell(outline, 3, KIND) == "×"
    assert cell(outline, 5, KIND) == "2 items"


def written_gradient(panel, node: int) -> str:
    from playground.widgets.numbers import written

    return written(panel._session.result.slope(node), 4)


def test_qt_finds_nothing_wrong_with_the_model(outline, session):
    model = OutlineModel(session, ThemeManager("dark"), outline)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    tester.setUseFetchMore(False)  # it would fetch in the midst of a reset
    model.follow()
    for item in (4, 1, 5):
        assert model.item(model.index_of(item)) == item
    session.do(accept(ungroup(session.document, 5)))
    session.do(accept(group(session.document, [2, 3], "others")))
    model.follow()
    assert model.index_of(2).parent().data() == "others"
    model.setData(model.index_of(2), "bee")
    session.undo()
    model.follow()
    assert tester.model() is model


def test_selection_and_focus_go_both_ways(outline, session):
    pointed = []
    outline.pointed.connect(pointed.append)
    session.set_selection({1, 3}, 3)
    settle()
    chosen = {outline.model.item(row) for row in outline.tree.selectionModel().selectedRows()}
    assert chosen == {1, 3}
    assert outline.model.item(outline.tree.currentIndex()) == 3
    assert pointed == []
    point(outline, 4)
    assert session.selection == {4}
    assert session.current == 4
    assert pointed[-1] == {4}
    press(outline, Key.Key_Up, "Shift")
    assert session.selection == {3, 4}
    assert session.current == 3


def test_folds_go_both_ways(outline, session):
    point(outline, 5)
    press(outline, Key.Key_Left)
    assert session.view.folded == {5}
    press(outline, Key.Key_Right)
    assert session.view.folded == frozenset()
    session.toggle_fold(5)
    settle()
    assert rows(outline) == ["leaves", "c", "t"]
    session.toggle_fold(5)
    settle()
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t"]
    press(outline, Key.Key_Return)
    assert session.view.folded == {5}
    assert session.stack.count() == 0


def type_into(panel, text: str, end: Key = Key.Key_Return) -> None:
    editor = panel.tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, end)
    settle()


def test_return_edits_a_value_as_one_undo_step(outline, session):
    before = session.document.copy()
    point(outline, 2)
    press(outline, Key.Key_Return)
    type_into(outline, "1/4")
    assert session.document.node(2).value == 0.25
    assert cell(outline, 2, VALUE) == "0.25"
    session.undo()
    assert session.document.same_content(before)


def test_f2_renames_and_escape_leaves_everything_as_it_was(outline, session):
    before = session.document.copy()
    point(outline, 3)
    press(outline, Key.Key_F2)
    type_into(outline, "product")
    assert session.document.node(3).label == "product"
    assert cell(outline, 3, NAME) == "product"
    session.undo()
    press(outline, Key.Key_F2)
    type_into(outline, "nothing", Key.Key_Escape)
    assert session.document.same_content(before)


def test_what_cannot_be_a_number_is_refused_in_words(outline, session):
    said = []
    session.refused.connect(said.append)
    before = session.document.copy()
    point(outline, 2)
    press(outline, Key.Key_Return)
    type_into(outline, "1/")
    assert said
    assert session.document.same_content(before)


def test_delete_deletes_and_undo_brings_it_back(outline, session):
    before = session.document.copy()
    point(outline, 3)
    press(outline, Key.Key_Delete)
    assert rows(outline) == ["leaves", ["b", "a"], "t"]
    session.undo()
    settle()
    assert session.document.same_content(before)
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t"]


def test_typing_finds(outline, session):
    point(outline, 5)
    press(outline, Key.Key_T)
    assert session.selection == {4}


def test_escape_gives_the_keyboard_back(outline, qtbot):
    with qtbot.waitSignal(outline.left):
        press(outline, Key.Key_Escape)


def test_a_screen_reader_hears_of_every_row_what_the_canvas_says(outline, session):
    role = Qt.ItemDataRole.AccessibleTextRole
    for item in (1, 2, 3, 4, 5):
        words = spoken(session.document, session.result, item)
        assert outline.model.index_of(item).data(role) == words
    assert outline.tree.accessibleName() == "Outline of the graph"


@pytest.mark.parametrize("seed", range(5))
def test_after_any_work_it_shows_what_a_walk_through_the_groups_finds(outline, session, seed):
    random = Random(seed)
    for _step in range(15):
        edit = proposed(session.document, random)
        if not isinstance(edit, Refusal):
            session.do(edit)
        settle()
        assert listed(outline) == expected(session.document, None)
    while session.stack.canUndo():
        session.undo()
    settle()
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t"]


def proposed(document: Document, random: Random) -> Edit | Refusal:
    nodes = [node.id for node in document.nodes()]
    node, place = random.choice(nodes), (random.random() * 900, random.random() * 500)
    match random.randrange(5):
        case 0:
            return add_value(document, place)
        case 1:
            return group(document, random.sample(nodes, 2), "g")
        case 2:
            return move(document, {node: place})
        case 3:
            return set_label(document, node, f"n{place[0]:.3f}")
        case _:
            return delete(document, [nodes[-1]]) if len(nodes) > 4 else Refusal("")


def listed(panel, parent: QModelIndex | None = None) -> list:
    """Return the ids in the model, whether opened or not."""
    model, found = panel.model, []
    parent = parent or QModelIndex()
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    for row in range(model.rowCount(parent)):
        index = model.index(row, NAME, parent)
        found.append(model.item(index))
        if model.hasChildren(index):
            found.append(listed(panel, index))
    return found


def expected(document: Document, around: int | None) -> list:
    records = [n for n in document.nodes() if n.group == around]
    records += [g for g in document.groups.values() if g.group == around]
    found = []
    for record in sorted(records, key=lambda r: (*r.position, r.id)):
        found.append(record.id)
        inside = expected(document, record.id) if record.id in document.groups else []
        if inside:
            found.append(inside)
    return found


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
