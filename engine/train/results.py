"""What a run predicts of its samples, one by one: classes and how they are confused, or numbers.

The trainer measures them when somebody looks at them; the results page shows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.train.metrics import classes, confusion, predicted, r_squared
from engine.train.samples import Samples

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The training or the test samples: what they are, and what they are taken for, both (n,).

    `first` is the row of the first of them among all samples.  `counts` (classes, classes) has a
    row for each true class and a column for each predicted one; without classes it is None, and
    `r_squared` says how much of the numbers is told.
    """

    first: int
    truth: Numbers
    told: Numbers
    counts: NDArray[np.int64] | None = None
    r_squared: float | None = None

    def rows(self, true: int, taken: int) -> list[int]:
        """Return the samples of one class that are taken for another, or for itself."""
        found = np.flatnonzero((self.truth == true) & (self.told == taken)) + self.first
        rows: list[int] = found.tolist()
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """What is predicted after `step` updates; `test` is None without test samples."""

    step: int
    train: Part
    test: Part | None = None


def part_of(link: str, predictions: Sequence[Numbers], samples: Samples, rows: slice) -> Part:
    """Compare the predictions, one array (n,) or (1,) for each, with a part of the samples."""
    labels = samples.labels[rows]
    chosen = predicted(link, predictions, len(labels)) if samples.classes else None
    if chosen is not None:
        count = max(samples.classes, 2)
        counts = confusion(link, predictions, labels, count)
        return Part(rows.start, classes(labels).astype(float), chosen.astype(float), counts)
    told = np.array(np.broadcast_to(predictions[0], len(labels)), dtype=np.float64)
    return Part(rows.start, labels, told, r_squared=r_squared(told, labels))
