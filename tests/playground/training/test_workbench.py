"""The work of the thread, done by hand: chunks, news, boundaries, and every order."""

import math

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_data, set_mark, set_training
from engine.train.trainer import Trainer
from playground.training.ladder import FINE, FIRST
from playground.training.news import News
from playground.training.workbench import NEWS_SECONDS, RESULTS_SECONDS, Workbench


class Bench(Workbench):
    """A workbench that keeps all its news; a step and a look at its clock take a millisecond.

    Each look takes `slow` seconds more.
    """

    def __init__(self) -> None:
        self.told: list[News] = []
        self.now, self.seen, self.slow = 0.0, 0, 0.0
        super().__init__(self.told.append, self.tick)

    def tick(self) -> float:
        step = self._trainer.step if self._trainer is not None else 0
        self.now += self.slow + 0.001 * (1 + abs(step - self.seen))
        self.seen = step
        return self.now

    def rest(self) -> News:
        """Work until nothing is left to do; return the last news."""
        for _chunk in range(10_000):
            wait = self.work()
            if wait is None:
                return self.told[-1]
            self.now += wait
        pytest.fail("it never comes to rest")

    def last_boundary(self):
        return [news.boundary for news in self.told if news.boundary is not None][-1]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_loaded_document_is_measured_before_any_step(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    snapshot = bench.told[0].snapshot
    assert (snapshot.step, bench.told[0].running) == (0, False)
    assert snapshot.train_loss == accept(Trainer.build(moons)).snapshot().train_loss


@pytest.mark.parametrize("speed", [10, 600, None])
def test_the_history_is_that_of_the_trainer_alone(bench, moons, speed):
    alone = accept(Trainer.build(moons))
    alone.advance(200)
    bench.load(moons.copy(), keep=False)
    bench.set_speed(speed)
    bench.go(200)
    curves = bench.rest().curves
    assert curves.train.tolist() == alone.history.train_loss
    assert curves.test.tolist() == alone.history.test_loss
    assert bench.told[-1].snapshot.parameters[1].tolist() == alone.parameters.tolist()


def test_boundary_and_curves_come_with_all_news_of_a_run_flat_out(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    bench.set_speed(None)
    before = len(bench.told)
    bench.go()
    for _chunk in range(200):
        bench.work()
    told = bench.told[before + 1 :]  # the first tells that it runs
    assert len(told) > 10
    assert all(news.boundary is not None and news.curves is not None for news in told)


def test_what_is_predicted_of_each_sample_is_told_twenty_times_a_second_to_who_looks(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    bench.set_speed(None)
    bench.want_results(on=True)
    bench.go()
    before, begin = len(bench.told), bench.now
    while bench.now < begin + 2.0:
        bench.work()
    told = bench.told[before:]
    results = [news for news in told if news.results is not None]
    assert 20 <= len(results) <= 2 + (bench.now - begin) / RESULTS_SECONDS < len(told)
    bench.want_results(on=False)
    before = len(bench.told)
    bench.work()
    bench.stop()
    bench.rest()
    assert all(news.results is None for news in bench.told[before:])


def test_what_is_to_end_a_run_makes_it_no_faster_than_it_was_told_to_be(bench, moons):
    moons.apply(accept(set_training(moons, until_step=1000)))
    bench.load(moons, keep=False)
    bench.rest()
    bench.set_speed(10)
    bench.go()
    begin = bench.now
    for _chunk in range(50):
        bench.now += bench.work() or 0.0
    assert 0 < bench._trainer.step <= 1 + 10 * (bench.now - begin)
    assert bench.running


def test_single_steps_add_up(bench, descent):
    bench.load(descent, keep=False)
    bench.go(1)
    bench.go(1)
    assert bench.rest().snapshot.step == 2


def test_while_it_runs_news_come_no_more_often_than_they_can_be_seen(bench, descent):
    bench.load(descent, keep=False)
    bench.set_speed(None)
    bench.go(None)
    before = bench.now
    for _chunk in range(1000):
        bench.work()
    assert 1 <= len(bench.told) <= (bench.now - before) / NEWS_SECONDS + 2


def test_a_stop_is_told_at_once_and_no_step_follows(bench, descent):
    bench.load(descent, keep=False)
    bench.go(None)
    for _chunk in range(20):
        bench.work()
    bench.stop()
    bench.serial = 9
    stopped = bench.rest()
    assert (stopped.running, stopped.serial) == (False, 9)
    assert bench.rest().snapshot.step == stopped.snapshot.step


def test_going_back_gives_the_same_steps_again(bench, moons):
    bench.load(moons, keep=False)
    bench.go(10)
    ten = bench.rest().snapshot
    bench.go(30)
    forty = bench.rest()
    bench.restore(ten.step, *ten.parameters)
    back = bench.rest()
    assert back.snapshot.step == 10
    assert len(back.curves.train) == 11
    bench.go(30)
    again = bench.rest()
    assert again.snapshot.parameters[1].tolist() == forty.snapshot.parameters[1].tolist()
    assert again.curves.train.tolist() == forty.curves.train.tolist()


def test_an_edited_number_counts_from_the_next_step_on(bench, descent):
    x = accept(descent.find("x"))
    bench.load(descent, keep=False)
    bench.go(5)
    bench.rest()
    bench.set_numbers(np.array([x]), np.array([13.0]))
    assert bench.rest().snapshot.train_loss == 100.0
    bench.go(1)
    assert bench.rest().snapshot.parameters[1].tolist() == [11.0]


def test_settings_take_effect_without_a_new_start(bench, descent):
    bench.load(descent, keep=False)
    bench.go(5)
    before = bench.rest().snapshot
    twin = descent.copy()
    twin.apply(accept(set_training(twin, learning_rate=0.5)))
    bench.load(twin, keep=True)
    bench.go(1)
    after = bench.rest()
    assert after.snapshot.step == 6
    assert after.snapshot.parameters[1][0] == pytest.approx(3.0)
    assert len(after.curves.train) == 7
    assert after.curves.train[5] == before.train_loss


def test_a_change_of_settings_is_marked_in_the_curves_at_its_step(bench, descent):
    bench.load(descent, keep=False, run=3)
    bench.go(5)
    assert bench.rest().curves.marks == ()
    twin = descent.copy()
    twin.apply(accept(set_training(twin, learning_rate=0.5)))
    bench.load(twin, keep=True, run=3)
    bench.go(1)
    curves = bench.rest().curves
    assert (curves.run, curves.marks) == (3, ((5, "Learning rate 0.1 → 0.5"),))


@pytest.mark.parametrize("speed", [1, 30, None])
def test_a_run_ends_at_its_epoch_and_says_so_at_any_speed(bench, moons, speed):
    moons.apply(accept(set_training(moons, until_epoch=12, batch=4)))
    bench.load(moons, keep=False)
    bench.set_speed(speed)
    bench.go(None)
    news = bench.rest()
    assert (news.running, news.snapshot.epoch, news.snapshot.step) == (False, 12, 48)
    assert news.ended == "Stopped at epoch 12: as asked"
    bench.go(3)
    assert bench.rest().ended == ""


def test_single_steps_are_taken_wherever_a_run_would_end(bench, moons):
    moons.apply(accept(set_training(moons, until_epoch=1)))
    bench.load(moons, keep=False)
    bench.go(3)
    assert bench.rest().snapshot.step == 3


def test_the_best_moment_is_the_least_loss_of_the_ends_of_all_chunks(bench, moons):
    moons.apply(accept(set_training(moons, until_step=60, learning_rate=1.2, schedule="constant")))
    bench.load(moons, keep=False)
    bench.set_speed(30)
    bench.go(None)
    seen = [bench._trainer.snapshot()]
    while bench.work() is not None:
        seen.append(bench._trainer.snapshot())
        bench.now += 0.04
    best = bench.told[-1].best
    assert best.test_loss == min(snapshot.test_loss for snapshot in seen)
    assert best.step < 60


def test_the_best_moment_is_one_of_the_same_data(bench, moons):
    bench.load(moons, keep=False)
    bench.go(20)
    assert bench.rest().best is not None
    twin = moons.copy()
    twin.apply(accept(set_data(twin, noise=0.4)))
    bench.load(twin, keep=True)
    assert bench.rest().best is None


def test_a_run_that_is_come_back_to_has_its_curves_marks_and_best_again(bench, moons):
    bench.load(moons, keep=False, run=1)
    begin = bench.rest().snapshot.parameters
    bench.go(9)
    nine = bench.rest()
    bench.restore(0, *begin, run=2)
    bench.go(4)
    four = bench.rest()
    assert (four.curves.run, len(four.curves.train), four.best.step <= 4) == (2, 5, True)
    bench.restore(9, *nine.snapshot.parameters, run=1)
    back = bench.rest()
    assert (back.curves.run, back.curves.train.tolist()) == (1, nine.curves.train.tolist())
    assert back.best.step == nine.best.step
    bench.restore(4, *four.snapshot.parameters, run=2)
    assert bench.rest().curves.train.tolist() == four.curves.train.tolist()


def test_later_entries_are_kept_until_another_way_is_taken(bench, moons):
    bench.load(moons, keep=False)
    bench.go(4)
    four = bench.rest().snapshot
    bench.go(4)
    eight = bench.rest()
    bench.restore(four.step, *four.parameters)
    assert len(bench.rest().curves.train) == 5
    bench.restore(8, *eight.snapshot.parameters)
    assert bench.rest().curves.train.tolist() == eight.curves.train.tolist()


def test_at_a_step_a_second_every_step_is_told_as_it_is_taken(bench, descent):
    bench.load(descent, keep=False)
    bench.rest()
    bench.set_speed(1)
    before = len(bench.told)
    bench.go(6)
    bench.rest()
    steps = [news.snapshot.step for news in bench.told[before:]]
    assert sorted(set(steps)) == [1, 2, 3, 4, 5, 6]


def test_another_speed_acts_at_once_and_takes_no_step_by_itself(bench, descent):
    bench.load(descent, keep=False)
    bench.set_speed(1)
    bench.go(None)
    bench.work()
    assert bench._trainer.step == 1
    for speed in (2, 1, 2, 1):
        bench.set_speed(speed)
        bench.work()
    assert bench._trainer.step == 1
    bench.set_speed(None)
    bench.work()
    assert bench._trainer.step > 1


def test_data_take_effect_while_it_runs(bench, moons):
    bench.load(moons, keep=False)
    bench.go(None)
    for _chunk in range(10):
        bench.work()
    twin = moons.copy()
    twin.apply(accept(set_data(twin, samples=40, test_share=0.0)))
    bench.load(twin, keep=True)
    bench.work()
    assert bench.running
    bench.stop()
    assert bench.rest().snapshot.test_loss is None


def test_a_document_without_a_loss_is_refused_in_words(bench):
    bench.load(Document(), keep=False)
    bench.go(None)
    news = bench.rest()
    assert not news.running
    assert "the canvas is empty" in str(news.refusal)
    assert news.snapshot is None


def test_a_step_that_is_not_finite_stops_and_names_its_node(bench, descent):
    twin = descent.copy()
    twin.apply(accept(set_training(twin, learning_rate=1e6)))
    bench.load(twin, keep=False)
    bench.set_speed(None)
    bench.go(None)
    snapshot = bench.rest().snapshot
    assert not bench.running
    assert snapshot.problem.node in twin
    assert math.isfinite(snapshot.train_loss)
    assert np.isfinite(snapshot.parameters[1]).all()


def test_at_rest_the_boundary_comes_coarse_and_then_fine(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    shapes = [news.boundary.scores.shape for news in bench.told if news.boundary is not None]
    assert shapes == [(FIRST, FIRST), (FINE, FINE)]


def test_the_boundary_is_measured_with_the_trained_numbers(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    before = bench.last_boundary().scores
    bench.go(20)
    bench.rest()
    assert not np.array_equal(bench.last_boundary().scores, before)


def test_the_boundary_covers_the_samples_with_equal_units(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    bounds = bench.last_boundary().bounds
    samples = accept(Trainer.build(moons)).samples.inputs
    assert bounds.left < samples[:, 0].min() < samples[:, 0].max() < bounds.right
    assert bounds.bottom < samples[:, 1].min() < samples[:, 1].max() < bounds.top
    shape = (bounds.top - bounds.bottom) / (bounds.right - bounds.left)
    assert shape == pytest.approx(0.875)


def test_a_graph_without_a_prediction_says_why_it_has_no_boundary(bench, descent, moons):
    bench.load(moons, keep=False)
    assert bench.rest().unseen is None
    [prediction] = moons.marked("prediction")
    moons.apply(accept(set_mark(moons, prediction, "prediction", on=False)))
    bench.load(moons, keep=False)
    news = bench.rest()
    assert "marked as the prediction" in str(news.unseen)
    assert news.boundary is None
    assert news.snapshot is not None
