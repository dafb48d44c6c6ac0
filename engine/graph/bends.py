"""Bends: the points that a wire passes through on its way, so that it goes around what is there.

They belong to the wire, go when it goes, and are stored in the coordinates of the group that its
target lies in.  Verbs for single bends, and what other verbs need to carry bends along.
"""

from collections.abc import Hashable, Iterable, Mapping
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document, Wire
from engine.graph.edits import BENDS, WHOLE, Change, Edit
from engine.graph.geometry import on_plane
from engine.graph.records import Bends, Point

MOST = 32  # bends of one wire


def add_bend(document: Document, wire: Wire, place: int, point: Point) -> Edit | Refusal:
    """Let a wire pass through one more point, before its bend number `place`."""
    points = document.bends.get(wire, ())
    if len(points) >= MOST:
        return Refusal(_("A wire has at most {most} bends").format(most=MOST))
    return _bend(document, wire, (*points[:place], point, *points[place:]), _("Bend a wire"))


def move_bend(
    document: Document, wire: Wire, place: int, point: Point, gesture: Hashable | None = None
) -> Edit | Refusal:
    """Put one bend of a wire elsewhere."""
    points = document.bends.get(wire, ())
    if not 0 <= place < len(points):
        return no_bend()
    after = (*points[:place], point, *points[place + 1 :])
    return _bend(document, wire, after, _("Move a bend"), gesture)


def remove_bend(document: Document, wire: Wire, place: int) -> Edit | Refusal:
    """Take one bend out of a wire."""
    points = document.bends.get(wire, ())
    if not 0 <= place < len(points):
        return no_bend()
    return _bend(document, wire, (*points[:place], *points[place + 1 :]), _("Remove a bend"))


def straighten(document: Document, wires: Iterable[Wire]) -> Edit | Refusal:
    """Take all bends out of some wires."""
    bent = sorted(wire for wire in set(wires) if wire in document.bends)
    if not bent:
        return Refusal(_("There is no bend to take out"), "", _("Double-click a wire to bend it"))
    changes = [Change("edge", wire, BENDS, document.bends[wire], ()) for wire in bent]
    return Edit(_("Straighten"), tuple(changes))


def no_bend() -> Refusal:
    """Return the refusal where a wire has no such bend."""
    return Refusal(_("There is no such bend"))


def _bend(
    document: Document, wire: Wire, after: Bends, title: str, gesture: Hashable | None = None
) -> Edit | Refusal:
    if wire[0] not in document or document.source(*wire) is None:
        return Refusal(_("No wire ends there"))
    before = document.bends.get(wire, ())
    points = tuple(on_plane(point) for point in after)
    changes = (Change("edge", wire, BENDS, before, points),) if points != before else ()
    return Edit(title, changes, gesture=gesture)


def bent(made: Edit, bends: Bends) -> list[Change]:
    """Return the changes that give the wires an edit makes these bends."""
    wires = [c.id for c in made.changes if (c.kind, c.field, c.before) == ("edge", WHOLE, None)]
    return [Change("edge", wire, BENDS, (), bends) for wire in wires]


def carried_bends(document: Document, positions: Mapping[int, Point]) -> list[Change]:
    """Let the bends of a wire go along when both its ends are moved.

    Those of a wire into a group that is moved are relative to that group already.
    """
    changes: list[Change] = []
    for target, port in sorted(document.bends):
        source = document.node(document.wired(target)[port])
        around = {source.id, *document.ancestry(source.group)}
        if target in positions and not around.isdisjoint(positions):
            (x, y), (was_x, was_y) = positions[target], document.node(target).position
            changes += shifted_bends(document, {target}, (x - was_x, y - was_y), port)
    return changes


def shifted_bends(
    document: Document, targets: Iterable[int], off: Point, port: int | None = None
) -> list[Change]:
    """Move the bends of all wires (or of one) into some nodes."""
    among = frozenset(targets)
    return [
        Change("edge", wire, BENDS, points, shifted(points, off))
        for wire, points in sorted(document.bends.items())
        if wire[0] in among and port in (None, wire[1])
    ]


def shifted(points: Bends, off: Point) -> Bends:
    """Return points moved by an offset, none of them off the plane."""
    return tuple(on_plane((x + off[0], y + off[1])) for x, y in points)
