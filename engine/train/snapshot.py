"""What a training run tells: its state after a number of steps, for views and the command line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.run.result import Problem
from engine.train.optimizers import Memory, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of a run after `step` updates; nothing in it ever changes.

    `parameters` are (ids, values), ascending by id.  Losses are over all training or all test
    samples, None where there are none; the objective is the training loss with all penalties.
    Accuracies run from 0 to 1; where the data are numbers there is R² instead.  `learning_rate`
    is that of the step to come.  With a `problem` the parameters are the last ones that were fine.
    `memory` is what the optimiser remembers here, with which a run goes on as if never left.
    """

    step: int
    epoch: int
    parameters: tuple[NDArray[np.int64], NDArray[np.float64]]
    train_loss: float
    test_loss: float | None
    objective: float
    train_accuracy: float | None
    test_accuracy: float | None
    learning_rate: float
    problem: Problem | None = None
    train_r2: float | None = None
    test_r2: float | None = None
    memory: Memory | None = None

    @property
    def remembered(self) -> dict[str, Numbers]:
        """The optimiser's numbers by title, one for each parameter, in their order."""
        return {} if self.memory is None else self.memory.titled()

    @property
    def accuracy(self) -> float | None:
        """The accuracy on the training samples."""
        return self.train_accuracy
