"""The path ledger in the whole window: asked for by keys, lit on the canvas, live, copied."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from engine.errors import accept
from engine.graph import verbs
from engine.graph.properties import set_label, set_value
from playground.session.lit import NOTHING_LIT, Lit
from tests.playground.window.driving import turn

Key, Held = Qt.Key, Qt.KeyboardModifier
BOTH = Held.ControlModifier | Held.AltModifier


def key(widget, pressed, held=Held.NoModifier) -> None:
    QTest.keyClick(widget, pressed, held)
    turn()


def click(window, session, label: str, held=Held.NoModifier) -> None:
    """Click the card of a node."""
    rect = window.canvas.item_rect(session.document.find(label))
    at = QPoint(rect.center().x(), rect.top() + 6)
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, held, at)
    turn()


def ask(window):
    key(window.canvas, Key.Key_L, BOTH)
    return window.studio.page("paths")


@pytest.fixture
def shared(window, session):
    """Open the lecture's graph in which a and b each have two ways to f."""
    session.open_example("shared-values")
    window.canvas.fit()
    turn()
    return session


def cells(page) -> list[list[str]]:
    rows = page.rows
    return [
        [rows.index(row, column).data() for column in (0, 1, 3)] for row in range(rows.rowCount())
    ]


def place(page, row: int) -> QPoint:
    return page.table.visualRect(page.rows.index(row, 0)).center()


def hover(page, row: int) -> None:
    """Move the mouse over a row."""
    at = QPointF(place(page, row))
    port = page.table.viewport()
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(port.mapToGlobal(at)), none, none, Held.NoModifier
    )
    QApplication.sendEvent(port, event)
    turn()


def lit_labels(session) -> set[str]:
    return {session.document.name(node) for node in session.lit.nodes}


def test_example_10_by_hand(window, shared):
    click(window, shared, "a")
    page = ask(window)
    assert page.isVisible()
    assert page.source.currentText() == "a"
    assert page.output.currentText() == "f, where backward begins"
    assert page.count.text() == "2 paths"
    assert cells(page) == [
        ["a → e → f", "1 · d = 1 × −6", "−6.0"],
        ["a → d → f", "b · e = 3 × 1", "3.0"],
    ]
    assert page.sum_words.text() == "sum of 2 paths = ∂f/∂a = a.grad"
    assert page.total.text() == "−3.0"
    click(window, shared, "b")
    assert [row[2] for row in cells(page)] == ["−6.0", "−2.0"]
    assert page.total.text() == "−8.0"


def test_a_value_added_to_itself_has_a_path_for_each_wire(window, session):
    session.open_example("same-value-twice")
    window.canvas.fit()
    turn()
    click(window, session, "a")
    page = ask(window)
    assert cells(page) == [["a →₁ b", "1", "1.0"], ["a →₂ b", "1", "1.0"]]
    assert page.total.text() == "2.0"


