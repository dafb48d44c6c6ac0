"""Room for what is new in a group: what stands where something new stands moves out of its way.

Whatever knows a place of its own (`wanted`: where a template would put it) goes there, and what
stands there goes on in turn; what knows none moves down.  All else stays where it is.
"""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Record
from engine.graph.geometry import item_size, on_plane
from engine.graph.networks import SUM, layer_place, neuron_place, part_place
from engine.graph.records import Note, Point
from engine.graph.regrow import Regrowth

APART = 12.0  # closer than this, two cards stand in each other's way
Rects = NDArray[np.float64]


def settle(work: Regrowth) -> None:
    """Move what stands where a network that was grown has something new."""
    draft, network = work.draft, work.parts
    made: dict[int, list[Record]] = {}
    for record in draft.created():
        if record.group in network.members:
            made.setdefault(record.group, []).append(record)
    there = {group: list(network.members[group]) for group in made}
    for item in draft.document.groups.values():
        if item.group in there:
            there[item.group].append(item.id)
    gone = work.gone | work.closed
    for group, new in made.items():
        standing = [draft.record(i) for i in there[group] if i not in gone]
        moved = settled(new, standing, partial(template_place, work))
        for item_id, place in moved.items():
            draft.change(item_id, position=place)


def template_place(work: Regrowth, item: Record) -> Point | None:
    """Return where a template would put a part of a network now, None for what is no part."""
    slot = () if isinstance(item, Note) else item.slot or ()
    parts, target = work.parts, work.target
    match slot:
        case (int(layer), *rest):
            number = layer - parts.start[0]
        case _:
            return None
    origin = target.origin[number] if 0 <= number < len(target.origin) else None
    if origin is None:
        return None
    if not rest:
        return layer_place(number) if parts.layer(origin) == item.id else None
    match rest:
        case (int(unit),) if parts.neuron(origin, unit - parts.start[1]) == item.id:
            return neuron_place(unit - parts.start[1], target.shape.widths[number])
        case (int(unit), int(k), str(part)):
            unit -= parts.start[1]
            total = parts.node(origin, unit, 0, SUM)
            if parts.node(origin, unit, k, part) == item.id and total is not None:
                x, y = part_place(part, k, target.shape.fan_in(number))
                off = work.spot(origin, number, unit, total).off
                return (x + off[0], y + off[1])
    return None


def settled(
    new: Iterable[Record], standing: Iterable[Record], wanted: Callable[[Record], Point | None]
) -> dict[int, Point]:
    """Return where those of the standing go that have to move; all lie in one group."""
    records = list(standing)
    if not records:
        return {}
    rects = np.array([_rect(record) for record in records], np.float64)
    fixed = [_rect(record) for record in new]
    moved: dict[int, Point] = {}
    homeless: list[int] = []
    waiting = list(fixed)
    while waiting:
        rect = waiting.pop()
        for row in np.flatnonzero(_near(rects, rect)).tolist():
            record = records[row]
            place = wanted(record)
            rects[row] = np.inf
            if place is None:
                homeless.append(row)
                continue
            moved[record.id] = place
            fixed.append((*place, *item_size(record)))
            waiting.append(fixed[-1])
    rects = np.concatenate([rects, np.array(fixed, np.float64).reshape(-1, 4)])
    for row in sorted(homeless, key=lambda row: records[row].position[1]):
        rects[row] = _lower(rects, _rect(records[row]))
        moved[records[row].id] = on_plane((float(rects[row, 0]), float(rects[row, 1])))
    return moved


def _lower(rects: Rects, rect: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Return a rectangle as far down as it has to go to stand free."""
    x, y, wide, high = rect
    while True:
        near = _near(rects, (x, y, wide, high))
        if not near.any():
            return (x, y, wide, high)
        y = float((rects[near, 1] + rects[near, 3]).max()) + APART


def _near(rects: Rects, rect: tuple[float, ...]) -> NDArray[np.bool_]:
    low, high = np.array(rect[:2]), np.array(rect[:2]) + rect[2:]
    there = rects[:, :2]
    free = (there >= high + APART) | (there + rects[:, 2:] + APART <= low)
    return np.asarray(~free.any(axis=1))


def _rect(record: Record) -> tuple[float, float, float, float]:
    return (*record.position, *item_size(record))
