"""A place clear of everything, for what is added open: nothing that is there moves.

Room for an open group is made along the axes of what it lies among. What is to push nothing aside
has to lie in columns of its own, right of everything that is stored. Qt-free.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Edit
from engine.graph.geometry import item_size
from engine.graph.models import Model, insert_model
from engine.graph.projection import Projection, project
from engine.graph.records import Group, Node, Note, Point, View
from engine.graph.room import Rect
from playground.session.items import created, folded_at_first, folded_in, item_edit

BESIDE = 120.0

Record = Node | Group | Note
Make = Callable[[Point], Edit | Refusal]
Folded = Callable[[Edit], frozenset[int]]


def beside(
    document: Document, view: View, make: Make, folded: Folded = folded_at_first
) -> Edit | Refusal:
    """Make something at a point right of everything there is, half-way up it.

    `make` is asked several times, for one point after the other; `folded` says which of the
    groups that it makes are shown folded.
    """
    edit = make((0.0, 0.0))
    there = project(document, view.folded, view.current_group)
    if isinstance(edit, Refusal) or not there.items:
        return edit
    records = _created_outermost(edit)
    if not records:
        return edit
    across = (
        _end(document, view.current_group) + BESIDE - min(record.position[0] for record in records)
    )
    edit = make((across, 0.0))
    if isinstance(edit, Refusal):
        return edit
    twin = document.copy()
    twin.apply(edit)
    shown = project(twin, view.folded | folded(edit), view.current_group)
    down = _middle(_rects(there)) - _middle(_rects(shown, created(edit)))
    return make((across, down))


def model_edit(document: Document, model: Model) -> Edit | Refusal:
    """Insert a model beside everything there is, in no group."""
    view = replace(document.view, current_group=None)
    return beside(document, view, lambda at: insert_model(document, model, at))


def open_item(document: Document, view: View, text: str) -> Edit | Refusal | None:
    """Add what a palette text names beside everything; None if that would push nothing aside."""
    group = view.current_group
    edit, folded = item_edit(document, text, (0.0, 0.0), group), partial(folded_in, text)
    if isinstance(edit, Refusal) or not opens(edit, folded(edit)):
        return None
    if not project(document, view.folded, group).items:
        return None
    return beside(document, view, lambda at: item_edit(document, text, at, group), folded)


def opens(edit: Edit, folded: frozenset[int]) -> bool:
    """Tell whether what an edit makes is an open group, which would push things aside."""
    made = _created_outermost(edit)
    return any(isinstance(one, Group) and one.id not in folded for one in made)


def _created_outermost(edit: Edit) -> list[Record]:
    made = created(edit)
    records = [c.after for c in edit.changes if c.kind != "edge" and c.field == WHOLE]
    return [one for one in records if one is not None and one.id in made and one.group not in made]


def _end(document: Document, group: int | None) -> float:
    """Return how far right anything is stored that lies directly in a group, or in none."""
    every: tuple[Record, ...] = (
        *document.nodes(),
        *document.groups.values(),
        *document.notes.values(),
    )
    return max(one.position[0] + item_size(one)[0] for one in every if one.group == group)


def _rects(projection: Projection, among: frozenset[int] | None = None) -> list[Rect]:
    return [item.rect for item in projection.items if among is None or item.id in among]


def _middle(rects: list[Rect]) -> float:
    return (min(r[1] for r in rects) + max(r[1] + r[3] for r in rects)) / 2
