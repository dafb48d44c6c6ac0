"""Only the newest news counts, and curves grow without copying what was told."""

import numpy as np

from engine.train.history import History
from playground.training.news import News, Recorder


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
    curves = Recorder().curves(history(5, tests=True), 4)
    assert curves.steps.tolist() == [0, 1, 2, 3, 4]
    assert curves.train.tolist() == [1.0, 1 / 2, 1 / 3, 1 / 4, 1 / 5]
    assert curves.test.tolist() == [2.0, 1.0, 2 / 3, 2 / 4, 2 / 5]


def test_long_curves_are_read_whole():
    long = history(10_000, tests=True)
    curves = Recorder().curves(long, 9_999)
    assert curves.steps.tolist() == long.steps
    assert curves.train.tolist() == long.train_loss
    assert curves.test.tolist() == long.test_loss


def test_without_test_points_there_is_no_test_curve():
    assert Recorder().curves(history(5), 4).test is None


def test_curves_end_at_the_step_that_is_shown():
    assert len(Recorder().curves(history(50), 10).train) == 11


def test_curves_that_were_handed_out_never_change():
    recorder, growing = Recorder(), history(1000)
    early = recorder.curves(growing, 999)
    before = early.train.copy()
    for step in range(1000, 5000):
        grow(growing, step)
    late = recorder.curves(growing, 4999)
    assert np.array_equal(early.train, before)
    assert np.array_equal(late.train, growing.train_loss)


def test_a_history_that_was_cut_and_went_another_way_is_read_anew():
    recorder, cut = Recorder(), history(10)
    recorder.curves(cut, 9)
    cut.forget_after(4)
    for step in range(5, 12):
        cut.add(step, 7.0, None, 7.0)
        if step == 5:
            assert recorder.curves(cut, 5).train.tolist()[-1] == 7.0
    assert recorder.curves(cut, 11).train.tolist()[5:] == [7.0] * 7


def test_a_cut_history_as_long_as_before_is_told_apart():
    recorder, cut = Recorder(), history(10)
    recorder.curves(cut, 9)
    cut.forget_after(4)
    for step in range(5, 10):
        cut.add(step, 7.0, None, 7.0)
    assert recorder.curves(cut, 9).train.tolist()[5:] == [7.0] * 5


def test_a_thinned_history_is_read_anew():
    recorder, full = Recorder(), history(8, capacity=8)
    recorder.curves(full, 7)
    grow(full, 8)
    assert recorder.curves(full, 8).steps.tolist() == full.steps == [0, 2, 4, 6, 8]
