"""How commands speak: words or JSON on standard output, one sentence on standard error.

The engine is imported only when a refusal may have come from it, so that `--help` answers at once.
"""

import json
import sys
from collections.abc import Sequence
from enum import IntEnum
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from engine.errors import Refusal

T = TypeVar("T")


class Exit(IntEnum):
    """Exit codes of the program."""

    FINE = 0
    BAD_DOCUMENT = 1
    BAD_USAGE = 2
    NOT_REACHED = 3


class CommandError(Exception):
    """Ends a command with one sentence for standard error and an exit code."""

    def __init__(self, sentence: str, code: Exit = Exit.BAD_DOCUMENT) -> None:
        super().__init__(sentence)
        self.code = code


def granted(outcome: "T | Refusal", code: Exit = Exit.BAD_USAGE, about: str = "") -> T:
    """Return the outcome; a refusal ends the command with its words, after what it is about."""
    from engine.errors import Refusal

    if isinstance(outcome, Refusal):
        raise CommandError(f"{about}: {outcome}" if about else str(outcome), code)
    return outcome


def say(text: str) -> None:
    """Write a line of words to standard output."""
    sys.stdout.write(f"{text}\n")


def say_written(*paths: Path | None) -> None:
    """Name the files that were written, a line each; None for one that nobody asked for."""
    for path in paths:
        if path is not None:
            say(_("Wrote {path}.").format(path=path))


def say_json(value: Any) -> None:
    """Write a result as JSON to standard output; every number in it is finite or null."""
    say(json.dumps(value, ensure_ascii=False, allow_nan=False))


def complain(sentence: str) -> None:
    """Write one sentence to standard error, on one line."""
    if sys.stderr is not None:  # a program without a console on Windows has none
        sys.stderr.write(" ".join(sentence.split()) + "\n")


def table(rows: Sequence[Sequence[str]], numbers: int) -> str:
    """Return rows of cells as aligned lines; the last `numbers` columns are aligned right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first = len(widths) - numbers
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if place < first else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