def test_all_paths_are_lit_one_when_it_is_pointed_at_and_one_that_is_chosen(window, shared):
    click(window, shared, "a")
    page = ask(window)
    document = shared.document
    d, e, f = (document.find(label) for label in "def")
    assert set(shared.lit.wires) == {(d, 0), (e, 0), (f, 0), (f, 1)}
    assert shared.lit.wires[f, 1] == "×−6.0"
    assert not shared.lit.faint
    hover(page, 1)
    assert shared.lit.wires == {(d, 0): "×3.0", (f, 0): "×1.0"}
    assert shared.lit.faint == {(e, 0), (f, 1)}
    assert lit_labels(shared) == {"a", "d", "f"}
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place(page, 0))
    hover(page, 0)
    QApplication.sendEvent(page.table.viewport(), QEvent(QEvent.Type.Leave))
    turn()
    assert set(shared.lit.wires) == {(e, 0), (f, 1)}
    key(page.table, Key.Key_Down)
    assert set(shared.lit.wires) == {(d, 0), (f, 0)}
    key(page.table, Key.Key_Escape)
    assert len(shared.lit.wires) == 4
    key(page.table, Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_what_is_lit_goes_out_with_the_page(window, shared):
    click(window, shared, "a")
    ask(window)
    assert shared.lit != NOTHING_LIT
    window.commands["view.page.loss"].trigger()
    turn()
    assert shared.lit == NOTHING_LIT


def test_numbers_follow_and_a_chosen_path_stays_chosen_where_it_goes(window, shared, qtbot):
    click(window, shared, "a")
    page = ask(window)
    page.table.setFocus()
    key(page.table, Key.Key_Down)
    key(page.table, Key.Key_Home)
    assert page._chosen.product == -6.0
    shared.do(accept(set_value(shared.document, shared.document.find("b"), 30.0)))
    qtbot.waitUntil(lambda: page.total.text() == "780.0")
    assert [row[2] for row in cells(page)] == ["840.0", "−60.0"]
    assert page.table.currentIndex().row() == 1
    shared.do(accept(set_value(shared.document, shared.document.find("a"), -0.1)))
    qtbot.waitUntil(lambda: cells(page)[0][2] == "897.0")
    assert page.table.currentIndex().row() == 1
    assert page._chosen.wires == page.rows.paths[1].wires


def test_training_moves_the_ledger_and_the_sum_stays_the_gradient(window, session, qtbot):
    session.open_example("moons")
    turn()
    page = ask(window)
    session.set_selection({session.document.find("x1")})
    assert page.count.text() == "256 paths"
    assert page.rows.rowCount() == 8
    before = page.total.text()
    session.training.play()
    qtbot.waitUntil(lambda: page.total.text() != before)
    session.training.pause()
    qtbot.waitUntil(lambda: not session.training.running)
    turn()
    x1 = session.document.find("x1")
    qtbot.waitUntil(lambda: page._ledger.total == pytest.approx(session.live.result.slope(x1)))


def test_more_paths_are_shown_when_they_are_wanted(window, session):
    session.open_example("moons")
    turn()
    page = ask(window)
    session.set_selection({session.document.find("x1")})
    assert page.rest_words.text() == "the rest: 248 paths, together"
    rest = page._ledger.rest + sum(path.product for path in page.rows.paths)
    assert rest == pytest.approx(page._ledger.total)
    QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert page.rows.rowCount() == 32
    for _click in range(9):
        QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert page.rows.rowCount() == 248
    QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert page.rows.rowCount() == 256
    assert not page.more.isVisible()
    assert not page.rest_words.isVisible()


def test_two_selected_nodes_are_beginning_and_end_whichever_comes_first(window, shared):
    page = ask(window)
    assert "Select a value on the canvas" in page.empty.text()
    click(window, shared, "e")
    click(window, shared, "b", Held.ShiftModifier)
    assert (page.source.currentText(), page.output.currentText()) == ("b", "e")
    assert cells(page) == [["b → e", "1", "1.0"]]
    assert page.sum_words.text() == "the one path = ∂e/∂b"
    click(window, shared, "a")
    assert page.source.currentText() == "a"
    assert page.output.currentText() == "e"
    ask(window)
    assert page.output.currentText() == "f, where backward begins"


def test_a_selected_wire_begins_at_its_node(window, shared):
    page = ask(window)
    shared.set_wires({(shared.document.find("f"), 1)})
    turn()
    assert page.source.currentText() == "e"
    assert cells(page) == [["e → f", "d = −6", "−6.0"]]


def test_ends_are_typed_and_what_is_not_known_is_refused(window, shared):
    page = ask(window)
    page.source.setFocus()
    QTest.keyClicks(page.source.line, "#2")
    key(page.source.line, Key.Key_Return)
    assert page.source.currentText() == "b"
    assert page.total.text() == "−8.0"
    page.source.line.selectAll()
    with_words = []
    shared.refused.connect(with_words.append)
    QTest.keyClicks(page.source.line, "nobody")
    key(page.source.line, Key.Key_Return)
    assert with_words == ["There is no node labelled 'nobody'. There are a, b, d, e, f."]
    assert page.source.currentText() == "b"
    page.source.line.selectAll()
    QTest.keyClicks(page.source.line, "zz")
    key(page.source.line, Key.Key_Escape)
    assert page.source.line.text() == "b"
    page.output.line.setFocus()
    page.output.line.selectAll()
    QTest.keyClicks(page.output.line, "d")
    key(page.output.line, Key.Key_Return)
    assert page.sum_words.text() == "the one path = ∂d/∂b"


def test_what_is_being_typed_survives_what_happens_meanwhile(window, shared):
    page = ask(window)
    page.source.line.setFocus()
    QTest.keyClicks(page.source.line, "b")
    shared.do(accept(set_label(shared.document, shared.document.find("e"), "sum")))
    turn()
    page.refresh()
    assert page.source.line.text() == "b"
    assert page.source.findText("sum") >= 0
    key(page.source.line, Key.Key_Return)
    assert page.total.text() == "−8.0"


def test_where_no_path_leads_it_is_said(window, shared):
    page = ask(window)
    page._choose_source(str(shared.document.find("d")))
    page._choose_output(str(shared.document.find("e")))
    assert page.empty.text().startswith("e does not depend on d: no path leads there")
    assert not page.table.isVisible()
    assert shared.lit == NOTHING_LIT


def test_an_output_that_is_asked_about_is_its_own_path(window, shared):
    click(window, shared, "f")
    page = ask(window)
    assert [row[0] for row in cells(page)] == ["f"]
    assert page.total.text() == "1.0"


def test_an_empty_canvas_says_what_to_do(window, session):
    session.new()
    turn()
    window.commands["view.page.loss"].trigger()
    window.studio.show_page("paths")
    turn()
    assert window.studio.page("paths").empty.text().startswith("Nothing here yet")


def test_deleting_and_renaming_are_followed(window, shared):
    click(window, shared, "a")
    page = ask(window)
    shared.do(accept(set_label(shared.document, shared.document.find("e"), "sum")))
    turn()
    page.refresh()
    assert cells(page)[0][0] == "a → sum → f"
    shared.do(accept(verbs.delete(shared.document, {shared.document.find("sum")})))
    turn()
    assert cells(page) == [["a → d → f", "b · y = 3 × nan", "nan"]]
    assert "has no value" in page.note.text()
    shared.do(accept(verbs.delete(shared.document, {shared.document.find("a")})))
    turn()
    assert page.source.currentText() == ""
    assert "Select a value" in page.empty.text()


def test_the_ledger_is_copied_as_text(window, shared, qapp):
    click(window, shared, "a")
    page = ask(window)
    page.table.setFocus()
    key(page.table, Key.Key_C, Held.ControlModifier)
    copied = qapp.clipboard().text()
    assert copied.splitlines()[1] == "a → e → f\t1 · d = 1 × −6\t−6"
    assert copied.splitlines()[-1] == "sum of 2 paths = ∂f/∂a\t\t−3"
    qapp.clipboard().clear()
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == copied


def test_a_card_offers_its_paths_in_its_menu(window, shared):
    click(window, shared, "a")
    rect = window.canvas.item_rect(shared.document.find("a"))
    at = rect.center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, window.canvas.viewport().mapToGlobal(at)
    )
    QApplication.sendEvent(window.canvas.viewport(), event)
    turn()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    [offered] = [one for one in menu.actions() if one.text() == "&Paths to the output"]
    menu.close()
    offered.trigger()
    turn()
    assert window.studio.page("paths").total.text() == "−3.0"


