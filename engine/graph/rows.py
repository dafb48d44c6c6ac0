"""Verbs for a document's own data: which table it has, the roles of its columns, its rows.

The window's dialogs and brushes and the command line call them. A table never changes: each verb
swaps it for another one, so that undo, journal and threads need nothing special. `engine.train`
makes samples of it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.properties import check_setting, set_data
from engine.graph.records import DataSettings
from engine.graph.tables import Table, make_table

# What a document says of a table when it has none.
NO_TABLE: Mapping[str, Any] = {
    name: getattr(DataSettings(), name)
    for name in ("table", "features", "target", "standardise", "source")
}


def use_table(
    document: Document,
    table: Table,
    features: Sequence[int],
    target: int | None,
    *,
    standardise: bool = False,
    test_share: float | None = None,
    source: str = "",
    gesture: Hashable | None = None,
) -> Edit | Refusal:
    """Take the samples from a table: these columns are feature 0, 1, …, and that is the target.

    `source` is what the table is called; without one it keeps its name.
    """
    share = document.data.test_share if test_share is None else test_share
    refusal = check_roles(table, features, target) or check_setting("test_share", share)
    if refusal is not None:
        return refusal
    after = replace(
        document.data,
        generator=None,
        table=table,
        features=tuple(features),
        target=target,
        standardise=standardise,
        test_share=share,
        source=source or document.data.source,
    )
    return _swapped(document, after, _("Use a table"), gesture)


def use_generator(document: Document, generator: str | None, **changed: Any) -> Edit | Refusal:
    """Generate the samples again, or have none; the table is let go of."""
    return set_data(document, generator=generator, **NO_TABLE, **changed)


def add_rows(
    document: Document, rows: ArrayLike, gesture: Hashable | None = None
) -> Edit | Refusal:
    """Add rows (n, columns) below the others."""
    table = _table(document)
    if isinstance(table, Refusal):
        return table
    added = np.asarray(rows, dtype=np.float64)
    if added.ndim != 2 or added.shape[1] != len(table.names):
        what = _("A row of this table has {count} numbers")
        return Refusal(what.format(count=len(table.names)))
    numbers = np.vstack((table.numbers, added))
    return _renumbered(document, table, numbers, _("Add points"), gesture)


def move_row(
    document: Document, row: int, numbers: Mapping[int, float], gesture: Hashable | None = None
) -> Edit | Refusal:
    """Give a row other numbers in some of its columns."""
    return _written(document, [row], numbers, _("Move a point"), gesture)


def set_labels(
    document: Document, rows: Sequence[int], label: float, gesture: Hashable | None = None
) -> Edit | Refusal:
    """Give rows another target: a number, or the number of the class."""
    target = document.data.target
    if target is None:
        return Refusal(_("The table has no target"), "", _("Give a column that role"))
    return _written(document, rows, {target: label}, _("Label points"), gesture)


def remove_rows(
    document: Document, rows: Sequence[int], gesture: Hashable | None = None
) -> Edit | Refusal:
    """Take rows away; one is left, since there is nothing to train on without."""
    table = _table(document)
    if isinstance(table, Refusal):
        return table
    kept = np.ones(len(table), dtype=bool)
    wanted = [row for row in rows if 0 <= row < len(table)]
    kept[wanted] = False
    if not kept.any():
        return Refusal(_("A table keeps one row at least"))
    return _renumbered(document, table, table.numbers[kept], _("Remove points"), gesture)


def check_roles(table: Table, features: Sequence[int], target: int | None) -> Refusal | None:
    """Say why columns cannot have these roles, None if they can."""
    columns = [*features, *([target] if target is not None else [])]
    if any(not 0 <= column < len(table.names) for column in columns):
        what, count = _("The table has no such column"), len(table.names)
        return Refusal(what, _("it has {count}").format(count=count))
    if not features:
        return Refusal(_("A table needs a feature"), "", _("Give a column that role"))
    if len(set(columns)) < len(columns):
        return Refusal(_("A column has one role only"))
    if target is not None and len(table.words[target]) == 1:
        what = _("{name} has one class only").format(name=table.names[target])
        return Refusal(what, _("there is nothing to tell apart"), _("Choose another target"))
    return None


def _table(document: Document) -> Table | Refusal:
    table = document.data.table
    if table is not None:
        return table
    return Refusal(_("There is no table"), "", _("Open one, or draw points"))


def _written(
    document: Document,
    rows: Sequence[int],
    numbers: Mapping[int, float],
    title: str,
    gesture: Hashable | None,
) -> Edit | Refusal:
    table = _table(document)
    if isinstance(table, Refusal):
        return table
    if any(not 0 <= row < len(table) for row in rows):
        return Refusal(_("The table has no such row"))
    if any(not 0 <= column < len(table.names) for column in numbers):
        return Refusal(_("The table has no such column"))
    after = table.numbers.copy()
    for column, number in numbers.items():
        after[list(rows), column] = number
    return _renumbered(document, table, after, title, gesture)


def _renumbered(
    document: Document,
    table: Table,
    numbers: NDArray[np.float64],
    title: str,
    gesture: Hashable | None,
) -> Edit | Refusal:
    """Return the edit to a table with the same columns."""
    after = make_table(table.names, numbers, table.words)
    if isinstance(after, Refusal):
        return after
    return _swapped(document, replace(document.data, table=after), title, gesture)


def _swapped(
    document: Document, after: DataSettings, title: str, gesture: Hashable | None = None
) -> Edit:
    before = document.data
    changes = (Change("document", 0, "data", before, after),) if after != before else ()
    return Edit(title, changes, gesture=gesture)
