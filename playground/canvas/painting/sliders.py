"""Paints the sliders of values: a groove, its part up to the knob, the knob, where it was before.

It lies where other values have the bar of their gradient. Called by the card painter.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.digits import State
from playground.canvas.frame.ghost import Ghost
from playground.canvas.painting.faces import Page
from playground.canvas.painting.sheet import Layer
from playground.canvas.painting.sprites import Sprite
from playground.canvas.painting.tints import mixed
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

GROOVE, MORE, LESS, KNOB, BEFORE = range(5)
EDGE = 1.5  # between the knob and what lies under it


def put_sliders(page: Page, ghost: Ghost | None) -> None:
    """Put the sliders in sight on the sheet."""
    sliders, readings = page.frame.sliders, page.readings
    rows = np.flatnonzero(page.seen[sliders.item])
    if not len(rows):
        return
    items = sliders.item[rows]
    length = 2 * style.BAR_HALF * page.stock.scale
    _put(page, items, np.full(len(items), GROOVE), np.zeros(len(items)))
    value = readings.value[sliders.item]
    told = (readings.value_state[items] == State.NUMBER) & ~np.isnan(value[rows])
    knob = np.rint(sliders.parts(np.nan_to_num(value))[rows] * length)
    origin = np.rint(sliders.parts(np.zeros(len(sliders)))[rows] * length)
    width = np.abs(knob - origin)
    filled = told & (width > 0)
    colour = np.where(value[rows] < 0, LESS, MORE)
    left = np.minimum(knob, origin)
    _put(page, items[filled], colour[filled], left[filled], stretch=width[filled])
    if ghost is not None:
        _put_before(page, ghost, length)
    _put(page, items[told], np.full(int(told.sum()), KNOB), knob[told])


def _put_before(page: Page, ghost: Ghost, length: float) -> None:
    """Mark where the knobs that are moving were before."""
    sliders = page.frame.sliders
    known = dict(zip(ghost.items.tolist(), ghost.values.tolist(), strict=True))
    before = np.array([known.get(item, np.nan) for item in sliders.item.tolist()])
    rows = np.flatnonzero(np.isfinite(before) & page.seen[sliders.item])
    places = np.rint(sliders.parts(np.nan_to_num(before))[rows] * length)
    _put(page, sliders.item[rows], np.full(len(rows), BEFORE), places)


def _put(
    page: Page, items: Index, choices: Index, along: Floats, stretch: Floats | None = None
) -> None:
    """Put pieces on the sheet, so far along their grooves in device pixels."""
    if not len(items):
        return
    theme, scale = page.stock.theme, page.stock.scale

    def make(choice: int) -> Sprite:
        return PIECES[choice](theme, scale)

    sprites = page.stock.pick("slider", len(PIECES), choices, make)
    corner = (round(style.PAD * scale), round(style.BAR_LINE * scale))
    places = page.at[items] + corner
    places[:, 0] += along
    page.put(Layer.FACE, items, sprites, places, stretch=stretch)


def _thick(scale: float) -> int:
    return max(2, round(style.BAR_HEIGHT * scale))


def _groove(theme: Theme, scale: float) -> Sprite:
    width, height = round(2 * style.BAR_HALF * scale), _thick(scale)

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(theme.hairline, theme.dim, 0.35))
        painter.drawRoundedRect(QRectF(0, 0, width, height), height / 2, height / 2)

    return Sprite(("groove",), 0, 0, width, height, draw)


def _filled(name: str, colour: Callable[[Theme], QColor]) -> Callable[[Theme, float], Sprite]:
    def piece(theme: Theme, scale: float) -> Sprite:
        height = _thick(scale)

        def draw(painter: QPainter) -> None:
            painter.fillRect(0, 0, 4, height, colour(theme))

        return Sprite((name,), 0, 0, 4, height, draw)

    return piece


def _knob(theme: Theme, scale: float) -> Sprite:
    radius, middle = style.KNOB_RADIUS * scale, _thick(scale) / 2
    reach = round(radius + EDGE * scale) + 2

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(theme.card, 2 * EDGE * scale))
        painter.setBrush(theme.ink)
        painter.drawEllipse(QPointF(0, middle), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, middle), radius, radius)

    return Sprite(("knob",), -reach, -reach, reach, reach + _thick(scale), draw)


def _mark(theme: Theme, scale: float) -> Sprite:
    half, middle = style.KNOB_RADIUS * scale, _thick(scale) / 2
    width = max(1.0, 1.5 * scale)
    reach = round(half) + 2

    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(-width / 2, middle - half, width, 2 * half), theme.muted)

    return Sprite(("before",), -reach, -reach, reach, reach + _thick(scale), draw)


PIECES: tuple[Callable[[Theme, float], Sprite], ...] = (
    _groove,
    _filled("more", lambda theme: theme.positive),
    _filled("less", lambda theme: theme.negative),
    _knob,
    _mark,
)
