"""Ports under a wire in the hand: those that pull grow towards it, the others shrink."""

import numpy as np
import pytest

from playground.canvas.painting.magnets import LARGEST, REACH, SMALLEST, port_sizes
from playground.canvas.painting.picture import Draft

POINTS = np.array([[float(x), 0.0] for x in range(0, 60, 2)] * 2)
OPEN = np.arange(len(POINTS)) < len(POINTS) // 2


def sizes(zoom: float = 1.0):
    draft = Draft((0.0, 0.0), (0.0, 0.0), 0, np.zeros(0, np.int64), open=OPEN, free=(0.0, 0.0))
    both = port_sizes(draft, POINTS, zoom)
    return both[OPEN], both[~OPEN]


def test_the_nearer_the_hand_the_larger_or_smaller():
    pulling, refusing = sizes()
    assert pulling[0] == LARGEST
    assert refusing[0] == SMALLEST
    assert (np.diff(pulling) <= 0).all()
    assert (np.diff(refusing) >= 0).all()


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_out_of_reach_on_the_screen_ports_are_as_usual(zoom):
    far = POINTS[OPEN][:, 0] * zoom >= REACH
    for some in sizes(zoom):
        assert (some[far] == 1.0).all()


def test_they_grow_in_small_steps():
    pulling, _refusing = sizes()
    assert np.abs(np.diff(pulling)).max() <= 0.25
