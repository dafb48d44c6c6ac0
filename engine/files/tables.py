"""Tables in files: names, words and the numbers as base64 of little-endian float64, row by row.

In a journal a table that takes the place of another one like it is written as the rows that
differ, so that a line about one point does not hold all the others.
"""

import base64
import binascii
from gettext import gettext as _
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import Refusal
from engine.files.fields import TEXT, Field, Wrong, integer, listed
from engine.files.format import MAX_COLUMNS, MAX_ROWS
from engine.graph.tables import Table, make_table

NUMBERS = np.dtype("<f8")
NAMES = listed(TEXT)
WORDS = listed(NAMES)
ROWS = listed(integer(0, MAX_ROWS), 2)


def _read(value: Any) -> Table:
    if not isinstance(value, dict):
        raise Wrong(_("an object"))
    names, words = NAMES.read(value.get("names")), WORDS.read(value.get("words"))
    if not 1 <= len(names) <= MAX_COLUMNS:
        raise Wrong(_("a table of 1 to {most} columns").format(most=MAX_COLUMNS))
    table = make_table(names, _numbers(value.get("numbers"), len(names)), words)
    if isinstance(table, Refusal):
        raise Wrong(str(table))
    return table


def _numbers(value: Any, columns: int) -> Any:
    """Decode the numbers, shape (rows, columns)."""
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Wrong(_("a table with base64 numbers")) from None
    row = NUMBERS.itemsize * columns
    if len(data) % row or len(data) > row * MAX_ROWS:
        raise Wrong(_("a table of whole rows, {most:,} at most").format(most=MAX_ROWS))
    return np.frombuffer(data, NUMBERS).reshape(-1, columns)


def difference(before: Table | None, after: Table) -> dict[str, Any]:
    """Return what makes `after` of `before`: the rows between those they begin and end with."""
    if before is None or (before.names, before.words) != (after.names, after.words):
        return _write(after)
    least = min(len(before), len(after))
    first, last = before.numbers.view(np.uint64), after.numbers.view(np.uint64)  # 0 is not -0
    start = _alike(first[:least], last[:least])
    least -= start
    end = _alike(first[::-1][:least], last[::-1][:least])
    between = after.numbers[start : len(after) - end]
    return {"key": before.key, "rows": [start, len(before) - end], "numbers": _encoded(between)}


def applied(told: Any, before: Table | None) -> Table | None:
    """Return the table that a journal tells of in an edit to a document with `before`."""
    if not isinstance(told, dict) or "key" not in told:
        return None if told is None else _read(told)
    if before is None or told["key"] != before.key:
        raise Wrong(_("a change of the table there is"))
    if "rows" not in told:
        return before
    start, stop = ROWS.read(told["rows"])
    if not start <= stop <= len(before):
        raise Wrong(_("a change of rows there are"))
    between = _numbers(told.get("numbers"), len(before.names))
    rows = np.concatenate((before.numbers[:start], between, before.numbers[stop:]))
    table = make_table(before.names, rows, before.words)
    if isinstance(table, Refusal):
        raise Wrong(str(table))
    return table


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    """Return how many rows two arrays of as many begin alike with."""
    differ = np.flatnonzero((one != other).any(axis=1))
    return int(differ[0]) if len(differ) else len(one)


def _encoded(numbers: NDArray[np.float64]) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, NUMBERS).tobytes()).decode("ascii")


def _write(table: Table) -> dict[str, Any]:
    return {
        "names": list(table.names),
        "words": [list(words) for words in table.words],
        "numbers": _encoded(table.numbers),
    }


TABLE = Field(_read, _write)
