"""Room for what is new in a group: what stands where something new stands moves out of its way.

Whatever knows a place of its own (`wanted`: where a template would put it) goes there, and what
stands there goes on in turn; what knows none moves down.  All else stays where it is.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Record
from engine.graph.geometry import item_size, on_plane
from engine.graph.records import Point

APART = 12.0  # closer than this, two cards stand in each other's way
Rects = NDArray[np.float64]


def settled(
    new: Iterable[Record], standing: Iterable[Record], wanted: Mapping[int, Point]
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
            place = wanted.get(record.id)
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
