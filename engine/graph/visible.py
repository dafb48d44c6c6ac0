"""How much would be seen: counted before anything is built, and refused where it is too much.

A canvas shows cards by the thousand, not by the hundred thousand. Whoever is about to fold, to
open or to add asks here first; what cannot be refused, since it is there already, is folded.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Edit
from engine.graph.flat import flattened
from engine.graph.records import Group, View

MOST_VISIBLE = 20_000  # cards, open groups and notes


def visible(document: Document, view: View) -> int:
    """Return how many cards, open groups and notes a view shows: a bound, if that is enough."""
    total = len(document) + len(document.groups) + len(document.notes)
    if total <= MOST_VISIBLE:
        return total
    flat, inside = flattened(document), view.current_group
    everything = flat.within(None, view.folded)
    return everything if inside is None else max(everything, flat.within(inside, view.folded))


def crowded(document: Document, view: View, before: View | None = None) -> Refusal | None:
    """Return why a view cannot be shown, None if it can, or if it shows no more than `before`."""
    count = visible(document, view)
    if count > MOST_VISIBLE and before is not None and count <= visible(document, before):
        return None
    return _refusal(count)


def crowding(
    document: Document, view: View, edit: Edit, closed: Collection[int]
) -> Refusal | None:
    """Return why an edit cannot be done while its outcome is looked at, None if it can.

    `closed` are those of the groups it makes that are folded at once.
    """
    made = sum(1 for change in edit.changes if change.field == WHOLE and change.kind != "edge")
    total = len(document) + len(document.groups) + len(document.notes)
    if total + made <= MOST_VISIBLE or not edit.reshapes:
        return None
    return _refusal(visible(document, view) + sum(_appearing(document, view, edit, closed)))


def thinned(document: Document, view: View) -> View:
    """Return a view that can be shown: what lies deepest is folded first, as far as need be."""
    groups = document.groups
    nesting = {group: len(document.ancestry(group)) for group in groups}
    for depth in range(max(nesting.values(), default=0), 0, -1):
        if visible(document, view) <= MOST_VISIBLE:
            break
        deep = {group for group in groups if nesting[group] == depth}
        view = replace(view, folded=view.folded | deep)
    return view


def _appearing(
    document: Document, view: View, edit: Edit, closed: Collection[int]
) -> Iterator[int]:
    """Count, change by change, what comes into sight by an edit."""
    before = dict(document.groups)
    after = dict(before)
    for change in edit.changes:
        if change.kind == "group" and change.field == WHOLE:
            after[change.id] = change.after  # of one that goes, nothing asks any more
        elif change.kind == "group" and change.field == "group":
            after[change.id] = replace(before[change.id], group=change.after)
    folded = view.folded.union(closed)
    for change in edit.changes:
        if change.kind not in ("node", "group", "note"):
            continue
        if change.field == WHOLE and change.after is not None:
            yield int(_is_open(change.after.group, after, folded))
        elif change.field == "group" and not _is_open(change.before, before, folded):
            if not _is_open(change.after, after, folded):
                continue
            whole = change.kind == "group" and change.id not in folded
            yield 1 + (flattened(document).within(change.id, folded) if whole else 0)


def _is_open(group: int | None, groups: dict[int, Group], folded: Collection[int]) -> bool:
    """Tell whether what lies in a group is seen."""
    while group is not None:
        if group in folded:
            return False
        group = groups[group].group
    return True


def _refusal(count: int) -> Refusal | None:
    if count <= MOST_VISIBLE:
        return None
    return Refusal(
        _("That would show {count:,} cards").format(count=count),
        _("the canvas shows at most {most:,} at once").format(most=MOST_VISIBLE),
        _("Fold some groups first, or open fewer of them"),
    )
