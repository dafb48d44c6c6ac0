"""What strokes draw on: the rows of the document's table, as points of the plane that is shown.

Data that were generated become a table with the first stroke, the same points in the same parts;
where there are no data, a table of two features begins. All changes are the verbs of the table,
and those of one stroke are one undo step, which can be put back whole.
"""

from collections.abc import Hashable
from dataclasses import replace
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.graph.edits import Change, Edit
from engine.graph.records import DataSettings
from engine.graph.rows import add_rows, move_row, remove_rows, use_table
from engine.graph.tables import Table, make_table
from engine.train.drawn import class_words, drawn_table
from playground.session import Session

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


class Sheet:
    """The points of one session's data, and changes to them; a stroke calls `begin` first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: DataSettings | None = None
        self._token: Hashable = None
        self._count = 0

    # What there is -------------------------------------------------------------------------------

    @property
    def data(self) -> DataSettings:
        """The settings of the document's data, as they are now."""
        return self._session.document.data

    @property
    def columns(self) -> tuple[int, int]:
        """The columns of the table that lie along x and y."""
        return plane_columns(self._session)

    def places(self) -> Numbers:
        """Return where the points are, shape (n, 2): row by row, or sample by sample."""
        table = self.data.table
        if table is not None:
            places: Numbers = table.numbers[:, list(self.columns)]
            return places
        samples = self._session.samples
        return np.empty((0, 2)) if samples is None else samples.inputs[:, :2]

    # What strokes do -----------------------------------------------------------------------------

    def begin(self, point: int = 0) -> int:
        """Begin a step of its own, on a table; return the row that a point of `places` is now."""
        self._before, self._token, self._count = self.data, object(), 0
        if self.data.table is not None:
            return point
        table, rows = drawn_table(self._session.samples, self._session.document.seeds, self.data)
        features = tuple(range(len(table.names) - 1))
        self._do(
            use_table(
                self._session.document, table, features, len(features), gesture=self._token
            ),
            _("Make a table of the data"),
        )
        return int(rows[point]) if len(rows) else point

    def add(self, places: Numbers, target: float) -> None:
        """Add points (n, 2) with a target: a number, or that of the class."""
        self._grow(int(target))
        table = self._table()
        rows = np.tile(self._others(table), (len(places), 1))
        rows[:, list(self.columns)] = places
        if self.data.target is not None and self.data.target not in self.columns:
            rows[:, self.data.target] = target
        self._count += len(places)
        title = _("Draw {count} points") if self._count > 1 else _("Draw a point")
        self._do(add_rows(self._session.document, rows, self._token), title)

    def move(self, row: int, place: Numbers) -> None:
        """Give a point another place."""
        numbers = dict(zip(self.columns, place.tolist(), strict=True))
        edit = move_row(self._session.document, row, numbers, self._token)
        self._do(edit, _("Move a point"))

    def remove(self, rows: Rows) -> None:
        """Take points away, the last one as well."""
        if not len(rows):
            return
        table, self._count = self._table(), self._count + len(rows)
        title = _("Remove {count} points") if self._count > 1 else _("Remove a point")
        if len(rows) < len(table):
            self._do(remove_rows(self._session.document, rows.tolist(), self._token), title)
        else:
            self._swap(make_table(table.names, table.numbers[:0], table.words), title)

    def show(self, point: int) -> None:
        """Make a point the sample that the canvas shows."""
        samples = self._session.samples
        if samples is not None and samples.rows is not None:
            point = int(np.flatnonzero(samples.rows == point)[0])
        self._session.set_sample(point)

    def put_back(self) -> None:
        """Make the data what they were before the stroke; the step is gone as if it never was."""
        if self._before is not None:
            change = Change("document", 0, "data", self.data, self._before)
            self._do(Edit("", (change,), gesture=self._token), "")

    # Between -------------------------------------------------------------------------------------

    def _grow(self, target: int) -> None:
        """Give the target a word more for a class that has none yet."""
        table, column = self._table(), self.data.target
        if column is None or not table.words[column] or target < len(table.words[column]):
            return
        words = list(table.words)
        words[column] = class_words(target + 1, words[column])
        self._swap(make_table(table.names, table.numbers, words), _("Add a class"))

    def _swap(self, table: Table | Refusal, title: str) -> None:
        if isinstance(table, Table):
            change = Change("document", 0, "data", self.data, replace(self.data, table=table))
            self._do(Edit("", (change,), gesture=self._token), title)

    def _others(self, table: Table) -> Numbers:
        """Return a row as new points have it where they do not say: 0, or what is held."""
        return np.zeros(len(table.names))

    def _table(self) -> Table:
        table = self.data.table
        assert table is not None  # a stroke has begun
        return table

    def _do(self, edit: Edit | Refusal, title: str) -> None:
        done = replace(edit, title=title) if isinstance(edit, Edit) else edit
        self._session.do(done)
