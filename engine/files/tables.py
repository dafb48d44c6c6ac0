"""Tables in files: names, words and the numbers as base64 of little-endian float64, row by row."""

import base64
import binascii
from gettext import gettext as _
from typing import Any

import numpy as np

from engine.errors import Refusal
from engine.files.fields import TEXT, Field, Wrong, listed
from engine.files.format import MAX_COLUMNS, MAX_ROWS
from engine.graph.tables import Table, make_table

NUMBERS = np.dtype("<f8")
NAMES = listed(TEXT)
WORDS = listed(NAMES)


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


def _write(table: Table) -> dict[str, Any]:
    data = np.ascontiguousarray(table.numbers, NUMBERS).tobytes()
    return {
        "names": list(table.names),
        "words": [list(words) for words in table.words],
        "numbers": base64.b64encode(data).decode("ascii"),
    }


TABLE = Field(_read, _write)
