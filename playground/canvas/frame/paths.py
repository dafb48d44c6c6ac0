"""Ways along the wires: from what is selected to the output, and what has no part in it.

The picture asks, to let the chosen way stand out and the rest step back. Works on items and wires
of a frame, so that a folded group is one step.
"""

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.build import Frame
from playground.canvas.frame.style import Kind

Flags = NDArray[np.bool_]
Index = NDArray[np.int64]


def onward(frame: Frame, start: Flags, way: Flags) -> Flags:
    """Return the wires out of `start`, and on from there, that are on the way."""
    wires = frame.wires
    there = _spread(start, wires.start, wires.end, way)
    taken: Flags = there[wires.start] & way
    return taken


def unconcerned(frame: Frame, selected: Flags, way: Flags) -> Flags:
    """Return the items that are not selected, not on a path from there, and not before it.

    `way` flags the wires that lead to the output; if none does, every wire counts. Open groups
    are never among them; what is in a selected one counts as selected.
    """
    wires = frame.wires
    start = selected.copy()
    for number in np.flatnonzero(selected & (frame.kinds == Kind.FRAME)).tolist():
        start[frame.inside(number)] = True
    every = np.ones(len(wires), bool)
    after = _spread(start, wires.start, wires.end, way if way.any() else every)
    before = _spread(start, wires.end, wires.start, every)
    none: Flags = ~(after | before) & (frame.kinds != Kind.FRAME)
    return none


def _spread(start: Flags, begin: Index, finish: Index, way: Flags) -> Flags:
    """Return all items that can be reached from `start` along some wires."""
    there = start.copy()
    while True:
        new = there[begin] & way & ~there[finish]
        if not new.any():
            return there
        there[finish[new]] = True
