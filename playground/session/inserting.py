"""Adding on a wire: what a palette text names goes between the ends of a wire, if it fits there.

The session calls it for drops and for what is added while a wire is selected. Qt-free.
"""

from dataclasses import dataclass

from engine.errors import Refusal
from engine.graph.document import Document, Wire
from engine.graph.edits import Edit
from engine.graph.geometry import OP_SIZE
from engine.graph.projection import project
from engine.graph.records import Point, View
from engine.graph.wiring import GAP, insert_made_on_wire
from playground.session.additions import LOOSE, Hooks, addition
from playground.session.items import item_edit


@dataclass(frozen=True, slots=True)
class Insertion:
    """What a person has chosen: `insert`, nodes dropped on wires go onto them; `room`, what
    follows makes room.
    """

    insert: bool = True
    room: bool = True


def dropped_edit(
    document: Document,
    view: View,
    text: str,
    place: tuple[Point, int | None],
    hooks: Hooks = LOOSE,
) -> Edit | Refusal:
    """Add what a text names at a place: a point of the scene, and a group."""
    point, group = place
    at = project(document, view.folded).inside(group, point)
    return addition(document, text, at, group, hooks)


def on_wire(document: Document, wire: Wire, made: Edit, insertion: Insertion) -> Edit:
    """Let what an edit makes go onto a wire if it fits there."""
    inserted = insert_made_on_wire(document, wire, made, room=insertion.room)
    return made if isinstance(inserted, Refusal) else inserted


def between_edit(
    document: Document, view: View, text: str, wire: Wire, insertion: Insertion
) -> Edit | Refusal:
    """Add what a text names half-way along a wire, in the group that holds both its ends."""
    source = document.source(*wire)
    if source is None:
        return item_edit(document, text, (0.0, 0.0))
    projection = project(document, view.folded)
    left, right = (projection.by_id[projection.owner[end]].rect for end in (source, wire[0]))
    least = left[0] + left[2] + GAP + OP_SIZE[0] / 2
    middle = (left[0] + left[2] + right[0]) / 2
    down = (left[1] + left[3] / 2 + right[1] + right[3] / 2) / 2
    around = document.ancestry(document.node(source).group)
    shared = [one for one in document.ancestry(document.node(wire[0]).group) if one in around]
    group = shared[0] if shared and shared[0] in projection.places else None
    at = projection.inside(group, (max(middle, least), down))
    made = item_edit(document, text, at, group)
    if isinstance(made, Refusal):
        return made
    return insert_made_on_wire(document, wire, made, room=insertion.room)
