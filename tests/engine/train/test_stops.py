"""Runs that end by themselves, against a loop that looks after every single step."""

import math
from dataclasses import replace

import pytest

from engine.errors import accept
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, TrainingSettings
from engine.train.stops import STOPS, Watch, reached
from engine.train.trainer import Trainer
from tests.engine.train.documents import parabola

DATA = DataSettings("moons", samples=40, test_share=0.25)
RATE = TrainingSettings(learning_rate=0.5, batch=8)


def moons(**settings) -> Trainer:
    document = accept(model_document(Model((4, 1), data=DATA)))
    document.training = replace(RATE, **settings)
    return accept(Trainer.build(document))


def run(trainer: Trainer, portion: int, most: int = 4000, **manner):
    """Train in portions until the watch says stop; return what it said."""
    watch = Watch(trainer, **manner)
    while trainer.step < most:
        steps = watch.most(portion)
        assert 0 < steps <= portion
        stopped = watch.look(trainer.advance(steps))
        if stopped is not None:
            return stopped
    return None


def by_hand(trainer: Trainer, done) -> int:
    """Step singly until an epoch is complete of which `done` holds; return the step."""
    snapshot = trainer.advance()
    while snapshot.step % trainer.batches.in_epoch or not done(snapshot):
        snapshot = trainer.advance()
    return snapshot.step


@pytest.mark.parametrize("portion", [1, 7, 1000])
@pytest.mark.parametrize(
    ("settings", "done", "words"),
    [
        ({"until_loss": 0.4}, lambda s: s.test_loss <= 0.4, "the test loss is down to 0."),
        (
            {"until_loss": 0.4, "watched": "train"},
            lambda s: s.train_loss <= 0.4,
            "the training loss is down to 0.",
        ),
        (
            {"until_accuracy": 0.9},
            lambda s: s.test_accuracy >= 0.9,
            "0% of the test points are right",
        ),
        ({"until_epoch": 9}, lambda s: s.epoch >= 9, "as asked"),
    ],
    ids=["test loss", "training loss", "accuracy", "epoch"],
)
def test_a_run_ends_at_the_first_epoch_at_which_it_may_whatever_the_portions(
    settings, done, words, portion
):
    wanted = by_hand(moons(), done)
    trainer = moons(**settings)
    stopped = run(trainer, portion)
    assert trainer.step == wanted > 0
    assert stopped.name == next(name for name in settings if name.startswith("until"))
    assert stopped.text.startswith(f"Stopped at epoch {trainer.epoch}: ")
    assert words in stopped.text


@pytest.mark.parametrize("portion", [1, 1000])
def test_a_plateau_is_so_many_epochs_without_a_loss_below_the_least_so_far(portion):
    patience, least = 6, 0.002
    plain = moons()
    best, stale, wanted = plain.snapshot().test_loss, 0, None
    while wanted is None:
        loss = plain.advance(plain.batches.in_epoch).test_loss
        best, stale = (loss, 0) if loss < best - least else (best, stale + 1)
        wanted = plain.step if stale == patience else None
    trainer = moons(until_plateau=patience, least_progress=least)
    stopped = run(trainer, portion)
    assert (trainer.step, stopped.name) == (wanted, "until_plateau")
    assert stopped.text.endswith("the test loss has not fallen for 6 epochs")


def test_a_loss_is_progress_only_if_it_fell_by_more_than_the_least():
    plain = moons()
    begin = plain.snapshot().test_loss
    assert begin - 1.0 < plain.advance(plain.batches.in_epoch).test_loss < begin
    trainer = moons(until_plateau=3, least_progress=1.0)
    assert run(trainer, 1000).name == "until_plateau"
    assert trainer.epoch == 3


def test_all_that_is_asked_for_is_reached_only_when_all_of_it_holds():
    trainer = moons()
    snapshot = trainer.advance(12)
    both = replace(RATE, until_step=10, until_epoch=3)
    assert reached(both, snapshot)
    assert not reached(replace(both, until_epoch=4), snapshot)
    assert not reached(RATE, snapshot)


@pytest.mark.parametrize("portion", [1, 3, 1000])
def test_a_step_is_met_exactly_in_the_middle_of_an_epoch(portion):
    trainer = moons(until_step=10)
    assert trainer.batches.in_epoch == 4
    assert run(trainer, portion).text == "Stopped at epoch 2: as asked"
    assert trainer.step == 10


def test_the_first_of_several_conditions_ends_a_run():
    trainer = moons(until_epoch=400, until_step=3, until_accuracy=1.0)
    assert run(trainer, 1000).name == "until_step"


def test_what_holds_already_ends_nothing_unless_that_is_asked_for():
    trainer = moons(until_step=10)
    trainer.advance(12)
    assert run(trainer, 5, most=100) is None
    assert Watch(trainer, at_once=True).look(trainer.snapshot()).name == "until_step"


def test_conditions_that_change_while_it_runs_are_followed():
    trainer = moons()
    watch = Watch(trainer)
    assert watch.most(1000) == 1000
    trainer.advance(5)
    trainer.update_settings(replace(trainer.settings, until_epoch=3))
    assert watch.most(1000) == 7
    assert watch.look(trainer.advance(7)).name == "until_epoch"


def test_without_data_every_step_is_an_epoch_and_steps_are_told():
    trainer = accept(Trainer.build(parabola(learning_rate=0.25, until_loss=1e-3)))
    assert run(trainer, 50).text.startswith("Stopped at step ")
    assert trainer.snapshot().train_loss <= 1e-3 < trainer.history.train_loss[-2]


def test_another_size_of_batch_moves_the_end_of_the_epoch():
    trainer = moons(until_epoch=4)
    trainer.advance(5)
    trainer.update_settings(replace(trainer.settings, batch=None))
    run(trainer, 1000)
    assert (trainer.epoch, trainer.step) == (4, 8)


def test_no_condition_is_met_by_what_was_not_measured():
    trainer = accept(Trainer.build(parabola(until_accuracy=0.0)))
    assert run(trainer, 10, most=50) is None
    assert math.isfinite(trainer.snapshot().train_loss)


def test_every_condition_has_a_setting_of_its_name():
    assert {stop.name for stop in STOPS} == {
        name for name in TrainingSettings.__slots__ if name.startswith("until_")
    }
