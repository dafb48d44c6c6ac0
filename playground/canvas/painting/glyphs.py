"""Live numbers: codes of digits to sprites of glyphs, thousands a frame.

The digits of one place on a card and one colour are drawn into the atlas when they are first
needed. Used when the faces of cards are set; `digits` says which glyphs a number has.
"""

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.digits import BLANK, GLYPHS, Codes
from playground.canvas.frame.style import (
    GATE_PLACES,
    GHOST,
    PORT_PLACE,
    SLOPE_PLACES,
    VALUE_PLACES,
    Align,
    NumberPlace,
)
from playground.canvas.painting.sprites import ADVANCE, Atlas, text_sprite
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

NUMBER_ROLES = ("ink", "positive", "negative", "backward", "dim", "muted", "background")
INK, POSITIVE, NEGATIVE, BACKWARD, DIM, MUTED, REVERSE = range(len(NUMBER_ROLES))

# The places of numbers: for face k, value at 2k and gradient at 2k + 1; then those at ports, those
# of old numbers, and those beside the ports of folded groups: value and gradient, left and right.
CARDS: tuple[NumberPlace, ...] = tuple(
    places[face] for face in sorted(VALUE_PLACES) for places in (VALUE_PLACES, SLOPE_PLACES)
)
PLACES = (
    *CARDS,
    PORT_PLACE,
    *(NumberPlace(GHOST, 0, 0, align) for align in Align),
    *GATE_PLACES,
)
AT_PORT = len(CARDS)
GHOSTS = {align: AT_PORT + 1 + place for place, align in enumerate(Align)}
AT_GATE = len(PLACES) - len(GATE_PLACES)
ROOMS = np.array([place.room for place in PLACES])
SHARES = np.array([place.align / Align.RIGHT for place in PLACES])


class Glyphs:
    """The glyphs of every number style and colour in one atlas."""

    def __init__(self, atlas: Atlas, theme: Theme) -> None:
        self._atlas = atlas
        self._theme = theme
        shape = (len(PLACES) * len(NUMBER_ROLES), len(GLYPHS))
        self._sprites = np.zeros(shape, np.int64)
        self._widths = np.zeros(shape)
        self._drawn = np.zeros(shape[0], bool)

    def run(
        self, codes: Codes, places: Index, roles: Index, anchors: Floats
    ) -> tuple[Index, Index, Floats]:
        """Set numbers at anchors on their baselines, whole device pixels, (n, 2).

        `places` are indices into PLACES, `roles` into NUMBER_ROLES. Returns for every glyph the
        row of its number, its sprite, and its place.
        """
        fonts = self._fonts(places, roles)
        if self._atlas.vector:
            return np.arange(len(codes)), self._whole(codes, places, roles), anchors
        advance = self._widths[fonts[:, None], codes]
        after = np.cumsum(advance, axis=1)
        start = anchors[:, 0] - np.rint(after[:, -1] * SHARES[places])
        rows, columns = np.nonzero(codes)
        x = start[rows] + after[rows, columns] - advance[rows, columns]
        sprites = self._sprites[fonts[rows], codes[rows, columns]]
        return rows, sprites, np.stack((x, anchors[rows, 1]), axis=1)

    def _whole(self, codes: Codes, places: Index, roles: Index) -> Index:
        """Return a sprite for each number as one text, which readers of the picture can find."""
        sprites = []
        for row, place, role in zip(codes.tolist(), places.tolist(), roles.tolist(), strict=True):
            text = "".join(GLYPHS[code] for code in row if code != BLANK)
            look, share, name = PLACES[place].style, float(SHARES[place]), NUMBER_ROLES[role]
            key, colour = ("number", look.name, name, share, text), self._theme.colour(name)
            sprites.append(text_sprite(key, text, look.font(), colour, self._atlas.scale, share))
        self._atlas.add(sprites)
        return np.array([self._atlas.index(sprite.key) for sprite in sprites], np.int64)

    def fits(self, codes: Codes, places: Index, roles: Index) -> Flags:
        """Tell which numbers are no wider than there is room for them at their places."""
        width = self._widths[self._fonts(places, roles)[:, None], codes].sum(axis=1)
        enough: Flags = width <= ROOMS[places] * self._atlas.scale
        return enough

    def _fonts(self, places: Index, roles: Index) -> Index:
        fonts: Index = places * len(NUMBER_ROLES) + roles
        for font in np.unique(fonts[~self._drawn[fonts]]).tolist():
            self._draw(font)
        return fonts

    def _draw(self, font: int) -> None:
        place, role = PLACES[font // len(NUMBER_ROLES)], NUMBER_ROLES[font % len(NUMBER_ROLES)]
        look, colour, scale = place.style, self._theme.colour(role), self._atlas.scale
        sprites = [
            text_sprite(("glyph", look.name, role, code), text, look.font(), colour, scale)
            for code, text in enumerate(GLYPHS)
        ]
        self._atlas.add(sprites)
        self._sprites[font] = [self._atlas.index(sprite.key) for sprite in sprites]
        self._widths[font] = self._atlas.boxes[self._sprites[font], ADVANCE]
        self._widths[font, BLANK] = 0.0
        self._drawn[font] = True
