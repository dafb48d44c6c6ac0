"""What is written on the cards in sight: labels from the frame, digits from the readings.

The card painter makes a page for every frame it paints and has both put on its sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import (
    BLANK,
    FIGURES,
    MOST_FIGURES,
    PARTIAL,
    State,
    codes,
)
from playground.canvas.frame.labels import Labels
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import SLOPE_PLACES, VALUE_PLACES, Face, NumberPlace
from playground.canvas.painting import bodies
from playground.canvas.painting.detail import FOLDED_TITLES, Detail
from playground.canvas.painting.glyphs import (
    BACKWARD,
    DIM,
    INK,
    NEGATIVE,
    POSITIVE,
    REVERSE,
)
from playground.canvas.painting.sheet import Layer, Sheet
from playground.canvas.painting.sprites import Sprite
from playground.canvas.painting.stock import Stock

Floats = NDArray[np.float64]
Index = NDArray[np.int64]


def _by_face(places: Mapping[int, NumberPlace]) -> tuple[Floats, Floats]:
    """Return the points and the least legible zooms of numbers, by face."""
    points, legible = np.zeros((len(Face), 2)), np.full(len(Face), np.inf)
    for face, place in places.items():
        points[face] = (place.x, place.y)
        legible[face] = place.style.legible / place.style.pixels
    return points, legible


VALUE_POINTS, VALUE_LEGIBLE = _by_face(VALUE_PLACES)
SLOPE_POINTS, SLOPE_LEGIBLE = _by_face(SLOPE_PLACES)
HALF_CAPITAL = 0.36  # of a font's size: half as high as a capital letter
MORE_FIGURES = 0.5  # of the way to the closest level
SIGNED = np.array([face not in style.UNSIGNED_FACES for face in Face])


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One painting of the cards.

    Attributes:
        detail: what is told at this zoom.
        at: the corners of all items in whole device pixels, (n, 2).
        seen, shown: which items are in sight, as flags and as numbers.
        opacity: of each item, (n,); tints: what its body is filled with.
        beside: how clear what stands beside maps is, on each item, (n,).
    """

    sheet: Sheet
    stock: Stock
    frame: Frame
    readings: Readings
    detail: Detail
    at: Floats
    seen: NDArray[np.bool_]
    shown: Index
    opacity: Floats
    tints: Index
    beside: Floats

    def put(
        self,
        layer: Layer,
        items: Index,
        sprites: Index,
        places: Floats,
        stretch: Floats | None = None,
        part: float | Floats = 1.0,
    ) -> None:
        """Put a sprite for each item on the sheet, as opaque as the item or a part of it."""
        opacity = self.opacity[items] * part
        self.sheet.put(layer, items, sprites, places, opacity=opacity, stretch=stretch)


def put_labels(page: Page) -> None:
    """Put the texts that can be read at this zoom on the cards in sight."""
    labels, stock, detail = page.frame.labels, page.stock, page.detail
    tints = stock.tints

    def make(choice: int) -> Sprite:
        words = labels.texts[choice // 2]
        return bodies.words_sprite(words, reverse=bool(choice % 2), tints=tints, scale=stock.scale)

    small = detail.small(labels.legible)
    small *= np.where(labels.outside, 1.0, page.beside[labels.item])
    part = np.where(labels.title, detail.titles, small)
    if detail.zoom >= FOLDED_TITLES:
        part = np.where(labels.folded, 1.0, part)
    shown = np.flatnonzero(page.seen[labels.item] & (part > 0))
    items = labels.item[shown]
    reverse = tints.reversed[page.tints[items]] & ~labels.outside[shown]
    choices = labels.words[shown] * 2 + reverse
    sprites = stock.pick("words", 2 * len(labels.texts), choices, make)
    places = labels.place[shown]
    if detail.lifts < 1.0:
        places = places + _towards_middle(labels, shown, detail)
    at = page.at[items] + np.rint(places * stock.scale)
    page.put(Layer.FACE, items, sprites, at, part=part[shown])


def _towards_middle(labels: Labels, shown: Index, detail: Detail) -> Floats:
    """Return how far below their places titles are: without numbers, in the middle."""
    pixels = np.array([look.pixels * detail.enlarged(look) for look in labels.looks])
    alone = labels.drop[shown] + HALF_CAPITAL * pixels[labels.look[shown]]
    down = np.where(labels.drop[shown] != 0, alone, 0.0) * (1.0 - detail.lifts)
    return np.stack((np.zeros(len(shown)), down), axis=1)


def put_numbers(page: Page) -> None:
    """Put values and gradients on the cards in sight, as far as they can be read."""
    readings, frame, zoom = page.readings, page.frame, page.detail.zoom
    if not page.detail.numbers:
        return
    told = page.shown[frame.shows[page.shown] >= 0]
    faces = frame.faces[told]
    told, faces = told[page.beside[told] > 0], faces[page.beside[told] > 0]
    values = told[zoom > VALUE_LEGIBLE[faces]]
    slopes = told[zoom > SLOPE_LEGIBLE[faces]]
    if not len(values) and not len(slopes):
        return
    items = np.concatenate((values, slopes))
    numbers = np.concatenate((readings.value[values], readings.slope[slopes]))
    states = np.concatenate((readings.value_state[values], readings.slope_state[slopes]))
    is_slope = np.arange(len(items)) >= len(values)
    faces = frame.faces[items]
    prefixes = np.where(is_slope, PARTIAL, BLANK).astype(np.uint8)
    offsets = np.where(is_slope[:, None], SLOPE_POINTS[faces], VALUE_POINTS[faces])
    roles = _roles(page, items, numbers, states, is_slope)
    where, glyphs = faces * 2 + is_slope, page.stock.glyphs
    written = codes(numbers, states, prefixes)
    if page.detail.close >= MORE_FIGURES:
        for figures in range(FIGURES + 1, MOST_FIGURES + 1):
            longer = codes(numbers, states, prefixes, figures)
            fits = glyphs.fits(longer, where, roles)
            written[fits] = longer[fits]
    rows, sprites, places = glyphs.run(
        written, where, roles, page.at[items] + np.rint(offsets * page.stock.scale)
    )
    legible = np.where(is_slope, SLOPE_LEGIBLE[faces], VALUE_LEGIBLE[faces])
    part = page.detail.small(legible) * page.beside[items]
    page.put(Layer.FACE, items[rows], sprites, places, part=part[rows])


def _roles(
    page: Page,
    items: Index,
    numbers: Floats,
    states: NDArray[np.uint8],
    is_slope: NDArray[np.bool_],
) -> Index:
    """Return for every number the colour it is written in, as an index into NUMBER_ROLES."""
    tints = page.stock.tints
    if tints.heat:
        return np.where(tints.reversed[page.tints[items]], REVERSE, INK)
    signed = SIGNED[page.frame.faces[items]] & ~is_slope
    role = np.where(signed & (numbers > 0), POSITIVE, INK)
    role = np.where(signed & (numbers < 0), NEGATIVE, role)
    role = np.where(is_slope, BACKWARD, role)
    return np.where(states == State.NUMBER, role, DIM)
