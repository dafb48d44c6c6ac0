"""Writes the numbers beside the ports of folded groups, as far as they can be read.

Called by the card painter; their names are labels.
"""

import numpy as np

from playground.canvas.frame.digits import BLANK, PARTIAL, State, codes
from playground.canvas.frame.style import GATE_PLACES, GATE_SLOPE, GATE_VALUE
from playground.canvas.painting.faces import Page
from playground.canvas.painting.glyphs import (
    AT_GATE,
    BACKWARD,
    DIM,
    INK,
    NEGATIVE,
    POSITIVE,
    REVERSE,
)
from playground.canvas.painting.sheet import Layer

OFFSETS = np.array([(place.x, place.y) for place in GATE_PLACES])
LEGIBLE = np.array([look.legible / look.pixels for look in (GATE_VALUE, GATE_SLOPE)])


def put_gates(page: Page) -> None:
    """Put value and gradient beside each port of the folded groups in sight."""
    gates, told = page.frame.gates, page.readings.gates
    part = page.detail.small(LEGIBLE)
    seen = np.flatnonzero(page.seen[gates.item]) if part.any() else np.zeros(0, np.int64)
    if not len(seen):
        return
    rows = np.concatenate((seen, seen))
    is_slope = np.arange(len(rows)) >= len(seen)
    numbers = np.where(is_slope, told.slope[rows], told.value[rows])
    states = np.where(is_slope, told.slope_state[rows], told.value_state[rows])
    items = gates.item[rows]
    where = np.where(gates.feeds[rows], 0, 2) + is_slope
    offsets = gates.offset[rows] + OFFSETS[where]
    of, sprites, places = page.stock.glyphs.run(
        codes(numbers, states, np.where(is_slope, PARTIAL, BLANK).astype(np.uint8)),
        AT_GATE + where,
        _roles(page, items, numbers, states, is_slope),
        page.at[items] + np.rint(offsets * page.stock.scale),
    )
    clear = part[is_slope.astype(int)] * page.beside[items]
    page.put(Layer.FACE, items[of], sprites, places, part=clear[of])


def _roles(
    page: Page,
    items: np.ndarray,
    numbers: np.ndarray,
    states: np.ndarray,
    is_slope: np.ndarray,
) -> np.ndarray:
    """Return for every number the colour it is written in."""
    tints = page.stock.tints
    if tints.heat:
        return np.where(tints.reversed[page.tints[items]], REVERSE, INK)
    role = np.select([numbers > 0, numbers < 0], [POSITIVE, NEGATIVE], INK)
    role = np.where(is_slope, BACKWARD, role)
    return np.where(states == State.NUMBER, role, DIM)
