"""The table that a document's points are drawn on: made of its samples, or of nothing.

The window's brushes call it with the first stroke. Points that were generated keep their place,
their order and their part, so that a training that runs goes on as it was.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.records import LEAF
from engine.graph.tables import Table, Words, make_table
from engine.train.samples import Samples, dealt, table_of

CLASSES = 2  # of a document that says nothing about them
PLANE = 2

Drawn = tuple[Table, tuple[int, ...], int | None, NDArray[np.int64]]


def drawn_table(document: Document, samples: Samples | None) -> Drawn:
    """Return a table, its features, its target, and which row each of the samples is, (n,).

    Without samples it is empty: as many features as the graph has, or a plane of them, and two
    classes, or numbers where the prediction is read as one.
    """
    if samples is None:
        return (*_empty(document), np.empty(0, np.int64))
    table, features, target = table_of(samples)
    rows, _train = dealt(len(table), document.data.test_share, document.seeds.data)
    numbers = np.empty_like(table.numbers)
    numbers[rows] = table.numbers  # the test samples on rows that are kept for the test
    return accept(make_table(table.names, numbers, table.words)), features, target, rows


def class_words(words: Words, classes: int) -> Words:
    """Return words for so many classes: those there are, and numbers that are none of them."""
    free = (str(number) for number in range(1, len(words) + classes + 1))
    new = [word for word in free if word not in words]
    return (*words, *new[: max(0, classes - len(words))])


def _empty(document: Document) -> tuple[Table, tuple[int, ...], int]:
    used = [n.index for n in document.nodes() if n.op == LEAF and n.role == "feature"]
    count = 1 + max(used) if used else PLANE
    numbers = document.link == "number"
    names = [*(f"x{k + 1}" for k in range(count)), "y" if numbers else _("class")]
    words = [*((),) * count, () if numbers else class_words((), CLASSES)]
    table = accept(make_table(names, np.empty((0, count + 1)), words))
    return table, tuple(range(count)), count
