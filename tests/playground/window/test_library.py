"""Templates of one's own by real events: save, restart, find, insert, wire, rename, delete."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from engine.graph.projection import project
from playground.main_window import MainWindow
from playground.session import Session
from playground.session.library import Library
from playground.theme import ThemeManager
from playground.widgets.mine import MINE
from tests.playground.window.driving import answer, tile, turn


@pytest.fixture
def start(qapp, settings, tmp_path: Path, qtbot, dressed):
    """Open windows one after the other, each a session of its own on one library."""
    started = []

    def window() -> MainWindow:
        if started:
            stop(*started.pop())
        session, library = Session(), Library(tmp_path / "library")
        made = MainWindow(session, settings, ThemeManager("dark"), library)
        made.resize(1400, 900)
        made.show()
        qtbot.waitExposed(made)
        library.read()
        started.append((made, session, library))
        return made

    def stop(made: MainWindow, session: Session, library: Library) -> None:
        session.settle()
        session.stack.setClean()
        made.close()
        session.close()
        library.close()
        made.deleteLater()
        turn()

    yield window
    for one in started:
        stop(*one)


def type_name(name: str) -> None:
    """Type into the next question for a name, and press Return."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        field = dialog.findChild(QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, fill)


def save_formula(window: MainWindow, text: str, name: str) -> None:
    """Add a formula, select its operations and save them by the menu's action."""
    session = window._session
    session.add_item(f"expression:{text}", (0.0, 0.0))
    nodes = session.document.nodes()
    session.set_selection({node.id for node in nodes if not node.is_leaf})
    window.refresh()
    type_name(name)
    window.commands["library.save"].trigger()
    turn()


def ask_menu(
    window: MainWindow, text: str, choice: str, reply: Callable[[str], None], words: str
) -> None:
    """Right-click a tile, choose from its menu, and reply to the question that follows."""
    one = tile(window, text)
    at = one.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, one.mapToGlobal(at))
    QApplication.sendEvent(one, event)
    turn()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    [action] = [a for a in menu.actions() if choice in a.text()]
    reply(words)
    action.trigger()
    turn()


def test_save_restart_find_insert_and_wire(start):
    window = start()
    save_formula(window, "tanh(a*b)", "squash")
    assert "Mine" in window.status.hint_text()
    assert tile(window, "mine:squash").item.title == "squash"

    window = start()
    assert window._session.document.groups == {}
    QTest.keyClicks(window.palette_panel.filter, "squash")
    assert "squash" in window.palette_panel.promise_text()
    QTest.keyClick(window.palette_panel.filter, Qt.Key.Key_Return)
    turn()
    document = window._session.document
    [group] = document.groups.values()
    assert group.label == "squash"
    assert {node.op for node in document.nodes()} == {"mul", "tanh"}
    window._session.undo()
    assert len(document) == 0


def test_selected_values_feed_what_is_searched_and_added(start):
    window = start()
    save_formula(window, "tanh(a*b)", "squash")
    session = window._session
    session.new()
    turn()
    for x in (0.0, 300.0):
        session.add_item("value:constant", (x, 0.0))
    a, b = (node.id for node in session.document.nodes())
    session.set_selection((a, b))
    window.canvas.setFocus()
    QTest.keyClicks(window.canvas, "s")
    turn()
    field = window.canvas.search_card.field
    QTest.keyClicks(field, "quash")
    turn()
    assert "of a, b, wired" in window.canvas.search_card.promise.text()
    QTest.keyClick(field, Qt.Key.Key_Return)
    turn()
    [product] = [node.id for node in session.document.nodes() if node.op == "mul"]
    assert session.document.inputs(product) == (a, b)


def test_dropped_on_a_wire_it_goes_between_the_ends(start):
    window = start()
    save_formula(window, "tanh(a)", "squash")
    session = window._session
    session.new()
    session.add_item("expression:exp(a)", (0.0, 0.0))
    turn()
    leaf, op = (node.id for node in session.document.nodes())
    session.set_selection(())
    window.canvas.select_wire((op, 0))
    turn()
    tile(window, "mine:squash").click()
    turn()
    [squash] = [node.id for node in session.document.nodes() if node.op == "tanh"]
    assert session.document.inputs(squash) == (leaf,)
    assert session.document.inputs(op) == (squash,)


