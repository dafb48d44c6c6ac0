"""Equal gaps in a row: between two neighbours, behind two and before two."""

import numpy as np
import pytest

from playground.canvas.gestures.spacing import spacing

ROW = np.array([(0.0, 0.0, 100.0, 50.0), (140.0, 10.0, 100.0, 50.0), (500.0, 0.0, 100.0, 50.0)])


def gaps_at(low: float, *, axis: int = 0, reach: float = 6.0, across: float = 0.0):
    mine = np.array((low, across, 80.0, 50.0))
    if axis == 0:
        return spacing(ROW, mine, 0, reach)
    turned = [1, 0, 3, 2]
    return spacing(ROW[:, turned], mine[turned], 1, reach)


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize(("low", "wanted"), [(283.0, 280.0), (333.0, 330.0), (-117.0, -120.0)])
def test_the_gaps_on_both_sides_are_equal(axis, low, wanted):
    found = gaps_at(low, axis=axis)
    assert low + found.way == wanted
    (a, b), (c, d) = found.gaps
    assert b - a == d - c


def test_what_is_too_far_or_in_no_row_is_left_alone():
    assert gaps_at(300.0) is None
    assert gaps_at(283.0, reach=2.0) is None
    assert gaps_at(283.0, across=400.0) is None
    assert spacing(ROW[:0], np.array((0.0, 0.0, 1.0, 1.0)), 0, 6.0) is None


def test_things_that_overlap_have_no_gaps():
    heap = np.array([(0.0, 0.0, 100.0, 50.0), (60.0, 0.0, 100.0, 50.0)])
    assert spacing(heap, np.array((122.0, 0.0, 80.0, 50.0)), 0, 6.0) is None
