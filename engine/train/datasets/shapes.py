"""Data sets of classes that lie in shapes: moons, arms of a spiral, yin and yang, and blobs."""

from gettext import gettext as _

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from engine.train.datasets.record import Dataset, Drawn, Numbers

RADIUS = 5.0  # of the spiral and of yin-yang
ARMS = 3
TWIST = 4.0  # the angle, in radians, between the two ends of an arm
DOT = 0.2  # the radius of yin-yang's dots, of its own
CIRCLE = 4.0  # the centres of the blobs lie on it
MOST_BLOBS = 8


def moons(samples: int, noise: float, stream: RandomState) -> Drawn:
    """Draw two half circles that reach into each other; the upper one is labelled -1.

    `sklearn.datasets.make_moons` with the same stream gives the same points, labels 0 and 1.
    """
    upper = np.linspace(0.0, np.pi, samples // 2)
    lower = np.linspace(0.0, np.pi, samples - samples // 2)
    x = np.append(np.cos(upper), 1.0 - np.cos(lower))
    y = np.append(np.sin(upper), 1.0 - np.sin(lower) - 0.5)
    labels = np.append(np.full(len(upper), -1.0), np.full(len(lower), 1.0))
    order = np.arange(samples)
    stream.shuffle(order)
    points = np.stack((x, y), axis=1)[order]
    return points + stream.normal(scale=noise, size=points.shape), labels[order]


def spiral3(samples: int, noise: float, stream: RandomState) -> Drawn:
    """Draw three arms of a spiral, a class each; noise turns a point about the middle.

    The formula of the notes of Stanford's CS231n (cs231n.github.io/neural-networks-case-study),
    five times as large; its noise is 0.2.
    """
    points, labels = np.empty((samples, 2)), np.empty(samples)
    for arm, rows in enumerate(_parts(samples, ARMS)):
        radius = np.linspace(0.0, RADIUS, len(rows))
        angle = np.linspace(arm * TWIST, (arm + 1) * TWIST, len(rows))
        angle += noise * stream.normal(size=len(rows))
        points[rows] = np.stack((radius * np.sin(angle), radius * np.cos(angle)), axis=1)
        labels[rows] = arm
    return points, labels


def yin_yang(samples: int, noise: float, stream: RandomState) -> Drawn:
    """Draw a disc in the halves yang (0) and yin (1), the dots in them being class 2.

    As many points of each class. The shapes are those of Kriener, Göltz and Petrovici, "The
    Yin-Yang dataset" (arXiv:2102.08211), around 0 and ten times as large; noise, which theirs
    does not have, moves the points by its share of the radius.
    """
    parts = _parts(samples, 3)
    found = [np.empty((0, 2)) for _part in parts]
    while any(len(some) < len(part) for some, part in zip(found, parts, strict=True)):
        tried = 2.0 * stream.random_sample((4 * samples, 2)) - 1.0
        kinds = _kinds(tried)
        found = [np.concatenate((some, tried[kinds == k])) for k, some in enumerate(found)]
    points = np.concatenate([some[: len(part)] for some, part in zip(found, parts, strict=True)])
    labels = np.repeat(np.arange(3.0), [len(part) for part in parts])
    return RADIUS * (points + stream.normal(scale=noise, size=points.shape)), labels


def _kinds(points: Numbers) -> NDArray[np.int64]:
    """Return the class of places in the disc of radius 1, and -1 outside."""
    x, y = points.T
    right, left = np.hypot(x - 0.5, y), np.hypot(x + 0.5, y)
    yin = (right <= DOT) | ((left > DOT) & (left <= 0.5)) | ((y > 0.0) & (right > 0.5))
    dots = (right < DOT) | (left < DOT)
    return np.where(np.hypot(x, y) > 1.0, -1, np.where(dots, 2, yin))


def blobs(samples: int, noise: float, stream: RandomState, classes: int) -> Drawn:
    """Draw round clouds, a class each, around places evenly on a circle.

    Noise is how far points stray, as a share of the radius of 5.
    """
    numbers = np.concatenate(
        [np.full(len(rows), float(k)) for k, rows in enumerate(_parts(samples, classes))]
    )
    angle = 2.0 * np.pi * numbers / classes
    centres = CIRCLE * np.stack((np.sin(angle), np.cos(angle)), axis=1)
    points = centres + RADIUS * stream.normal(scale=noise, size=centres.shape)
    return points, 2.0 * numbers - 1.0 if classes == 2 else numbers


def _parts(samples: int, count: int) -> list[NDArray[np.int64]]:
    """Return the rows of each class, as many as the others to within one."""
    return np.array_split(np.arange(samples), count)


MOONS = Dataset(
    "moons",
    _("moons"),
    _("Two half circles that reach into each other: a line cannot part them"),
    moons,
    default_samples=100,
    default_noise=0.1,
    sorted=False,
)
SEVERAL = (
    Dataset(
        "blobs",
        _("blobs"),
        _("Round clouds, as many as there are classes"),
        blobs,
        default_noise=0.15,
        classes=3,
        most_classes=MOST_BLOBS,
    ),
    Dataset(
        "spiral3",
        _("three arms"),
        _("Three arms of a spiral, a class each"),
        spiral3,
        default_samples=300,
        default_noise=0.2,
        classes=3,
    ),
    Dataset(
        "yin_yang",
        _("yin and yang"),
        _("Two halves that wind into each other, and the dots in them"),
        yin_yang,
        default_samples=300,
        classes=3,
    ),
)
