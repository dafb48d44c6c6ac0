"""Bytes to a parsed JSON value, or the sentence why they are none.

The first half of the reader; the journal uses it line by line.  It knows nothing of documents.
Its work is bounded before Python's parser starts, because a file may come from anywhere.
"""

import json
import re
from gettext import gettext as _
from typing import Any, NoReturn

from engine.errors import Refused
from engine.files.fields import shown
from engine.files.format import MAX_BYTES, MAX_ITEMS, MAX_OBJECTS

# How other files begin that people may pick by mistake.
MAGIC = (
    (b"\x89PNG", _("it is a PNG picture")),
    (b"\xff\xd8\xff", _("it is a JPEG picture")),
    (b"%PDF", _("it is a PDF document")),
    (b"PK\x03\x04", _("it is a zip archive")),
    (b"\x1f\x8b", _("it is a gzip archive")),
    (b"\x80", _("it looks like a Python pickle, and those are never opened")),
    (b"\xff\xfe", _("it is UTF-16 text, and documents are UTF-8")),
    (b"\xfe\xff", _("it is UTF-16 text, and documents are UTF-8")),
    (b"<", _("it looks like a web page")),
)
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def parse_json(data: bytes) -> Any:
    """Return the JSON value of UTF-8 bytes, its keys unique; Refused if there is none.

    Numbers may still be infinite (1e999): whoever takes a number checks it.
    """
    check_bulk(data)
    try:
        value = json.loads(
            decode(data), object_pairs_hook=_unique, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        raise misplaced(error) from None
    except RecursionError:
        raise not_a_document(_("its brackets are nested too deeply")) from None
    except ValueError:  # an integer of thousands of digits
        raise not_a_document(_("it holds a number with thousands of digits")) from None
    if SURROGATE.search(data):
        _check_characters(value)
    return value


def check_bulk(data: bytes) -> None:
    """Refuse nothing at all, too much, and other kinds of file."""
    if not data.strip():
        raise Refused(_("The file is empty"))
    if len(data) > MAX_BYTES:
        raise Refused(
            _("The file is too large"),
            _("the limit is {limit} MiB").format(limit=MAX_BYTES // 2**20),
        )
    for start, why in MAGIC:
        if data.startswith(start):
            raise not_a_document(why)
    if data.count(b"{") > MAX_OBJECTS or data.count(b",") > MAX_ITEMS:
        raise Refused(_("The file is too large"), _("it holds too many things"))


def not_a_document(why: str) -> Refused:
    """Return the refusal of bytes that are something else."""
    return Refused(_("This is not a Micrograd Playground document"), why)


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            raise cut_off(data.count(b"\n") + 1) from None
        raise not_a_document(
            _("it is not UTF-8 text from byte {place} on").format(place=error.start + 1)
        ) from None


def misplaced(error: json.JSONDecodeError) -> Refused:
    """Say where a text stops being JSON."""
    if error.msg.startswith("Unterminated string") or not error.doc[error.pos :].strip():
        return cut_off(error.doc.count("\n") + 1)
    place = _("line {line}, column {column} cannot be read").format(
        line=error.lineno, column=error.colno
    )
    return not_a_document(place)


def cut_off(line: int) -> Refused:
    """Return the refusal of a file that lost its end."""
    return Refused(
        _("The file ends too early"),
        _("it was cut off in line {line}").format(line=line),
        _("Look for another copy of it"),
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise not_a_document(_("an object in it has two “{key}”").format(key=shown(twice)))
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise not_a_document(_("it holds {name}, and every number must be finite").format(name=name))


def _check_characters(value: Any) -> None:
    """Refuse half characters (lone surrogates), which no file can hold."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending += [*item, *item.values()]
        elif isinstance(item, list):
            pending += item
        elif isinstance(item, str):
            try:
                item.encode()
            except UnicodeEncodeError:
                raise not_a_document(_("a text in it holds half a character")) from None
