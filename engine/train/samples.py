"""The samples of a document: generated or taken from its table, split into train and test.

The trainer learns from them; the boundary panel draws them; picking one makes it the sample that
the canvas shows.  They follow from the settings and the seeds alone.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.records import DataSettings, Seeds
from engine.graph.tables import Table
from engine.train.datasets import DATASETS
from engine.train.words import unknown

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Inputs (n, features) and targets (n, columns), read-only; the test samples come last.

    `train` and `test` are the rows of each part.  With two `classes` a label is -1 or 1; with
    more it is the number of the class, from 0 on; with 0 classes it is a number to come near to.
    `rows` says which row of the document's table each sample is, None if it was generated.
    """

    inputs: Numbers
    targets: Numbers
    train: slice
    test: slice
    classes: int = 2
    rows: Rows | None = None

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def labels(self) -> Numbers:
        """The first target of every sample, shape (n,); all 0 if there is no target."""
        return self.targets[:, 0] if self.targets.shape[1] else np.zeros(len(self))

    @property
    def tests(self) -> int:
        """How many samples are kept from training."""
        return len(self.inputs[self.test])


def load_samples(data: DataSettings, seeds: Seeds) -> Samples | Refusal | None:
    """Generate or take the samples and split them; None without data, or say what is wrong."""
    if data.generator is None and data.table is None:
        return None
    if not 0.0 <= data.test_share < 1.0:
        return Refusal(_("The share of test points lies between 0 and 1"))
    if data.table is not None:
        return _taken(data.table, data, seeds)
    dataset = DATASETS.get(data.generator or "")
    if dataset is None:
        return unknown(_("There is no data set {name!r}"), data.generator or "", DATASETS)
    drawn = dataset.generate(data.samples, data.noise, seeds.data, data.classes)
    if isinstance(drawn, Refusal):
        return drawn
    inputs, labels = drawn
    return split(inputs, labels[:, None], data.test_share, dataset.count(data.classes))


def split(inputs: Numbers, targets: Numbers, test_share: float, classes: int = 2) -> Samples:
    """Keep the last samples, as many as the share says, for the test; one stays to train on."""
    count = len(inputs)
    train = max(1, count - round(count * test_share))
    for numbers in (inputs, targets):
        numbers.setflags(write=False)
    return Samples(inputs, targets, slice(0, train), slice(train, count), classes)


def _taken(table: Table, data: DataSettings, seeds: Seeds) -> Samples | Refusal:
    """Take the samples from the columns of a table that have a role."""
    columns = [*data.features, *([data.target] if data.target is not None else [])]
    if any(not 0 <= column < len(table.names) for column in columns):
        return Refusal(
            _("The table has no such column"),
            _("it has {count}").format(count=len(table.names)),
        )
    if not len(table):
        return Refusal(_("The table has no rows"))
    rows, train = _dealt(len(table), data.test_share, seeds.data)
    inputs = table.numbers[rows][:, list(data.features)]
    classes = 0 if data.target is None else len(table.words[data.target])
    targets = table.numbers[rows][:, [] if data.target is None else [data.target]]
    if classes == 2:
        targets = 2.0 * targets - 1.0
    for numbers in (inputs, targets, rows):
        numbers.setflags(write=False)
    return Samples(inputs, targets, slice(0, train), slice(train, len(rows)), classes, rows)


def _dealt(count: int, test_share: float, seed: int) -> tuple[Rows, int]:
    """Return all rows, those for the test last, and how many there are to train on.

    Each row has its own draw, so that rows that are added leave the parts of the others alone.
    """
    tested = RandomState(seed).random_sample(count) < test_share
    if tested.all():
        tested[0] = False
    rows = np.concatenate((np.flatnonzero(~tested), np.flatnonzero(tested)))
    return rows, count - int(tested.sum())
