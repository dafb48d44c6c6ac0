"""Moving things into groups and out of them, where they are seen: a verb over what is shown.

Canvas and menus call it.  What is moved keeps the place where it is shown, unless a drag has moved
it as well; into a folded group it goes below what is there.  Frames grow and shrink with what lies
in them, so the verb looks again at what it has done, as lining up does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext

from engine.errors import Refusal
from engine.graph.arrange import CLOSE, LOOKS, outermost
from engine.graph.bends import shifted
from engine.graph.clipboard import shown_corner
from engine.graph.document import Document, Record
from engine.graph.edits import BENDS, Change, Edit
from engine.graph.geometry import PADDING, TITLE_BAR, item_size, on_plane
from engine.graph.notes import with_content
from engine.graph.projection import Projection, project
from engine.graph.records import Group, Note, Point
from engine.graph.verbs import DEEPEST, height, kind_of, move

Places = Mapping[int, Point]


def regroup(
    document: Document,
    ids: Iterable[int],
    group: int | None,
    folded: Iterable[int] = (),
    off: Point = (0.0, 0.0),
) -> Edit | Refusal:
    """Put nodes, groups and notes into a group, None for the top, moved by `off` in the scene.

    They are shown where they were, or at the nearest place that is free of, or within, its frame.
    A part of a template that leaves it is no part of it any more.  A group that is left empty
    stays: it is somebody's, and can be filled again.
    """
    projection = project(document, folded)
    roots = outermost(document, with_content(document, ids))
    moved = [item for item in roots if document.record(item).group != group]
    refusal = _refusal(document, roots, moved, group, projection.by_id)
    if refusal is not None:
        return refusal
    twin = document.copy()
    if group in projection.places:
        corners = {item: shown_corner(document, projection, item) for item in roots}
        dx, dy = _within(projection, group, moved, off)
        wanted = {item: (x + dx, y + dy) for item, (x, y) in corners.items()}
        around = {item: document.record(item).group for item in roots} | dict.fromkeys(
            moved, group
        )
        first = {}
        for item, (x, y) in wanted.items():
            wide, high = item_size(document.record(item))
            middle = projection.inside(around[item], (x + wide / 2, y + high / 2))
            first[item] = (middle[0] - wide / 2, middle[1] - high / 2)
        twin.apply(_put(twin, moved, group, first))
        _settle(twin, wanted, folded)
    else:
        twin.apply(_put(twin, moved, group, _below(document, moved, group)))
    places = {item: twin.record(item).position for item in roots}
    edit = _put(document, moved, group, places)
    bends = _bends(document, roots, places, off)
    return replace(edit, title=_title(document, moved, group), changes=(*edit.changes, *bends))


def _refusal(
    document: Document,
    roots: list[int],
    moved: list[int],
    group: int | None,
    visible: Mapping[int, object],
) -> Refusal | None:
    """Say why things cannot go into a group."""
    if not roots:
        return Refusal(_("Nothing is selected"), "", _("Select what should be moved first"))
    if group is not None and group not in document.groups:
        return Refusal(_("There is no group #{id}").format(id=group))
    name = _name(document, group)
    within = set(document.ancestry(group))
    itself = next((item for item in roots if item in within), None)
    if itself is not None:
        label = document.groups[itself].label
        return Refusal(
            _("{label} cannot go into itself").format(label=label),
            _("it is or holds that group"),
            _("Choose a group outside of it"),
            (itself,),
        )
    if not moved:
        there = _("That is in {group} already") if group is not None else _("That is in no group")
        return Refusal(there.format(group=name))
    hidden = next((item for item in roots if item not in visible), None)
    if hidden is not None:
        return Refusal(
            _("Something selected is folded away"),
            _("things are moved where they are seen"),
            _("Unfold its group first"),
            (hidden,),
        )
    deep = len(within)
    own = (height(document, i) - len(document.ancestry(document.record(i).group)) for i in moved)
    if deep + max(own) > DEEPEST:
        return Refusal(_("Groups lie at most {most} deep").format(most=DEEPEST))
    return None


def _within(projection: Projection, group: int | None, items: list[int], off: Point) -> Point:
    """Return how far items go so that they lie within an open group, if they fit, as it is shown.

    So no frame has to grow, and nothing beside it moves, unless there is no room for them.
    """
    shown = projection.by_id.get(group or 0)
    if shown is None:
        return off
    rects = [projection.by_id[item].rect for item in items]
    above = (PADDING, PADDING + TITLE_BAR)
    found = []
    for axis in (0, 1):
        low = min(rect[axis] for rect in rects)
        high = max(rect[axis] + rect[axis + 2] for rect in rects)
        least = shown.rect[axis] + above[axis]
        most = shown.rect[axis] + shown.rect[axis + 2] - PADDING
        found.append(max(min(off[axis], most - high), least - low))
    return (found[0], found[1])


def _put(document: Document, moved: Iterable[int], group: int | None, places: Places) -> Edit:
    """Return the edit that gives some things another group, and these and others places."""
    changes = []
    for item, position in sorted(places.items()):
        record = document.record(item)
        wanted: dict[str, object] = {"position": on_plane(position)}
        if item in moved:
            wanted["group"] = group
            if not isinstance(record, Note):
                wanted["slot"] = None
        changes += [
            Change(kind_of(record), item, field, getattr(record, field), value)
            for field, value in wanted.items()
        ]
    return Edit("", tuple(change for change in changes if change.before != change.after))


def _settle(twin: Document, wanted: Places, folded: Iterable[int]) -> None:
    """Move things in a copy until they are shown where they should be, or as near as can be.

    Where an open group has made room for itself nothing else of its level can be shown.
    """
    folded = frozenset(folded)
    for _look in range(LOOKS):
        projection = project(twin, folded)
        steps = {}
        for item, (x, y) in wanted.items():
            record = twin.record(item)
            wide, high = item_size(record)
            if isinstance(record, Note):
                now = shown_corner(twin, projection, item)
                at = (record.position[0] + x - now[0], record.position[1] + y - now[1])
            else:
                middle = (x + wide / 2, y + high / 2)
                stored = projection.places[record.group].stored(item, middle)
                at = (stored[0] - wide / 2, stored[1] - high / 2)
            if max(abs(at[0] - record.position[0]), abs(at[1] - record.position[1])) > CLOSE:
                steps[item] = at
        if not steps:
            return
        twin.apply(move(twin, steps))


def _below(document: Document, moved: list[int], group: int | None) -> Places:
    """Return places below all that is in a folded group, as they lie to each other."""
    nodes, groups = document.children(group)
    inside: list[Record] = [document.node(node) for node in nodes]
    inside += [document.groups[one] for one in groups]
    left = min((record.position[0] for record in inside), default=0.0)
    low = [record.position[1] + item_size(record)[1] for record in inside]
    top = max(low, default=-PADDING) + PADDING
    records = [document.record(item) for item in moved]
    corner = tuple(min(record.position[axis] for record in records) for axis in (0, 1))
    return {
        record.id: (
            left + record.position[0] - corner[0],
            top + record.position[1] - corner[1],
        )
        for record in records
    }


def _bends(document: Document, roots: list[int], places: Places, off: Point) -> list[Change]:
    """Let the bends of wires into what is moved stay, or go along if both ends do."""
    changes = []
    for wire, points in sorted(document.bends.items()):
        if wire[0] not in places:
            continue
        source = document.node(document.wired(wire[0])[wire[1]])
        along = not {source.id, *document.ancestry(source.group)}.isdisjoint(roots)
        (x, y), (was_x, was_y) = places[wire[0]], document.node(wire[0]).position
        dx, dy = (0.0, 0.0) if along else off
        after = shifted(points, (x - was_x - dx, y - was_y - dy))
        if after != points:
            changes.append(Change("edge", wire, BENDS, points, after))
    return changes


def _title(document: Document, moved: list[int], group: int | None) -> str:
    count = len(moved)
    if group is not None:
        words = ngettext(
            "Move {count} item into {group}", "Move {count} items into {group}", count
        )
        return words.format(count=count, group=_name(document, group))
    words = ngettext(
        "Move {count} item out of {group}", "Move {count} items out of {group}", count
    )
    return words.format(count=count, group=_name(document, document.record(moved[0]).group))


def _name(document: Document, group: int | None) -> str:
    found: Group | None = document.groups.get(group) if group is not None else None
    return found.label or f"#{found.id}" if found is not None else ""
