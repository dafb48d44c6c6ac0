"""Where something goes that is added, on a wire above all, and how a person wants it inserted.

Whether and how it is wired there is decided in `additions`. Qt-free.
"""

from dataclasses import dataclass

from engine.errors import Refusal
from engine.graph.document import Document, Wire
from engine.graph.edits import Edit
from engine.graph.geometry import OP_SIZE
from engine.graph.projection import project
from engine.graph.records import Point, View
from engine.graph.wiring import GAP
from playground.session.additions import LOOSE, Hooks, addition

Place = tuple[Point, int | None]  # the middle, in the scene, and the group that it lies in


@dataclass(frozen=True, slots=True)
class Insertion:
    """What a person has chosen: `insert`, nodes dropped on wires go onto them; `room`, what
    follows makes room.
    """

    insert: bool = True
    room: bool = True


def placed(
    document: Document,
    view: View,
    text: str,
    place: Place,
    hooks: Hooks = LOOSE,
    *,
    room: bool = True,
) -> Edit | Refusal:
    """Add what a text names at a place, wired as the hooks say."""
    point, group = place
    at = project(document, view.folded, view.current_group).inside(group, point)
    return addition(document, text, at, group, hooks, room=room)


def halfway(document: Document, view: View, wire: Wire) -> Place:
    """Return the place half-way along a wire, in the group that holds both its ends."""
    source = document.source(*wire)
    if source is None:
        return (0.0, 0.0), None
    projection = project(document, view.folded, view.current_group)
    left, right = (projection.by_id[projection.owner[end]].rect for end in (source, wire[0]))
    least = left[0] + left[2] + GAP + OP_SIZE[0] / 2
    middle = (left[0] + left[2] + right[0]) / 2
    down = (left[1] + left[3] / 2 + right[1] + right[3] / 2) / 2
    around = document.ancestry(document.node(source).group)
    shared = [one for one in document.ancestry(document.node(wire[0]).group) if one in around]
    group = shared[0] if shared and shared[0] in projection.places else projection.within
    return (max(middle, least), down), group
