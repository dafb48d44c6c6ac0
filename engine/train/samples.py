"""The samples of a document: generated, split into train and test, encoded for its targets.

The trainer learns from them; the boundary panel draws them; picking one makes it the sample that
the canvas shows.  They follow from the settings and the seed alone.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.records import DataSettings, Seeds
from engine.train.datasets import DATASETS
from engine.train.words import unknown

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Inputs (n, features) and targets (n, columns), read-only; the test samples come last.

    `train` and `test` are the rows of each part.  A label is -1 or 1.
    """

    inputs: Numbers
    targets: Numbers
    train: slice
    test: slice

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def labels(self) -> Numbers:
        """The first target of every sample, shape (n,)."""
        return self.targets[:, 0]

    @property
    def tests(self) -> int:
        """How many samples are kept from training."""
        return len(self.inputs[self.test])


def load_samples(data: DataSettings, seeds: Seeds) -> Samples | Refusal | None:
    """Generate and split the samples; None without a generator, a refusal for bad settings."""
    if data.generator is None:
        return None
    dataset = DATASETS.get(data.generator)
    if dataset is None:
        return unknown(_("There is no data set {name!r}"), data.generator, DATASETS)
    drawn = dataset.generate(data.samples, data.noise, seeds.data)
    if isinstance(drawn, Refusal):
        return drawn
    if not 0.0 <= data.test_share < 1.0:
        return Refusal(_("The share of test points lies between 0 and 1"))
    inputs, labels = drawn
    return split(inputs, labels[:, None], data.test_share)


def split(inputs: Numbers, targets: Numbers, test_share: float) -> Samples:
    """Keep the last samples, as many as the share says, for the test; one stays to train on."""
    count = len(inputs)
    train = max(1, count - round(count * test_share))
    for numbers in (inputs, targets):
        numbers.setflags(write=False)
    return Samples(inputs, targets, slice(0, train), slice(train, count))
