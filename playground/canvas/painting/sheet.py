"""A sheet of sprites to be laid out: collected in any order, drawn card by card.

The card painter fills it; where two cards overlap, the text of the lower one stays under the
upper one, since everything is sorted by item first and by layer second.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from playground.canvas.painting.sprites import Atlas, fragments

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

SCALE_X, SCALE_Y, OPACITY = 6, 7, 9


class Layer(IntEnum):
    """What lies over what on one card."""

    BODY = 0
    RING = 1
    FACE = 2


def place(items: Index, layer: Layer) -> Index:
    """Return where in the order of painting a layer of each item is."""
    places: Index = items * len(Layer) + layer
    return places


class Sheet:
    """Sprites with their places; `atlas` holds them all."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._rows: list[Floats] = []
        self._order: list[Index] = []

    def put(
        self,
        layer: Layer,
        items: Index,
        sprites: Index,
        anchors: Floats,
        *,
        opacity: Floats | None = None,
        stretch: Floats | None = None,
    ) -> None:
        """Put a sprite for each item number at an anchor in device pixels, (n, 2).

        `stretch` replaces the sprite's width, growing to the right of the anchor.
        """
        rows = fragments(self._atlas, sprites, anchors)
        if opacity is not None:
            rows[:, OPACITY] = opacity
        if stretch is not None:
            rows[:, 0] = anchors[:, 0] + stretch / 2
            rows[:, SCALE_X] = stretch / rows[:, 4]
        self._rows.append(rows)
        self._order.append(place(items, layer))

    def scale(self, at: Floats, growth: Floats) -> None:
        """Make each item larger or smaller around its place, given by item: (n, 2) and (n,)."""
        for rows, order in zip(self._rows, self._order, strict=True):
            items = order // len(Layer)
            factor = growth[items, None]
            rows[:, :2] = at[items] + (rows[:, :2] - at[items]) * factor
            rows[:, SCALE_X : SCALE_Y + 1] *= factor

    def sorted(self) -> tuple[Floats, Index]:
        """Return all fragments as they are painted, and the place of each in the order of `place`.

        What is painted by other means goes between the fragments before and after its own place.
        """
        if not self._rows:
            return np.zeros((0, 10)), np.zeros(0, np.int64)
        places = np.concatenate(self._order)
        order = np.argsort(places, kind="stable")
        return np.concatenate(self._rows)[order], places[order]
