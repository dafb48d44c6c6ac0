"""Writes beside cards other numbers than theirs: what they were before the gesture under way, or
what they would be with a value nudged, and below that value what the output changes for it.

Called by the card painter; `frame.ghost` holds the numbers.
"""

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame import style
from playground.canvas.frame.digits import (
    BECOMES,
    CHANGE,
    FIGURES,
    MOST_FIGURES,
    QUOTIENT,
    State,
    codes,
)
from playground.canvas.frame.ghost import Ghost
from playground.canvas.frame.style import Align, Kind
from playground.canvas.painting.faces import Page
from playground.canvas.painting.glyphs import GHOSTS, MUTED
from playground.canvas.painting.sheet import Layer

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

TOO_CLOSE = 2.0 * 10.0**-MOST_FIGURES  # to a number, for its figures to tell the difference


def put_ghosts(page: Page, ghost: Ghost | None) -> None:
    """Put the other numbers of cards in sight on the sheet, where they are not those of now."""
    if ghost is None or page.detail.zoom < style.GHOST.legible / style.GHOST.pixels:
        return
    now = page.readings.value[ghost.items]
    rows = np.flatnonzero(page.seen[ghost.items] & (now != ghost.values))
    if len(rows):
        over = np.where(ghost.named[rows], style.GHOST_OVER_NAME, style.GHOST_LINE)
        _put(page, ghost.items[rows], over, *_told(ghost, ghost.values[rows], now[rows]))
    if ghost.quotient is not None and page.seen[ghost.quotient[0]]:
        items, number = np.array(ghost.quotient[:1]), np.array(ghost.quotient[1:])
        under = page.frame.rects[items, 3] + style.QUOTIENT_LINE
        _put(page, items, under, number, QUOTIENT, MOST_FIGURES)


def _told(ghost: Ghost, other: Floats, now: Floats) -> tuple[Floats, Index | int, int]:
    """Return what is written, after which glyphs, and with how many figures.

    Of a nudge so small that all figures are the same, it is the change.
    """
    if ghost.prefix != BECOMES:
        return other, ghost.prefix, FIGURES
    with np.errstate(invalid="ignore"):
        change = other - now
        close = np.abs(change) < TOO_CLOSE * np.abs(other)
    return np.where(close, change, other), np.where(close, CHANGE, BECOMES), MOST_FIGURES


def _put(
    page: Page, items: Index, line: Floats, numbers: Floats, prefix: Index | int, figures: int
) -> None:
    """Write a number on a line of each item: in the middle of a pill, else at the left."""
    centred = page.frame.kinds[items] == Kind.OP
    x = np.where(centred, page.frame.rects[items, 2] / 2, style.PAD)
    states = np.full(len(items), State.NUMBER, np.uint8)
    prefixes = np.broadcast_to(prefix, len(items)).astype(np.uint8)
    glyphs, sprites, places = page.stock.glyphs.run(
        codes(numbers, states, prefixes, figures),
        np.where(centred, GHOSTS[Align.CENTRE], GHOSTS[Align.LEFT]),
        np.full(len(items), MUTED),
        page.at[items] + np.rint(np.stack((x, line), axis=1) * page.stock.scale),
    )
    page.put(Layer.FACE, items[glyphs], sprites, places)
