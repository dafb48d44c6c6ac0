"""Wires as curves: level at both ends, and found where they are seen."""

import numpy as np
import pytest

from playground.canvas.frame.routes import Pieces, wire_near
from playground.canvas.frame.wires import PARTS, along, curves, parts_of


def curve(begin, finish):
    return curves(np.array([begin], float), np.array([finish], float))


@pytest.mark.parametrize("finish", [(200, 80), (5, 80), (-300, 20), (200, 0)])
def test_a_wire_is_level_at_both_ends_and_goes_out_to_the_right(finish):
    [points] = curve((0, 0), finish)
    begin, first, last, end = points.tolist()
    assert (first[1], last[1]) == (begin[1], end[1])
    assert first[0] > begin[0]
    assert last[0] < end[0]


def test_a_wire_begins_and_ends_at_its_ports():
    points = curve((3, 4), (100, -50))
    assert along(points, 0.0).tolist() == [[3, 4]]
    assert along(points, 1.0).tolist() == [[100, -50]]


def near(points, x, y, reach):
    return wire_near(Pieces(points, np.arange(len(points))), (x, y), reach)


def test_the_nearest_wire_within_reach_is_found():
    points = curves(np.array([[0.0, 0], [0, 50]]), np.array([[100.0, 0], [100, 50]]))
    assert near(points, 50, 2, 6) == 0
    assert near(points, 50, 47, 6) == 1
    assert near(points, 50, 25, 6) is None


def test_a_wire_is_found_along_all_of_its_curve():
    points = curve((0, 0), (300, 200))
    for t in np.linspace(0, 1, 23):
        x, y = along(points, float(t))[0]
        assert near(points, x, y, 2.0) == 0


def test_the_parts_of_a_curve_are_the_curve():
    points = curve((0, 0), (-300, 200))
    for part in range(PARTS):
        for t in np.linspace(0, 1, 5):
            whole = along(points, (part + float(t)) / PARTS)
            assert along(parts_of(points, np.array([part])), float(t)) == pytest.approx(whole)


def test_what_is_found_among_many_is_what_passes_nearest():
    chance = np.random.default_rng(0)
    points = curves(chance.uniform(-500, 500, (300, 2)), chance.uniform(-500, 500, (300, 2)))
    wanted = np.arange(300) % 3 > 0
    dense = np.stack([along(points, float(t)) for t in np.linspace(0, 1, 400)], axis=1)
    for x, y in chance.uniform(-500, 500, (60, 2)):
        away = np.hypot(dense[..., 0] - x, dense[..., 1] - y).min(axis=1)
        away[~wanted] = np.inf
        found = wire_near(Pieces(points, np.arange(300)), (x, y), 15.0, wanted)
        if found is None:
            assert away.min() > 14.0
        else:
            assert away[found] == pytest.approx(away.min(), abs=1.5)


def test_few_of_many_wires_are_looked_at_closely():
    begin = np.stack((np.zeros(6_000), np.arange(6_000.0) * 20), axis=1)
    pieces = Pieces(curves(begin, begin + np.array((800.0, 900.0))), np.arange(6_000))
    wires, parts = pieces.reaching((300.0, 3_000.0), (312.0, 3_012.0))
    assert len(wires) == len(parts) < 40
