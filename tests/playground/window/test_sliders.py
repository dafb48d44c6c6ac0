"""Sliders through the window: by shortcut, by menu, by hand, and on the page of shortcuts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from playground.actions import ACTIONS
from playground.dialogs.shortcuts import ShortcutsDialog
from tests.playground.canvas.conftest import Hands
from tests.playground.window.driving import add, turn


@pytest.fixture
def value(window, session) -> int:
    """Add a constant of 1 and select it."""
    add(window)
    [node] = session.document.nodes()
    window.canvas.set_zoom(1.0)
    session.set_selection({node.id})
    window.canvas.setFocus()
    turn()
    return node.id


def give(window, text: str) -> None:
    """Press Control+R and type a range."""
    QTest.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    turn()
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    turn()


def test_a_slider_is_given_by_keyboard_and_moved_by_keyboard(window, session, value):
    give(window, "0..10")
    assert session.document.node(value).span == (0.0, 10.0)
    QTest.keyClick(window.canvas, Qt.Key.Key_Up)
    turn()
    assert session.document.node(value).value == 1.1
    QTest.keyClick(window.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    turn()
    assert session.document.node(value).value == 2.1


def test_a_slider_is_dragged_and_all_of_it_is_undone(window, session, value):
    start = session.document.copy()
    give(window, "0..10")
    canvas, left = window.canvas, Qt.MouseButton.LeftButton
    at = canvas.slider_point(value, 0.1)
    QTest.mousePress(canvas.viewport(), left, pos=at)
    for part in (0.3, 0.6, 0.8):
        QTest.mouseMove(canvas.viewport(), canvas.slider_point(value, part))
    assert "Escape" in window.status.hint_text()
    QTest.mouseRelease(canvas.viewport(), left, pos=canvas.slider_point(value, 0.8))
    turn()
    assert session.document.node(value).value == pytest.approx(8.0, abs=0.2)
    session.undo()
    session.undo()
    turn()
    assert session.document.same_content(start)


def test_the_menu_takes_it_away_and_offers_that_only_where_there_is_one(window, session, value):
    window.refresh()
    assert not window.commands["edit.no_span"].isEnabled()
    give(window, "0..10")
    window.refresh()
    window.commands["edit.no_span"].trigger()
    turn()
    assert session.document.node(value).span is None
    session.undo()
    assert session.document.node(value).span == (0.0, 10.0)


def test_the_page_of_shortcuts_lists_slider_and_wheel(window, qtbot):
    page = ShortcutsDialog(ACTIONS, window)
    qtbot.addWidget(page)
    words = {action.id: action.gesture for action in ACTIONS}
    assert words["canvas.slide"]
    assert words["canvas.notch"]
    text = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert words["canvas.slide"] in text
    assert words["canvas.notch"] in text


@pytest.mark.parametrize("wanted", [2.0, -3.0, 10.0])
def test_usual_numbers_are_each_a_single_coarse_drag_away(window, session, value, wanted):
    hands, at = Hands(window.canvas), window.canvas.value_rect(value).center()
    session.set_selection(())
    hands.drag(at, at + QPoint(round((wanted - 1.0) * 10), 0), "Control")
    assert session.document.node(value).value == wanted
