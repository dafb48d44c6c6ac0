"""Paints cards, pills and tiles with all that is written on them, in one call to Qt.

Everything comes from arrays: which items are in sight, which body, text and digits each has. The
number of texts is bounded by what can be read at the zoom. Called by the painter item.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import State
from playground.canvas.frame.ghost import Ghost
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import BACKING, Kind
from playground.canvas.painting import bodies
from playground.canvas.painting.bodies import SHADES, Look, Ring, Shape
from playground.canvas.painting.faces import Page, put_labels, put_numbers
from playground.canvas.painting.ghosts import put_ghosts
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.sheet import Layer, Sheet
from playground.canvas.painting.sliders import put_sliders
from playground.canvas.painting.sprites import Sprite
from playground.canvas.painting.stock import Stock
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

READABLE = 0.4  # the zoom below which a card is a block of colour
BESIDE = 34.0  # what reaches out of a card: its floating name, its badge
FADED = 0.35
STALE = 0.55
HUGE = 1e9


@dataclass(slots=True)
class Emphasis:
    """What stands out: item numbers by ring, which items step back, what numbers were before."""

    rings: dict[Ring, Index] = field(default_factory=dict)
    faded: NDArray[np.bool_] | None = None
    ghost: Ghost | None = None


class CardPainter:
    """Keeps the stock of the scale and theme last painted at."""

    def __init__(self, brushwork: Brushwork) -> None:
        self._brushwork = brushwork
        self._stock: Stock | None = None
        self._frame: Frame | None = None
        self._shapes: list[Shape] = []
        self._shape: Index = np.zeros(0, np.int64)

    def paint(
        self,
        painter: QPainter,
        frame: Frame,
        corners: Floats,
        readings: Readings,
        emphasis: Emphasis,
        lens: Lens,
        theme: Theme,
    ) -> None:
        """Paint all cards in sight; `corners` (n, 2) is where they are just now."""
        stock = self._prepare(frame, lens, theme)
        seen = lens.sees(corners, frame.rects[:, 2:], BESIDE) & ~np.isin(frame.kinds, BACKING)
        page = Page(
            Sheet(stock.atlas),
            stock,
            frame,
            readings,
            lens.zoom,
            lens.corners(corners),
            seen,
            np.flatnonzero(seen),
            _opacity(frame, readings, emphasis),
        )
        self._put_rings(page, emphasis)
        if lens.zoom < READABLE:
            self._put_blocks(page)
        else:
            self._put_bodies(page)
            _put_bars(page)
            put_sliders(page, emphasis.ghost)
        put_labels(page)
        put_numbers(page)
        put_ghosts(page, emphasis.ghost)
        self._brushwork.fragments(painter, page.sheet.sorted(), stock.atlas.pixmap)

    def _prepare(self, frame: Frame, lens: Lens, theme: Theme) -> Stock:
        stock = self._stock
        if stock is None or not stock.fits(lens.scale, theme):
            stock = self._stock = Stock(lens.scale, theme)
        if self._frame is not frame:
            self._frame = frame
            self._shapes, self._shape = _shapes(frame)
            stock.forget("ring", "body", "block", "words")
        return stock

    def _put_rings(self, page: Page, emphasis: Emphasis) -> None:
        stock, count = page.stock, len(Ring)

        def make(choice: int) -> Sprite:
            shape = self._shapes[choice // count]
            return bodies.ring_sprite(shape, Ring(choice % count), stock.theme, stock.scale)

        for ring, items in emphasis.rings.items():
            some = items[page.seen[items]]
            choices = self._shape[some] * count + ring
            sprites = stock.pick("ring", len(self._shapes) * count, choices, make)
            page.sheet.put(Layer.RING, some, sprites, page.at[some])

    def _put_bodies(self, page: Page) -> None:
        stock, count = page.stock, len(Look)

        def make(choice: int) -> Sprite:
            shape = self._shapes[choice // count]
            return bodies.body_sprite(shape, Look(choice % count), stock.theme, stock.scale)

        readings, shown = page.readings, page.shown
        look = np.where(readings.incomplete[shown], Look.HOLLOW, Look.PLAIN)
        look = np.where(readings.strange[shown], Look.STRANGE, look)
        choices = self._shape[shown] * count + look
        sprites = stock.pick("body", len(self._shapes) * count, choices, make)
        page.put(Layer.BODY, shown, sprites, page.at[shown])

    def _put_blocks(self, page: Page) -> None:
        stock, count = page.stock, 2 * SHADES + 1 + len(Look)

        def make(choice: int) -> Sprite:
            shape, shade = self._shapes[choice // count], choice % count - SHADES
            if shade > SHADES:
                look = Look(shade - SHADES - 1)
                return bodies.body_sprite(shape, look, stock.theme, stock.scale)
            return bodies.block_sprite(shape, shade, stock.theme, stock.scale)

        shown, readings = page.shown, page.readings
        value = np.nan_to_num(readings.value[shown], nan=0.0, posinf=HUGE, neginf=-HUGE)
        shade = np.rint(SHADES * value / (1 + np.abs(value))).astype(np.int64)
        for flags, look in ((readings.incomplete, Look.HOLLOW), (readings.strange, Look.STRANGE)):
            shade = np.where(flags[shown], SHADES + 1 + look, shade)
        choices = self._shape[shown] * count + shade + SHADES
        sprites = stock.pick("block", len(self._shapes) * count, choices, make)
        page.put(Layer.BODY, shown, sprites, page.at[shown])


def _put_bars(page: Page) -> None:
    """Put under each value's gradient a bar as long as it is large among all, but for sliders."""
    readings, shown, scale = page.readings, page.shown, page.stock.scale
    slope = readings.slope[shown]
    told = (
        (page.frame.kinds[shown] == Kind.LEAF)
        & (readings.slope_state[shown] == State.NUMBER)
        & np.isfinite(slope)
        & (slope != 0)
        & ~np.isin(shown, page.frame.sliders.item)
    )
    items = shown[told]
    if not len(items):
        return
    sprites = page.stock.pick(
        "bar",
        1,
        np.zeros(len(items), np.int64),
        lambda _: bodies.bar_sprite(page.stock.theme, scale),
    )
    part = readings.slope[items] / readings.peak * style.BAR_HALF * scale
    length = np.maximum(np.rint(np.abs(part)), 1.0)
    middle = round((style.PAD + style.BAR_HALF) * scale)
    places = page.at[items] + (middle, round(style.BAR_LINE * scale))
    places[:, 0] -= np.where(part < 0, length, 0)
    page.put(Layer.FACE, items, sprites, places, stretch=length)


def _opacity(frame: Frame, readings: Readings, emphasis: Emphasis) -> Floats:
    stale = (readings.value_state == State.STALE) & (frame.shows >= 0)
    opacity = np.where(stale, STALE, 1.0)
    if emphasis.faded is not None:
        opacity = np.where(emphasis.faded, FADED, opacity)
    return opacity


def _shapes(frame: Frame) -> tuple[list[Shape], Index]:
    """Return the different shapes of a frame's items, and which one each item has."""
    numbers: dict[Shape, int] = {}
    rows = zip(
        frame.kinds.tolist(), frame.rects[:, 2].tolist(), frame.rects[:, 3].tolist(), strict=True
    )
    shape = [
        numbers.setdefault((Kind(kind), width, height), len(numbers))
        for kind, width, height in rows
    ]
    return list(numbers), np.array(shape, np.int64)
