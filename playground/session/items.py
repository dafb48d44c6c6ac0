"""What a text such as "op:tanh" adds to a document: the palette's items and typed text.

The session calls it for drops, double-clicks and the Add menu. Qt-free; every function returns
an edit or a refusal.
"""

from collections.abc import Iterable
from gettext import gettext as _
from itertools import chain, count
from string import ascii_lowercase

from engine.errors import Refusal
from engine.exchange.program import insert_text, typed_in
from engine.exchange.typed import Typed
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Edit
from engine.graph.geometry import GROUP_SIZE, LEAF_SIZE, OP_SIZE, Size
from engine.graph.own import insert_own
from engine.graph.records import ROLES, Point, Role
from engine.graph.templates import folds, insert_template
from engine.graph.verbs import add_op, add_value
from playground.widgets.mine import own

# For each role the letter that gets numbers, and the labels that are tried before.
LABELS = {
    "constant": ("a", ascii_lowercase),
    "parameter": ("w", ""),
    "feature": ("x", ""),
    "target": ("y", "y"),
}
# What kinds of items are text to read: typed, or from elsewhere.
PASTED = "pasted"
TEXTS = ("expression", PASTED)
STARTS = {"constant": 1.0, "parameter": 1.0, "feature": 0.0, "target": 1.0}


def item_edit(
    document: Document,
    text: str,
    centre: Point,
    group: int | None = None,
    selected: Iterable[int] = (),
) -> Edit | Refusal:
    """Add what a text names, in the middle of `centre` in the coordinates of `group`.

    Some templates cover what is `selected`.
    """
    kind, _colon, name = text.partition(":")
    if kind == "value" and name in ROLES:
        role = next(role for role in ROLES if role == name)
        return value_edit(document, role, corner(centre, LEAF_SIZE), group)
    if kind == "op":
        return add_op(document, name, corner(centre, OP_SIZE), group=group)
    if kind == "template":
        place = corner(centre, GROUP_SIZE)
        return insert_template(document, name, {}, place, group=group, selected=selected)
    if kind in TEXTS:
        size = GROUP_SIZE if isinstance(typed_in(name), Typed) else LEAF_SIZE
        place = corner(centre, size)
        pasted = kind == PASTED
        return insert_text(document, name, place, group, selected, pasted=pasted)
    template = own(text)
    if template is not None:
        return insert_own(document, template, centre, (), group)
    return Refusal(_("There is nothing called {text!r} to add").format(text=text))


def value_edit(document: Document, role: Role, position: Point, group: int | None) -> Edit:
    """Add a leaf with the next free name and number of its role."""
    index = next_index(document, role) if role in ("feature", "target") else 0
    return add_value(
        document,
        position,
        value=STARTS[role],
        label=next_label(document, role),
        role=role,
        index=index,
        encoding="signed" if role == "target" else "number",
        group=group,
    )


def next_index(document: Document, role: Role) -> int:
    """Return the least k that no feature (or target) of the document has."""
    taken = {node.index for node in document.nodes() if node.is_leaf and node.role == role}
    return next(k for k in count() if k not in taken)


def next_label(document: Document, role: Role) -> str:
    """Return a short name that is free: a, b, ... for constants, w1, x1 and y for the others."""
    taken = {node.label for node in document.nodes()}
    letter, plain = LABELS[role]
    numbered = (f"{letter}{k}" for k in count(1))
    return next(label for label in chain(plain, numbered) if label not in taken)


def created(edit: Edit) -> frozenset[int]:
    """Return the ids of the nodes, groups and notes that an edit makes."""
    return frozenset(
        change.id
        for change in edit.changes
        if change.kind != "edge" and change.field == WHOLE and change.before is None
    )


def outermost(edit: Edit) -> frozenset[int]:
    """Return the ids of what an edit makes, without what lies in groups that it makes, too."""
    made = created(edit)
    records = {c.id: c.after for c in edit.changes if c.kind != "edge" and c.id in made}
    return frozenset(item for item in made if records[item].group not in made)


def folded_in(text: str, edit: Edit) -> frozenset[int]:
    """Return the groups that adding what a text names makes and that are shown folded.

    Those of a person's own template are folded as they were when it was saved.
    """
    template = own(text)
    if template is None:
        return folded_at_first(edit)
    made = sorted(c.id for c in edit.changes if c.kind == "group" and c.id in created(edit))
    local = sorted(group.id for group in template.piece.fragment.groups)
    pairs = zip(local, made, strict=True)
    return frozenset(group for inner, group in pairs if inner in template.piece.folded)


def folded_at_first(edit: Edit) -> frozenset[int]:
    """Return the groups that an edit makes and that are shown folded to begin with."""
    return frozenset(
        change.id
        for change in edit.changes
        if (change.kind, change.field) == ("group", WHOLE)
        and change.before is None
        and folds(change.after)
    )


def corner(centre: Point, size: Size) -> Point:
    """Return the top-left corner of something centred at a point."""
    return (centre[0] - size[0] / 2, centre[1] - size[1] / 2)
