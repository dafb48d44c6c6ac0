"""Shares as the worker measures them: only if asked, seldom enough, and of one moment."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine.errors import Refusal, accept
from engine.graph.properties import set_data
from engine.train.shares import Question, SharesProbe
from playground.training.news import News
from playground.training.workbench import SHARES_SECONDS
from tests.playground.training.bench import Bench


@pytest.fixture
def bench(document) -> Bench:
    made = Bench()
    made.load(document.copy(), keep=False)
    made.work()
    return made


def test_nothing_is_taken_apart_before_somebody_asks(bench):
    assert bench.told
    assert not bench.shares()
    assert bench._sharer.measured == 0


def test_the_shares_are_those_of_the_parameters_of_now(bench, document):
    bench.want_shares(Question())
    bench.work()
    [found] = bench.shares()
    assert_allclose(found.matrix, accept(SharesProbe.build(document)).measure().matrix)
    ids, numbers = found.parameters[:3], np.array([0.5, -0.25, 1.5])
    bench.set_numbers(ids, numbers)
    bench.work()
    probe = accept(SharesProbe.build(document))
    probe.set_numbers(ids, numbers)
    assert_allclose(bench.shares()[-1].matrix, probe.measure().matrix)


def test_while_steps_are_taken_they_come_ten_times_a_second_and_at_rest_at_once(bench, document):
    bench.want_shares(Question())
    bench.set_speed(600)
    bench.go(None)
    begin = bench.now
    while bench.now < begin + 2.0:
        bench.work()
    snapshots = {id(news.snapshot) for news in bench.told if news.snapshot is not None}
    assert 10 < len(bench.shares()) <= 1 + (bench.now - begin) / SHARES_SECONDS
    assert len(bench.shares()) < len(snapshots)
    bench.stop()
    bench.work()
    last = bench.told[-1]
    assert not last.running
    probe = accept(SharesProbe.build(document))
    probe.set_numbers(*last.snapshot.parameters)
    assert_allclose(last.shares.matrix, probe.measure().matrix)


def test_another_question_about_what_is_known_already_costs_nothing(bench):
    for question in (Question(), Question(3), Question(4, (1, 2))):
        bench.want_shares(question)
        bench.work()
    assert bench._sharer.measured == 1


def test_asking_no_longer_ends_the_work(bench):
    bench.want_shares(Question())
    bench.work()
    bench.want_shares(None)
    bench.go(3)
    for _chunk in range(20):
        bench.work()
    assert bench._sharer.measured == 1
    assert bench.told[-1].shares is None


def test_without_data_it_says_why(document):
    document.apply(accept(set_data(document, generator=None)))
    bench = Bench()
    bench.load(document, keep=False)
    bench.want_shares(Question())
    bench.work()
    assert isinstance(bench.told[-1].shares, Refusal)


def test_news_that_were_not_taken_yet_hand_their_shares_on(bench):
    bench.want_shares(Question())
    bench.work()
    older = bench.told[-1]
    newer = News(older.serial, running=True)
    assert newer.over(older).shares is older.shares
