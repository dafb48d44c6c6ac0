"""What may change while training goes on: numbers, settings, data; and the way back."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import EngineError, Refusal, accept
from engine.graph.properties import set_frozen, set_value
from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.train.trainer import Trainer
from tests.engine.train.documents import built, demo, parabola

IDS = np.array([1])


def test_a_parameter_edited_while_training_is_where_the_next_step_begins() -> None:
    trainer = built(parabola(learning_rate=0.25))
    trainer.advance(2)
    trainer.set_numbers(IDS, np.array([7.0]))
    snapshot = trainer.snapshot()
    assert (snapshot.step, snapshot.objective) == (2, 16.0)
    assert trainer.history.train_loss == [9.0, 2.25, 0.5625]
    assert trainer.advance().parameters[1].tolist() == [5.0]
    assert trainer.history.train_loss[3:] == [4.0]


def test_a_constant_edited_while_training_moves_the_goal() -> None:
    trainer = built(parabola(learning_rate=0.25))
    trainer.advance(2)
    trainer.set_numbers(np.array([2]), np.array([-1.0]))
    assert trainer.advance(100).parameters[1].tolist() == pytest.approx([-1.0])


@pytest.mark.parametrize("batch", [None, 30])
def test_constants_edited_before_reach_tapes_made_later(batch: int | None) -> None:
    document = demo()
    [one] = (n.id for n in document.nodes() if n.is_leaf and n.role == "constant")
    trainer = built(document)
    trainer.set_numbers(np.array([one]), np.array([2.0]))
    settings = replace(document.training, batch=batch)
    assert trainer.update_settings(settings) is None
    assert trainer.update_data(DataSettings("xor"), Seeds()) is None
    trainer.advance(3)
    other = demo(training=settings, data=DataSettings("xor"))
    other.apply(accept(set_value(other, one, 2.0)))
    expected = built(other)
    expected.advance(3)
    np.testing.assert_array_equal(trainer.parameters, expected.parameters)


def test_frozen_parameters_do_not_move_and_bear_no_penalty() -> None:
    document = demo()
    frozen = [node.id for node in document.nodes() if node.role == "parameter"][::2]
    document.apply(accept(set_frozen(document, frozen, True)))
    before = {node.id: node.value for node in document.nodes() if node.is_leaf}
    trainer = built(document)
    first = trainer.snapshot()
    assert first.objective - first.train_loss == pytest.approx(
        1e-4 * (first.parameters[1] ** 2).sum()
    )
    trainer.advance(5)
    document.apply(trainer.edit("Train 5 steps"))
    after = {node.id: node.value for node in document.nodes() if node.is_leaf}
    moved = {node for node in before if before[node] != after[node]}
    assert moved
    assert not moved & set(frozen)
    assert moved <= set(trainer.ids.tolist())


def test_the_edit_writes_back_in_one_step_that_can_be_undone() -> None:
    document = demo()
    start = document.copy()
    trainer = built(document)
    assert trainer.edit("").is_empty
    trainer.advance(10)
    edit = trainer.edit("Train 10 steps", gesture="run 1")
    assert (edit.title, edit.is_structural) == ("Train 10 steps", False)
    assert [change.field for change in edit.changes] == ["start"]
    document.apply(edit)
    written = [document.node(node).value for node in trainer.ids.tolist()]
    assert written == trainer.parameters.tolist()
    trainer.advance(5)
    later = trainer.edit("Train 5 steps", gesture="run 1")
    document.apply(later)
    document.apply(accept(edit.merged(later)).inverse())
    assert document.same_content(start)


def test_training_goes_on_from_what_was_written_back() -> None:
    document = demo(training=TrainingSettings(learning_rate=0.1))
    trainer = built(document)
    trainer.advance(10)
    document.apply(trainer.edit("Train 10 steps"))
    again = built(document)
    assert again.snapshot().objective == trainer.snapshot().objective
    np.testing.assert_array_equal(again.advance(5).parameters[1], trainer.advance(5).parameters[1])


def test_settings_take_effect_at_the_next_step_and_are_logged_with_it() -> None:
    document = parabola(learning_rate=0.25)
    trainer = built(document)
    trainer.advance(2)
    settings = TrainingSettings(learning_rate=0.5)
    assert trainer.update_settings(settings) is None
    snapshot = trainer.advance()
    assert snapshot.parameters[1].tolist() == [3.0]
    assert trainer.log.marks() == ((2, "Learning rate 0.25 → 0.5"),)
    assert trainer.history.steps == [0, 1, 2, 3]


def test_the_learning_rate_follows_the_schedule_by_step() -> None:
    trainer = built(demo())
    assert [trainer.advance().learning_rate for _step in range(3)] == [
        1.0 - 0.9 * k / 100 for k in (1, 2, 3)
    ]


def test_another_size_of_batch_begins_a_new_epoch() -> None:
    settings = TrainingSettings(learning_rate=0.01, batch=30)
    trainer = built(demo(training=settings))
    trainer.advance(6)
    assert (trainer.batches.in_epoch, trainer.epoch) == (4, 1)
    trainer.update_settings(replace(settings, batch=50))
    assert (trainer.batches.in_epoch, trainer.epoch) == (2, 1)
    assert trainer.advance(2).epoch == 2
    trainer.update_settings(replace(settings, batch=None))
    assert trainer.advance(3).epoch == 5


def test_other_data_are_learned_from_the_next_step_on() -> None:
    trainer = built(demo())
    trainer.advance(3)
    data, seeds = DataSettings("circle", samples=50, test_share=0.2), Seeds()
    assert trainer.update_data(data, seeds) is None
    assert len(trainer.samples) == 50
    snapshot = trainer.snapshot()
    assert snapshot.step == 3
    assert snapshot.test_loss is not None
    assert trainer.log.now.data == data
    assert trainer.log.marks()[0][0] == 3


@pytest.mark.parametrize("batch", [None, 30])
def test_going_back_to_a_step_makes_the_same_run_again(batch: int | None) -> None:
    settings = TrainingSettings(learning_rate=0.05, batch=batch, schedule="linear")
    trainer = built(demo(training=settings))
    middle = trainer.advance(7)
    end = trainer.advance(7)
    curve = list(trainer.history.objective)
    trainer.restore(middle.step, middle.parameters[1])
    assert trainer.snapshot().objective == middle.objective
    assert trainer.history.objective == curve  # until another way is taken
    again = trainer.advance(7)
    np.testing.assert_array_equal(again.parameters[1], end.parameters[1])
    assert (again.step, again.epoch) == (end.step, end.epoch)
    assert trainer.history.objective == curve


def test_parameters_of_another_graph_are_not_restored() -> None:
    with pytest.raises(EngineError, match="there are 1 parameters"):
        built(parabola()).restore(0, np.zeros(2))


def test_snapshots_do_not_change_and_cannot_be_written_to() -> None:
    trainer = built(parabola(learning_rate=0.25))
    first = trainer.snapshot()
    trainer.advance(3)
    assert first.parameters[1].tolist() == [0.0]
    with pytest.raises(ValueError, match="read-only"):
        first.parameters[1][0] = 1.0
    assert trainer.snapshot() is trainer.snapshot()


def test_entries_come_as_often_as_asked() -> None:
    trainer = built(parabola(learning_rate=0.01), record_every=4)
    trainer.advance(10)
    assert trainer.history.steps == [0, 4, 8]
    every = built(parabola(learning_rate=0.01))
    every.advance(10)
    assert trainer.history.train_loss == every.history.train_loss[::4]


def test_what_cannot_be_is_refused_and_training_goes_on_as_before() -> None:
    trainer = built(demo())
    trainer.advance(2)
    before = trainer.snapshot()
    for refusal in (
        trainer.update_settings(TrainingSettings(batch=0)),
        trainer.update_data(DataSettings("rocks"), Seeds()),
    ):
        assert isinstance(refusal, Refusal)
    assert trainer.snapshot() is before


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"optimizer": "sdg"}, "There is no optimiser 'sdg'. Did you mean 'sgd'."),
        ({"schedule": "up"}, "There is no schedule 'up'. Choose one of constant, linear, step"),
        ({"clip": "hard"}, "Clipping is one of none, norm, value"),
        ({"beta2": 1.0}, "Beta 2 lies between 0 and"),
        ({"learning_rate": float("nan")}, "The learning rate lies between"),
        ({"batch": 0}, "The batch size lies between"),
        ({"reduction": "max"}, "The reduction is one of mean, sum"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_words(settings, words: str) -> None:
    document = parabola()
    document.training = replace(document.training, **settings)
    refusal = Trainer.build(document)
    assert isinstance(refusal, Refusal)
    assert str(refusal).startswith(words)


def remembered(trainer: Trainer) -> list[list[float]]:
    return [vector.tolist() for vector in trainer.state.vectors]


@pytest.mark.parametrize("runner", ["numpy", "numba"])
@pytest.mark.usefixtures("kernels")
def test_another_setting_keeps_the_weights_and_what_the_optimiser_remembers(runner: str) -> None:
    trainer = built(parabola(optimizer="adam"), runner=runner)
    trainer.advance(7)
    before = (trainer.parameters.tolist(), remembered(trainer))
    for changed in ({"learning_rate": 0.5}, {"beta1": 0.5}, {"optimizer": "adamw"}):
        settings = replace(trainer.log.now.training, **changed)
        assert trainer.update_settings(settings) is None
        assert trainer.log.now.training == settings
        assert (trainer.parameters.tolist(), remembered(trainer)) == before
    trainer.advance(1)
    assert trainer.state.updates == 8


def test_an_optimiser_that_remembers_other_things_begins_as_at_the_first_step() -> None:
    trainer = built(parabola(optimizer="momentum"))
    trainer.advance(5)
    parameters = trainer.parameters.tolist()
    trainer.update_settings(TrainingSettings(optimizer="adam"))
    assert trainer.parameters.tolist() == parameters
    assert (trainer.state.updates, remembered(trainer)) == (0, [[0.0], [0.0]])
    trainer.advance(1)
    assert trainer.parameters == pytest.approx(np.array(parameters) - 0.1, abs=1e-6)


def test_going_back_begins_anew_and_takes_the_same_steps_again() -> None:
    trainer = built(parabola(optimizer="adam"))
    first = trainer.parameters.copy()
    trainer.advance(9)
    end = trainer.parameters.tolist()
    trainer.restore(0, first)
    trainer.advance(9)
    assert trainer.parameters.tolist() == end
