"""Wires by menu and key in the window: cut off, extract, swap, bend, select, take an end."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.main_window import MainWindow
from playground.session.inserting import Insertion
from playground.settings import INSERT_ON_WIRES, MAKE_ROOM
from tests.playground.canvas.conftest import Builder, Hands
from tests.playground.window.driving import turn


class Graph:
    """Make t = tanh(a - b)."""

    def __init__(self, session) -> None:
        build = Builder(session)
        self.a = build.value("a", 2.0, -300.0, -150.0)
        self.b = build.value("b", -3.0, -300.0, 60.0)
        self.d = build.op("sub", (self.a, self.b), 0.0, -40.0, label="d")
        self.t = build.op("tanh", (self.d,), 200.0, -40.0, label="t")
        session.stack.clear()


@pytest.fixture
def graph(window, session) -> Graph:
    made = Graph(session)
    turn()
    window.canvas.fit()
    window.canvas.setFocus()
    turn()
    return made


def press(window: MainWindow, key: str, *held: str) -> None:
    """Press a key on the canvas, through the shortcuts of the window."""
    turn()
    QTest.keyClick(window.canvas, Qt.Key[f"Key_{key}"], Hands._held(*held))
    turn()


def test_extract_swap_and_cut_off_by_key(window, session, graph):
    start = session.document.copy()
    session.set_selection({graph.d})
    press(window, "S", "Alt")
    assert session.document.inputs(graph.d) == (graph.b, graph.a)
    press(window, "E", "Control")
    assert session.document.inputs(graph.t) == (graph.b,)
    assert session.selection == {graph.d}
    session.set_selection({graph.t})
    press(window, "X", "Control", "Shift")
    assert session.document.inputs(graph.t) == (None,)
    assert session.stack.count() == 3
    for _step in range(3):
        session.undo()
    assert session.document.same_content(start)


def test_nothing_to_swap_is_said_in_the_status_bar(window, session, graph):
    said = []
    session.refused.connect(said.append)
    session.set_selection({graph.t})
    press(window, "S", "Alt")
    assert "no inputs to swap" in said[0]


def test_by_keys_alone_a_wire_is_chosen_bent_and_removed(window, session, graph):
    session.set_selection({graph.d})
    seen = []
    for _wire in range(4):
        press(window, "W", "Alt")
        seen += session.wires
    assert seen == [(graph.d, 0), (graph.d, 1), (graph.t, 0), (graph.t, 0)]
    press(window, "R", "Alt")
    [before] = session.document.bends[graph.t, 0]
    press(window, "Down")
    [after] = session.document.bends[graph.t, 0]
    assert after[1] > before[1]
    press(window, "Delete")
    assert session.document.bends == {}
    press(window, "Delete")
    assert session.document.inputs(graph.t) == (None,)


def test_what_is_chosen_in_the_palette_goes_on_the_selected_wire(window, session, graph):
    window.canvas.select_wire((graph.t, 0))
    window.editing.add("op:square")
    turn()
    [made] = session.selection
    assert session.document.inputs(graph.t) == (made,)
    assert session.document.inputs(made) == (graph.d,)


def test_the_actions_of_a_wire_make_sense_only_with_one(window, session, graph):
    turn()
    assert not window.commands["wire.bend"].isEnabled()
    window.canvas.select_wire((graph.d, 0))
    turn()
    assert window.commands["wire.bend"].isEnabled()
    assert window.commands["edit.delete"].isEnabled()
    window.commands["wire.select.source"].trigger()
    assert session.selection == {graph.a}
    window.canvas.select_wire((graph.d, 0))
    window.commands["wire.select.target"].trigger()
    assert session.selection == {graph.d}


@pytest.mark.parametrize(("end", "target"), [("start", "b"), ("finish", "t")])
def test_an_end_is_taken_up_from_the_menu_and_put_down_by_a_click(
    window, session, graph, end, target
):
    session.set_selection({graph.t})
    window.wiring.cut_off()
    turn()
    window.canvas.select_wire((graph.d, 0))
    turn()
    window.commands[f"wire.take.{end}"].trigger()
    hands = Hands(window.canvas)
    at = window.canvas.item_rect(getattr(graph, target)).center() + QPoint(0, -14)
    hands.move(at - QPoint(30, 30))
    hands.move(at)
    hands.click(at)
    assert len(session.document.edges()) == 2
    wanted = {"start": (graph.b, graph.d, 0), "finish": (graph.a, graph.t, 0)}[end]
    assert wanted in session.document.edges()


def test_how_to_insert_is_remembered(window, session, settings, make_window):
    assert session.insertion == Insertion(insert=True, room=True)
    turn()
    assert window.commands["wire.insert_on_drop"].isChecked()
    window.commands["wire.insert_on_drop"].trigger()
    window.commands["wire.make_room"].trigger()
    window.refresh()
    assert not window.commands["wire.make_room"].isChecked()
    assert (settings.read(INSERT_ON_WIRES), settings.read(MAKE_ROOM)) == (False, False)
    make_window()
    assert session.insertion == Insertion(insert=False, room=False)


def test_straightening_takes_all_bends_at_once(window, session, graph):
    window.canvas.select_wire((graph.d, 0))
    window.wiring.bend()
    window.wiring.bend()
    assert len(session.document.bends[graph.d, 0]) == 2
    window.wiring.straighten()
    assert session.document.bends == {}


def test_insert_on_this_wire_opens_the_search_of_the_wire(window, session, graph, qtbot):
    start = session.document.copy()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.select_wire((graph.t, 0))
    turn()
    window.commands["wire.insert"].trigger()
    turn()
    card = window.canvas.search_card
    assert card.field.placeholderText() == "Insert between d and t"
    QTest.keyClicks(card.field, "exp")
    assert card.promise.text() == "Return inserts Exponential between d and t"
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    turn()
    [made] = session.selection
    assert session.document.inputs(graph.t) == (made,)
    assert session.document.inputs(made) == (graph.d,)
    session.undo()
    assert session.document.same_content(start)


def test_by_keys_alone_a_wire_is_chosen_and_something_inserted_on_it(
    window, session, graph, qtbot
):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    session.set_selection({graph.t})
    press(window, "W", "Alt")
    press(window, "S")
    field = window.canvas.search_card.field
    QTest.keyClicks(field, "quare")
    QTest.keyClick(field, Qt.Key.Key_Return)
    turn()
    [made] = session.selection
    assert session.document.node(made).op == "square"
    assert session.document.inputs(graph.t) == (made,)


def test_what_was_pasted_goes_on_with_its_result(window, session, graph, qtbot):
    session.set_selection({graph.a, graph.b, graph.d})
    window.clipboard.copy()
    window.clipboard.paste()
    turn()
    copies = session.order
    [result] = (node for node in copies if session.document.node(node).op == "sub")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    press(window, "E")
    field = window.canvas.search_card.field
    QTest.keyClicks(field, "xp")
    QTest.keyClick(field, Qt.Key.Key_Return)
    turn()
    [made] = session.selection
    assert session.document.inputs(made) == (result,)
