"""A boundary of k classes or of numbers as colours, and colours that can be told apart."""

import numpy as np
import pytest

from engine.train.boundary import NO_DATA, Boundary, Reach, reach_of
from engine.train.samples import split
from playground.panels.boundary.overlays import borders
from playground.theme import THEMES, load_theme
from playground.widgets.heatmap import parts
from playground.widgets.shading import Shading, shading_of

# Machado, Oliveira and Fernandes (2009), severity 1.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
APART = 18.0  # in CIELAB; from 2.3 on two colours beside each other differ


@pytest.fixture(params=THEMES)
def theme(request):
    return load_theme(request.param)


def lab(colour, seen: np.ndarray) -> np.ndarray:
    """Return a colour in CIELAB as somebody sees it."""
    share = np.array(parts(colour)[:3]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    x, y, z = XYZ @ np.clip(seen @ linear, 0, 1) / (0.9505, 1.0, 1.089)
    f = [np.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("seen", BLINDNESS)
def test_eight_classes_can_be_told_apart_by_everybody(theme, seen):
    places = [lab(theme.of_class(k), BLINDNESS[seen]) for k in range(8)]
    for one in range(8):
        for other in range(one):
            assert np.linalg.norm(places[one] - places[other]) > APART, (one, other)


def test_the_first_two_classes_are_orange_and_blue(theme):
    assert theme.of_class(0) == theme.map_negative
    assert theme.of_class(1) == theme.map_positive
    assert theme.of_class(8) == theme.of_class(0)


def thirds() -> Boundary:
    """Return three classes, each of which wins a third of the plane from left to right."""
    x = np.tile(np.linspace(-3.0, 3.0, 31, dtype=np.float32), (31, 1))
    return Boundary(np.stack((-x, 1 - np.abs(x), x)) * 4, NO_DATA, "class scores")


@pytest.mark.parametrize("hard", [False, True])
def test_each_place_has_the_colour_of_its_winner(theme, hard):
    boundary = thirds()
    picture = Shading(theme, 3, Reach(), hard).picture(boundary, 31).astype(int)
    colours = np.array([parts(theme.of_class(k))[:3] for k in range(3)])
    for column in (0, 5, 15, 25, 30):
        away = np.abs(picture[15, column, :3] - colours).sum(axis=1)
        assert away.argmin() == boundary.winners[15, column]
    assert (picture[..., 3] == 255).all()


def test_soft_colours_fade_where_classes_meet_and_hard_ones_do_not(theme):
    boundary = thirds()
    zero = np.array(parts(theme.map_zero)[:3])
    meeting = 12, 13  # the columns around x = -1/2
    soft = Shading(theme, 3, Reach()).picture(boundary, 31).astype(int)[15, :, :3]
    hard = Shading(theme, 3, Reach(), hard=True).picture(boundary, 31).astype(int)[15, :, :3]
    for column in meeting:
        assert np.abs(soft[column] - zero).sum() < np.abs(soft[0] - zero).sum()
    assert len(np.unique(hard, axis=0)) == 3


def test_two_hard_classes_have_two_colours(theme):
    scores = np.tile(np.linspace(-1, 1, 20, dtype=np.float32), (20, 1))
    picture = Shading(theme, 2, Reach(), hard=True).picture(Boundary(scores, NO_DATA, "score"), 20)
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) == 2


def test_what_is_not_finite_is_clear(theme):
    boundary = thirds()
    scores = boundary.scores.copy()
    scores[:, 0, 0] = np.nan
    scores[0, 1, 0] = scores[1, 1, 0] = np.inf
    unknown = Boundary(scores, NO_DATA, "class scores")
    for hard in (False, True):
        picture = Shading(theme, 3, Reach(), hard=hard).picture(unknown, 31)
        assert picture[0, 0, 3] == picture[1, 0, 3] == 0
        assert picture[15, 15, 3] == 255
    assert all(np.isfinite(line).all() for line in borders(unknown))


@pytest.mark.parametrize(
    ("targets", "reach"),
    [
        ([-1.0, 3.0], Reach(-3.0, 3.0)),
        ([100.0, 180.0], Reach(100.0, 180.0)),
        ([5.0, 5.0], Reach(4.0, 6.0)),
    ],
)
def test_numbers_reach_as_far_as_the_targets(theme, targets, reach):
    samples = split(np.zeros((2, 2)), np.array(targets)[:, None], 0.0, classes=0)
    assert reach_of(samples) == reach
    shading = shading_of(samples, theme)
    ends = shading.points(np.array([reach.low, reach.high]))
    scores = np.array([[reach.low, reach.high]] * 2, dtype=np.float32)
    picture = shading.picture(Boundary(scores, NO_DATA, "number"), 2)
    assert [tuple(c) for c in picture[0].tolist()] == [parts(colour) for colour in ends]
    far = Boundary(scores * 0 + 1e6, NO_DATA, "number")
    assert tuple(shading.picture(far, 2)[0, 0].tolist()) == parts(ends[1])
