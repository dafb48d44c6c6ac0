"""Links of TensorFlow Playground in a window: opened from a dialog, pasted, dropped."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from engine.exchange.links import told
from engine.graph.document import Document
from playground.dialogs.link import LinkDialog
from tests.playground.drags import dragged
from tests.playground.window.driving import add, answer, turn

LINK = (
    "https://playground.tensorflow.org/#activation=relu&dataset=spiral&seed=0.31415&noise=5"
    "&networkShape=3,2&x=true&y=false&sinX=true&batchSize=7"
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def empty_clipboard(qapp):
    """Leave nothing on the clipboard for other tests."""
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def in_dialog(do) -> list[LinkDialog]:
    """Do something in the next dialog; return a list that will hold it."""
    seen: list[LinkDialog] = []

    def begin() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LinkDialog)
        seen.append(dialog)
        do(dialog)

    QTimer.singleShot(0, begin)
    return seen


def follows(document: Document) -> bool:
    return (document.data.generator, document.seeds.data) == ("spiral", "0.31415")


def words(dialog: LinkDialog) -> str:
    shown = (label for label in dialog.findChildren(QLabel) if not label.isHidden())
    return " ".join(label.text() for label in shown)


def test_the_dialog_takes_the_link_on_the_clipboard_and_return_opens_it(window, session):
    QGuiApplication.clipboard().setText(f" {LINK}\n")
    told_there = []

    def press_return(dialog: LinkDialog) -> None:
        told_there.append(words(dialog))
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    in_dialog(press_return)
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL | SHIFT)
    turn()
    assert follows(session.document)
    assert session.path is None
    assert session.name == "Spiral of TF Playground"
    assert not session.is_dirty
    assert "spiral, 500 points · 2 → 3 → 2 → 1 relu" in told_there[0]
    assert window.notice.text() == ""


def test_a_link_is_typed_and_what_is_odd_about_it_stays_in_sight(window, session):
    def fill(dialog: LinkDialog) -> None:
        assert dialog.field.text() == ""
        assert not dialog.findChild(QPushButton, "open").isEnabled()
        QTest.keyClicks(dialog.field, LINK + "&colour=red")
        assert "Nothing is known of colour" in words(dialog)
        QTest.mouseClick(dialog.findChild(QPushButton, "open"), Qt.MouseButton.LeftButton)

    in_dialog(fill)
    window.commands["file.open_link"].trigger()
    turn()
    assert follows(session.document)
    assert "Nothing is known of colour" in window.notice.text()


def test_what_is_no_link_cannot_be_opened_and_escape_leaves_everything(window, session):
    QGuiApplication.clipboard().setText("a = 2")
    before = session.document

    def look(dialog: LinkDialog) -> None:
        QTest.keyClicks(dialog.field, "nonsense")
        assert "This is no link of TensorFlow Playground" in words(dialog)
        assert not dialog.findChild(QPushButton, "open").isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert in_dialog(look) == []
    window.commands["file.open_link"].trigger()
    assert session.document is before


def test_the_dialog_is_as_high_as_its_words(qtbot):
    dialog = LinkDialog(LINK)
    qtbot.addWidget(dialog)
    dialog.show()
    low = dialog.height()
    dialog.field.setText(LINK + "&noise=95&dataset=moon&cosX=true&colour=red&batchSize=900")
    assert dialog.height() > low
    assert dialog.remarks.height() >= dialog.remarks.heightForWidth(dialog.remarks.width())
    dialog.field.setText(LINK)
    assert dialog.height() == low
    assert told(dialog.link) in words(dialog)


def test_unsaved_work_is_asked_for_once_a_link_is_given(window, session):
    QGuiApplication.clipboard().setText(LINK)
    add(window)
    asked = []

    def press_return(dialog: LinkDialog) -> None:
        answer("", asked)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    in_dialog(press_return)
    window.commands["file.open_link"].trigger()
    assert len(asked) == 1
    assert not follows(session.document)


def test_a_link_pasted_on_a_start_page_is_opened(window, session):
    QGuiApplication.clipboard().setText(LINK)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_V, CONTROL)
    turn()
    assert follows(session.document)
    assert session.stack.count() == 0


def test_a_link_pasted_beside_work_is_one_step_that_can_be_undone(window, session):
    add(window)
    before = session.document.copy()
    QGuiApplication.clipboard().setText(LINK + "&colour=red")
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_V, CONTROL)
    turn()
    assert follows(session.document)
    assert len(session.document) > len(before)
    assert session.stack.count() == 2
    window.commands["edit.undo"].trigger()
    assert session.document.same_content(before)


def test_a_bad_link_that_is_pasted_says_why_and_changes_nothing(window, session):
    add(window)
    QGuiApplication.clipboard().setText(LINK + "&networkShape=0")
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_V, CONTROL)
    turn()
    assert len(session.document) == 1 or not follows(session.document)
    assert "no widths" in window.status.hint_text()


@pytest.mark.parametrize("as_text", [True, False])
def test_a_link_dropped_on_the_window_is_opened(window, session, as_text):
    data = QMimeData()
    data.setText(LINK)
    if not as_text:
        data.setUrls([QUrl(LINK)])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(dragged(QPoint(600, 300)), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), copy, data, left, none))
    turn()
    assert follows(session.document)


def test_what_a_link_opens_trains_and_shows_its_losses(window, session, qtbot):
    QGuiApplication.clipboard().setText(LINK)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_V, CONTROL)
    turn()
    session.training.step()
    qtbot.waitUntil(
        lambda: session.training.snapshot is not None and session.training.snapshot.step > 0
    )
    assert session.training.snapshot.test_loss is not None
