"""A studio for the tests of the painters, and what they look at in its pictures."""

import pytest

from tests.playground.canvas.studio import Studio


@pytest.fixture
def studio(qapp):
    """Return how to open a studio for a document."""
    return Studio


def colours(shot, rect) -> set[tuple[int, int, int]]:
    """Return all colours inside a rectangle (x, y, width, height) of a picture."""
    x, y, width, height = rect
    part = shot[y : y + height, x : x + width].reshape(-1, 3)
    return {tuple(colour) for colour in part.tolist()}


@pytest.fixture
def palette():
    return colours
