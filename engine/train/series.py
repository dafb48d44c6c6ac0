"""A table of measurements by step that stays bounded however long it grows.

The history of a run keeps its losses and its accuracies in one each.  Every row was measured as it
stands: where room runs out, rows of long ago are dropped between the least and the greatest of
their neighbourhood, so that a curve through the rest shows each spike at its step.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

CAPACITY = 2**17
LEAST_CAPACITY = 64  # of a cell that holds all, the extremes of three columns must fit
FIRST_ROOM = 1024


class Series:
    """Rows of a step, an epoch and so many columns, ascending by step.

    Half of the `capacity` is for the latest rows, all of them.  Of those before, each cell of
    `cell` steps keeps the first least and the first greatest of every column; `cell` doubles
    whenever they fill more than a quarter.  The very first row stays.  NaN stands for what was not
    measured.
    """

    def __init__(self, columns: int, capacity: int = CAPACITY) -> None:
        self.capacity = max(capacity, LEAST_CAPACITY)
        self.cell = 1
        self._count = 0
        self._table = np.empty((2 + columns, 0))

    def __len__(self) -> int:
        return self._count

    @property
    def last(self) -> int:
        """The step of the last row, -1 if there is none."""
        return int(self._table[0, self._count - 1]) if self._count else -1

    def rows(self, upto: int | None = None) -> Numbers:
        """Return steps, epochs and columns (2 + columns, rows), up to a step if one is given.

        What is returned never changes, whatever is added or forgotten later.
        """
        table = self._table[:, : self._count]
        if upto is not None:
            table = table[:, : int(np.searchsorted(table[0], upto, "right"))]
        table.flags.writeable = False
        return table

    def add(self, step: int, epoch: int, *columns: float) -> None:
        """Add one row, of a later step than the last."""
        if self._count == self._table.shape[1]:
            self._make_room(1)
        self._table[:, self._count] = (step, epoch, *columns)
        self._count += 1

    def extend(self, rows: Numbers) -> None:
        """Add rows (2 + columns, rows), all of later steps than the last."""
        portion = self.capacity // 4  # there is as much room at least after rows were dropped
        for begin in range(0, rows.shape[1], portion):
            part = rows[:, begin : begin + portion]
            end = self._count + part.shape[1]
            if end > self._table.shape[1]:
                self._make_room(part.shape[1])
                end = self._count + part.shape[1]
            self._table[:, self._count : end] = part
            self._count = end

    def forget_after(self, step: int) -> None:
        """Drop the rows of later steps."""
        kept = self.rows(step)
        if kept.shape[1] < self._count:
            self._take(kept, kept.shape[1])  # a copy: what was handed out stays as it is

    def _make_room(self, count: int) -> None:
        """Have room for so many rows more: longer arrays, and at last fewer rows."""
        if self._count + count > self.capacity:
            self._thin()
        wanted = max(FIRST_ROOM, 2 * self._count, self._count + count)
        self._take(self.rows(), min(wanted, max(self.capacity, self._count + count)))

    def _take(self, rows: Numbers, room: int) -> None:
        table = np.empty((len(rows), room))
        table[:, : rows.shape[1]] = rows
        self._table, self._count = table, rows.shape[1]

    def _thin(self) -> None:
        latest = min(self.capacity // 2, self._count)
        before, after = np.split(self.rows(), [self._count - latest], axis=1)
        before, self.cell = thinned(before, self.capacity // 4, self.cell)
        self._take(np.concatenate((before, after), axis=1), before.shape[1] + latest)


def thinned(rows: Numbers, most: int, cell: int = 1) -> tuple[Numbers, int]:
    """Return at most so many of the rows, the extremes of every cell of steps, and its size.

    `cell` is the size to begin with, doubled as often as need be; `most` is at least 64.
    """
    while rows.shape[1] > most:
        rows = rows[:, extremes(rows, cell)]
        cell *= 1 if rows.shape[1] <= most else 2
    return rows, cell


def extremes(rows: Numbers, cell: int) -> NDArray[np.bool_]:
    """Tell which rows hold a first least or greatest number of a cell; first and last stay."""
    kept = np.zeros(rows.shape[1], dtype=np.bool_)
    if not len(kept):
        return kept
    kept[[0, -1]] = True
    starts = np.flatnonzero(np.diff(rows[0] // cell, prepend=-1.0))
    of = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(kept)))
    for column in rows[2:]:
        for extreme in (np.fmin, np.fmax):
            hits = np.flatnonzero(column == extreme.reduceat(column, starts)[of])
            kept[hits[np.diff(of[hits], prepend=-1) != 0]] = True
    return kept
