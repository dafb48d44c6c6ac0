"""Many steps in one call of the compiled kernels, told apart from those taken one by one.

The trainer asks before it steps itself.  What a leap does is what its own steps would have done:
the same batches, rates and records.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.records import CLIPS, TrainingSettings
from engine.run.compiled import optimizers
from engine.run.descender import Descender, Descent
from engine.train.batches import Batches
from engine.train.history import History
from engine.train.objective import Terms
from engine.train.optimizers import OPTIMIZERS, State
from engine.train.schedules import learning_rates

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Leap:
    """How many steps went well; the parameters and the state after them, and before the last."""

    taken: int
    parameters: Numbers
    state: State
    before: Numbers
    state_before: State


def leap(
    descender: Descender,
    steps: range,
    settings: TrainingSettings,
    state: State,
    terms: Terms,
    batches: Batches,
    history: History,
) -> Leap:
    """Take the steps; fewer, if one ends non-finite.  What the history wants is recorded."""
    wanted = _wanted(history, steps)
    order = Descent(
        rates=np.array(learning_rates(settings, steps)),
        decay=terms.decay,
        mean=terms.mean,
        wanted=wanted,
        batches=() if batches.is_whole else tuple(batches.rows(step) for step in steps),
        lasso=terms.lasso,
        clip=CLIPS.index(terms.clip),
        limit=terms.limit,
        optimizer=settings.optimizer,
        numbers=OPTIMIZERS[settings.optimizer].given(settings),
        updates=state.updates,
        state=_flat(state, terms),
        truncates=terms.truncates,
    )
    made = descender.take(order)
    measured = np.flatnonzero(wanted & np.isfinite(made.records[2]))
    measured = measured[measured <= made.taken]
    records = made.records[:, measured]
    if not descender.tests:
        records[1] = np.nan
    numbers = steps.start + measured
    history.losses.extend(np.stack((numbers, batches.epochs(numbers), *records)))
    updates = state.updates + made.taken
    return Leap(
        made.taken,
        descender.parameters(),
        _state(updates, made.state, terms),
        descender.before(),
        _state(updates - 1, made.former, terms),
    )


def can_leap(settings: TrainingSettings) -> bool:
    """Whether the kernels know the optimiser."""
    return settings.optimizer in optimizers()


def _flat(state: State, terms: Terms) -> tuple[Numbers, ...]:
    """Return the vectors of a state as the kernels take them, the dead as the last one."""
    if not terms.truncates:
        return state.vectors
    none = np.zeros(len(terms.lasso))
    return (*state.vectors, none if state.dead is None else state.dead.astype(np.float64))


def _state(updates: int, vectors: tuple[Numbers, ...], terms: Terms) -> State:
    """Return the state whose vectors the kernels gave back."""
    if not terms.truncates:
        return State(updates, vectors)
    return State(updates, vectors[:-1], vectors[-1] > 0.0)


def _wanted(history: History, steps: range) -> NDArray[np.bool_]:
    numbers = np.arange(steps.start, steps.stop)
    wanted: NDArray[np.bool_] = (numbers % history.every == 0) & (numbers > history.losses.last)
    return wanted
