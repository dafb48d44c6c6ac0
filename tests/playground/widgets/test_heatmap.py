"""Scores as colours: the ends of the map, the middle, and what is no number."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine.train.boundary import NO_DATA, Boundary
from playground.theme import load_theme
from playground.widgets.heatmap import colour_table, enlarged, leaning, parts, shades


@pytest.fixture(params=["dark", "light"])
def theme(request):
    return load_theme(request.param)


def boundary(link: str, *scores: float) -> Boundary:
    return Boundary(np.array([scores], dtype=np.float32), NO_DATA, link)


def test_zero_has_the_colour_of_zero_and_the_ends_lean_to_their_classes(theme):
    low, middle, high = shades(np.array([-1.0, 0.0, 1.0]), colour_table(theme)).astype(int)
    assert tuple(middle) == parts(theme.map_zero)
    for end, colour in ((low, theme.map_negative), (high, theme.map_positive)):
        assert np.abs(end - parts(colour)).sum() < np.abs(end - middle).sum() / 3


def test_beyond_the_ends_colours_stay_and_between_them_they_never_turn_back(theme):
    table = colour_table(theme)
    assert_allclose(shades(np.array([-9.0, 9.0]), table), shades(np.array([-1.0, 1.0]), table))
    ramp = shades(np.linspace(0.0, 1.0, 300), table).astype(int)
    for channel in range(4):
        assert (np.diff(ramp[:, channel]) >= 0).all() or (np.diff(ramp[:, channel]) <= 0).all()


def test_what_is_no_number_is_transparent(theme):
    assert shades(np.array([np.nan, np.inf]), colour_table(theme))[:, 3].tolist() == [0, 0]


def test_every_link_leans_from_minus_one_to_one_with_its_threshold_at_zero():
    assert leaning(boundary("probability", 0.0, 0.5, 1.0)).tolist() == [[-1.0, 0.0, 1.0]]
    assert_allclose(leaning(boundary("logit", -50.0, 0.0, 50.0)), [[-1.0, 0.0, 1.0]])
    assert leaning(boundary("score", -0.5, 0.0, 0.25)).tolist() == [[-0.5, 0.0, 0.25]]
    assert leaning(boundary("number", -2.0, 0.0, 4.0)).tolist() == [[-0.5, 0.0, 1.0]]
    assert leaning(boundary("number", 0.0, 0.0)).tolist() == [[0.0, 0.0]]


def test_a_plane_stays_a_plane_when_it_is_enlarged():
    y, x = np.mgrid[0:1:5j, 0:1:7j]
    v, u = np.mgrid[0:1:50j, 0:1:50j]
    assert_allclose(enlarged((2 * x - 3 * y).astype(np.float32), 50), 2 * u - 3 * v, atol=1e-6)


def test_a_number_that_is_not_finite_spoils_its_own_tile_only():
    scores = np.zeros((4, 4), dtype=np.float32)
    scores[0, 0] = np.nan
    large = enlarged(scores, 40)
    assert np.isnan(large[0, 0])
    assert np.isnan(large).mean() < 0.1
