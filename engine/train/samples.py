"""The samples of a document: generated or taken from its table, split into train and test.

The trainer learns from them; the boundary panel draws them; picking one makes it the sample that
the canvas shows.  They follow from the settings and the seeds alone.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal, accept
from engine.graph.records import DataSettings, Seeds
from engine.graph.rows import check_roles
from engine.graph.streams import Seed
from engine.graph.tables import Table, Words, make_table
from engine.train.datasets import DATASETS
from engine.train.streams import data_stream
from engine.train.words import unknown

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]
KEPT = 2  # of the latest samples: those of one document, and of what it is compared with
SIGNS = ("-1", "1")  # how two classes that have no names are written


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Inputs (n, features) and targets (n, columns), read-only; the test samples come last.

    `train` and `test` are the rows of each part.  With two `classes` a label is -1 or 1; with
    more it is the number of the class, from 0 on; with 0 classes it is a number to come near to.
    `rows` says which row of the document's table each sample is, None if it was generated.
    `names` are those of the features and the target, and `words` has one for each class, or none.
    Features are (raw - `centre`) / `scale`, both of shape (features,).
    """

    inputs: Numbers
    targets: Numbers
    train: slice
    test: slice
    classes: int = 2
    rows: Rows | None = None
    names: Words = ()
    words: Words = ()
    centre: Numbers = field(default_factory=lambda: np.zeros(0))
    scale: Numbers = field(default_factory=lambda: np.ones(0))

    def __post_init__(self) -> None:
        features = self.inputs.shape[1]
        if not self.names:
            names = [f"x{k + 1}" for k in range(features)]
            names += ["y"] if self.targets.shape[1] else []
            object.__setattr__(self, "names", tuple(names))
        if len(self.centre) != features:
            object.__setattr__(self, "centre", np.zeros(features))
            object.__setattr__(self, "scale", np.ones(features))

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def labels(self) -> Numbers:
        """The first target of every sample, shape (n,); all 0 if there is no target."""
        return self.targets[:, 0] if self.targets.shape[1] else np.zeros(len(self))

    def raw(self, inputs: Numbers) -> Numbers:
        """Return features (…, features) in the units that the table has them in."""
        return inputs * self.scale + self.centre

    def scaled(self, raw: Numbers) -> Numbers:
        """Return features (…, features) as they are trained on, from those of the table."""
        return (raw - self.centre) / self.scale

    @property
    def tests(self) -> int:
        """How many samples are kept from training."""
        return len(self.inputs[self.test])


def load_samples(data: DataSettings, seeds: Seeds) -> Samples | Refusal | None:
    """Generate or take the samples and split them; None without data, or say what is wrong.

    What was loaded last is kept: all that measures a document asks for the same.
    """
    return _loaded(data, seeds.data)


@lru_cache(maxsize=KEPT)
def _loaded(data: DataSettings, seed: Seed) -> Samples | Refusal | None:
    if data.generator is None and data.table is None:
        return None
    if not 0.0 <= data.test_share < 1.0:
        return Refusal(_("The share of test points lies between 0 and 1"))
    if data.table is not None:
        return _taken(data.table, data, seed)
    dataset = DATASETS.get(data.generator or "")
    if dataset is None:
        return unknown(_("There is no data set {name!r}"), data.generator or "", DATASETS)
    drawn = dataset.generate(data.samples, data.noise, seed, data.classes)
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


def _taken(table: Table, data: DataSettings, seed: Seed) -> Samples | Refusal:
    """Take the samples from the columns of a table that have a role."""
    refusal = check_roles(table, data.features, data.target)
    if refusal is not None:
        return refusal
    if not len(table):
        return Refusal(_("The table has no rows"))
    rows, train = dealt(len(table), data.test_share, seed)
    inputs = table.numbers[rows][:, list(data.features)]
    learnt = () if data.target is None else (data.target,)
    words = () if data.target is None else table.words[data.target]
    classes = len(words)
    targets = table.numbers[rows][:, list(learnt)]
    if classes == 2:
        targets = 2.0 * targets - 1.0
    with np.errstate(over="ignore", invalid="ignore"):  # of numbers near the largest there are
        centre, scale = _standard(inputs[:train], data.standardise)
        inputs = (inputs - centre) / scale
    for numbers in (inputs, targets, rows):
        numbers.setflags(write=False)
    return Samples(
        inputs,
        targets,
        slice(0, train),
        slice(train, len(rows)),
        classes,
        rows,
        tuple(table.names[column] for column in (*data.features, *learnt)),
        words,
        centre,
        scale,
    )


def _standard(inputs: Numbers, wanted: bool) -> tuple[Numbers, Numbers]:
    """Return what to take off features (n, features) and what to divide them by, then.

    A constant column's deviation counts as 1, so that it becomes 0.
    """
    features = inputs.shape[1]
    if not wanted:
        return np.zeros(features), np.ones(features)
    constant = (inputs == inputs[0]).all(axis=0)  # its deviation may be a rounding error, not 0
    centre = np.where(constant, inputs[0], inputs.mean(axis=0))
    scale = np.where(constant, 1.0, inputs.std(axis=0))
    return centre, np.where(scale > 0.0, scale, 1.0)


def table_of(samples: Samples) -> tuple[Table, tuple[int, ...], int | None]:
    """Return samples as a table, in raw units, with the columns of the features and the target.

    Whoever draws or exports points that were generated calls it.
    """
    features = samples.inputs.shape[1]
    learnt = samples.targets.shape[1]
    words, targets = samples.words, samples.targets
    if samples.classes == 2:
        targets = (targets + 1.0) / 2.0
    if samples.classes and not words:
        numbers_of_classes = tuple(str(number + 1) for number in range(samples.classes))
        words = SIGNS if samples.classes == 2 else numbers_of_classes
    numbers = np.hstack((samples.raw(samples.inputs), targets))
    told = (*((),) * features, *(words,) * learnt)
    table = accept(make_table(samples.names, numbers, told))
    return table, tuple(range(features)), features if learnt else None


def dealt(count: int, test_share: float, seed: Seed) -> tuple[Rows, int]:
    """Return all rows, those for the test last, and how many there are to train on.

    Each row has its own draw, so that rows that are added leave the parts of the others alone.
    """
    tested = data_stream(seed).random_sample(count) < test_share
    if tested.all():
        tested[0] = False
    rows = np.concatenate((np.flatnonzero(~tested), np.flatnonzero(tested)))
    return rows, count - int(tested.sum())
