"""Only the newest news counts, and curves grow without copying what was told."""

import numpy as np

from engine.train.history import History
from playground.training.news import Curves, News


def history(steps: int, *, tests: bool = False, capacity: int = 200_000) -> History:
    made = History(capacity=capacity)
    for step in range(steps):
        grow(made, step, tests=tests)
    return made


def grow(made: History, step: int, *, tests: bool = False) -> None:
    if made.wants(step):
        made.add(step, 1.0 / (step + 1), 2.0 / (step + 1) if tests else None, 0.0)


def test_news_keep_what_only_the_older_ones_of_the_same_order_told():
    picture, state = object(), object()
    older = News(3, running=True, boundary=picture)
    newer = News(3, running=True, snapshot=state).over(older)
    assert (newer.snapshot, newer.boundary) == (state, picture)


def test_news_of_another_order_drop_the_older_ones():
    older = News(3, running=True, boundary=object())
    assert News(4, running=True).over(older).boundary is None


def test_curves_are_what_the_history_says():
    curves = Curves.of(history(5, tests=True), 4)
    assert curves.steps.tolist() == [0, 1, 2, 3, 4]
    assert curves.train.tolist() == [1.0, 1 / 2, 1 / 3, 1 / 4, 1 / 5]
    assert curves.test.tolist() == [2.0, 1.0, 2 / 3, 2 / 4, 2 / 5]


def test_long_curves_are_read_whole():
    long = history(10_000, tests=True)
    curves = Curves.of(long, 9_999)
    assert curves.steps.tolist() == long.steps
    assert curves.train.tolist() == long.train_loss
    assert curves.test.tolist() == long.test_loss


def test_without_test_points_there_is_no_test_curve():
    assert Curves.of(history(5), 4).test is None


def test_curves_end_at_the_step_that_is_shown():
    assert len(Curves.of(history(50), 10).train) == 11


def test_curves_that_were_handed_out_never_change():
    growing = history(1000)
    early = Curves.of(growing, 999)
    before = early.train.copy()
    growing.forget_after(500)
    for step in range(501, 5000):
        grow(growing, step, tests=True)
    late = Curves.of(growing, 4999)
    assert np.array_equal(early.train, before)
    assert np.array_equal(late.train, growing.train_loss)


def test_an_objective_is_a_curve_of_its_own_only_where_it_differs():
    same, other = History(), History()
    for step in range(5):
        same.add(step, 1.0, None, 1.0)
        other.add(step, 1.0, None, 1.0 + (step == 3), epoch=step // 2)
    assert Curves.of(same, 4).objective is None
    assert Curves.of(other, 4).objective.tolist() == [1, 1, 1, 2, 1]
    assert Curves.of(other, 4).epochs.tolist() == [0, 0, 1, 1, 2]


def test_accuracies_come_along_where_they_were_measured():
    made = history(10)
    assert Curves.of(made, 9).accuracies is None
    made.add_accuracies(3, 3, 0.5, None)
    made.add_accuracies(8, 8, 0.75, 0.5)
    told = Curves.of(made, 7).accuracies
    assert (told.steps.tolist(), told.train.tolist(), told.test) == ([3], [0.5], None)
    assert np.array_equal(Curves.of(made, 9).accuracies.test, [np.nan, 0.5], equal_nan=True)
