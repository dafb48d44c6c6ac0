"""Tables: columns of numbers that samples are taken from, with the words that numbers stand for.

A document refers to one in its `DataSettings`. A table never changes, so that documents, threads
and the undo stack share it; two tables are the same if their contents are.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import Refusal

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Numbers (rows, columns), finite and read-only; `names` are those of the columns.

    `words` has an entry for each column: what the numbers 0, 1, … of a column stand for, () for
    a column of plain numbers. Made by `make_table`.
    """

    names: Words
    words: tuple[Words, ...]
    numbers: NDArray[np.float64]
    key: str = field(init=False)

    def __post_init__(self) -> None:
        told = repr((self.names, self.words, self.numbers.shape)).encode()
        digest = hashlib.sha256(told + np.ascontiguousarray(self.numbers).data)
        object.__setattr__(self, "key", digest.hexdigest())

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


def make_table(
    names: Sequence[str], numbers: ArrayLike, words: Sequence[Words] | None = None
) -> Table | Refusal:
    """Make a table of a copy of numbers (rows, columns), or say what is wrong with them."""
    columns = np.array(numbers, dtype=np.float64).reshape(-1, len(names))
    told = tuple(words) if words is not None else ((),) * len(names)
    refusal = _check(names, columns, told)
    if refusal is not None:
        return refusal
    columns.setflags(write=False)
    return Table(tuple(names), told, columns)


def _check(
    names: Sequence[str], numbers: NDArray[np.float64], words: tuple[Words, ...]
) -> Refusal | None:
    if len(set(names)) < len(names):
        return Refusal(_("Two columns of a table have the same name"))
    if len(words) != len(names):
        return Refusal(_("A table has words for each of its columns"))
    for name, column, said in zip(names, numbers.T, words, strict=True):
        bad = np.flatnonzero(~np.isfinite(column))
        if len(bad):
            where = _("row {row} of {name} is not a finite number")
            return Refusal(_("A table holds numbers"), where.format(row=bad[0] + 1, name=name))
        if said and not np.isin(column, np.arange(len(said))).all():
            what = _("{name} has {count} classes, and a number that is none of them")
            return Refusal(what.format(name=name, count=len(said)))
    return None
