"""The outline: the same graph as on the canvas, seen, selected, folded and edited as a tree."""

from random import Random

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from engine.errors import Refusal, accept
from engine.explain.spoken import spoken
from engine.graph import visible
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.models import Model
from engine.graph.notes import set_colour
from engine.graph.properties import set_label
from engine.graph.records import Node
from engine.graph.verbs import add_op, add_value, delete, group, move, ungroup
from playground.panels.outline.contents import contents_of
from playground.panels.outline.model import CHUNK, GRADIENT, KIND, NAME, VALUE, OutlineModel
from playground.session.clear import model_edit
from playground.theme import ThemeManager
from playground.widgets.pigments import PIGMENTS
from tests.playground.panels.outline.conftest import cell, point, press, rows, settle

Key = Qt.Key


def test_it_lists_groups_and_nodes_in_reading_order(outline):
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t"]
    assert [cell(outline, 2, column) for column in (NAME, KIND, VALUE, GRADIENT)] == [
        "b",
        "weight of a",
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


def test_numbers_are_read_again_for_the_rows_in_sight_alone(outline, session, qtbot):
    settle()
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    before = outline.refreshed
    for step in range(50):  # many results within one wait
        session.set_number(2, float(step))
        session.flush()
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    in_sight = len(list(outline.tree.rows_in_sight()))
    assert in_sight == 5
    assert outline.refreshed == before + in_sight
    assert cell(outline, 2, VALUE) == "49.0"


def test_a_hidden_outline_does_nothing(outline, session):
    outline.hide()
    before, built = outline.refreshed, outline.model.built
    session.set_number(2, 5.0)
    session.do(accept(add_op(session.document, "exp", (600.0, 0.0), label="e")))
    settle()
    assert (outline.refreshed, outline.model.built) == (before, built)
    outline.show()
    settle()
    assert rows(outline) == ["leaves", ["b", "a"], "c", "t", "e"]


def test_twenty_thousand_nodes_build_only_the_rows_near_sight(outline, session):
    nodes = [Node(1000 + n, position=(float(n), 0.0)) for n in range(19_900)]
    session.do(Edit("Many", tuple(Change("node", n.id, WHOLE, None, n) for n in nodes)))
    settle()
    assert outline.model.built <= 3 * CHUNK
    outline.tree.verticalScrollBar().setValue(outline.tree.verticalScrollBar().maximum())
    settle()
    assert outline.model.built <= 6 * CHUNK
    session.set_selection({20_000})
    settle()
    assert outline.model.item(outline.tree.currentIndex()) == 20_000
    session.undo()


def test_groups_out_of_sight_are_opened_when_they_come_into_sight(outline, session):
    session.insert(model_edit(session.document, Model()), select=False)
    session.set_view(folded=frozenset())
    settle()
    assert outline.model.built < len(session.document)
    bar = outline.tree.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        settle()
    assert session.view.folded == frozenset()
    everything = len(session.document) + len(session.document.groups)
    assert outline.model.built == everything
    assert len(contents_of(session.document).row) == everything


def test_an_idle_outline_paints_nothing(outline, qtbot):
    qtbot.waitUntil(lambda: not outline._refreshing.isActive())
    settle()
    before = outline.refreshed
    qtbot.wait(150)
    assert outline.refreshed == before


def test_a_tinted_group_has_a_spot_of_its_tint_before_its_name(outline, session):
    index = outline.model.index_of(5)
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    for colour in ("teal", "rose"):
        session.do(set_colour(session.document, [5], colour))
        settle()
        spot = outline.model.index_of(5).data(Qt.ItemDataRole.DecorationRole)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            middle = spot.pixmap(QSize(12, 12), 2.0, mode).toImage().pixelColor(12, 12)
            assert middle == PIGMENTS[colour]


def test_a_group_that_cannot_be_shown_open_is_closed_again(outline, session, monkeypatch):
    [leaves] = session.document.groups
    session.toggle_fold(leaves)
    settle()
    monkeypatch.setattr(visible, "MOST_VISIBLE", 4)
    outline.tree.expand(outline.model.index_of(leaves))
    settle()
    assert leaves in session.view.folded
    assert not outline.tree.isExpanded(outline.model.index_of(leaves))
