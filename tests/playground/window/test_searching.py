"""The ways into the search of a whole window, and what it remembers."""

from string import ascii_uppercase

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.actions import ACTIONS
from playground.settings import RECENT_PICKS
from playground.widgets.catalogue import items
from tests.playground.window.driving import add, turn


def card(window):
    return window.canvas.search_card


def press(key: str, *held: str) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= Qt.KeyboardModifier[f"{name}Modifier"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key[f"Key_{key}"], modifiers)
    turn()


@pytest.fixture
def canvas(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    turn()
    return window.canvas


@pytest.mark.parametrize("key", ["Space", "Tab", "Slash"])
def test_a_key_opens_an_empty_search(window, canvas, key):
    press(key)
    assert card(window).isVisible()
    assert card(window).field.text() == ""
    press("Escape")
    assert canvas.hasFocus()


def test_the_hint_of_an_empty_canvas_makes_way_for_the_search(window, canvas):
    assert window.blank.isVisible()
    press("Space")
    assert not window.blank.isVisible()
    press("Escape")
    assert window.blank.isVisible()


def test_space_held_still_pans_and_opens_nothing(window, canvas):
    add(window)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    at = QPoint(200, 200)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    turn()
    assert not card(window).is_open


def test_control_and_tab_leave_the_canvas(window, canvas):
    press("Tab", "Control")
    assert not canvas.hasFocus()
    assert not card(window).is_open


def test_a_key_with_a_shortcut_does_what_that_says(window, session, canvas):
    add(window)
    add(window)
    session.set_selection(())
    canvas.setFocus()
    press("F")
    assert not card(window).is_open
    press("Q")
    assert card(window).field.text() == "q"


def test_no_name_or_number_begins_with_a_key_that_does_something_else():
    bound = {key for action in ACTIONS for key in action.shortcuts if len(key) == 1}
    titles = {name[0].upper() for item in items() for name in (item.title, item.words[0])}
    formulas = set("0123456789.-+*(=") | set(ascii_uppercase)
    assert bound & (titles | formulas) == {"F"}


@pytest.mark.parametrize("letter", sorted(set(ascii_uppercase) - {"F"}))
def test_every_other_letter_opens_the_search(window, session, canvas, letter):
    add(window)
    add(window, "op:tanh")
    canvas.setFocus()
    press(letter)
    assert card(window).is_open
    assert card(window).field.text() == letter.lower()


def test_what_begins_with_f_is_found_after_a_space(window, session, canvas):
    add(window)
    canvas.setFocus()
    press("F")
    assert not card(window).is_open
    press("Space")
    QTest.keyClicks(QApplication.focusWidget(), "feature")
    press("Return")
    [made] = session.selection
    assert session.document.node(made).role == "feature"


def test_folding_and_going_backward_have_keys_of_their_own(window, session, canvas):
    add(window, "template:neuron")
    [made] = session.document.groups
    session.set_selection({made})
    turn()
    folded = session.view.folded
    canvas.setFocus()
    press("U", "Control")
    assert session.view.folded == folded ^ {made}
    add(window, "op:tanh")
    [node] = session.selection
    canvas.setFocus()
    press("B", "Control", "Shift")
    assert "backward" in session.document.node(node).marks


def test_letters_typed_into_the_search_trigger_no_shortcut(window, session, canvas):
    add(window)
    press("Slash")
    for key in ("F", "U", "B", "Space", "Slash", "Backspace"):
        press(key)
    assert card(window).field.text() == "fub "
    [node] = session.document.nodes()
    assert node.marks == ()
    press("Escape")


def test_control_l_connects_what_is_selected(window, session, canvas):
    add(window)
    [value] = session.selection
    add(window, "op:tanh")
    [tanh] = session.selection
    session.set_selection({value})
    turn()
    canvas.setFocus()
    press("L", "Control")
    assert card(window).promise.text().startswith("Return wires")
    press("Return")
    assert session.document.inputs(tanh) == (value,)


def test_a_click_on_a_panel_closes_the_search(window, canvas):
    press("Slash")
    QTest.mouseClick(window.inspector, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    turn()
    assert not card(window).is_open


def test_the_context_menu_searches_where_it_was_opened(window, session, canvas, qtbot):
    at = QPoint(300, 250)
    QTest.mouseMove(canvas.viewport(), at)
    where = canvas.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where)
    QApplication.sendEvent(canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert window.commands["add.search"] in menu.actions()
    menu.close()
    window.commands["add.search"].trigger()
    turn()
    box = card(window).field
    QTest.keyClicks(box, "tanh")
    QTest.keyClick(box, Qt.Key.Key_Return)
    turn()
    [node] = session.selection
    assert (canvas.item_rect(node).center() - at).manhattanLength() <= 2


def test_what_was_picked_is_remembered_in_the_settings(window, settings, canvas):
    press("Slash")
    QTest.keyClicks(QApplication.focusWidget(), "tanh")
    press("Return")
    assert settings.read(RECENT_PICKS) == ("op:tanh",)
    press("Escape")
    press("Slash")
    assert card(window).results.rows[0].key == "op:tanh"


def test_the_palette_goes_on_filtering_for_itself(window, session, qtbot):
    box = window.palette_panel.filter
    box.setFocus()
    qtbot.keyClicks(box, "sgm")
    assert [tile.item.text for tile in window.palette_panel.tiles()] == ["op:sigmoid"]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    [node] = session.document.nodes()
    assert node.op == "sigmoid"


def test_the_key_of_an_action_that_makes_no_sense_now_is_no_text_to_search(window, canvas):
    add(window)
    window.canvas._session.set_selection(())
    turn()
    said = []
    window.canvas._session.hinted.connect(said.append)
    press("F", "Shift")
    assert not card(window).isVisible()
    assert [words for words in said if "Fit" in words]


def test_on_an_empty_canvas_every_letter_is_text(window, canvas):
    press("F")
    assert card(window).isVisible()
