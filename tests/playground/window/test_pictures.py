"""The welcome of the window gets the pictures of its examples, and then rests."""

from playground.dialogs.examples import examples
from playground.widgets.picture_entry import PictureEntry
from tests.playground.window.driving import turn


def entries(window) -> list[PictureEntry]:
    return window.welcome.findChildren(PictureEntry)


def test_every_example_gets_its_picture_and_the_window_rests(window, qtbot):
    assert not window.thumbnails.busy
    window.show_welcome()
    turn()
    assert window.thumbnails.busy
    qtbot.waitUntil(lambda: not window.thumbnails.busy, timeout=20_000)
    assert len(entries(window)) == len(examples())
    assert all(entry.has_picture for entry in entries(window))
    steps = window.thumbnails.steps
    window.hide_welcome()
    window.show_welcome()
    turn()
    assert window.thumbnails.steps == steps


def test_a_welcome_that_is_closed_paints_nothing_more(window, qtbot):
    window.show_welcome()
    turn()
    window.hide_welcome()
    assert not window.thumbnails.busy


def test_a_canvas_with_only_a_note_is_not_called_empty(window, session):
    session.new()
    turn()
    assert window.blank.isVisible()
    window.noting.note()
    window.canvas._writer.abandon()
    turn()
    assert not window.blank.isVisible()
    assert window.commands["view.fit"].isEnabled()
