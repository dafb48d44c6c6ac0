"""What the worker has to tell: the newest of all that it measures, and whether it runs.

The worker makes `News`, the main thread reads it; both may, for everything in it is immutable.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.train.boundary import Boundary
from engine.train.doctor import Report
from engine.train.history import History
from engine.train.log import Conditions, Log, Marks
from engine.train.results import Results
from engine.train.series import thinned
from engine.train.shares import Shares
from engine.train.snapshot import Snapshot
from engine.train.spreads import Spreads
from playground.training.mapping import Measured
from playground.training.viewing import Seen

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
    settings or data changed in it, and what did, in words; `conditions` are those in force.
    """

    steps: Numbers
    train: Numbers
    test: Numbers | None = None
    objective: Numbers | None = None
    epochs: Numbers | None = None
    accuracies: Accuracies | None = None
    run: int = 0
    marks: Marks = ()
    conditions: Conditions | None = None

    @classmethod
    def of(cls, history: History, upto: int, run: int = 0, log: Log | None = None) -> "Curves":
        """Return the entries of steps 0 to `upto`; nothing is copied."""
        made = cls._made(history.losses.rows(upto), history.accuracies.rows(upto))
        if log is None:
            return replace(made, run=run)
        return replace(made, run=run, marks=log.marks(upto), conditions=log.now)

    def shortened(self, most: int) -> "Curves":
        """Return the curves with at most so many entries, and every spike still in its place."""
        losses = _table(self.steps, self.epochs, self.train, self.test, self.objective)
        if self.objective is None:
            losses[-1] = self.train
        measured, accuracies = self.accuracies, np.empty((4, 0))
        if measured is not None:
            accuracies = _table(measured.steps, measured.epochs, measured.train, measured.test)
        if max(losses.shape[1], accuracies.shape[1]) <= most:
            return self
        made = self._made(thinned(losses, most)[0], thinned(accuracies, most)[0])
        return replace(made, run=self.run, marks=self.marks, conditions=self.conditions)

    @classmethod
    def _made(cls, losses: Numbers, accuracies: Numbers) -> "Curves":
        steps, epochs, train, test, objective = losses
        at, within, right, test_right = accuracies
        return cls(
            steps,
            train,
            some(test),
            None if np.array_equal(objective, train) else objective,
            epochs,
            Accuracies(at, within, right, some(test_right)) if len(at) else None,
        )


def _table(steps: Numbers, *columns: Numbers | None) -> Numbers:
    none = np.full(len(steps), np.nan)
    return np.stack([steps, *(none if column is None else column for column in columns)])


def some(numbers: Numbers) -> Numbers | None:
    """Return the numbers, None if there is none among them."""
    return None if np.isnan(numbers).all() else numbers


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """The newest of everything; None where nothing is new.

    `serial` is that of the last order that was carried out before. `refusal` says why the
    document cannot be trained, `unseen` why it has no boundary; in place of the shares may stand
    why the gradient cannot be taken apart. The maps are of the very moment of the snapshot, so
    they come together. `best` is the moment of the run with the least loss, and `ended` the
    sentence why it ended by itself, "" if it did not. The `report` is always the doctor's latest,
    None if nothing is trained. What was told since the order `since` still holds; without one,
    what was told since the last.
    """

    serial: int
    running: bool
    snapshot: Snapshot | None = None
    curves: Curves | None = None
    boundary: Boundary | None = None
    refusal: Refusal | None = None
    unseen: Refusal | None = None
    maps: Measured | None = None
    best: Snapshot | None = None
    ended: str = ""
    results: Results | None = None
    shares: Shares | Refusal | None = None
    spreads: Spreads | None = None
    seen: Seen | None = None
    since: int | None = None
    report: Report | None = None

    def over(self, older: "News | None") -> "News":
        """Return these news together with what only the older ones tell, if that still holds."""
        if older is None or older.serial < (self.serial if self.since is None else self.since):
            return self
        return replace(
            self,
            snapshot=self.snapshot or older.snapshot,
            curves=self.curves or older.curves,
            boundary=self.boundary or older.boundary,
            results=self.results or older.results,
            seen=self.seen or older.seen,
            maps=self.maps or (older.maps if self.snapshot is None else None),
            shares=self.shares or older.shares,
            spreads=self.spreads or older.spreads,
        )
