"""What was read of a table before it is anybody's data: columns, what is wrong with them, roles.

The dialog shows a sheet and asks for roles, the command line takes the guessed ones; `taken` makes
of both the table that a document can hold. A sheet may have gaps, a table has none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.exchange.dialects import number_in
from engine.graph.streams import Seed
from engine.graph.tables import Table, Words, make_table
from engine.train.streams import data_stream

MAX_CLASSES = 20
MOST_ROWS, MOST_CELLS = 100_000, 1_900_000  # of a table; a file with one stays below 20 MiB
TARGETS = ("target", "label", "class", "y")  # what the column to learn is often called
FEW_CLASSES = 10  # up to so many whole numbers in a row are rather classes than numbers
HEAD = 100  # rows that are shown of a sheet

Held = tuple[NDArray[np.float64], Words]  # the numbers of a column and what they stand for


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: `numbers` (rows,), nan where a cell cannot be used.

    `words` has what the numbers stand for, () in a column of numbers. `gaps` counts the cells
    that cannot be used, and `problem` says which is the first and why. Without `usable` the
    column can have no role at all, and `problem` says why.
    """

    name: str
    numbers: NDArray[np.float64]
    words: Words = ()
    gaps: int = 0
    problem: str = ""
    usable: bool = True

    @property
    def is_constant(self) -> bool:
        """Whether it says nothing: all its numbers are the same."""
        known = self.numbers[np.isfinite(self.numbers)]
        return not len(known) or bool((known == known[0]).all())


