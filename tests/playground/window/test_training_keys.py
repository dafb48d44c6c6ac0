"""Training by keys alone, in the real window: play, steps, until, rewind, new weights, speeds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.graph.models import Model
from playground.session.clear import model_edit
from playground.settings import SPEED
from tests.playground.window.driving import turn


@pytest.fixture
def moons(window, session, qtbot):
    session.training.set_speed(None)
    session.new()
    assert session.insert(model_edit(session.document, Model()), select=False)
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: session.training.snapshot is not None)
    turn()
    yield window
    session.training.pause()
    turn()


def press(window, key, *modifiers) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget() or window, key, held)
    turn()


def step(session) -> int:
    snapshot = session.training.snapshot
    return -1 if snapshot is None else snapshot.step


def weights(session) -> list[float]:
    return [node.value for node in session.document.nodes() if node.trainable]


SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_steps_epochs_rewind_and_new_weights_by_keys(moons, session, qtbot):
    first = weights(session)
    press(moons, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: step(session) == 1 and not session.training.running)
    press(moons, Qt.Key.Key_F6, SHIFT)
    qtbot.waitUntil(lambda: step(session) == 2 and not session.training.running)
    assert weights(session) != first
    press(moons, Qt.Key.Key_F5, SHIFT)
    qtbot.waitUntil(lambda: step(session) == 0)
    assert weights(session) == first
    assert session.stack.undoText() == "Rewind to the same weights"
    press(moons, Qt.Key.Key_F5, CONTROL)
    assert weights(session) != first
    assert session.document.seeds.init == 1338
    session.undo()
    session.undo()
    qtbot.waitUntil(lambda: step(session) == 2)


def test_an_epoch_is_typed_and_training_ends_there_and_says_so(moons, session, qtbot):
    press(moons, Qt.Key.Key_F6, CONTROL)
    card = moons.training_panel.until
    assert card.isVisible()
    QTest.keyClicks(card.focusWidget(), "12")
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.training.word != "")
    assert not card.isVisible()
    assert (session.document.training.until_epoch, step(session)) == (12, 12)
    turn()
    said = "Stopped at epoch 12: as asked"
    assert said in [w.text() for w in moons.training_panel.findChildren(QLabel) if w.isVisible()]
    assert moons.status.state_text() == said
    assert "of 12" in [w.text() for w in moons.training_panel.transport.findChildren(QLabel)]
    press(moons, Qt.Key.Key_F6, CONTROL)
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Return)
    assert card.isVisible()  # it would never end
    assert any("reached already" in w.text() for w in card.findChildren(QLabel))
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Escape)
    assert not card.isVisible()
    press(moons, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: step(session) > 12)


def test_what_cannot_be_is_said_on_the_card_and_nothing_is_trained(moons, session):
    press(moons, Qt.Key.Key_F6, CONTROL)
    card = moons.training_panel.until
    accuracy = next(row for row in card.rows if row.record.name == "until_accuracy").field
    accuracy.setFocus()
    accuracy.selectAll()
    QTest.keyClicks(accuracy, "170 %")
    QTest.keyClick(accuracy, Qt.Key.Key_Return)
    assert card.isVisible()
    assert any("lies between" in w.text() for w in card.findChildren(QLabel))
    assert session.document.training.until_accuracy is None
    accuracy.selectAll()
    QTest.keyClicks(accuracy, "97 %")
    QTest.keyClick(accuracy, Qt.Key.Key_Tab)
    assert session.document.training.until_accuracy == 0.97
    card.close()


def test_speed_by_keys_is_shown_and_remembered(moons, session, settings):
    session.training.set_speed(60)
    press(moons, Qt.Key.Key_F8, SHIFT)
    assert session.training.speed == 30
    assert moons.training_panel.speed.currentText() == "30 steps/s"
    assert settings.read(SPEED) == 30
    for _press in range(5):
        press(moons, Qt.Key.Key_F8)
    assert session.training.speed is None
    assert settings.read(SPEED) == 0
    assert moons.training_panel.speed.currentText() == "flat out"


def test_the_menu_beside_the_buttons_offers_the_best_weights_once_there_are_some(
    moons, session, qtbot
):
    best = moons.commands["train.best"]
    assert best in moons.training_panel.transport.more.menu().actions()
    assert not best.isEnabled()
    session.training.step(5)
    qtbot.waitUntil(lambda: step(session) == 5 and not session.training.running)
    turn()
    assert best.isEnabled()


def test_another_structure_after_training_is_told_in_the_status_bar(moons, session, qtbot):
    session.training.step(5)
    qtbot.waitUntil(lambda: step(session) == 5 and not session.training.running)
    assert session.add_item("expression:q = 3", (0.0, 0.0))
    qtbot.waitUntil(lambda: step(session) == 0)
    turn()
    assert "new run begins" in moons.status.state_text()
