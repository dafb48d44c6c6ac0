"""The start: what the parameters of a document were before training changed them.

It is part of the document, so that a file that was trained can be rewound, and undo takes it back
with the numbers.  Training notes it when it first writes back; drawing weights anew forgets it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from gettext import gettext as _

import numpy as np

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.properties import set_values
from engine.graph.records import Start


def learned(document: Document, ids: Sequence[int], numbers: Sequence[float], title: str) -> Edit:
    """Return the edit that writes back what training learned.

    Of parameters whose start is not known, it is the number they have now.
    """
    edit = set_values(document, ids, numbers, title)
    if edit.column is None or edit.is_empty:
        return edit
    if document.start is not None and np.isin(edit.column.ids, document.start.ids).all():
        return edit
    known = _numbers(document.start)
    now = dict(zip(edit.column.ids.tolist(), edit.column.before.tolist(), strict=True))
    return replace(edit, changes=_change(document, now | known))


def rewound(document: Document) -> Edit | Refusal:
    """Return the edit that gives the parameters the numbers they started from.

    Frozen ones stay as they are, and so do those that were never trained.
    """
    back = {
        node: number
        for node, number in _numbers(document.start).items()
        if node in document and document.node(node).trainable
    }
    if not back:
        return Refusal(
            _("The parameters are where training begins"),
            _("it has not changed them yet"),
            _("New weights draws others"),
        )
    edit = set_values(document, list(back), list(back.values()), _("Rewind to the same weights"))
    return replace(edit, changes=_change(document, {}))


def forgotten(document: Document, ids: Iterable[int]) -> tuple[Change, ...]:
    """Return the changes that leave no start of some parameters: they are at it again."""
    gone = set(ids)
    return _change(document, {k: v for k, v in _numbers(document.start).items() if k not in gone})


def _numbers(start: Start | None) -> dict[int, float]:
    if start is None:
        return {}
    return dict(zip(start.ids.tolist(), start.numbers.tolist(), strict=True))


def _change(document: Document, numbers: dict[int, float]) -> tuple[Change, ...]:
    after = make_start(numbers)
    if after == document.start:
        return ()
    return (Change("document", 0, "start", document.start, after),)


def make_start(numbers: dict[int, float]) -> Start | None:
    """Return the start of parameters by their ids, None if there are none."""
    if not numbers:
        return None
    ids = sorted(numbers)
    return Start(np.array(ids, np.int64), np.array([numbers[k] for k in ids], np.float64))


def present_start(document: Document) -> Start | None:
    """Return the start without values that do not exist (any more)."""
    known = _numbers(document.start)
    return make_start(
        {k: v for k, v in known.items() if k in document and document.node(k).is_leaf}
    )
