"""Contour lines lie where the scores are the level, and nowhere else."""

import numpy as np
import pytest

from engine.train.boundary import Bounds
from engine.train.contours import contour, joined

BOUNDS = Bounds(-1.0, 2.0, 0.0, 1.5)


def grid(function, side: int = 31) -> np.ndarray:
    x, y = np.meshgrid(
        np.linspace(BOUNDS.left, BOUNDS.right, side), np.linspace(BOUNDS.bottom, BOUNDS.top, side)
    )
    return function(x, y)


def test_the_line_of_a_plane_is_exact():
    """Over triangles a plane is met exactly; its line is x + 2y = 1.3, from rim to rim."""
    pieces = contour(grid(lambda x, y: x + 2 * y), 1.3, BOUNDS)
    assert pieces[..., 0] + 2 * pieces[..., 1] == pytest.approx(1.3)
    length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
    assert length == pytest.approx(np.hypot(1.3 - -1.0, (1.3 - -1.0) / 2), rel=1e-9)


def test_a_circle_has_the_length_of_a_circle():
    pieces = contour(grid(lambda x, y: (x - 0.5) ** 2 + (y - 0.75) ** 2, 101), 0.36, BOUNDS)
    assert np.hypot(*(pieces - (0.5, 0.75)).reshape(-1, 2).T) == pytest.approx(0.6, abs=1e-3)
    length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
    assert length == pytest.approx(2 * np.pi * 0.6, rel=1e-3)


def test_a_line_never_ends_inside():
    """Each end of a piece is the end of another one, but on the rim of the grid."""
    rough = np.random.RandomState(7).standard_normal((12, 12))
    ends = np.round(contour(rough, 0.1, BOUNDS).reshape(-1, 2), 9)
    places, counts = np.unique(ends, axis=0, return_counts=True)
    on_rim = np.isin(places[:, 0], (BOUNDS.left, BOUNDS.right)) | np.isin(
        places[:, 1], (BOUNDS.bottom, BOUNDS.top)
    )
    assert set(counts[on_rim].tolist()) == {1}
    assert set(counts[~on_rim].tolist()) == {2}


def test_what_never_reaches_the_level_has_no_line():
    assert contour(grid(lambda x, y: 0 * x), 0.5, BOUNDS).shape == (0, 2, 2)


def test_cells_that_are_not_finite_have_no_line():
    scores = grid(lambda x, y: x)
    scores[:, :15] = np.nan
    scores[0, -1] = np.inf
    assert np.isfinite(contour(scores, 1.0, BOUNDS)).all()


def test_pieces_are_joined_to_whole_lines():
    """A circle is one closed line, a plane one open line, and nothing is lost on the way."""
    round_ = contour(grid(lambda x, y: (x - 0.5) ** 2 + (y - 0.75) ** 2, 101), 0.36, BOUNDS)
    [circle] = joined(round_)
    assert circle[0].tolist() == circle[-1].tolist()
    [line] = joined(contour(grid(lambda x, y: x + 2 * y), 1.3, BOUNDS))
    assert np.hypot(*(line[-1] - line[0])) == pytest.approx(np.hypot(2.3, 1.15))
    for pieces, whole in ((round_, circle),):
        length = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T).sum()
        assert np.hypot(*np.diff(whole, axis=0).T).sum() == pytest.approx(length)
    rough = contour(np.random.RandomState(7).standard_normal((12, 12)), 0.1, BOUNDS)
    assert sum(len(line) - 1 for line in joined(rough)) == len(rough)
    assert joined(np.empty((0, 2, 2))) == []
