"""Writes what is told close up only: formulas and names beside ports, and local derivatives.

Few nodes are in sight then, so that each may have texts of its own. Called by the card painter.
"""

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.closeup import CloseUp, told_at_ports
from playground.canvas.frame.digits import TIMES, State, codes
from playground.canvas.frame.labels import Words
from playground.canvas.frame.style import PORT_PLACE
from playground.canvas.painting import bodies
from playground.canvas.painting.faces import Page
from playground.canvas.painting.glyphs import AT_PORT, BACKWARD
from playground.canvas.painting.sheet import Layer
from playground.canvas.painting.stock import Stock

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

PLATE = (1.5, 6.5, 1.0)  # under a number: beside it, from its foot up, and below it


def put_close_up(page: Page, closeup: CloseUp) -> None:
    """Put texts and local derivatives beside the nodes in sight, as far as they are told."""
    part = page.detail.close
    if not part:
        return
    stock = page.stock
    rows = [
        (number, words, x, y)
        for number in page.shown.tolist()
        for words, x, y in closeup.entries(number)
    ]
    if rows:
        chosen = np.array([_sprite(stock, words) for _number, words, _x, _y in rows], np.int64)
        items: Index = np.array([row[0] for row in rows], np.int64)
        places = np.array([row[2:] for row in rows]) * stock.scale
        page.put(Layer.FACE, items, chosen, page.at[items] + np.rint(places), part=part)
    _put_derivatives(page)


def _sprite(stock: Stock, words: Words) -> int:
    """Return the sprite of a text, drawn when it is first wanted."""
    number = stock.texts.get(words)
    if number is None:
        sprite = bodies.words_sprite(words, reverse=False, tints=stock.tints, scale=stock.scale)
        stock.atlas.add([sprite])
        number = stock.texts[words] = stock.atlas.index(sprite.key)
    return number


def _put_derivatives(page: Page) -> None:
    wires, partial = page.frame.wires, page.readings.partial
    told = told_at_ports(page.frame) & page.seen[wires.end] & np.isfinite(partial)
    rows = np.flatnonzero(told)
    if not len(rows):
        return
    items = wires.end[rows]
    offsets = wires.end_offset[rows] + (PORT_PLACE.x, PORT_PLACE.y)
    anchors = page.at[items] + np.rint(offsets * page.stock.scale)
    of, sprites, places = page.stock.glyphs.run(
        codes(partial[rows], np.full(len(rows), State.NUMBER, np.uint8), TIMES),
        np.full(len(rows), AT_PORT),
        np.full(len(rows), BACKWARD),
        anchors,
    )
    first = np.searchsorted(of, np.arange(len(items)))
    _put_plates(page, items, anchors, anchors[:, 0] - places[first, 0])
    page.put(Layer.FACE, items[of], sprites, places, part=page.detail.close)


def _put_plates(page: Page, items: Index, anchors: Floats, widths: Floats) -> None:
    """Put a piece of ground under each number, for a steep wire may pass behind it."""
    stock, scale = page.stock, page.stock.scale
    beside, above, below = (round(part * scale) for part in PLATE)
    sprites = stock.pick(
        "plate",
        1,
        np.zeros(len(items), np.int64),
        lambda _: bodies.plate_sprite(stock.theme, above + below),
    )
    corners = anchors - np.stack((widths + beside, np.full(len(items), -below)), axis=1)
    length = widths + 2 * beside
    page.put(Layer.FACE, items, sprites, corners, stretch=length, part=page.detail.close)
