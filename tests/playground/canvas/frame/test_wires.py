"""Wires as curves: level at both ends, and found where they are seen."""

import numpy as np
import pytest

from playground.canvas.frame.wires import along, curves, nearest


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


def test_the_nearest_wire_within_reach_is_found():
    points = curves(np.array([[0.0, 0], [0, 50]]), np.array([[100.0, 0], [100, 50]]))
    assert nearest(points, 50, 2, 6) == 0
    assert nearest(points, 50, 47, 6) == 1
    assert nearest(points, 50, 25, 6) is None


def test_a_wire_is_found_along_all_of_its_curve():
    points = curve((0, 0), (300, 200))
    for t in np.linspace(0, 1, 23):
        x, y = along(points, float(t))[0]
        assert nearest(points, x, y, 2.0) == 0
