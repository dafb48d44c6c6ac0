"""The story of weights and gradients, as the worker writes it down: seldom, and told who looks."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine.errors import accept
from engine.train.trainer import Trainer
from playground.training.news import News
from playground.training.watching import SEEN_SECONDS, SHARE, UNSEEN_SECONDS
from tests.playground.training.bench import Bench


@pytest.fixture
def bench(document) -> Bench:
    made = Bench()
    made.load(document.copy(), keep=False)
    made.set_speed(600)
    made.work()
    return made


def test_unseen_it_is_written_down_once_a_second_and_told_to_nobody(bench):
    bench.go(None)
    before = bench._watcher.measured
    bench.run_for(5.0)
    assert 4 <= bench._watcher.measured - before <= 1 + 5.0 / UNSEEN_SECONDS
    assert not bench.spreads()


def test_who_looks_later_sees_what_was_before(bench):
    bench.go(None)
    bench.run_for(3.0)
    bench.stop()
    bench.watch(seen=True)
    bench.work()
    [told] = bench.spreads()
    assert told.steps[0] == 0
    assert len(told.steps) >= 4
    assert told.latest.step == bench._trainer.step


def test_seen_it_comes_ten_times_a_second_and_the_last_step_is_there(bench):
    bench.watch(seen=True)
    bench.go(None)
    begin = bench.now
    bench.run_for(2.0)
    told = len(bench.spreads())
    assert 10 <= told <= 2 + (bench.now - begin) / SEEN_SECONDS
    bench.stop()
    bench.work()
    assert bench.spreads()[-1].latest.step == bench._trainer.step


def test_a_slow_moment_waits_the_longer(bench, monkeypatch):
    moment = Trainer.moment

    def slow(trainer):
        bench.now += 0.5  # seconds
        return moment(trainer)

    monkeypatch.setattr(Trainer, "moment", slow)
    bench.watch(seen=True)
    bench.go(None)
    before = bench._watcher.measured
    bench.run_for(20.0)
    assert 5 <= bench._watcher.measured - before <= 1 + 20.0 * SHARE / 0.5


def test_nothing_new_is_not_measured_again(bench):
    bench.watch(seen=True)
    bench.work()
    before = bench._watcher.measured
    for _again in range(5):
        bench._untold = True
        bench.work()
    assert bench._watcher.measured == before
    assert len(bench.spreads()) == 1


def test_the_story_goes_back_with_the_run_and_begins_anew_with_another(bench, document):
    bench.watch(seen=True)
    bench.go(40)
    bench.run_for(1.0)
    ids, start = bench._trainer.ids, bench.spreads()[0].latest.numbers
    bench.restore(0, ids, start)
    bench.work()
    assert bench.spreads()[-1].steps.tolist() == [0]
    bench.load(document.copy(), keep=False)
    bench.work()
    assert bench.spreads()[-1].steps.tolist() == [0]


def test_watching_changes_no_step(bench, document):
    bench.watch(seen=True)
    bench.go(50)
    bench.run_for(2.0)
    alone = accept(Trainer.build(document))
    alone.advance(50)
    assert bench._trainer.step == 50
    assert np.array_equal(bench._trainer.parameters, alone.parameters)
    assert_allclose(bench.spreads()[-1].latest.gradient, alone.moment().gradient)


def test_news_that_were_not_taken_yet_hand_their_spreads_on(bench):
    bench.watch(seen=True)
    bench.work()
    older = bench.told[-1]
    assert News(older.serial, running=True).over(older).spreads is older.spreads
