"""What a field of a file may hold: one checked conversion each way for every kind of field.

The tables in `engine.files.records` are made of these.  `read` takes a parsed JSON value and
returns what the record holds, or raises `Wrong` with the words for what was expected; `write` is
its inverse.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from engine.files.format import MAX_COORDINATE, MAX_DEPTH, MAX_ID, MAX_INTEGER, MAX_TEXT
from engine.graph.spans import is_span


class Wrong(Exception):
    """The value is not what the field holds; the message says what that would be."""


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Field:
    """How one kind of field is read and written."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = _same


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(_("a finite number"))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Wrong(_("a finite number"))
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong(_("a text"))
    if len(value) > MAX_TEXT:
        raise Wrong(_("a text of at most {limit:,} letters").format(limit=MAX_TEXT))
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong(_("true or false"))
    return value


def between(low: float, high: float) -> Field:
    """Return the field of a number in a range."""

    def read(value: Any) -> float:
        number = _number(value)
        if not low <= number <= high:
            raise Wrong(_("between {low:g} and {high:g}").format(low=low, high=high))
        return number

    return Field(read, float)


def integer(low: int = 0, high: int = MAX_INTEGER) -> Field:
    """Return the field of a whole number between `low` and `high`."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            words = _("a whole number from {low} on")
            if high < MAX_ID:
                words = _("a whole number from {low} to {high:,}")
            raise Wrong(words.format(low=low, high=high))
        return value

    return Field(read)


def choice(words: Sequence[str]) -> Field:
    """Return the field of one word out of several."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise Wrong(_("one of {words}").format(words=", ".join(words)))
        return value

    return Field(read)


def optional(field: Field) -> Field:
    """Return the field that may also be null."""
    return Field(
        lambda value: None if value is None else field.read(value),
        lambda value: None if value is None else field.write(value),
    )


def listed(field: Field, length: int | None = None) -> Field:
    """Return the field of a list of equal kinds, a tuple in the record."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or length not in (None, len(value)):
            raise Wrong(_("a list") if length is None else _("a list of {n}").format(n=length))
        return tuple(field.read(item) for item in value)

    return Field(read, lambda value: [field.write(item) for item in value])


def _span(value: Any) -> tuple[float, float]:
    low, high = PAIR.read(value)
    if not is_span(low, high):
        raise Wrong(_("a lower and a higher number, not too far apart"))
    return (low, high)


def mapped(field: Field) -> Field:
    """Return the field of an object whose values are of one kind."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(_("an object"))
        return {_text(key): field.read(item) for key, item in value.items()}

    return Field(read, lambda value: {key: field.write(item) for key, item in value.items()})


def _plain(value: Any, depth: int = 0) -> Any:
    """Check a JSON value of any shape; lists become tuples, so that records stay immutable."""
    if depth > MAX_DEPTH:
        raise Wrong(_("nested at most {limit} levels deep").format(limit=MAX_DEPTH))
    if isinstance(value, dict):
        return {_text(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_plain(item, depth + 1) for item in value)
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, int):
        return value
    return _number(value)


def _plainly(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plainly(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plainly(item) for item in value]
    return value


def _slot_part(value: Any) -> int | str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Wrong(_("a list of whole numbers and texts"))


def _seed(value: Any) -> int | str:
    return _text(value) if isinstance(value, str) else integer().read(value)


NUMBER = Field(_number, float)
PAIR = listed(NUMBER, 2)
SPAN = Field(_span, list)
TEXT = Field(_text)
FLAG = Field(_flag, bool)
IDENTITY = integer(1, MAX_ID)
POINT = listed(between(-MAX_COORDINATE, MAX_COORDINATE), 2)
SEED = Field(_seed)
SLOT = listed(Field(_slot_part))
PLAIN = Field(_plain, _plainly)


def shown(value: Any, limit: int = 40) -> str:
    """Return a value from a file on one short line that is safe to print."""
    if isinstance(value, dict | list):
        return _("an object") if isinstance(value, dict) else _("a list")
    if isinstance(value, str):
        line = " ".join(value[: 4 * limit].split())
        line = "".join(letter if letter.isprintable() else "�" for letter in line)
        return line if len(line) <= limit else line[: limit - 1] + "…"
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return _("a very large number")
    if isinstance(value, float) and not math.isfinite(value):
        return _("beyond the largest number")
    return json.dumps(value)


def shown_as(value: Any) -> str:
    """Return "it is …" for a value from a file."""
    text = f"“{shown(value)}”" if isinstance(value, str) else shown(value)
    return _("it is {value}").format(value=text)
