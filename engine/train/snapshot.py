"""What a training run tells: its state after a number of steps, for views and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.run.result import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of a run after `step` updates; nothing in it ever changes.

    `parameters` are (ids, values), ascending by id.  Losses are over all training or all test
    samples, None where there are none; the objective is the training loss with all penalties.
    Accuracies run from 0 to 1; where the data are numbers there is R² instead.  `learning_rate`
    is that of the step to come.  With a `problem` the parameters are the last ones that were fine.
    `remembered` is the optimiser's state: by the title of each of its numbers, one for each
    parameter, in the order of `parameters`.
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
    remembered: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def accuracy(self) -> float | None:
        """The accuracy on the training samples."""
        return self.train_accuracy
