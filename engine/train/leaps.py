"""Many steps in one call of the compiled kernels, told apart from those taken one by one.

The trainer asks before it steps itself.  What a leap does is what its own steps would have done:
the same batches, rates and records.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.records import TrainingSettings
from engine.run.descender import Descender, Descent
from engine.train.batches import Batches
from engine.train.history import History
from engine.train.objective import Terms
from engine.train.schedules import SCHEDULES

Numbers = NDArray[np.float64]

OPTIMIZERS = frozenset({"sgd"})  # what the kernels can do


@dataclass(frozen=True, slots=True, eq=False)
class Leap:
    """How many steps went well, the parameters after them, and those before the last."""

    taken: int
    parameters: Numbers
    before: Numbers


def leap(
    descender: Descender,
    steps: range,
    settings: TrainingSettings,
    terms: Terms,
    batches: Batches,
    history: History,
) -> Leap:
    """Take the steps; fewer, if one ends non-finite.  What the history wants is recorded."""
    rate = SCHEDULES[settings.schedule].rate
    wanted = _wanted(history, steps)
    dealt = () if batches.in_epoch == 1 else tuple(batches.rows(step) for step in steps)
    rates = np.array([rate(settings, step) for step in steps])
    made = descender.take(Descent(rates, terms.decay, terms.mean, wanted, dealt))
    measured = np.flatnonzero(wanted & np.isfinite(made.records[2]))
    for k in measured[measured <= made.taken].tolist():
        loss, test_loss, objective = made.records[:, k].tolist()
        if history.wants(steps[k]):
            history.add(steps[k], loss, test_loss if descender.tests else None, objective)
    return Leap(made.taken, descender.parameters(), descender.before())


def _wanted(history: History, steps: range) -> NDArray[np.bool_]:
    numbers = np.arange(steps.start, steps.stop)
    last = history.steps[-1] if history.steps else -1
    wanted: NDArray[np.bool_] = (numbers % history.every == 0) & (numbers > last)
    return wanted
