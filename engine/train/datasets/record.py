"""What a generated data set is: a record with its formula, its ranges and what its labels mean.

The families beside this file declare such records; `engine.train.datasets` is the table of all.
Nothing here knows a document; `samples` splits the points and encodes the labels.
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from typing import Protocol

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.streams import Seed, check_seed
from engine.train.streams import data_stream

Numbers = NDArray[np.float64]
Drawn = tuple[Numbers, Numbers]  # inputs (n, features) and labels (n,)

MOST_SAMPLES = 5000
LARGEST_SEED = 2**32 - 1
FAMILIES = {2: _("Two classes"), 0: _("Regression")}
SEVERAL = _("Several classes")


class Stream(Protocol):
    """Where random numbers come from, one after another: `RandomState`, or what imitates another.

    The sets of TensorFlow Playground ask for nothing but this, in its order.
    """

    def random_sample(self, size: tuple[int, ...]) -> Numbers:
        """Return uniform numbers from 0 to below 1, drawn in the order of rows."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A recipe for points with a label each.

    `draw` gets the number of samples, the noise and the random stream, and returns inputs of
    shape (n, features) and labels of shape (n,). Labels are as `Samples` has them for so many
    `classes`: -1 or 1, numbers from 0 on, any for none. Where `most_classes` is not 0 the document
    says how many there are, from 2 up to it; `draw` gets that as a fourth argument, and `classes`
    is what it is if nobody says. Points that are drawn class by class are `sorted`: they are
    shuffled before they are split. `samples` and `noise` are the least and the greatest that make
    sense; the defaults show the data set at its best.
    """

    key: str
    title: str
    description: str
    draw: Callable[..., Drawn]
    samples: tuple[int, int] = (2, MOST_SAMPLES)
    noise: tuple[float, float] = (0.0, 1.0)
    default_samples: int = 200
    default_noise: float = 0.0
    classes: int = 2
    most_classes: int = 0
    features: int = 2
    sorted: bool = True

    @property
    def family(self) -> str:
        """The heading it stands under where data sets are chosen."""
        return SEVERAL if self.most_classes else FAMILIES.get(self.classes, SEVERAL)

    def count(self, classes: int) -> int:
        """Return how many classes there are in a document that asks for so many."""
        return classes if self.most_classes else self.classes

    def generate(
        self, samples: int, noise: float, seed: Seed, classes: int | None = None
    ) -> Drawn | Refusal:
        """Draw inputs (samples, features) and labels (samples,), or refuse what is out of range.

        `classes` means something only where their number can be chosen.
        """
        wanted = self.classes if classes is None else classes
        refusal = (
            _outside(_("The number of samples"), samples, *self.samples)
            or _outside(_("The noise"), noise, *self.noise)
            or _no_seed(_("The data seed"), seed)
        )
        if refusal is None and self.most_classes:
            refusal = _outside(_("The number of classes"), wanted, 2, self.most_classes)
        if refusal is not None:
            return refusal
        return self.deal(samples, noise, data_stream(seed), wanted)

    def deal(
        self, samples: int, noise: float, stream: RandomState, classes: int | None = None
    ) -> Drawn:
        """Draw inputs and labels from a stream, in an order that may be split anywhere."""
        wanted = self.classes if classes is None else classes
        further = (int(wanted),) if self.most_classes else ()
        points, labels = self.draw(int(samples), float(noise), stream, *further)
        if not self.sorted:
            return points, labels
        order = stream.permutation(len(points))
        return points[order], labels[order]


def _no_seed(title: str, seed: Seed) -> Refusal | None:
    if isinstance(seed, str):
        return check_seed(title, seed)
    return _outside(title, seed, 0, LARGEST_SEED)


def _outside(title: str, number: float, low: float, high: float) -> Refusal | None:
    if low <= number <= high:  # NaN lies nowhere
        return None
    return Refusal(
        _("{title} lies between {low:,} and {high:,}").format(title=title, low=low, high=high),
        _("it is {number}").format(number=number),
    )
