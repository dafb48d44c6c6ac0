"""The training panel under real clicks: two train moons, and every button keeps its word."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.properties import set_data, set_role, set_training, set_value
from engine.graph.verbs import add_value
from engine.train.trainer import Trainer
from playground.panels.training import TrainingPanel


@pytest.fixture
def show(themes, settings, qtbot):
    """Show the panel of a session."""
    panels = []

    def shown_panel(session) -> TrainingPanel:
        panels.append(TrainingPanel(session, themes, settings))
        qtbot.addWidget(panels[-1])
        panels[-1].resize(330, 900)
        panels[-1].show()
        qtbot.waitExposed(panels[-1])
        return panels[-1]

    return shown_panel


@pytest.fixture
def panel(network, show) -> TrainingPanel:
    network.training.set_speed(None)
    return show(network)


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(panel) -> list[str]:
    return [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]


def step(session) -> int:
    return session.training.snapshot.step if session.training.snapshot is not None else -1


def test_train_moons_reaches_the_demos_end_with_the_trainers_history(session, show, qtbot):
    alone = accept(Trainer.build(accept(model_document(Model()))))
    panel = show(session)
    panel.speed.setFocus()
    qtbot.keyClicks(panel.speed, "fl")
    assert session.training.speed is None
    click(qtbot, panel.boundary.empty.button)
    qtbot.waitUntil(lambda: step(session) >= 100, timeout=30_000)
    click(qtbot, panel.transport.play)
    assert not session.training.running
    with qtbot.waitSignal(session.training.snapshot_ready):
        pass
    reached = step(session)
    assert alone.advance(reached).train_accuracy >= 0.97
    assert session.training.curves.train.tolist() == alone.history.train_loss
    assert "100 %" in words(panel)
    assert f"{reached:,}" in words(panel)
    trained = [node.value for node in session.document.nodes() if node.trainable]
    assert trained == alone.parameters.tolist()


def test_the_button_says_what_it_will_do(panel, network, qtbot):
    assert panel.transport.play.text() == "Train"
    click(qtbot, panel.transport.play)
    assert panel.transport.play.text() == "Pause"
    qtbot.waitUntil(lambda: step(network) > 0)
    click(qtbot, panel.transport.play)
    assert panel.transport.play.text() == "Train"
    assert network.stack.text(1).startswith("Train ")


def test_step_takes_one_step_and_shows_it(panel, network, qtbot):
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.step)
    assert step(network) == 1
    assert {"epoch", "1"} <= set(words(panel))
    assert network.stack.text(1) == "Train 1 step"


def test_rewind_begins_at_step_0_again(panel, network, qtbot):
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.step)
    click(qtbot, panel.transport.rewind)
    qtbot.waitUntil(lambda: step(network) == 0)
    assert {"epoch", "0"} <= set(words(panel))
    assert len(panel.loss.chart._curves[0].raw.getData()[0]) == 1


def test_undo_brings_the_epoch_and_the_curve_back(panel, network, qtbot):
    for _press in range(2):
        with qtbot.waitSignal(network.training.stopped):
            click(qtbot, panel.transport.step)
    network.undo()
    qtbot.waitUntil(lambda: step(network) == 1)
    assert "1" in words(panel)
    assert len(panel.loss.chart._curves[0].raw.getData()[0]) == 2


def test_epochs_are_counted_in_batches_and_steps_without_data(panel, network, session, qtbot):
    network.do(set_training(network.document, batch=10))
    network.flush()
    network.training.step(8)
    qtbot.waitUntil(lambda: step(network) == 8)
    assert {"epoch", "2"} <= set(words(panel))


def test_a_graph_without_data_counts_steps_and_descends(session, show, qtbot):
    panel = show(session)
    session.training.set_speed(None)
    session.add_item("expression:L = (x-3)**2", (0.0, 0.0))
    x = accept(session.document.find("x"))
    session.do(set_role(session.document, [x], "parameter"))
    session.flush()
    session.training.step(200)
    qtbot.waitUntil(lambda: step(session) == 200)
    assert {"step", "200"} <= set(words(panel))
    assert session.document.node(x).value == pytest.approx(3.0)
    assert not any("%" in text for text in words(panel.transport))


def test_test_points_bring_a_second_curve_and_their_numbers(panel, network, qtbot):
    network.do(set_data(network.document, test_share=0.25))
    network.flush()
    qtbot.waitUntil(lambda: any(text.startswith("test ") for text in words(panel)))
    assert len(panel.loss.chart._curves[1].raw.getData()[0]) == 1


def test_what_cannot_be_trained_is_said_when_the_button_is_pressed(session, show, qtbot):
    panel = show(session)
    with qtbot.waitSignal(session.refused) as refused:
        click(qtbot, panel.transport.play)
    assert "the canvas is empty" in refused.args[0]
    qtbot.waitUntil(lambda: panel.transport.play.text() == "Train")


def test_a_run_that_diverges_is_explained_until_the_next(panel, network, qtbot):
    network.do(set_training(network.document, learning_rate=1e6, l2=0.0, schedule="constant"))
    network.flush()
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.play)
    [notice] = [text for text in words(panel) if "smaller learning rate" in text]
    assert notice.startswith("Step ")
    network.do(set_training(network.document, learning_rate=0.01))
    network.flush()
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.step)
    assert not any("smaller learning rate" in text for text in words(panel))


def test_a_rate_that_the_schedule_has_changed_is_told_beside_the_first_one(panel, network, qtbot):
    network.do(set_training(network.document, schedule="linear", schedule_steps=2))
    titles = {"Learning rate", "Rate · now 0.1"}
    assert titles.intersection(words(panel)) == {"Learning rate"}
    network.training.step(2)
    qtbot.waitUntil(lambda: "Rate · now 0.1" in words(panel))
    network.do(set_training(network.document, learning_rate=1e6))
    qtbot.waitUntil(lambda: not network.training._settling.isActive())
    assert titles.intersection(words(panel)) == {"Rate · now 0.1"}
    network.do(set_training(network.document, schedule="constant"))
    qtbot.waitUntil(lambda: "Learning rate" in words(panel))


def test_a_goal_is_in_sight_as_long_as_it_ends_training(panel, network):
    network.do(set_training(network.document, until_accuracy=0.97))
    network.flush()
    assert "until 97 %" in words(panel)
    network.do(set_training(network.document, until_accuracy=None, until_loss=0.05))
    network.flush()
    assert "until loss 0.05" in words(panel)
    network.do(set_training(network.document, until_loss=None))
    network.flush()
    assert not [text for text in words(panel) if text.startswith("until")]


def test_a_rewind_takes_back_what_was_said_of_the_run(panel, network, qtbot):
    network.do(set_training(network.document, learning_rate=1e6, l2=0.0, schedule="constant"))
    network.flush()
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.play)
    assert any("smaller learning rate" in text for text in words(panel))
    click(qtbot, panel.transport.rewind)
    qtbot.waitUntil(lambda: not any("smaller learning rate" in text for text in words(panel)))


def test_a_penalty_that_throws_parameters_about_is_blamed_itself(panel, network, qtbot):
    network.do(set_training(network.document, learning_rate=0.5, schedule="constant", l2=10.0))
    network.flush()
    with qtbot.waitSignal(network.training.stopped, timeout=20_000):
        click(qtbot, panel.transport.play)
    assert any("L2 times the learning rate" in text for text in words(panel))


def test_numbers_of_a_run_go_with_its_document(panel, network, qtbot):
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.step)
    network.new()
    qtbot.waitUntil(lambda: network.training.refusal is not None)
    assert "0" in words(panel)
    assert not any(text.startswith("train ") for text in words(panel))


def test_editing_while_it_trains_goes_on_or_pauses_as_it_must(panel, network, qtbot):
    one = next(node.id for node in network.document.nodes() if node.trainable)
    click(qtbot, panel.transport.play)
    qtbot.waitUntil(lambda: step(network) > 0)
    network.do(set_value(network.document, one, 0.5))
    assert panel.transport.play.text() == "Pause"
    network.do(add_value(network.document, (0.0, 0.0)))
    assert panel.transport.play.text() == "Train"
    network.flush()
    qtbot.waitUntil(lambda: step(network) == 0)


def test_the_panel_outlives_many_documents_and_runs(panel, network, qtbot):
    plots = (panel.loss.chart.plot, panel.boundary.picture._plot)
    for _round in range(3):
        network.train_moons()
        qtbot.waitUntil(lambda: step(network) > 0)
        network.new()
    assert plots == (panel.loss.chart.plot, panel.boundary.picture._plot)


def test_everything_can_be_reached_and_has_a_name(panel):
    for button in (panel.transport.step, panel.transport.rewind):
        assert button.accessibleName()
        assert button.toolTip()
    assert panel.speed.accessibleName() == "Speed"


def test_both_themes_are_worn_by_everything(panel, themes, network, qtbot):
    with qtbot.waitSignal(network.training.stopped):
        click(qtbot, panel.transport.step)
    dark = panel.grab().toImage()
    themes.choose("light")
    assert panel.grab().toImage() != dark
    themes.choose("dark")
    assert panel.grab().toImage() == dark


def test_a_panel_that_is_gone_is_held_by_nothing(network, themes, settings):
    panel = TrainingPanel(network, themes, settings)
    gone = weakref.ref(panel)
    panel.deleteLater()
    QApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete.value)
    del panel
    gc.collect()
    assert gone() is None


def test_a_setting_that_is_changed_marks_the_chart_and_the_cursor_tells_it(panel, network, qtbot):
    with qtbot.waitSignal(network.training.stopped):
        network.training.step(3)
    network.do(set_training(network.document, learning_rate=0.025))
    network.flush()
    with qtbot.waitSignal(network.training.stopped):
        network.training.step(3)
    [(at, told)] = panel.loss.chart.marks
    assert at == 3
    assert told.startswith("Learning rate")
    panel.loss.chart.point(3)
    assert panel.loss.chart.pointer.words.endswith(told)
