"""What strokes draw on: the rows of the document's table, as points of the plane that is shown.

Data that were generated become a table with the first stroke, the same points in the same parts;
where there are no data, an empty table begins. All changes are the verbs of the table, and those
of one stroke are one undo step, which can be put back whole. Places are in the units that the
features are trained in; along a single axis, up is the target.
"""

from dataclasses import replace
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, Refusal
from engine.graph.edits import Edit
from engine.graph.properties import set_data
from engine.graph.records import DataSettings
from engine.graph.rows import add_rows, move_row, remove_rows, use_table
from engine.graph.tables import Table, make_table
from engine.train.boundary import placed
from engine.train.datasets import DATASETS
from engine.train.drawn import class_words, drawn_table
from playground.session import Session

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


class Sheet:
    """The points of one session's data, and changes to them; a stroke calls `begin` first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: DataSettings | None = None
        self._token: object = None
        self._count = 0
        self._left: DataSettings | None = None

    # What there is -------------------------------------------------------------------------------

    @property
    def data(self) -> DataSettings:
        """The settings of the document's data, as they are now."""
        return self._session.document.data

    def places(self) -> Numbers:
        """Return where the points are, shape (n, 2): row by row, or sample by sample."""
        table, axes = self.data.table, self._session.axes
        if table is not None:
            return placed(self._scaled(self._features(table)), self._labels(table), axes)
        samples = self._session.samples
        return (
            np.empty((0, 2)) if samples is None else placed(samples.inputs, samples.labels, axes)
        )

    def classes(self) -> int:
        """Return how many classes the target has, 0 if it is a number."""
        table = self.data.table
        if table is not None:
            return 0 if self.data.target is None else len(table.words[self.data.target])
        samples = self._session.samples
        if samples is not None:
            return samples.classes
        return 0 if self._session.document.link == "number" else 2

    def is_graph(self) -> bool:
        """Whether up is the target, a number: where a point is drawn says what it is."""
        return len(self._session.axes) == 1 and not self.classes()

    def watch(self) -> None:
        """Take note of the data as they are, before a stroke."""
        self._left = self.data

    @property
    def is_disturbed(self) -> bool:
        """Whether something else has changed the data in the middle of a stroke, such as undo."""
        return self._left is not self.data

    # What strokes do -----------------------------------------------------------------------------

    def begin(self, point: int = 0) -> int:
        """Begin a step of its own, on a table; return the row that a point of `places` is now."""
        self._before, self._token, self._count = self.data, object(), 0
        if self.data.table is not None:
            return point
        document, samples = self._session.document, self._session.samples
        table, features, target, rows = drawn_table(document, samples)
        dataset = DATASETS.get(document.data.generator or "")
        source = _("drawn") if dataset is None else dataset.title
        edit = use_table(document, table, features, target, source=source, gesture=self._token)
        self._do(edit, _("Make a table of the data"))
        return int(rows[point]) if len(rows) else point

    def add(self, places: Numbers, target: float) -> None:
        """Add points (n, 2) with a target: a number, or that of the class.

        Features that are no axis are those that are held; along one axis, a number is the place.
        """
        self._grow(int(target))
        table, axes = self._table(), self._session.axes
        rows = np.zeros((len(places), len(table.names)))
        features = np.zeros((len(places), len(self.data.features)))
        held = self._session.held[: features.shape[1]]
        features[:, : len(held)] = held
        features[:, axes] = places[:, : len(axes)]
        rows[:, self.data.features] = self._raw(features)
        if self.data.target is not None:
            rows[:, self.data.target] = places[:, 1] if self.is_graph() else target
        self._count += len(places)
        title = _("Draw {count} points") if self._count > 1 else _("Draw a point")
        self._do(add_rows(self._session.document, rows, self._token), title)

    def move(self, row: int, place: Numbers) -> None:
        """Give a point another place."""
        table, axes = self._table(), self._session.axes
        features = self._scaled(self._features(table)[row])
        features[list(axes)] = place[: len(axes)]
        raw = self._raw(features)
        numbers = {self.data.features[axis]: float(raw[axis]) for axis in axes}
        if self.data.target is not None and self.is_graph():
            numbers[self.data.target] = float(place[1])
        edit = move_row(self._session.document, row, numbers, self._token)
        self._do(edit, _("Move a point"))

    def remove(self, rows: Rows) -> None:
        """Take points away, the last one as well: one can draw on an empty table, if not train.

        The verb keeps one row, so an empty one is another table.
        """
        if not len(rows):
            return
        table, self._count = self._table(), self._count + len(rows)
        title = _("Remove {count} points").format(count=self._count)
        if len(rows) < len(table):
            self._do(remove_rows(self._session.document, rows.tolist(), self._token), title)
        else:
            self._use(make_table(table.names, table.numbers[:0], table.words), title)

    def show(self, point: int) -> None:
        """Make a point the sample that the canvas shows."""
        samples = self._session.samples
        if samples is not None and samples.rows is not None:
            point = int(np.flatnonzero(samples.rows == point)[0])
        self._session.set_sample(point)

    def put_back(self) -> None:
        """Make the data what they were before the stroke; the step is gone as if it never was."""
        if self._before is not None:
            before = {name: getattr(self._before, name) for name in DataSettings.__slots__}
            self._do(set_data(self._session.document, **before), "")

    # Between -------------------------------------------------------------------------------------

    def _grow(self, target: int) -> None:
        """Give the target a word more for a class that has none yet."""
        table, column = self._table(), self.data.target
        if column is None or not table.words[column] or target < len(table.words[column]):
            return
        words = list(table.words)
        words[column] = class_words(words[column], target + 1)
        self._use(make_table(table.names, table.numbers, words), _("Add a class"))

    def _use(self, table: Table | Refusal, title: str) -> None:
        changed = (
            set_data(self._session.document, table=table) if isinstance(table, Table) else table
        )
        self._do(changed, title)

    def _features(self, table: Table) -> Numbers:
        features: Numbers = table.numbers[:, list(self.data.features)]
        return features

    def _labels(self, table: Table) -> Numbers:
        """Return the targets of the rows as samples have them."""
        if self.data.target is None:
            return np.zeros(len(table))
        labels: Numbers = table.numbers[:, self.data.target]
        return 2.0 * labels - 1.0 if len(table.words[self.data.target]) == 2 else labels

    def _scaled(self, raw: Numbers) -> Numbers:
        samples = self._session.samples
        return raw if samples is None else samples.scaled(raw)

    def _raw(self, inputs: Numbers) -> Numbers:
        samples = self._session.samples
        return inputs if samples is None else samples.raw(inputs)

    def _table(self) -> Table:
        table = self.data.table
        if table is None:
            raise EngineError(_("A stroke that has not begun changes rows"))
        return table

    def _do(self, edit: Edit | Refusal, title: str) -> None:
        if isinstance(edit, Edit):
            title = title.format(count=self._count)
            edit = replace(edit, title=title, gesture=self._token)
        self._session.do(edit)
        self.watch()
