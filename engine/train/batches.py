"""Which samples a step learns from: every epoch deals all of them out in an order of its own.

The trainer asks with the number of the step.  The order of an epoch follows from the seed and the
epoch alone, so that a run that goes back to an earlier step deals the same batches again.  Without
a seed, every epoch takes them as they come.
"""

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

Rows = NDArray[np.int64]


class Batches:
    """The deal of `count` samples, `size` at a time; the last batch of an epoch may be smaller.

    Step `first_step` begins the epoch `first_epoch`, both 0 unless sizes changed meanwhile.
    """

    def __init__(
        self, count: int, size: int, seed: int | None, first_step: int = 0, first_epoch: int = 0
    ) -> None:
        self.size = min(size, count)
        self.in_epoch = -(-count // self.size)  # rounded up: the rest is a batch, too
        self.first_step = first_step
        self._first_epoch = first_epoch
        self._count = count
        self._seed = seed
        self._order: tuple[int, Rows] | None = None

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
        return self._shuffled(self.epoch(step))[first : first + self.size]

    def _shuffled(self, epoch: int) -> Rows:
        if self._seed is None:
            return np.arange(self._count)
        if self._order is None or self._order[0] != epoch:
            self._order = (epoch, RandomState([self._seed, epoch]).permutation(self._count))
        return self._order[1]
