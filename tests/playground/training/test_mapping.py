"""Maps as the worker measures them: of the moment of their snapshot, and only what is wanted."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine.errors import accept
from engine.graph.properties import set_data
from engine.train.maps import MapProbe
from playground.training import Wanted
from playground.training.frame import framed
from playground.training.mapping import FINE, Mapper, Measured
from playground.training.news import News
from tests.playground.training.bench import Bench


@pytest.fixture
def nodes(document):
    return tuple(sorted(n.id for n in document.nodes() if n.op in ("relu", "add")))[:4]


def alone(document, snapshot, nodes, side):
    """Measure a document with the parameters of a snapshot."""
    probe = accept(MapProbe.build(document, nodes))
    probe.set_numbers(*snapshot.parameters)
    return probe.measure(side, framed(probe.bounds)).scores


def test_the_maps_in_the_news_are_those_of_the_snapshot_in_the_news(document, nodes):
    bench = Bench()
    bench.load(document.copy(), keep=False)
    bench.want_maps(Wanted(nodes, 8, nodes[0]))
    bench.set_speed(60)
    bench.go(None)
    for _chunk in range(200):
        bench.work()
    with_steps = [news for news in bench.told if news.snapshot is not None]
    assert len({news.snapshot.step for news in with_steps}) > 5
    for news in with_steps[:: len(with_steps) // 5]:
        wanted = alone(document, news.snapshot, nodes, 8)
        assert_allclose(news.maps.small.scores, wanted, rtol=1e-6)
        large = alone(document, news.snapshot, nodes[:1], FINE)
        assert_allclose(news.maps.large.scores, large, rtol=1e-6)


def test_a_snapshot_never_comes_with_maps_of_an_older_one():
    class Fake:
        pass

    snapshot, maps, newer = Fake(), Measured(), Fake()
    older = News(3, True, snapshot, maps=maps)
    assert News(3, True).over(older).maps is maps
    assert News(3, True, newer).over(older).maps is None
    assert News(3, True, newer, maps=(own := Measured())).over(older).maps is own


def test_what_has_not_changed_is_not_measured_again(document, nodes):
    mapper = Mapper()
    mapper.load(document)
    mapper.want(Wanted(nodes, 8))
    first = mapper.measure(None)
    assert mapper.measure(None) is first
    assert mapper.measured == len(nodes)
    mapper.want(Wanted(nodes, 8))
    assert mapper.measure(None) is first
    mapper.want(Wanted(nodes[:2], 8))
    assert mapper.measure(None).small.nodes == nodes[:2]
    assert mapper.measured == len(nodes) + 2


def test_only_what_is_wanted_is_measured(document, nodes):
    mapper = Mapper()
    mapper.load(document)
    assert mapper.measure(None) == Measured() or mapper.measure(None).small is None
    mapper.want(Wanted((), 8, nodes[1]))
    measured = mapper.measure(None)
    assert measured.small is None
    assert (measured.large.nodes, measured.large.side) == ((nodes[1],), FINE)
    assert mapper.measured == 1


def test_numbers_told_before_a_map_was_wanted_count_in_it(document, nodes):
    mapper = Mapper()
    mapper.load(document)
    ids = np.array([n.id for n in document.nodes() if n.role == "parameter"])
    mapper.set_numbers(ids, np.zeros(len(ids)))
    mapper.want(Wanted(nodes, 8))
    assert not mapper.measure(None).small.scores.any()
    mapper.set_numbers(ids, np.ones(len(ids)))
    assert mapper.measure(None).small.scores.any()


def test_without_a_plane_there_are_no_maps(document, nodes):
    document.apply(accept(set_data(document, generator=None)))
    mapper = Mapper()
    mapper.load(document)
    mapper.want(Wanted(nodes, 8, nodes[0]))
    measured = mapper.measure(None)
    assert measured.small is None
    assert measured.large is None


def test_nodes_that_the_worker_does_not_know_yet_are_left_out(document, nodes):
    mapper = Mapper()
    mapper.load(document)
    mapper.want(Wanted((*nodes, 99_999), 8))
    assert mapper.measure(None).small.nodes == nodes
