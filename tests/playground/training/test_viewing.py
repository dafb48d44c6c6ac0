"""The views of the plane are measured along with the boundary, and only those that are wanted."""

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.hidden import hidden_layers
from engine.graph.properties import set_data
from engine.train.maps import MapProbe
from engine.train.trainer import Trainer
from playground.training.ladder import FINE, RUNGS
from playground.training.news import News
from playground.training.viewing import Seen, Viewer, Views, together
from tests.playground.training.test_workbench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()


def seen(bench) -> Seen:
    return [news.seen for news in bench.told if news.seen is not None][-1]


def test_what_several_want_is_measured_once():
    both = together([Views((1, 2), slopes=True), Views((2, 3), space=(7,), finest=200)])
    assert both == Views((1, 2, 3), slopes=True, space=(7,), finest=200)
    assert together([]) == Views()
    assert not Views(finest=200).any


def test_nothing_is_told_that_nobody_wants(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    assert all(news.seen is None for news in bench.told)


def test_views_come_with_the_boundary_and_its_numbers(bench, moons):
    layer = hidden_layers(moons)[0]
    bench.load(moons, keep=False)
    bench.want_views(Views(layer.sums, slopes=True, right=True, space=layer.outputs))
    bench.go(20)
    last = bench.rest()
    now = seen(bench)
    assert now is last.seen or last.seen is None
    probe = accept(MapProbe.build(moons, layer.sums))
    probe.set_numbers(*last.snapshot.parameters)
    side = now.lines.side
    expected = probe.measure(side, now.lines.bounds).scores
    np.testing.assert_array_equal(now.lines.scores, expected)
    assert now.slopes.slopes.shape == (16 * 14, 2)
    assert set(now.space.nodes) == set(layer.outputs)
    train = accept(Trainer.build(moons)).samples.train
    assert now.right[train].mean() == last.snapshot.train_accuracy


def test_other_wishes_are_measured_at_rest(bench, moons):
    bench.load(moons, keep=False)
    bench.rest()
    count = len(bench.told)
    bench.want_views(Views(slopes=True, finest=200))
    bench.rest()
    assert len(bench.told) > count
    assert seen(bench).slopes is not None
    assert seen(bench).lines is None
    assert bench.last_boundary().side == 200


def test_without_a_plane_there_is_nothing_to_see(moons):
    bare = moons.copy()
    bare.apply(accept(set_data(bare, generator=None)))
    viewer = Viewer()
    viewer.load(bare)
    layer = hidden_layers(bare)[0]
    viewer.want(Views(layer.sums, slopes=True, right=True, space=layer.outputs))
    now = viewer.measure(None, fine=True)
    assert (now.lines, now.slopes, now.right, now.space) == (None, None, None, None)


def test_a_slow_machine_measures_coarse_while_it_trains(bench, moons):
    """Each look at the clock takes a third of a second: a point takes far too long."""
    bench.load(moons, keep=False)
    bench.rest()
    bench.slow = 0.3
    bench.go(None)
    for _chunk in range(40):
        bench.work()
    assert bench.last_boundary().side == RUNGS[0]
    bench.slow = 0.0
    bench.stop()
    bench.rest()
    assert bench.last_boundary().side == FINE


def test_news_outlive_an_order_that_changes_nothing_they_tell():
    old = News(3, running=False, seen=Seen(), since=2)
    assert News(4, running=False, since=2).over(old).seen is old.seen
    assert News(4, running=False, since=4).over(old).seen is None
    assert News(4, running=False).over(old).seen is None
