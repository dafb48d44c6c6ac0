"""Lining up and spreading out what is selected: verbs over what is shown.

Cards are lined up where they are seen, whatever groups they lie in; what is written are positions
in the coordinates of those groups.  A moved group can push what stands beside it, so the verbs
look again at what they have done until it is what was asked for.  Notes are lined up like cards; a
drawn frame is one thing, which takes along what it holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Literal

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.enclosing import held_by_frames
from engine.graph.projection import Projection, project
from engine.graph.records import Point
from engine.graph.room import Rect
from engine.graph.verbs import move

Edge = Literal["left", "right", "top", "bottom", "centre", "middle"]
Axis = Literal["across", "down"]
Rects = Mapping[int, Rect]
Goals = Mapping[int, float]  # where the low edges of rectangles should be
TITLES: Mapping[str, str] = {
    "left": _("Align left"),
    "right": _("Align right"),
    "top": _("Align top"),
    "bottom": _("Align bottom"),
    "centre": _("Align centres"),
    "middle": _("Align middles"),
    "across": _("Distribute horizontally"),
    "down": _("Distribute vertically"),
}
# Which axis, and how far along the rectangle.
EDGES: Mapping[Edge, tuple[int, float]] = {
    "left": (0, 0.0),
    "centre": (0, 0.5),
    "right": (0, 1.0),
    "top": (1, 0.0),
    "middle": (1, 0.5),
    "bottom": (1, 1.0),
}
LOOKS = 12  # at most, until groups have settled
CLOSE = 0.01


def align(
    document: Document,
    items: Iterable[int],
    edge: Edge,
    folded: Iterable[int] = (),
    within: int | None = None,
) -> Edit | Refusal:
    """Put an edge, or the middle, of all items on one line: the outermost, or that of all."""

    axis, part = EDGES[edge]

    def goals(rects: Rects) -> Goals:
        low = min(rect[axis] for rect in rects.values())
        high = max(rect[axis] + rect[axis + 2] for rect in rects.values())
        line = low + part * (high - low)
        return {item: line - part * rect[axis + 2] for item, rect in rects.items()}

    return _arranged(document, items, folded, within, TITLES[edge], 2, axis, goals)


def distribute(
    document: Document,
    items: Iterable[int],
    way: Axis,
    folded: Iterable[int] = (),
    within: int | None = None,
) -> Edit | Refusal:
    """Make the gaps between items equal; the first and the last stay where they are."""

    axis = 0 if way == "across" else 1

    def goals(rects: Rects) -> Goals:
        order = sorted(
            rects, key=lambda item: (rects[item][axis] + rects[item][axis + 2] / 2, item)
        )
        first, last = rects[order[0]], rects[order[-1]]
        room = last[axis] + last[axis + 2] - first[axis]
        gap = (room - sum(rect[axis + 2] for rect in rects.values())) / (len(order) - 1)
        found = {}
        at = first[axis]
        for item in order:
            found[item] = at
            at += rects[item][axis + 2] + gap
        return found

    return _arranged(document, items, folded, within, TITLES[way], 3, axis, goals)


def outermost(document: Document, items: Iterable[int]) -> list[int]:
    """Return the items that lie in none of the others."""
    chosen = set(items)
    return [
        item
        for item in sorted(chosen)
        if not chosen.intersection(document.ancestry(document.record(item).group))
    ]


def _arranged(
    document: Document,
    items: Iterable[int],
    folded: Iterable[int],
    within: int | None,
    title: str,
    least: int,
    axis: int,
    goals: Callable[[Rects], Goals],
) -> Edit | Refusal:
    folded = frozenset(folded)
    projection = project(document, folded, within)
    chosen, along = _with_frames(document, [i for i in items if i in projection.by_id])
    if len(chosen) < least:
        count = {2: _("two"), 3: _("three")}[least]
        return Refusal(
            _("There is not enough to arrange"),
            "",
            _("Select at least {count} things").format(count=count),
        )
    wanted = goals({item: projection.by_id[item].rect for item in chosen})
    twin = document.copy()
    for _look in range(LOOKS):
        away = {item: at - projection.by_id[item].rect[axis] for item, at in wanted.items()}
        away = {item: length for item, length in away.items() if abs(length) > CLOSE}
        if not away:
            break
        twin.apply(move(twin, _going(twin, along, _moved(twin, projection, away, axis))))
        if all(item.kind != "frame" for item in projection.items):
            break
        projection = project(twin, folded, within)
    places = {item: twin.record(item).position for item in chosen}
    edit = move(document, _going(document, along, places))
    return replace(edit, title=title)


def _with_frames(
    document: Document, items: Iterable[int]
) -> tuple[list[int], Mapping[int, list[int]]]:
    """Return the outermost things, and what those of them that are drawn frames take along."""
    chosen = outermost(document, items)
    frames = {frame: held for frame, held in held_by_frames(document).items() if frame in chosen}
    inside = {item for held in frames.values() for item in held}
    kept = [
        item
        for item in chosen
        if item not in inside
        and not inside.intersection(document.ancestry(document.record(item).group))
    ]
    return kept, {item: frames[item] for item in kept if item in frames}


def _going(
    document: Document, along: Mapping[int, list[int]], places: Mapping[int, Point]
) -> dict[int, Point]:
    """Return new places of things with those of what lies in the frames among them."""
    found = dict(places)
    for frame, held in along.items():
        if frame not in places:
            continue
        before, after = document.record(frame).position, places[frame]
        for item in held:
            x, y = document.record(item).position
            found.setdefault(item, (x + after[0] - before[0], y + after[1] - before[1]))
    return found


def _moved(document: Document, projection: Projection, away: Goals, axis: int) -> dict[int, Point]:
    """Move things along one axis; what they had across it they keep to the last digit."""
    places = {}
    for item, length in away.items():
        x, y = document.record(item).position
        if axis == 0:
            places[item] = (projection.moved(document, item, length, 0.0)[0], y)
        else:
            places[item] = (x, projection.moved(document, item, 0.0, length)[1])
    return places