def test_it_is_shown_folded_or_open_as_it_was_saved(start):
    window = start()
    session = window._session
    session.add_item("template:layer", (0.0, 0.0))
    turn()
    [layer] = [g for g, one in session.document.groups.items() if one.template == "layer"]
    neurons = [g for g, one in session.document.groups.items() if one.template == "neuron"]
    session.set_view(folded=session.view.folded - {neurons[0]})
    session.set_selection({layer})
    window.refresh()
    type_name("half open")
    window.commands["library.save"].trigger()
    turn()
    before = set(session.document.groups)
    window.editing.add("mine:half-open")
    turn()
    made = [g for g in session.document.groups if g not in before]
    assert len(made) == 5
    assert len(session.view.folded & set(made)) == 3
    shown = project(session.document, session.view.folded)
    frames = [item for item in shown.items if item.kind == "frame" and item.id in made]
    assert len(frames) == 2


def test_the_add_menu_lists_them(start):
    window = start()
    save_formula(window, "tanh(a)", "this & that")
    menu = window.mine.menu
    menu.aboutToShow.emit()
    entries = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert entries[0] == "this && that"
    before = len(window._session.document)
    menu.actions()[0].trigger()
    turn()
    assert len(window._session.document) == before + 1


def test_rename_and_delete_at_the_tile(start):
    window = start()
    save_formula(window, "tanh(a)", "one")
    ask_menu(window, "mine:one", "Rename", type_name, "two")
    assert tile(window, "mine:one").item.title == "two"
    ask_menu(window, "mine:one", "Delete", answer, "")
    assert list(MINE) == ["one"]
    ask_menu(window, "mine:one", "Delete", answer, "delete")
    assert list(MINE) == []
    assert not [t for t in window.palette_panel.tiles() if t.item.text.startswith("mine:")]
    assert "one.json~" in window.status.hint_text()


def test_the_menu_of_a_built_in_tile_offers_help_alone(start):
    window = start()
    one = tile(window, "op:tanh")
    at = QPoint(3, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, one.mapToGlobal(at))
    QApplication.sendEvent(one, event)
    turn()
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["&Help on Hyperbolic tangent"]
    menu.close()


def test_nothing_that_could_not_be_saved_asks_for_a_name(start):
    window = start()
    session = window._session
    session.add_item("template:neuron", (0.0, 0.0))
    turn()
    [neuron] = session.document.groups
    inner = session.document.members(neuron)[0]
    outer = next(node.id for node in session.document.nodes() if node.group is None)
    session.set_selection({inner, outer})
    said: list[str] = []
    session.refused.connect(said.append)
    window.library.save()
    assert "same group" in said[-1]


def test_the_folder_can_be_shown(start, monkeypatch):
    window = start()
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url) or True)
    window.commands["library.folder"].trigger()
    assert shown[0].toLocalFile() == str(window._own.folder)


def test_a_template_that_another_window_deleted_is_refused_in_words(start):
    window = start()
    save_formula(window, "tanh(a)", "gone")
    [one] = MINE.values()
    (window._own.folder / "gone.json").unlink()
    window._own.read()
    said: list[str] = []
    window._session.refused.connect(said.append)
    window.editing.add(f"mine:{one.key}")
    assert "nothing called" in said[-1]


def test_penalties_cover_what_is_selected(start):
    window = start()
    session = window._session
    session.add_item("template:layer", (0.0, 0.0))
    turn()
    neurons = [g for g, one in session.document.groups.items() if one.template == "neuron"]
    session.set_selection({neurons[0]})
    tile(window, "template:l2_penalty").click()
    turn()
    assert sum(node.op == "square" for node in session.document.nodes()) == 3
    assert QPointF(*session.document.groups[max(session.document.groups)].position)
