"""What the card painter keeps between frames: the atlas of one scale and theme, and its tables."""

from collections.abc import Callable, Hashable

import numpy as np
from numpy.typing import NDArray

from playground.canvas.painting.glyphs import Glyphs
from playground.canvas.painting.sprites import Atlas, Sprite
from playground.canvas.painting.tints import Tints
from playground.theme import Theme

Index = NDArray[np.int64]

UNKNOWN = -1


class Stock:
    """Sprites by what they are for, drawn when first needed.

    Attributes:
        scale: device pixels in a scene unit; theme: whose colours the sprites have.
        tints: what bodies are filled with; texts: sprites of texts that belong to one card.
    """

    def __init__(self, scale: float, tints: Tints, *, vector: bool = False) -> None:
        self.scale = scale
        self.theme = theme = tints.theme
        self.tints = tints
        self.atlas = Atlas(scale, vector=vector)
        self.glyphs = Glyphs(self.atlas, theme)
        self.texts: dict[Hashable, int] = {}
        self._tables: dict[str, Index] = {}

    def fits(self, scale: float, zoom: float, theme: Theme, *, heat: bool) -> bool:
        """Tell whether the sprites can still be used."""
        seen = (scale, zoom, heat) == (self.scale, self.tints.detail.zoom, self.tints.heat)
        return seen and self.theme is theme and not self.atlas.is_crowded

    def forget(self, *purposes: str) -> None:
        """Forget which choice is which sprite; the sprites themselves stay."""
        for purpose in purposes:
            self._tables.pop(purpose, None)

    def pick(
        self, purpose: str, size: int, choices: Index, make: Callable[[int], Sprite]
    ) -> Index:
        """Return the sprite of each choice out of `size`; `make` describes one that is new."""
        table = self._tables.setdefault(purpose, np.full(size, UNKNOWN, np.int64))
        new = np.unique(choices[table[choices] == UNKNOWN])
        if len(new):
            sprites = [make(one) for one in new.tolist()]
            self.atlas.add(sprites)
            table[new] = [self.atlas.index(sprite.key) for sprite in sprites]
        return table[choices]
