"""What the worker has to tell: the newest of all that it measures, and whether it runs.

The worker makes `News`, the main thread reads it; both may, for everything in it is immutable.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.train.boundary import Boundary
from engine.train.history import History
from engine.train.shares import Shares
from engine.train.snapshot import Snapshot
from engine.train.spreads import Spreads
from playground.training.mapping import Measured
from playground.training.viewing import Seen

Numbers = NDArray[np.float64]

# Rows turned into arrays at a time: NumPy holds the interpreter meanwhile, and the window waits.
BLOCK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The losses so far, read-only and of equal length; `steps[i]` is the step of entry i.

    `test` is None without test points.
    """

    steps: Numbers
    train: Numbers
    test: Numbers | None


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """The newest of everything; None where nothing is new.

    `serial` is that of the last order that was carried out before. `refusal` says why the
    document cannot be trained, `unseen` why it has no boundary; in place of the shares may stand
    why the gradient cannot be taken apart. The maps are of the very moment of the snapshot, so
    they come together. What was told since the order `since` still holds; without one, what was
    told since the last.
    """

    serial: int
    running: bool
    snapshot: Snapshot | None = None
    curves: Curves | None = None
    boundary: Boundary | None = None
    refusal: Refusal | None = None
    unseen: Refusal | None = None
    maps: Measured | None = None
    shares: Shares | Refusal | None = None
    spreads: Spreads | None = None
    seen: Seen | None = None
    since: int | None = None

    def over(self, older: "News | None") -> "News":
        """Return these news together with what only the older ones tell, if that still holds."""
        if older is None or older.serial < (self.serial if self.since is None else self.since):
            return self
        return replace(
            self,
            snapshot=self.snapshot or older.snapshot,
            curves=self.curves or older.curves,
            boundary=self.boundary or older.boundary,
            seen=self.seen or older.seen,
            maps=self.maps or (older.maps if self.snapshot is None else None),
            shares=self.shares or older.shares,
            spreads=self.spreads or older.spreads,
        )


class Recorder:
    """Turns the lists of a `History` into arrays, and only what was added since the last time."""

    def __init__(self) -> None:
        self._source: list[int] = []
        self._count = 0
        self._table = np.empty((0, 3))

    def curves(self, history: History, upto: int) -> Curves:
        """Return the entries of steps 0 to `upto`."""
        if history.steps is not self._source:  # it was cut or thinned: new lists
            self._source, self._count = history.steps, 0
        self._append(history)
        rows = self._table[: self._count]
        rows = rows[: int(np.searchsorted(rows[:, 0], upto, "right"))]
        test = None if np.isnan(rows[:, 2]).all() else rows[:, 2]
        return Curves(rows[:, 0], rows[:, 1], test)

    def _append(self, history: History) -> None:
        first, count = self._count, len(history)
        if count > len(self._table) or first == 0:
            grown = np.empty((max(1024, 2 * count), 3))
            grown[:first] = self._table[:first]
            self._table = grown  # what was handed out keeps the old one
        for begin in range(first, count, BLOCK):
            self._fill(history, slice(begin, min(begin + BLOCK, count)))
        self._count = count

    def _fill(self, history: History, rows: slice) -> None:
        self._table[rows, 0] = history.steps[rows]
        self._table[rows, 1] = history.train_loss[rows]
        tests = history.test_loss[rows]
        self._table[rows, 2] = np.array(tests, np.float64)  # None becomes nan
