"""The generated data sets: one record each, in one table.

The trainer, the panels and the command line read the table; adding a data set is adding a record.
Points are drawn from a stream of their own, so the same seed gives the same data on any machine.
Nothing here knows a document; `samples` splits the points and encodes the labels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from engine.errors import Refusal

Numbers = NDArray[np.float64]
Draw = Callable[[int, float, RandomState], tuple[Numbers, Numbers]]

RADIUS = 5.0  # of the circle's outer rim, and half the width of xor's square
XOR_GAP = 0.3
LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Dataset:
    """A recipe for points with a label each.

    `draw` gets the number of samples, the noise and the random stream, and gives inputs of shape
    (n, features) and labels of shape (n,), in an order that may be split anywhere.  Labels
    are as `Samples` has them for so many `classes`: -1 or 1, numbers from 0 on, any for none.
    `samples` and `noise` are the least and the greatest that make sense; the defaults show the
    data set at its best.
    """

    key: str
    title: str
    description: str
    draw: Draw
    samples: tuple[int, int] = (2, 5000)
    noise: tuple[float, float] = (0.0, 1.0)
    default_samples: int = 100
    default_noise: float = 0.1
    classes: int = 2
    features: int = 2

    def generate(self, samples: int, noise: float, seed: int) -> tuple[Numbers, Numbers] | Refusal:
        """Draw inputs (samples, features) and labels (samples,), or refuse what is out of range."""
        refusal = (
            _outside(_("The number of samples"), samples, *self.samples)
            or _outside(_("The noise"), noise, *self.noise)
            or _outside(_("The data seed"), seed, 0, LARGEST_SEED)
        )
        return refusal or self.draw(int(samples), float(noise), RandomState(int(seed)))


def _outside(title: str, number: float, low: float, high: float) -> Refusal | None:
    if low <= number <= high:  # NaN lies nowhere
        return None
    return Refusal(
        _("{title} lies between {low:,} and {high:,}").format(title=title, low=low, high=high),
        _("it is {number}").format(number=number),
    )


def moons(samples: int, noise: float, stream: RandomState) -> tuple[Numbers, Numbers]:
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


def circle(samples: int, noise: float, stream: RandomState) -> tuple[Numbers, Numbers]:
    """Draw a disc, labelled 1, and a ring around it, as TensorFlow Playground does.

    Noise moves the point only while its label is decided, so that it flips labels near the rim.
    """
    inside = np.arange(samples) < samples - samples // 2
    uniform = stream.random_sample((samples, 4))
    low = np.where(inside, 0.0, 0.7 * RADIUS)
    width = np.where(inside, 0.5 * RADIUS, 0.3 * RADIUS)
    radius, angle = low + width * uniform[:, 0], 2.0 * np.pi * uniform[:, 1]
    points = radius[:, None] * np.stack((np.sin(angle), np.cos(angle)), axis=1)
    moved = points + _jitter(uniform[:, 2:], noise)
    labels = np.where(np.hypot(moved[:, 0], moved[:, 1]) < 0.5 * RADIUS, 1.0, -1.0)
    return _shuffled(points, labels, stream)


def xor(samples: int, noise: float, stream: RandomState) -> tuple[Numbers, Numbers]:
    """Draw a square whose opposite quarters share a label, as TensorFlow Playground does.

    Points keep a gap of 0.3 to both axes; noise flips labels near them.
    """
    uniform = stream.random_sample((samples, 4))
    points = RADIUS * (2.0 * uniform[:, :2] - 1.0)
    points += np.where(points > 0.0, XOR_GAP, -XOR_GAP)
    moved = points + _jitter(uniform[:, 2:], noise)
    labels = np.where(moved[:, 0] * moved[:, 1] >= 0.0, 1.0, -1.0)
    return _shuffled(points, labels, stream)


def _jitter(uniform: Numbers, noise: float) -> Numbers:
    return noise * RADIUS * (2.0 * uniform - 1.0)


def _shuffled(points: Numbers, labels: Numbers, stream: RandomState) -> tuple[Numbers, Numbers]:
    order = stream.permutation(len(points))
    return points[order], labels[order]


_TABLE = (
    Dataset(
        "moons",
        _("moons"),
        _("Two half circles that reach into each other: a line cannot part them"),
        moons,
    ),
    Dataset(
        "circle",
        _("circle"),
        _("A disc and a ring around it: the boundary has to close"),
        circle,
        default_samples=200,
        default_noise=0.0,
    ),
    Dataset(
        "xor",
        _("exclusive or"),
        _("Opposite quarters belong together: no single neuron can tell them apart"),
        xor,
        default_samples=200,
        default_noise=0.0,
    ),
)
DATASETS: Mapping[str, Dataset] = MappingProxyType({d.key: d for d in _TABLE})
