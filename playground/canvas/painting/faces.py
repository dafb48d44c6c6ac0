"""What is written on the cards in sight: labels from the frame, digits from the readings.

The card painter makes a page for every frame it paints and has both put on its sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import BLANK, PARTIAL, State, codes
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import SLOPE_PLACES, VALUE_PLACES, Kind, NumberPlace
from playground.canvas.painting import bodies
from playground.canvas.painting.glyphs import BACKWARD, DIM, INK, NEGATIVE, POSITIVE
from playground.canvas.painting.sheet import Layer, Sheet
from playground.canvas.painting.sprites import Sprite
from playground.canvas.painting.stock import Stock

Floats = NDArray[np.float64]
Index = NDArray[np.int64]


def _by_kind(places: Mapping[Kind, NumberPlace]) -> tuple[Floats, Floats]:
    """Return the points and the least legible zooms of numbers, by kind."""
    points, legible = np.zeros((len(Kind), 2)), np.full(len(Kind), np.inf)
    for kind, place in places.items():
        points[kind] = (place.x, place.y)
        legible[kind] = place.style.legible / place.style.pixels
    return points, legible


VALUE_POINTS, VALUE_LEGIBLE = _by_kind(VALUE_PLACES)
SLOPE_POINTS, SLOPE_LEGIBLE = _by_kind(SLOPE_PLACES)
SIGNED = np.array([kind in style.SIGNED_KINDS for kind in Kind])


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One painting of the cards.

    Attributes:
        zoom: pixels on the screen in a scene unit.
        at: the corners of all items in whole device pixels, (n, 2).
        seen, shown: which items are in sight, as flags and as numbers.
        opacity: of each item, (n,).
    """

    sheet: Sheet
    stock: Stock
    frame: Frame
    readings: Readings
    zoom: float
    at: Floats
    seen: NDArray[np.bool_]
    shown: Index
    opacity: Floats

    def put(
        self,
        layer: Layer,
        items: Index,
        sprites: Index,
        places: Floats,
        stretch: Floats | None = None,
    ) -> None:
        """Put a sprite for each item on the sheet, as opaque as the item."""
        opacity = self.opacity[items]
        self.sheet.put(layer, items, sprites, places, opacity=opacity, stretch=stretch)


def put_labels(page: Page) -> None:
    """Put the texts that can be read at this zoom on the cards in sight."""
    labels, stock = page.frame.labels, page.stock

    def make(words: int) -> Sprite:
        return bodies.words_sprite(labels.texts[words], stock.theme, stock.scale)

    shown = np.flatnonzero(page.seen[labels.item] & (page.zoom >= labels.legible))
    sprites = stock.pick("words", len(labels.texts), labels.words[shown], make)
    items = labels.item[shown]
    places = page.at[items] + np.rint(labels.place[shown] * stock.scale)
    page.put(Layer.FACE, items, sprites, places)


def put_numbers(page: Page) -> None:
    """Put values and gradients on the cards in sight, as far as they can be read."""
    readings, frame = page.readings, page.frame
    told = page.shown[frame.shows[page.shown] >= 0]
    kinds: Index = frame.kinds[told].astype(np.int64)
    values = told[page.zoom >= VALUE_LEGIBLE[kinds]]
    slopes = told[page.zoom >= SLOPE_LEGIBLE[kinds]]
    if not len(values) and not len(slopes):
        return
    items = np.concatenate((values, slopes))
    numbers = np.concatenate((readings.value[values], readings.slope[slopes]))
    states = np.concatenate((readings.value_state[values], readings.slope_state[slopes]))
    is_slope = np.arange(len(items)) >= len(values)
    kinds = frame.kinds[items].astype(np.int64)
    prefixes = np.where(is_slope, PARTIAL, BLANK).astype(np.uint8)
    offsets = np.where(is_slope[:, None], SLOPE_POINTS[kinds], VALUE_POINTS[kinds])
    rows, sprites, places = page.stock.glyphs.run(
        codes(numbers, states, prefixes),
        kinds * 2 + is_slope,
        _roles(numbers, states, kinds, is_slope),
        page.at[items] + np.rint(offsets * page.stock.scale),
    )
    page.put(Layer.FACE, items[rows], sprites, places)


def _roles(
    numbers: Floats, states: NDArray[np.uint8], kinds: Index, is_slope: NDArray[np.bool_]
) -> Index:
    """Return for every number the colour it is written in, as an index into NUMBER_ROLES."""
    signed = SIGNED[kinds] & ~is_slope
    role = np.where(signed & (numbers > 0), POSITIVE, INK)
    role = np.where(signed & (numbers < 0), NEGATIVE, role)
    role = np.where(is_slope, BACKWARD, role)
    return np.where(states == State.NUMBER, role, DIM)
