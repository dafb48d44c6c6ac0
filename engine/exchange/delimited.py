"""Tables as text with delimiters, CSV above all: bytes to a sheet and back.

The window reads in a thread beside it, the command line as it goes; both are told how far it is
and may stop it. Any bytes give a sheet or a sentence; nothing in them is run.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal, Refused
from engine.exchange.dialects import (
    Dialect,
    dialect_of,
    encoding_of,
    is_missing,
    number_in,
    reader_of,
    trimmed,
)
from engine.exchange.sheets import HEAD, MAX_CLASSES, Column, Sheet, written
from engine.files.format import MAX_COLUMNS
from engine.graph.tables import Table

MAX_BYTES = 512 * 2**20
MAX_CELLS = 50_000_000
LARGEST = 1e100  # of a number: sums and squares of samples stay finite
LONGEST = 100  # of a name or a class
BLOCK = 10_000  # rows between two reports

Report = Callable[[float], bool]
"""Is told which share is done; what it returns tells whether to go on."""


def read_delimited(
    data: bytes, header: bool | None = None, report: Report = lambda _share: True
) -> Sheet | Refusal | None:
    """Read a table, its first row as names if `header` says so; None if `report` stopped it.

    Delimiter, decimal mark, encoding and (None) header are found out.
    """
    encoding = encoding_of(data)
    if isinstance(encoding, Refusal):
        return encoding
    if len(data) > MAX_BYTES:
        limit = _("the limit is {limit} MiB").format(limit=MAX_BYTES // 2**20)
        return Refusal(_("The table is too large"), limit)
    dialect = dialect_of(data, encoding, header)
    source = io.BytesIO(data)
    lines = io.TextIOWrapper(source, encoding, "replace", newline="")
    try:
        return _read(lines, dialect, lambda: report(source.tell() / len(data)))
    except Refused as refused:
        return refused.refusal


def raw_rows(data: bytes, *, header: bool) -> list[list[str]]:
    """Return the cells below the names, as written, of what `read_delimited` has read."""
    encoding = encoding_of(data)
    if isinstance(encoding, Refusal):
        return []
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, "replace", newline="")
    rows = (cells for _line, cells in _rows(lines, dialect_of(data, encoding, header)))
    return list(islice(rows, int(header), None))


def write_delimited(table: Table) -> bytes:
    """Write a table as CSV with its names first, so that it is read as the same numbers."""
    rows = (
        [written(n, words) for n, words in zip(row, table.words, strict=True)]
        for row in table.numbers.tolist()
    )
    return write_rows(table.names, rows)


def write_rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write names and rows of cells as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


def _read(lines: io.TextIOWrapper, dialect: Dialect, go_on: Callable[[], bool]) -> Sheet | None:
    rows = _rows(lines, dialect)
    first = next(rows, None)
    if first is None:
        raise Refused(_("There is no table"), _("there is nothing in it"))
    names = _names(first[1], dialect)
    if len(names) > MAX_COLUMNS:
        raise Refused(
            _("The table has {count:,} columns").format(count=len(names)),
            _("there are {most:,} at most").format(most=MAX_COLUMNS),
        )
    pending = [] if dialect.header else [first]
    columns = [_Reading(name, dialect.decimal) for name in names]
    head: list[tuple[str, ...]] = []
    count = 0
    while block := pending + list(islice(rows, BLOCK)):
        pending = []
        _check(block, len(names), count)
        count += len(block)
        head += [tuple(cells) for _line, cells in block[: HEAD - len(head)]]
        numbers = [line for line, _cells in block]
        for column, cells in zip(columns, zip(*(c for _l, c in block), strict=True), strict=True):
            column.take(cells, numbers)
        if not go_on():
            return None
    if not count:
        raise Refused(_("The table has no rows"), _("there are only the names of its columns"))
    return Sheet(tuple(c.finished() for c in columns), count, tuple(head), dialect.header)


def _rows(lines: io.TextIOWrapper, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number that editors give its line."""
    reader = reader_of(lines, dialect.delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where = _("Row {row} of the table cannot be read").format(row=reader.line_num)
            raise Refused(where, str(error)) from None
        row = trimmed(row, dialect.delimiter)
        if row:
            yield reader.line_num, row


def _check(block: list[tuple[int, list[str]]], width: int, before: int) -> None:
    """Refuse rows that are wider or narrower than the first, and too many."""
    ragged = next(((line, cells) for line, cells in block if len(cells) != width), None)
    if ragged is not None:
        line, cells = ragged
        what = ngettext(
            "Row {row} has {count:,} cell, and the first one has {width:,}",
            "Row {row} has {count:,} cells, and the first one has {width:,}",
            len(cells),
        )
        raise Refused(
            what.format(row=line, count=len(cells), width=width), "", _("Correct that row")
        )
    if (before + len(block)) * width > MAX_CELLS:
        limit = _("there are {most:,} cells at most").format(most=MAX_CELLS)
        raise Refused(_("The table is too large"), limit)


def _names(first: list[str], dialect: Dialect) -> list[str]:
    """Return a name for each column, all different."""
    names: list[str] = []
    used: set[str] = set()
    again: Counter[str] = Counter()
    for k, cell in enumerate(first):
        name = " ".join(cell.split())[:LONGEST] if dialect.header else f"x{k + 1}"
        title = name = name or _("column {k}").format(k=k + 1)
        while name in used:
            again[title] += 1
            name = f"{title} {again[title] + 1}"
        used.add(name)
        names.append(name)
    return names


@dataclass(slots=True)
class _Reading:
    """A column while it is read: numbers if most of its first cells are, else words.

    `words` has the numbers of the words so far, None in a column of numbers, and `cells` those of
    cells as they are written.
    """

    name: str
    decimal: str
    words: dict[str, int] | None = None
    cells: dict[str, float] = field(default_factory=dict)
    blocks: list[NDArray[np.float64]] = field(default_factory=list)
    gaps: int = 0
    problem: str = ""

    def take(self, cells: tuple[str, ...], lines: list[int]) -> None:
        """Read on, from the cells of so many lines."""
        if not self.blocks:
            told = [cell for cell in cells if not is_missing(cell)]
            numbers = sum(number_in(cell, self.decimal) is not None for cell in told)
            self.words = {} if 2 * numbers < len(told) else None
        read = self._numbers(cells) if self.words is None else self._classes(cells, self.words)
        gaps = np.flatnonzero(~np.isfinite(read))
        if len(gaps) and not self.gaps:
            self.problem = self._why(cells[gaps[0]], lines[gaps[0]])
        self.gaps += len(gaps)
        self.blocks.append(read)

    def finished(self) -> Column:
        """Return the column as it is now."""
        numbers = np.concatenate(self.blocks)
        numbers.setflags(write=False)
        if self.gaps == len(numbers):
            empty = _("{name} is empty").format(name=self.name)
            return Column(self.name, numbers, (), self.gaps, self.problem or empty, usable=False)
        words = tuple(self.words or ())
        if len(words) > MAX_CLASSES:
            what = _("{name} is text: it has more than {most} different words")
            told = what.format(name=self.name, most=MAX_CLASSES)
            return Column(self.name, numbers, (), self.gaps, told, usable=False)
        return Column(self.name, numbers, words, self.gaps, self.problem)

    def _numbers(self, cells: tuple[str, ...]) -> NDArray[np.float64]:
        try:
            wanted = cells if self.decimal == "." else [c.replace(",", ".") for c in cells]
            read = np.array(list(map(float, wanted)))
        except ValueError:
            found = (number_in(cell, self.decimal) for cell in cells)
            read = np.array([np.nan if number is None else number for number in found])
        read[~(np.abs(read) <= LARGEST)] = np.nan
        return read

    def _classes(self, cells: tuple[str, ...], words: dict[str, int]) -> NDArray[np.float64]:
        """Number words as they come; those of a column of text are all alike."""
        known = self.cells
        for cell in dict.fromkeys(cells):
            if len(words) > MAX_CLASSES:
                return np.zeros(len(cells))
            if cell not in known:
                word = cell.strip()[:LONGEST]
                missing = is_missing(word)
                known[cell] = np.nan if missing else words.setdefault(word, len(words))
        return np.array([known[cell] for cell in cells])

    def _why(self, cell: str, line: int) -> str:
        """Say which cell cannot be used, and why."""
        told = {"name": self.name, "row": line, "cell": cell.strip()[:30]}
        if not cell.strip():
            return _("Row {row} has nothing in {name}").format(**told)
        number = number_in(cell, self.decimal)
        if number is not None and np.isfinite(number):
            return _("Row {row} has {cell} in {name}, which is too large").format(**told)
        return _("Row {row} has “{cell}” in {name}, which is no finite number").format(**told)
