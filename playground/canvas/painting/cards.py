"""Paints cards, pills and tiles with all that is written on them, in a few calls to Qt.

Everything comes from arrays: which items are in sight, which body, text and digits each has. The
number of texts is bounded by what can be read at the zoom. Called by the painter item.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from engine.graph.document import Document
from engine.train.maps import Maps
from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.closeup import CloseUp
from playground.canvas.frame.digits import State
from playground.canvas.frame.ghost import Ghost
from playground.canvas.frame.heat import Heat
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import BACKING, Face, Kind
from playground.canvas.painting import bodies
from playground.canvas.painting.bodies import Ring, Shape
from playground.canvas.painting.detail import Detail, ramp
from playground.canvas.painting.faces import Page, put_labels, put_numbers
from playground.canvas.painting.gates import put_gates
from playground.canvas.painting.ghosts import put_ghosts
from playground.canvas.painting.leaving import Gliding
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.maps import HINTS, MapPainter, Tile
from playground.canvas.painting.nearby import put_close_up
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.sheet import Layer, Sheet, place
from playground.canvas.painting.sliders import put_sliders
from playground.canvas.painting.sprites import Sprite
from playground.canvas.painting.stock import Stock
from playground.canvas.painting.tints import COUNT, Tints
from playground.theme import Theme
from playground.widgets.pigments import PIGMENTS

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

BESIDE = 34.0  # what reaches out of a card: its floating name, its badge
CLEAR_OF_MAPS = (0.75, 1.0)  # of the way that maps make room, over which what they hid appears
FADED = 0.35
STALE = 0.55


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
        self._closeup: CloseUp | None = None
        self._shapes: list[Shape] = []
        self._shape: Index = np.zeros(0, np.int64)
        self._tinted: Index = np.zeros(0, np.int64)
        self._pigments: Index = np.zeros(0, np.int64)
        self.maps = MapPainter()

    def paint(
        self,
        painter: QPainter,
        document: Document,
        frame: Frame,
        corners: Floats,
        readings: Readings,
        heat: Heat | None,
        maps: Maps | None,
        emphasis: Emphasis,
        lens: Lens,
        theme: Theme,
        gliding: Gliding | None = None,
    ) -> None:
        """Paint all cards in sight; `corners` (n, 2) is where they are just now."""
        stock = self._prepare(document, frame, lens, theme, heat=heat is not None)
        seen = lens.sees(corners, frame.rects[:, 2:], BESIDE) & ~np.isin(frame.kinds, BACKING)
        page = Page(
            Sheet(stock.atlas),
            stock,
            frame,
            readings,
            stock.tints.detail,
            lens.corners(corners),
            seen,
            np.flatnonzero(seen),
            _opacity(frame, readings, emphasis, gliding),
            self._tints(stock, readings, heat),
            _beside(frame, stock.tints.detail, heat),
        )
        self._put_edges(page)
        self._put_rings(page, emphasis)
        self._put_bodies(page)
        if page.detail.numbers:
            if heat is None:
                _put_bars(page)
            put_sliders(page, emphasis.ghost)
        put_labels(page)
        put_numbers(page)
        put_gates(page)
        put_ghosts(page, emphasis.ghost)
        if self._closeup is not None:
            put_close_up(page, self._closeup)
        if gliding is not None:
            page.sheet.scale(page.at, gliding.growth)
        self.maps.prepare(maps, theme)
        growth = None if gliding is None else gliding.growth
        self._set(painter, page, self.maps.tiles(page, growth) if heat is None else [])

    def _set(self, painter: QPainter, page: Page, mapped: list[list[Tile]]) -> None:
        """Put the sheet on the screen, the maps of items between their bodies and the rest."""
        rows, places = page.sheet.sorted()
        atlas, begin = page.stock.atlas, 0
        items = np.array([tiles[0].item for tiles in mapped], np.int64)
        ends = np.searchsorted(places, place(items, Layer.RING)).tolist()
        painter.setRenderHints(HINTS)
        painter.setPen(Qt.PenStyle.NoPen)
        for tiles, end in zip(mapped, ends, strict=True):
            atlas.lay(painter, self._brushwork, rows[begin:end])
            self.maps.paint(painter, tiles, float(page.opacity[tiles[0].item]))
            begin = end
        atlas.lay(painter, self._brushwork, rows[begin:])

    def _prepare(
        self, document: Document, frame: Frame, lens: Lens, theme: Theme, *, heat: bool
    ) -> Stock:
        stock = self._stock
        if stock is None or not stock.fits(lens.scale, lens.zoom, theme, heat=heat):
            tints = Tints(theme, Detail.at(lens.zoom), heat=heat)
            stock = self._stock = Stock(lens.scale, tints, vector=lens.vector)
        if self._frame is not frame:
            self._frame = frame
            self._closeup = CloseUp(document, frame)
            self._shapes, self._shape = _shapes(frame)
            self._tinted, self._pigments = _tinted(document, frame)
            stock.forget("ring", "body", "words", "edge")
        return stock

    def _put_edges(self, page: Page) -> None:
        """Give folded groups the borders of their tints."""
        stock, count = page.stock, len(PIGMENTS)
        seen = page.seen[self._tinted]
        some, choices = self._tinted[seen], self._shape[self._tinted] * count + self._pigments

        def make(choice: int) -> Sprite:
            shape, colour = self._shapes[choice // count], list(PIGMENTS)[choice % count]
            return bodies.edge_sprite(shape, colour, stock.theme, stock.scale)

        if len(some):
            sprites = stock.pick("edge", len(self._shapes) * count, choices[seen], make)
            page.put(Layer.RING, some, sprites, page.at[some])

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
        stock = page.stock

        def make(choice: int) -> Sprite:
            shape = self._shapes[choice // COUNT]
            return bodies.body_sprite(shape, choice % COUNT, stock.tints, stock.scale)

        shown = page.shown
        choices = self._shape[shown] * COUNT + page.tints[shown]
        sprites = stock.pick("body", len(self._shapes) * COUNT, choices, make)
        page.put(Layer.BODY, shown, sprites, page.at[shown])

    @staticmethod
    def _tints(stock: Stock, readings: Readings, heat: Heat | None) -> Index:
        return stock.tints.of(readings, heat, np.arange(len(readings.value)))


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
    signed = readings.slope[items] / readings.peak * style.BAR_HALF * scale
    length = np.maximum(np.rint(np.abs(signed)), 1.0)
    middle = round((style.PAD + style.BAR_HALF) * scale)
    places = page.at[items] + (middle, round(style.BAR_LINE * scale))
    places[:, 0] -= np.where(signed < 0, length, 0)
    part = page.detail.numbers * page.beside[items]
    page.put(Layer.FACE, items, sprites, places, stretch=length, part=part)


def _beside(frame: Frame, detail: Detail, heat: Heat | None) -> Floats:
    """Return how clear what stands beside maps is on each item: the heat view has no maps."""
    narrow = np.isin(frame.faces, (Face.MAPPED_LEAF, Face.MAPPED_CARD)) & (heat is None)
    return np.where(narrow, ramp(detail.beside_maps, *CLEAR_OF_MAPS), 1.0)


def _opacity(
    frame: Frame, readings: Readings, emphasis: Emphasis, gliding: Gliding | None
) -> Floats:
    stale = (readings.value_state == State.STALE) & (frame.shows >= 0)
    opacity = np.where(stale | readings.waiting, STALE, 1.0)
    if emphasis.faded is not None:
        opacity = np.where(emphasis.faded, FADED, opacity)
    return opacity if gliding is None else opacity * gliding.part


def _tinted(document: Document, frame: Frame) -> tuple[Index, Index]:
    """Return the numbers of the folded groups that have a tint, and which one each has."""
    order = {colour: place for place, colour in enumerate(PIGMENTS)}
    folded = np.flatnonzero(np.isin(frame.kinds, (Kind.TILE, Kind.CARD)))
    groups = (document.groups.get(int(item)) for item in frame.ids[folded])
    found = np.array([order.get(g.colour, -1) if g is not None else -1 for g in groups], np.int64)
    return folded[found >= 0], found[found >= 0]


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
