"""Which samples a step learns from: every epoch deals all of them out in an order of its own.

The trainer asks with the number of the step.  The order of an epoch follows from the seed and the
epoch alone, so that a run that goes back to an earlier step deals the same batches again.  Without
a seed, every epoch takes them as they come.

Samples that fill no batch at the end of an epoch are a smaller batch; or they are carried over:
then they are learned from together with the first batch of the next epoch.
"""

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from engine.graph.records import TrainingSettings

Rows = NDArray[np.int64]


class Batches:
    """The deal of `count` samples, `size` at a time; what is left over is `carried` or not.

    Step `first_step` begins the epoch `first_epoch`, both 0 unless sizes changed meanwhile.
    """

    def __init__(
        self,
        count: int,
        size: int,
        seed: int | None,
        first_step: int = 0,
        first_epoch: int = 0,
        *,
        carried: bool = False,
    ) -> None:
        self.size = min(size, count)
        full, rest = divmod(count, self.size)
        self.in_epoch = full + (rest > 0 and not carried)
        self.first_step = first_step
        self._first_epoch = first_epoch
        self._count = count
        self._seed = seed
        self._carried = carried
        self._order: tuple[int, Rows] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every step learns from all samples."""
        return self.size == self._count

    def epoch(self, step: int) -> int:
        """Return how many epochs are complete before a step."""
        return self._first_epoch + (step - self.first_step) // self.in_epoch

    def epochs(self, steps: Rows) -> Rows:
        """Return how many epochs are complete before each of some steps."""
        return self._first_epoch + (steps - self.first_step) // self.in_epoch

    def to_epoch(self, step: int, epoch: int) -> int:
        """Return how many steps there are from a step until so many epochs are complete."""
        end = self.first_step + (epoch - self._first_epoch) * self.in_epoch
        return max(end - step, 0)

    def rows(self, step: int) -> Rows:
        """Return the samples of a step."""
        first = (step - self.first_step) % self.in_epoch * self.size
        epoch = self.epoch(step)
        left = self._left(epoch - 1) if first == 0 and step > self.first_step else None
        rows = self._shuffled(epoch)[first : first + self.size]
        return rows if left is None else np.concatenate((left, rows))

    def _left(self, epoch: int) -> Rows | None:
        """Return what an epoch carries over into the next."""
        return self._shuffled(epoch)[self.in_epoch * self.size :] if self._carried else None

    def _shuffled(self, epoch: int) -> Rows:
        if self._seed is None:
            return np.arange(self._count)
        if self._order is None or self._order[0] != epoch:
            self._order = (epoch, RandomState([self._seed, epoch]).permutation(self._count))
        return self._order[1]


def dealt(
    count: int, training: TrainingSettings, seed: int, first_step: int = 0, first_epoch: int = 0
) -> Batches:
    """Return the deal that the settings ask for, with the seed if it is shuffled."""
    return Batches(
        count,
        training.batch or count,
        seed if training.order == "shuffled" else None,
        first_step,
        first_epoch,
        carried=training.remainder == "carry",
    )


def dealing(training: TrainingSettings) -> tuple[int | None, str, str]:
    """Return what decides which samples a step learns from."""
    return training.batch, training.order, training.remainder
