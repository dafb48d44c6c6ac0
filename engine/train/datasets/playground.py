"""The six data sets of TensorFlow Playground, in its formulas and in its order of random draws.

They take their numbers from any `Stream`, so that with its generator the points are its own.
Source: src/dataset.ts of tensorflow/playground. Points come class by class, or as they are drawn.
"""

import math
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.train.datasets.record import Dataset, Drawn, Numbers, Stream

RADIUS = 5.0  # of the circle's rim and of the spiral, and half the width of xor's square
WIDE = 6.0  # half the width of the square of the regressions
XOR_GAP = 0.3
LEAST_VARIANCE, MORE_VARIANCE = 0.5, 7.0  # of gauss without noise, and what all of it adds
TURNS = 1.75
REACH = 2.0  # of a hill, to where it is level
HILLS = np.array(  # x, y, sign
    [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)],
    dtype=np.float64,
)


def circle(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw a disc, labelled 1, and a ring around it.

    Noise moves the point only while its label is decided, so that it flips labels near the rim.
    """
    uniform = stream.random_sample((samples, 4))
    inside = _first_half(samples)
    low = np.where(inside, 0.0, 0.7 * RADIUS)
    width = np.where(inside, 0.5 * RADIUS, 0.3 * RADIUS)
    radius, angle = low + width * uniform[:, 0], 2.0 * np.pi * uniform[:, 1]
    points = radius[:, None] * np.stack((np.sin(angle), np.cos(angle)), axis=1)
    moved = points + noise * _between(uniform[:, 2:], RADIUS)
    return points, np.where(np.hypot(moved[:, 0], moved[:, 1]) < 0.5 * RADIUS, 1.0, -1.0)


def xor(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw a square whose opposite quarters share a label.

    Points keep a gap of 0.3 to both axes; noise flips labels near them.
    """
    uniform = stream.random_sample((samples, 4))
    points = _between(uniform[:, :2], RADIUS)
    points += np.where(points > 0.0, XOR_GAP, -XOR_GAP)
    moved = points + noise * _between(uniform[:, 2:], RADIUS)
    return points, np.where(moved[:, 0] * moved[:, 1] >= 0.0, 1.0, -1.0)


def gauss(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw two round clouds, around (2, 2) labelled 1 and around (-2, -2) labelled -1."""
    labels = np.where(_first_half(samples), 1.0, -1.0)
    spread = math.sqrt(LEAST_VARIANCE + MORE_VARIANCE * noise)
    normal = np.array([_normal(stream) for _number in range(2 * samples)])
    return 2.0 * labels[:, None] + spread * normal.reshape(samples, 2), labels


def spiral(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw two arms that wind around each other, labelled 1 and -1; noise moves the points."""
    inside = _first_half(samples)
    along = np.where(inside, np.arange(samples), np.arange(samples) - inside.sum())
    along = along / (samples / 2)
    angle = TURNS * along * 2.0 * np.pi + np.where(inside, 0.0, np.pi)
    points = RADIUS * along[:, None] * np.stack((np.sin(angle), np.cos(angle)), axis=1)
    jitter = noise * _between(stream.random_sample((samples, 2)), 1.0)
    return points + jitter, np.where(inside, 1.0, -1.0)


def plane(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw a slope: a tenth of x + y. Noise moves the point while its number is decided."""
    uniform = stream.random_sample((samples, 4))
    points = _between(uniform[:, :2], WIDE)
    moved = points + noise * _between(uniform[:, 2:], WIDE)
    return points, moved.sum(axis=1) / 10.0


def hills(samples: int, noise: float, stream: Stream) -> Drawn:
    """Draw three hills and three hollows, 1 high or deep; where two meet the stronger counts."""
    uniform = stream.random_sample((samples, 4))
    points = _between(uniform[:, :2], WIDE)
    moved = points + noise * _between(uniform[:, 2:], WIDE)
    apart = moved[:, None] - HILLS[:, :2]
    heights = HILLS[:, 2] * np.clip(1.0 - np.hypot(apart[..., 0], apart[..., 1]) / REACH, 0.0, 1.0)
    strongest = np.argmax(np.abs(heights), axis=1)
    return points, heights[np.arange(samples), strongest]


def _first_half(samples: int) -> NDArray[np.bool_]:
    return np.arange(samples) < samples - samples // 2


def _between(uniform: Numbers, reach: float) -> Numbers:
    """Return numbers from -reach to reach of numbers from 0 to 1."""
    return reach * (2.0 * uniform - 1.0)


def _normal(stream: Stream) -> float:
    """Draw a standard normal number by Marsaglia's polar method, throwing its twin away."""
    while True:
        first, second = (float(number) for number in _between(stream.random_sample((2,)), 1.0))
        square = first * first + second * second
        if 0.0 < square <= 1.0:
            return math.sqrt(-2.0 * math.log(square) / square) * first


CLASSES = (
    Dataset(
        "circle",
        _("circle"),
        _("A disc and a ring around it: the boundary has to close"),
        circle,
    ),
    Dataset(
        "xor",
        _("exclusive or"),
        _("Opposite quarters belong together: no single neuron can tell them apart"),
        xor,
    ),
    Dataset(
        "gauss",
        _("two clouds"),
        _("Two round clouds: a single neuron parts them, as far as they can be parted"),
        gauss,
    ),
    Dataset(
        "spiral",
        _("spiral"),
        _("Two arms wind around each other: the hardest to part"),
        spiral,
    ),
)
REGRESSIONS = (
    Dataset(
        "plane",
        _("slope"),
        _("A tenth of x1 + x2: a single linear neuron tells it"),
        plane,
        classes=0,
    ),
    Dataset(
        "hills",
        _("hills"),
        _("Three hills and three hollows in a plane"),
        hills,
        classes=0,
    ),
)
