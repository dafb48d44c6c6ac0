"""An edit as data: for every key it touches, the value before and the value after.

Verbs make edits, `Document.apply` carries them out, and undo, redo, merging, the journal and
change notices all follow from the two values alone.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["node", "edge", "group", "note", "document"]
Key = tuple[Kind, Any, str]

WHOLE = "*"
BENDS = "bends"  # the one field of an edge beside the whole: a tuple of points, () for none
# What an evaluation plan depends on; any other field of a node is a number, a place or a name.
STRUCTURAL_FIELDS = frozenset(
    {WHOLE, "op", "ports", "role", "index", "encoding", "frozen", "marks", "attributes", "slot"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one thing, before and after.

    The field "*" is the whole record, None where the thing does not exist: creation and deletion.
    An edge's id is its destination (node, port) and its record the source's id; its bends are a
    field of their own, which no number depends on.
    """

    kind: Kind
    id: Any
    field: str
    before: Any
    after: Any

    @property
    def key(self) -> Key:
        """What is changed, whatever the values."""
        return (self.kind, self.id, self.field)

    def inverse(self) -> "Change":
        """Return the change back."""
        return Change(self.kind, self.id, self.field, self.after, self.before)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Many numbers at once: trained parameters, a layout, an initialisation.

    `ids` are node ids, ascending, shape (n,).  `before` and `after` are float64, shape (n,) for
    the field "value" and (n, 2) for "position".
    """

    field: Literal["value", "position"]
    ids: NDArray[np.int64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]

    def inverse(self) -> "Column":
        """Return the column back."""
        return Column(self.field, self.ids, self.after, self.before)

    def merged(self, later: "Column") -> "Column | None":
        """Return both in one, or None if they are about different numbers."""
        if self.field != later.field or not np.array_equal(self.ids, later.ids):
            return None
        return Column(self.field, self.ids, self.before, later.after)

    @property
    def changes_nothing(self) -> bool:
        """Whether before and after hold the same numbers."""
        return bool(np.array_equal(self.before, self.after))


@dataclass(frozen=True, slots=True)
class Edit:
    """A titled set of changes, at most one for each key, and at most one column.

    Edits that carry the same gesture token (one drag, one scrub) merge into one undo step.
    """

    title: str
    changes: tuple[Change, ...] = ()
    column: Column | None = None
    gesture: Hashable | None = None

    @property
    def is_empty(self) -> bool:
        """Whether applying it would change nothing."""
        return not self.changes and (self.column is None or self.column.changes_nothing)

    @property
    def is_structural(self) -> bool:
        """Whether evaluation plans made before it no longer hold."""
        return any(
            change.kind in NODE_KINDS and change.field in STRUCTURAL_FIELDS
            for change in self.changes
        )

    @property
    def reshapes(self) -> bool:
        """Whether it changes what there is, groups and notes included, or what lies where."""
        return self.is_structural or any(c.field in (WHOLE, "group") for c in self.changes)

    @property
    def touched_nodes(self) -> frozenset[int]:
        """The ids of all nodes whose record or wires it changes."""
        ids = {c.id[0] if c.kind == "edge" else c.id for c in self.changes if c.kind in NODE_KINDS}
        if self.column is not None:
            ids.update(self.column.ids.tolist())
        return frozenset(ids)

    @property
    def numbers(self) -> dict[int, float]:
        """The numbers that its column gives, by the id of their node."""
        if self.column is None or self.column.field != "value":
            return {}
        return dict(zip(self.column.ids.tolist(), self.column.after.tolist(), strict=True))

    def inverse(self) -> "Edit":
        """Return the edit that takes this one back."""
        return replace(
            self,
            changes=tuple(change.inverse() for change in self.changes),
            column=self.column.inverse() if self.column is not None else None,
        )

    def merged(self, later: "Edit") -> "Edit | None":
        """Return this edit and a later one of the same gesture as one, or None."""
        if self.gesture is None or self.gesture != later.gesture:
            return None
        column = self.column or later.column
        if self.column is not None and later.column is not None:
            column = self.column.merged(later.column)
            if column is None:
                return None
        changes = squash((*self.changes, *later.changes))
        made = {(c.kind, c.id) for c in self.changes if c.field == WHOLE}
        if any((c.kind, c.id) in made for c in later.changes):
            return None  # what was just made and then changed stays two steps
        return Edit(later.title, changes, column, self.gesture)


NODE_KINDS = frozenset({"node", "edge"})


def squash(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Join changes of one key: the first before, the last after, nothing that changes nothing."""
    joined: dict[Key, Change] = {}
    for change in changes:
        first = joined.get(change.key)
        joined[change.key] = change if first is None else replace(first, after=change.after)
    return tuple(change for change in joined.values() if change.before != change.after)
