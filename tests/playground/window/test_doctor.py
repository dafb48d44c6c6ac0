"""The doctor in the whole window: a count appears, keys and buttons lead there and back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.graph.models import Model
from engine.graph.properties import set_training
from engine.graph.records import DataSettings
from playground.session.clear import model_edit
from tests.playground.window.driving import turn


def explode(window, session, qtbot) -> None:
    """Train a small network at a rate of 10^6 until it can go no further."""
    session.new()
    edit = model_edit(session.document, Model((2, 1), data=DataSettings("moons", samples=40)))
    assert session.insert(edit, select=False)
    session.do(set_training(session.document, learning_rate=1e6, l2=0.0, schedule="constant"))
    session.flush()
    session.training.set_speed(None)
    qtbot.waitUntil(lambda: bool(session.training.report))
    turn()
    with qtbot.waitSignal(session.training.stopped, timeout=20_000):
        key(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(findings(session)))


def findings(session) -> list[str]:
    report = session.training.report
    return [] if report is None else [finding.key for finding in report.findings]


def key(window, pressed, held=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, pressed, held)
    turn()


def press(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_where_a_run_explodes_the_notice_leads_there_and_back(window, session, qtbot):
    panel = window.training_panel
    assert panel.transport.findings.isHidden()
    explode(window, session, qtbot)
    assert "not finite" in findings(session)
    assert panel.transport.findings.text() == str(len(session.training.report.serious))
    assert panel.word.is_trouble
    node = session.training.snapshot.problem.node
    press(panel.word.there)
    assert session.selection == {node}
    assert not window.canvas.item_rect(node).isEmpty()
    assert window.canvas.hasFocus()
    press(panel.word.best)
    qtbot.waitUntil(lambda: "not finite" not in findings(session))
    assert not panel.word.isVisible()
    assert session.stack.undoText() == "Back to the best weights"


def test_f9_goes_to_what_was_found_and_the_count_opens_the_page(window, session, qtbot):
    explode(window, session, qtbot)
    session.set_selection(())
    turn()
    key(window, Qt.Key.Key_F9)
    assert session.selection == {session.training.report.findings[0].items[0]}
    press(window.training_panel.transport.findings)
    page = window.studio.page("doctor")
    assert page.isVisible()
    assert ("not finite", session.training.report.findings[0].place) in page.rows


def test_a_remedy_of_the_page_heals_the_run(window, session, qtbot):
    explode(window, session, qtbot)
    press(window.training_panel.transport.findings)
    page = window.studio.page("doctor")
    row = page.rows[next(place for place in page.rows if place[0] == "not finite")]
    press(row.buttons[0])
    assert session.document.training.learning_rate < 1.0
    turn()
    key(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: session.training.report is not None and not findings(session))
    with qtbot.waitSignal(session.training.stopped, timeout=20_000):
        session.training.step(100)
    assert session.training.snapshot.problem is None
    assert window.training_panel.transport.findings.isHidden()
