"""Writes above a few cards what their numbers were before the gesture under way.

Called by the card painter; `frame.ghost` holds the numbers.
"""

import numpy as np

from playground.canvas.frame import style
from playground.canvas.frame.digits import WAS, State, codes
from playground.canvas.frame.ghost import Ghost
from playground.canvas.frame.style import Align, Kind
from playground.canvas.painting.faces import Page
from playground.canvas.painting.glyphs import GHOSTS, MUTED
from playground.canvas.painting.sheet import Layer


def put_ghosts(page: Page, ghost: Ghost | None) -> None:
    """Put the old numbers of cards in sight on the sheet, where they are not the present ones."""
    if ghost is None or page.detail.zoom < style.GHOST.legible / style.GHOST.pixels:
        return
    other = page.readings.value[ghost.items] != ghost.values
    rows = np.flatnonzero(page.seen[ghost.items] & other)
    if not len(rows):
        return
    items = ghost.items[rows]
    centred = page.frame.kinds[items] == Kind.OP
    x = np.where(centred, page.frame.rects[items, 2] / 2, style.PAD)
    y = np.where(ghost.named[rows], style.GHOST_OVER_NAME, style.GHOST_LINE)
    glyphs, sprites, places = page.stock.glyphs.run(
        codes(ghost.values[rows], np.full(len(rows), State.NUMBER, np.uint8), WAS),
        np.where(centred, GHOSTS[Align.CENTRE], GHOSTS[Align.LEFT]),
        np.full(len(rows), MUTED),
        page.at[items] + np.rint(np.stack((x, y), axis=1) * page.stock.scale),
    )
    page.put(Layer.FACE, items[glyphs], sprites, places)
