"""The record of a training run: what was measured after how many steps.

The trainer writes it; panels and the command line read it, in the thread that trains.  However
long a run, it stays bounded (`Series`).
"""

import math

import numpy as np
from numpy.typing import NDArray

from engine.train.series import CAPACITY, Series

Numbers = NDArray[np.float64]


class History:
    """Losses after every so many steps, and accuracies wherever a snapshot was measured.

    Attributes:
        every: the number of steps between entries.
        losses: rows of train loss, test loss and objective; NaN without test samples.
        accuracies: rows of train and test accuracy; NaN without test samples.
    """

    def __init__(self, every: int = 1, capacity: int = CAPACITY) -> None:
        self.every = every
        self.losses = Series(3, capacity)
        self.accuracies = Series(2, capacity)

    def __len__(self) -> int:
        return len(self.losses)

    def wants(self, step: int) -> bool:
        """Whether an entry for this step is due and not there yet."""
        return step % self.every == 0 and step > self.losses.last

    def add(
        self,
        step: int,
        train_loss: float,
        test_loss: float | None,
        objective: float,
        epoch: int = 0,
    ) -> None:
        """Record the losses after `step` updates."""
        self.losses.add(step, epoch, train_loss, nan_for(test_loss), objective)

    def add_accuracies(self, step: int, epoch: int, train: float, test: float | None) -> None:
        """Record the accuracies after `step` updates, unless they are there."""
        if step > self.accuracies.last:
            self.accuracies.add(step, epoch, train, nan_for(test))

    def forget_after(self, step: int) -> None:
        """Drop the entries of later steps."""
        self.losses.forget_after(step)
        self.accuracies.forget_after(step)

    # The losses as lists -------------------------------------------------------------------------

    @property
    def steps(self) -> list[int]:
        """The step of every entry."""
        steps: list[int] = self.losses.rows()[0].astype(np.int64).tolist()
        return steps

    @property
    def train_loss(self) -> list[float]:
        """The training loss of every entry."""
        return self._column(2)

    @property
    def test_loss(self) -> list[float | None]:
        """The test loss of every entry, None without test samples."""
        return [None if math.isnan(loss) else loss for loss in self._column(3)]

    @property
    def objective(self) -> list[float]:
        """The objective of every entry."""
        return self._column(4)

    def _column(self, row: int) -> list[float]:
        numbers: list[float] = self.losses.rows()[row].tolist()
        return numbers


def nan_for(number: float | None) -> float:
    """Return a number, NaN for None."""
    return math.nan if number is None else number
