"""How much a card tells at a zoom: blocks of colour, titles, numbers, formulas.

The four levels fade into each other, so that nothing jumps while one zooms: every part of a card
has a range of zooms over which it appears. All painters of cards ask here and nowhere else.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.canvas.frame.maps import Shares
from playground.canvas.frame.style import TextStyle

TITLES = (0.30, 0.37)  # names and symbols of nodes
CARDS = (0.36, 0.44)  # from a block of colour to a card
LIFTS = (0.38, 0.44)  # from the middle of a card to the top, before the numbers come
NUMBERS = (0.44, 0.50)  # values, gradients, and what is small
BESIDE_MAPS = (0.56, 0.70)  # what is read beside maps, which make room for it
CLOSE = (1.45, 1.60)  # formulas, port names, more figures
CLEARER = 1.12  # times the zoom at which a small text can just be read, until it is clear
FOLDED_TITLES = 0.12  # the zoom from which a folded group may have room for its title


@dataclass(frozen=True, slots=True)
class Detail:
    """What is told at one zoom, each part from 0, not at all, to 1."""

    zoom: float
    titles: float
    cards: float
    lifts: float
    numbers: float
    beside_maps: float
    close: float

    @classmethod
    def at(cls, zoom: float) -> "Detail":
        """Return what is told at a zoom."""
        parts = (ramp(zoom, *ends) for ends in (TITLES, CARDS, LIFTS, NUMBERS, BESIDE_MAPS, CLOSE))
        return cls(zoom, *parts)

    @property
    def sights(self) -> Shares:
        """How much each place counts that maps have on cards."""
        return (1.0 - self.lifts, self.lifts - self.beside_maps, self.beside_maps)

    def enlarged(self, look: TextStyle) -> float:
        """Return how many times its size a text is written, so that it can be read."""
        return max(1.0, look.least / (look.pixels * self.zoom))

    def small(self, legible: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how clear numbers and small texts are, by the least zooms they need."""
        clear = (self.zoom / np.maximum(legible, 1e-9) - 1.0) / (CLEARER - 1.0)
        shares: NDArray[np.float64] = np.clip(clear, 0.0, 1.0) * self.numbers
        return shares


def ramp(zoom: float, low: float, high: float) -> float:
    """Return 0 below a range, 1 above it, and what is between in between."""
    return min(max((zoom - low) / (high - low), 0.0), 1.0)
