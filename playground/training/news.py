"""What the worker has to tell: the newest snapshot, curves, boundary and maps; whether it runs.

The worker makes `News`, the main thread reads it; both may, for everything in it is immutable.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.train.boundary import Boundary
from engine.train.history import History
from engine.train.log import Marks
from engine.train.snapshot import Snapshot
from playground.training.mapping import Measured

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Accuracies:
    """Accuracies from 0 to 1 where a snapshot was measured; `test` is None without test points."""

    steps: Numbers
    epochs: Numbers
    train: Numbers
    test: Numbers | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The losses so far, read-only and of equal length; `steps[i]` is the step of entry i.

    `test` is None without test points, `objective` where it is the training loss, `epochs` (how
    many were complete) where nobody counted, `accuracies` where nothing is right or wrong. `run`
    is the number of the run, which grows with each new one; `marks` are the steps at which
    settings or data changed in it, and what did, in words.
    """

    steps: Numbers
    train: Numbers
    test: Numbers | None = None
    objective: Numbers | None = None
    epochs: Numbers | None = None
    accuracies: Accuracies | None = None
    run: int = 0
    marks: Marks = ()

    @classmethod
    def of(cls, history: History, upto: int, run: int = 0, marks: Marks = ()) -> "Curves":
        """Return the entries of steps 0 to `upto`; nothing is copied."""
        steps, epochs, train, test, objective = history.losses.rows(upto)
        at, within, right, test_right = history.accuracies.rows(upto)
        return cls(
            steps,
            train,
            some(test),
            None if np.array_equal(objective, train) else objective,
            epochs,
            Accuracies(at, within, right, some(test_right)) if len(at) else None,
            run,
            marks,
        )


def some(numbers: Numbers) -> Numbers | None:
    """Return the numbers, None if there is none among them."""
    return None if np.isnan(numbers).all() else numbers


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """The newest of everything; None where nothing is new.

    `serial` is that of the last order that was carried out before. `refusal` says why the
    document cannot be trained, `unseen` why it has no boundary. The maps are of the very moment of
    the snapshot, so they come together.
    """

    serial: int
    running: bool
    snapshot: Snapshot | None = None
    curves: Curves | None = None
    boundary: Boundary | None = None
    refusal: Refusal | None = None
    unseen: Refusal | None = None
    maps: Measured | None = None

    def over(self, older: "News | None") -> "News":
        """Return these news together with what only the older ones of the same order tell."""
        if older is None or older.serial != self.serial:
            return self
        return replace(
            self,
            snapshot=self.snapshot or older.snapshot,
            curves=self.curves or older.curves,
            boundary=self.boundary or older.boundary,
            maps=self.maps or (older.maps if self.snapshot is None else None),
        )
