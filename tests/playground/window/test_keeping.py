"""The files of the main window: no work is lost on the way from one to another."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from playground.handlers.files import opened_by
from playground.settings import RECENT_FILES
from tests.playground.drags import dragged
from tests.playground.window.driving import add, answer, name_file


def test_saving_asks_for_a_name_once_and_remembers_the_file(window, session, settings, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    name_file(target)
    window.commands["file.save"].trigger()
    assert target.exists()
    assert session.path == target
    assert settings.read(RECENT_FILES) == (str(target),)
    add(window)
    window.commands["file.save"].trigger()
    assert not session.is_dirty


def test_a_saved_graph_is_opened_again_from_the_recent_files(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    window.files.open_path(str(target))
    window.commands["file.new"].trigger()
    assert len(session.document) == 0
    window.recent.fill()
    window.recent.menu.actions()[0].trigger()
    assert session.path == target
    assert len(session.document) == 1


def test_opening_asks_for_a_file(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    session.new()
    name_file(target)
    window.commands["file.open"].trigger()
    assert session.path == target


def test_a_bad_file_leaves_what_is_open(window, session, tmp_path):
    session.open_example("product-and-sum")
    before = len(session.document)
    bad = tmp_path / "bad.mgp"
    bad.write_text("no graph")
    assert not window.files.open_path(str(bad))
    assert len(session.document) == before
    assert "bad.mgp" in window.status.hint_text()


def test_leaving_changes_asks_and_escape_stays(window, session):
    add(window)
    answer("")
    window.commands["file.new"].trigger()
    assert len(session.document) == 1
    answer("discard")
    window.commands["file.new"].trigger()
    assert len(session.document) == 0


def test_closing_asks_and_can_save(window, session, tmp_path):
    add(window)
    assert session.save(tmp_path / "graph.mgp")
    add(window)
    answer("")
    assert not window.close()
    answer("save")
    assert window.close()
    assert not session.is_dirty


def test_closing_the_document_goes_back_to_the_start(window, session):
    window.commands["file.close"].trigger()
    assert session.is_untouched
    assert len(session.document) > 0


def test_a_file_dropped_on_the_window_is_opened(window, session, tmp_path):
    add(window)
    target = tmp_path / "graph.mgp"
    assert session.save(target)
    session.new()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(dragged(QPoint(600, 300)), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), copy, data, left, none))
    assert session.path == target


def test_other_files_are_not_taken(tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    assert opened_by(data) == ""
    data.setUrls([QUrl("https://example.org/graph.mgp")])
    assert opened_by(data) == ""
