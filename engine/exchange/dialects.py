"""How a text with a table in it is written: encoding, delimiter, decimal mark, names or none.

`delimited` reads with what is found here. Everything is decided from the beginning of the text
and may be wrong for what follows; the reader says so then.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from gettext import gettext as _
from itertools import islice
from typing import Any

from engine.errors import Refusal
from engine.files.parse import MAGIC

DELIMITERS = (",", ";", "\t", "|", " ")
SAMPLE, SAMPLE_ROWS = 65_536, 200  # bytes and rows that are looked at
MISSING = frozenset(
    {"", "na", "n/a", "nan", "null", "?"}
)  # how programs write that a cell is empty
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TEXTUAL = (*UTF_16, b"\x80", b"<")  # beginnings that a table may have, whatever else has them


@dataclass(frozen=True, slots=True)
class Dialect:
    """The way that a table is written; `header` tells whether the first row has the names."""

    delimiter: str = ","
    decimal: str = "."
    header: bool = True


def encoding_of(data: bytes) -> str | Refusal:
    """Return the encoding of a text; a text that is no UTF-8 is read as Western European."""
    what = _("This is not a table")
    if not data.strip():
        return Refusal(_("There is no table"), _("there is nothing in it"))
    for start, why in MAGIC:
        if data.startswith(start) and start not in TEXTUAL:
            return Refusal(what, why, _("Save the table as CSV"))
    if data.startswith(UTF_16):
        return "utf-16"
    if b"\0" in data:
        return Refusal(what, _("it is not text"), _("Save the table as CSV"))
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def dialect_of(data: bytes, encoding: str, header: bool | None = None) -> Dialect:
    """Find the dialect of a text; `header` says that the first row has names, or has none."""
    text = data[:SAMPLE].decode(encoding, "replace")
    if len(data) > SAMPLE:
        text = text[: text.rfind("\n") + 1] or text
    scored = [
        (score, Dialect(delimiter, decimal))
        for delimiter in DELIMITERS
        for decimal in (".", ",")
        if decimal != delimiter
        and (score := _score(rows_of(text, delimiter), delimiter, decimal)) is not None
    ]
    best = max(scored, key=lambda one: one[0])[1] if scored else Dialect()
    if header is None:
        header = _has_header(rows_of(text, best.delimiter), best.decimal)
    return Dialect(best.delimiter, best.decimal, header)


def is_tabular(text: str) -> bool:
    """Whether a text is rather a table than anything else that can be pasted.

    It has two rows and two columns at least, all rows are as long, and one column at least has
    numbers alone below its name. What has a = is a program.
    """
    data = text.encode("utf-8", "replace")
    if "=" in text or isinstance(encoding_of(data), Refusal):
        return False
    dialect = dialect_of(data, "utf-8-sig")
    rows = rows_of(text, dialect.delimiter)
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return False
    columns = zip(*rows[1:], strict=True)
    return any(all(number_in(c, dialect.decimal) is not None for c in one) for one in columns)


def number_in(cell: str, decimal: str = ".") -> float | None:
    """Return the number that a cell holds, which may be infinite; None if it holds none."""
    try:
        return float(cell if decimal == "." else cell.replace(",", "."))
    except ValueError:
        return None


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is nothing in it."""
    return cell.strip().casefold() in MISSING


def reader_of(lines: Iterable[str], delimiter: str) -> Any:
    """Return a reader of `csv` for these lines; several spaces are one delimiter."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ")


def trimmed(row: list[str], delimiter: str) -> list[str]:
    """Return a row without what a space at its end makes; [] for an empty line."""
    if delimiter == " " and row[-1:] == [""]:
        row = row[:-1]
    return [] if len(row) == 1 and not row[0].strip() else row


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    """Return the first rows of a text that are not empty, as far as they can be read."""
    found: list[list[str]] = []
    with suppress(csv.Error):  # what came before it counts
        for row in islice(reader_of(io.StringIO(text, newline=""), delimiter), SAMPLE_ROWS):
            found += filter(None, [trimmed(row, delimiter)])
    return found


def _score(
    rows: list[list[str]], delimiter: str, decimal: str
) -> tuple[float, float, int, int] | None:
    """Say how well a delimiter fits: rows are as wide as each other, and cells are numbers."""
    if not rows:
        return None
    width, times = Counter(map(len, rows)).most_common(1)[0]
    if width < 2:
        return None
    body = [row for row in rows[1:] or rows if len(row) == width]
    cells = [cell for row in body for cell in row]
    numbers = sum(number_in(cell, decimal) is not None for cell in cells) / max(1, len(cells))
    if delimiter == " " and numbers < 1.0:  # spaces stand in sentences, too
        return None
    return times / len(rows), numbers, -DELIMITERS.index(delimiter), int(decimal == ".")


def _has_header(rows: list[list[str]], decimal: str) -> bool:
    """Whether the first row looks like names: none of its cells is a number."""
    return bool(rows) and all(number_in(cell, decimal) is None for cell in rows[0])
