"""Which line of an exported text is about which node, group or note.

Exporters put a mark at the end of a line, and `traced_text` takes all marks off again when the
text is whole. No text that people wrote holds the mark: `naming.printable` leaves it nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MARK = "\x1f"


@dataclass(frozen=True, slots=True)
class Code:
    """An exported text, and for each of its lines the ids of what it is about."""

    text: str
    about: tuple[tuple[int, ...], ...]

    def lines_of(self, items: Iterable[int]) -> list[int]:
        """Return the numbers of the lines about any of these items, the first line being 0."""
        wanted = frozenset(items)
        return [row for row, ids in enumerate(self.about) if not wanted.isdisjoint(ids)]


def traced(lines: Iterable[str], *items: int) -> list[str]:
    """Mark the lines that are not about anything yet as about these items."""
    mark = f"{MARK}{','.join(map(str, items))}" if items else ""
    return [line + mark if line and MARK not in line else line for line in lines]


def traced_text(marked: str) -> Code:
    """Return a text without its marks, and what they said."""
    lines = [line.partition(MARK) for line in marked.split("\n")]
    ids = (tuple(map(int, mark.split(","))) if mark else () for _line, _mark, mark in lines)
    return Code("\n".join(line for line, _mark, _ids in lines), tuple(ids))