def test_gradients_of_the_batch_and_passes_under_way_are_told_apart(window, session):
    session.open_example("moons")
    turn()
    page = ask(window)
    session.set_selection({session.document.find("x1")})
    assert not page.note.isVisible()
    assert page.sum_words.text().endswith("= x1.grad")
    session.set_scope("batch")
    session.flush()
    page.refresh()
    assert "Paths are those of this sample" in page.note.text()
    assert page.sum_words.text().endswith("∂loss/∂x1")


def test_light_of_others_stays_until_a_hand_takes_the_canvas_back(window, shared, qtbot):
    click(window, shared, "a")
    page = ask(window)
    other = Lit(frozenset({2}))
    shared.light("another", other)
    page.refresh()
    assert shared.lit is other
    hover(page, 0)
    assert set(shared.lit.wires) == set(page._ledger.paths[0].wires)
    QApplication.sendEvent(page.table.viewport(), QEvent(QEvent.Type.Leave))
    assert shared.lit is other


def test_nothing_is_done_while_the_page_is_hidden(window, shared, monkeypatch):
    click(window, shared, "a")
    page = ask(window)
    window.commands["view.page.loss"].trigger()
    turn()
    done = []
    monkeypatch.setattr(page, "refresh", lambda **_how: done.append(1))
    shared.do(accept(set_value(shared.document, shared.document.find("b"), 5.0)))
    shared.set_selection(())
    turn()
    assert not done


def test_a_cell_tells_all_digits_and_all_nodes(window, shared):
    click(window, shared, "a")
    page = ask(window)
    role = Qt.ItemDataRole.ToolTipRole
    assert page.rows.index(0, 3).data(role) == "-6.0"
    assert page.rows.index(0, 0).data(role) == "a → e → f"
    event = QHelpEvent(QEvent.Type.ToolTip, place(page, 0), QPoint())
    QApplication.sendEvent(page.table.viewport(), event)
