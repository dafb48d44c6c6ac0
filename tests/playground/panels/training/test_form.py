"""The rows of settings, typed in and chosen with real keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget

from engine.graph.properties import set_training
from playground.panels.training.fields import FIELDS
from playground.panels.training.form import SettingRow, SettingsForm


@pytest.fixture
def row(network, themes, qtbot):
    """Show the form; find its rows by name."""
    outside = QWidget()
    qtbot.addWidget(outside)
    form = SettingsForm(network, FIELDS, outside, themes)
    column = QVBoxLayout(outside)
    for part in form.sections.values():
        column.addWidget(part)
    outside.show()
    qtbot.waitExposed(outside)
    return lambda name: outside.findChild(SettingRow, name)


def retype(qtbot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def enter(qtbot, field, text: str) -> None:
    retype(qtbot, field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_typed_number_becomes_one_edit_that_can_be_undone(network, row, qtbot):
    field = row("training.learning_rate").field
    assert field.text() == "1"
    enter(qtbot, field, "1/8")
    assert network.document.training.learning_rate == 0.125
    assert field.text() == "0.125"
    assert network.stack.count() == 2
    network.undo()
    network.flush()
    assert field.text() == "1"


def test_leaving_a_field_enters_its_text_once(network, row, qtbot):
    retype(qtbot, row("data.noise").field, "0.25")
    row("data.samples").field.setFocus()
    assert network.document.data.noise == 0.25
    assert network.stack.count() == 2


def test_what_cannot_be_is_said_in_a_sentence_and_the_old_text_comes_back(network, row, qtbot):
    field = row("data.samples").field
    with qtbot.waitSignal(network.refused) as refused:
        enter(qtbot, field, "lots")
    assert "lots" in refused.args[0]
    assert field.text() == "40"
    assert network.document.data.samples == 40
    assert network.stack.count() == 1


def test_escape_restores_what_was_there(network, row, qtbot):
    field = row("data.samples").field
    retype(qtbot, field, "77")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "40"
    row("data.noise").field.setFocus()
    assert network.document.data.samples == 40


def test_the_same_text_again_is_no_edit(network, row, qtbot):
    enter(qtbot, row("data.samples").field, "40")
    assert network.stack.count() == 1


def test_a_change_elsewhere_does_not_disturb_what_is_being_typed(network, row, qtbot):
    field = row("data.samples").field
    retype(qtbot, field, "6")
    network.do(set_training(network.document, l2=0.5))
    network.flush()
    assert field.text() == "6"
    qtbot.keyClicks(field, "0")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert network.document.data.samples == 60


def test_a_choice_is_made_with_the_keyboard(network, row, qtbot):
    field = row("training.schedule").field
    assert row("training.end_rate").isVisible()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert network.document.training.schedule == "constant"
    network.flush()
    assert not row("training.end_rate").isVisible()
    network.undo()
    network.flush()
    assert field.currentData() == "linear"
    assert row("training.end_rate").isVisible()


def test_the_wheel_over_a_choice_changes_nothing(network, row):
    field = row("training.schedule").field
    field.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(field.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turn)
    assert network.document.training.schedule == "linear"
    assert not turn.isAccepted()


def test_the_rows_follow_another_document(network, row):
    network.new()
    assert row("training.learning_rate").field.text() == "0.1"
    assert row("data.generator").field.currentData() == ""


def test_every_field_has_a_name_and_says_what_it_is_for(row):
    for record in FIELDS:
        field = row(f"{record.record}.{record.name}").field
        assert field.accessibleName() == record.title
        assert field.toolTip()


def test_choosing_an_optimiser_shows_its_own_fields_with_its_numbers(network, row, qtbot):
    field = row("training.optimizer").field
    assert field.currentData() == "sgd"
    assert not row("training.beta1").isVisible()
    field.setFocus()
    for _step in range(6):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    network.flush()
    assert network.document.training.optimizer == "adagrad"
    assert row("training.epsilon").isVisible()
    assert row("training.epsilon").field.text() == "1e-10"
    assert not row("training.momentum").isVisible()
    enter(qtbot, row("training.epsilon").field, "1e-7")
    assert network.document.training.epsilon == 1e-7
    network.undo()
    network.undo()
    network.flush()
    assert network.document.training.optimizer == "adamw"
    assert row("training.weight_decay").isVisible()


def test_what_most_people_leave_alone_is_folded_away_until_it_is_asked_for(network, row, qtbot):
    more = row("training.clip").window().findChild(QToolButton, "more")
    assert more.text() == "More"
    assert not row("training.clip").isVisible()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert row("training.clip").isVisible()
    assert not row("training.clip_limit").isVisible()
    field = row("training.clip").field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    network.flush()
    assert network.document.training.clip == "norm"
    assert row("training.clip_limit").isVisible()
    assert more.text() == "More · 1 changed"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert not row("training.clip").isVisible()
