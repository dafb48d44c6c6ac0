"""Bookmarks: set, gone to, taken away and kept in the file, by real keys through the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.playground.window.driving import add, turn

Modifier = Qt.KeyboardModifier


@pytest.fixture
def placed(window, session):
    """A window on a few values, zoomed in on one of them."""
    for _again in range(3):
        add(window)
    session.stack.setClean()
    window.canvas.set_zoom(1.5)
    window.canvas.setFocus()
    return window


def press(qtbot, window, slot: int, *, keep: bool = False) -> None:
    held = Modifier.ControlModifier | (Modifier.ShiftModifier if keep else Modifier.NoModifier)
    qtbot.keyClick(window.canvas, Qt.Key(Qt.Key.Key_0 + slot), held)
    turn()


def test_a_bookmark_brings_one_back_and_page_up_brings_one_forth(placed, session, qtbot):
    press(qtbot, placed, 3, keep=True)
    assert session.view.bookmark(3) is not None
    placed.canvas.fit()
    elsewhere = placed.canvas.zoom
    press(qtbot, placed, 3)
    assert placed.canvas.zoom == pytest.approx(1.5)
    qtbot.keyClick(placed.canvas, Qt.Key.Key_PageUp)
    assert placed.canvas.zoom == pytest.approx(elsewhere)
    qtbot.keyClick(placed.canvas, Qt.Key.Key_PageDown)
    assert placed.canvas.zoom == pytest.approx(1.5)


def test_a_bookmark_is_no_edit(placed, session, qtbot):
    before = session.document.copy()
    press(qtbot, placed, 1, keep=True)
    assert not session.is_dirty
    assert session.document.same_content(before)


def test_setting_it_again_at_the_same_place_takes_it_away(placed, session, qtbot):
    press(qtbot, placed, 1, keep=True)
    press(qtbot, placed, 1, keep=True)
    assert session.view.bookmarks == ()
    assert placed.status.hint_text() == "Bookmark 1 is taken away"


def test_a_bookmark_that_is_not_set_says_how_to_set_it(placed, session, qtbot):
    press(qtbot, placed, 7)
    assert placed.status.hint_text() == "Bookmark 7 is not set yet · Ctrl+Shift+7 sets it here"


def test_the_menu_names_them_after_what_is_nearest(placed, session, qtbot):
    [node, *_others] = session.document.nodes()
    session.set_selection({node.id})
    placed.canvas.set_zoom(2.0)
    press(qtbot, placed, 2, keep=True)
    placed.bookmarks.fill()
    assert placed.commands["view.bookmark.go.1"].text() == "&1   not set"
    assert placed.commands["view.bookmark.go.2"].text() == f"&2   {session.document.name(node.id)}"


def test_bookmarks_are_saved_and_opened_with_the_file(placed, session, qtbot, tmp_path: Path):
    press(qtbot, placed, 4, keep=True)
    kept = session.view.bookmarks
    assert session.save(tmp_path / "x.mgp")
    session.new()
    assert session.view.bookmarks == ()
    assert session.open(tmp_path / "x.mgp")
    assert session.view.bookmarks == kept


def test_a_bookmark_of_everything_shows_everything_in_a_window_of_any_size(placed, session, qtbot):
    placed.canvas.fit()
    press(qtbot, placed, 5, keep=True)
    assert session.view.bookmark(5).name == "Everything"
    placed.canvas.set_zoom(4.0)
    placed.resize(1000, 660)
    turn()
    press(qtbot, placed, 5)
    seen = placed.canvas.viewport().rect()
    assert all(seen.contains(placed.canvas.item_rect(n.id)) for n in session.document.nodes())