Reader = Callable[[Column, NDArray[np.int64]], Held | Refusal]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All columns of a table, of as many rows each; `head` has the first rows as written."""

    columns: tuple[Column, ...]
    rows: int
    head: tuple[tuple[str, ...], ...]
    header: bool = True


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns are features, which one is the target, and whether that is a class."""

    features: tuple[int, ...]
    target: int | None
    classes: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A table that a document can hold, and what to say about how it came about."""

    table: Table
    features: tuple[int, ...]
    target: int | None
    notes: tuple[str, ...] = ()

    @property
    def classes(self) -> int:
        """How many classes the target has, 0 if it is a number or there is none."""
        return 0 if self.target is None else len(self.table.words[self.target])


def sheet_of(table: Table) -> Sheet:
    """Return the table of a document as a sheet, so that its roles can be changed."""
    columns = tuple(
        Column(name, column, words)
        for name, column, words in zip(table.names, table.numbers.T, table.words, strict=True)
    )
    head = tuple(
        tuple(written(number, words) for number, words in zip(row, table.words, strict=True))
        for row in table.numbers[:HEAD].tolist()
    )
    return Sheet(columns, len(table), head)


def no_column(name: str, names: Sequence[str]) -> Refusal:
    """Refuse a name that no column has, and suggest one that there is."""
    near = get_close_matches(name, names, n=1)
    remedy = (
        _("Perhaps {name} is meant").format(name=near[0])
        if near
        else _("There are {names}").format(names=", ".join(names[:10]))
    )
    return Refusal(_("The table has no column {name!r}").format(name=name), "", remedy)


def written(number: float, words: Words) -> str:
    """Write a number of a column so that it is read as the same one."""
    return words[int(number)] if words else repr(number).removesuffix(".0")


def guess_roles(sheet: Sheet) -> Roles:
    """Guess: the one column of words is the target, or one so named, or the last one."""
    usable = [k for k, column in enumerate(sheet.columns) if column.usable]
    worded = [k for k in usable if 2 <= len(sheet.columns[k].words) <= MAX_CLASSES]
    named = [k for k in usable if sheet.columns[k].name.casefold() in TARGETS]
    target = next(iter(worded if len(worded) == 1 else named or usable[-1:]), None)
    features = [
        k
        for k in usable
        if k != target
        and not sheet.columns[k].is_constant
        and len(sheet.columns[k].words) in (0, 2)
    ]
    telling = [k for k in features if not _counts(sheet.columns[k])]
    classes = target is not None and guess_classes(sheet.columns[target])
    return Roles(tuple(telling or features), target, classes)


def guess_classes(column: Column) -> bool:
    """Whether a column is rather one of classes than one of numbers."""
    if column.words:
        return True
    found = np.unique(column.numbers[np.isfinite(column.numbers)])
    if not 2 <= len(found) <= FEW_CLASSES:
        return False
    in_a_row = found - found[0] == np.arange(len(found))
    return bool(in_a_row.all() and found[0] in (0, 1)) or found.tolist() == [-1.0, 1.0]


def taken(sheet: Sheet, roles: Roles, *, skip: bool = False, seed: Seed = 0) -> Taken | Refusal:
    """Make the table that these roles call for, or say why there is none.

    With `skip` rows with gaps are left out, otherwise a gap is refused. Of too many rows some are
    drawn by the seed. Columns without a role go along unless they have gaps or make it too large.
    """
    if not any(column.usable and not column.words for column in sheet.columns):
        return Refusal(_("The table has no column of numbers"))
    refusal = _check(sheet, roles, skip=skip)
    if refusal is not None:
        return refusal
    chosen = [*roles.features, *([roles.target] if roles.target is not None else [])]
    whole = np.isfinite([sheet.columns[k].numbers for k in chosen]).all(axis=0)
    found, notes = np.flatnonzero(whole), []
    if not len(found):
        return Refusal(_("No row of the table can be used"), _("each has a gap"))
    if len(found) < sheet.rows:
        count = sheet.rows - len(found)
        gone = ngettext(
            "{count:,} row with gaps is left out", "{count:,} rows with gaps are left out", count
        )
        notes.append(gone.format(count=count))
    kept = _kept(sheet, chosen, found)
    rows = _drawn(found, len(kept), seed)
    if len(rows) < len(found):
        drawn = _("{kept:,} of {count:,} rows are kept, drawn at random")
        notes.append(drawn.format(kept=len(rows), count=len(found)))
    return _made(sheet, roles, kept, rows, notes)


def _check(sheet: Sheet, roles: Roles, *, skip: bool) -> Refusal | None:
    if not roles.features:
        return Refusal(_("A table needs a feature"), "", _("Give a column that role"))
    if roles.target is not None and roles.target in roles.features:
        return Refusal(_("A column has one role only"))
    for k in (*roles.features, *([roles.target] if roles.target is not None else [])):
        column = sheet.columns[k]
        if not column.usable:
            return Refusal(column.problem, "", _("Ignore this column"))
        if column.gaps and not skip:
            return Refusal(column.problem, "", _("Ignore the column, or leave out such rows"))
    return None


def _kept(sheet: Sheet, chosen: list[int], rows: NDArray[np.int64]) -> list[int]:
    """Return the columns that go into the table: those without a role, too, if there is room."""
    every = [
        k
        for k, column in enumerate(sheet.columns)
        if k in chosen or (column.usable and np.isfinite(column.numbers[rows]).all())
    ]
    return every if len(every) * min(len(rows), MOST_ROWS) <= MOST_CELLS else sorted(chosen)


def _drawn(rows: NDArray[np.int64], columns: int, seed: Seed) -> NDArray[np.int64]:
    """Return as many rows as a table may have, in their order."""
    most = max(1, min(MOST_ROWS, MOST_CELLS // columns))
    if len(rows) <= most:
        return rows
    draws = data_stream(seed).random_sample(len(rows))
    return rows[np.sort(np.argpartition(draws, most)[:most])]


def _made(
    sheet: Sheet, roles: Roles, kept: list[int], rows: NDArray[np.int64], notes: list[str]
) -> Taken | Refusal:
    numbers, words = [], []
    for k in kept:
        column = sheet.columns[k]
        read: Reader = _sorted
        if k == roles.target:
            read = _as_classes if roles.classes else _as_numbers
        held = read(column, rows)
        if isinstance(held, Refusal):
            return held
        if k in roles.features and Column("", held[0]).is_constant:
            same = _("{name} is the same in every row: nothing can be learnt from it")
            notes.append(same.format(name=column.name))
        numbers.append(held[0])
        words.append(held[1])
    names = [sheet.columns[k].name for k in kept]
    table = make_table(names, np.column_stack(numbers), words)
    if isinstance(table, Refusal):
        return table
    target = None if roles.target is None else kept.index(roles.target)
    return Taken(table, tuple(map(kept.index, roles.features)), target, tuple(notes))


def _sorted(column: Column, rows: NDArray[np.int64]) -> Held:
    """Return the numbers of some rows; words are numbered in their order, not as they came."""
    numbers = column.numbers[rows]
    if not column.words:
        return numbers, ()
    words = tuple(sorted(column.words, key=_order))
    places = np.array([words.index(word) for word in column.words], dtype=np.float64)
    return places[numbers.astype(np.int64)], words


def _as_classes(column: Column, rows: NDArray[np.int64]) -> Held | Refusal:
    """Return the numbers of the classes that some rows have, and what they are called."""
    numbers, words = _sorted(column, rows)
    found, classes = np.unique(numbers, return_inverse=True)
    if len(found) < 2:
        what = _("{name} has one class only").format(name=column.name)
        return Refusal(what, _("there is nothing to tell apart"), _("Choose another target"))
    if len(found) > MAX_CLASSES:
        what = _("{name} has {count:,} different values").format(
            name=column.name, count=len(found)
        )
        why = _("there are {most} classes at most").format(most=MAX_CLASSES)
        return Refusal(what, why, _("Learn it as a number, or choose another target"))
    told = tuple(written(number, words) for number in found.tolist())
    return classes.astype(np.float64), told


def _as_numbers(column: Column, rows: NDArray[np.int64]) -> Held | Refusal:
    """Return a column as numbers, which words may stand for."""
    if not column.words:
        return column.numbers[rows], ()
    meant = [number_in(word) for word in column.words]
    if any(number is None or not np.isfinite(number) for number in meant):
        what = _("{name} holds words").format(name=column.name)
        return Refusal(what, "", _("Learn it as classes"))
    return np.array(meant, dtype=np.float64)[column.numbers[rows].astype(np.int64)], ()


def _order(word: str) -> tuple[bool, float, str]:
    """Sort numbers by size before words by letters."""
    number = number_in(word)
    return (number is None, number if number is not None else 0.0, word)


def _counts(column: Column) -> bool:
    """Whether a column only numbers the rows."""
    steps = np.diff(column.numbers)
    return not column.words and len(steps) > 3 and bool((steps == 1.0).all())
