"""The bar above the canvas: why a file was not opened stays to be read."""

import pytest
from PySide6.QtCore import Qt

from playground.settings import RECENT_FILES, SHOW_WELCOME
from tests.playground.window.driving import add, turn


@pytest.fixture
def broken(tmp_path) -> str:
    path = tmp_path / "broken.mgp"
    path.write_text("not a graph")
    return str(path)


def test_why_a_file_was_not_opened_stays_while_one_looks_around(window, session, settings, broken):
    add(window)
    assert window.notice.text() == ""
    assert not window.files.open_path(broken, asked=True)
    session.hinted.emit("Drag to a port")
    window.show_welcome()
    session.set_selection(())
    turn()
    assert window.notice.isVisible()
    assert "broken.mgp" in window.notice.text()
    assert broken not in settings.read(RECENT_FILES)


@pytest.mark.parametrize("step", ["edit", "open", "close"])
def test_the_notice_goes_with_the_next_edit_or_document_or_when_it_is_closed(
    window, session, qtbot, broken, step
):
    window.files.open_path(broken, asked=True)
    if step == "edit":
        add(window)
    elif step == "open":
        session.open_example()
    else:
        qtbot.mouseClick(window.notice.close_button, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()
    assert window.notice.text() == ""


def test_other_refusals_stay_in_the_status_bar(window, session):
    add(window, "op:nothing")
    assert window.status.hint_text()
    assert window.notice.text() == ""


def test_a_refused_file_is_told_beside_the_welcome(make_window, session, settings, broken):
    settings.write(SHOW_WELCOME, True)
    session.open_example()
    window = make_window()
    window.files.open_path(broken)
    turn()
    assert window.welcome.isVisible()
    assert window.notice.isVisible()
