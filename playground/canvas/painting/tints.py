"""What a body is filled with: the colour of its number from afar, of its gradient in heat view.

One `Tints` holds for a theme, a zoom and a view; it knows the fill of every tint, and whether
text on it has to be light or dark. Bodies are drawn and texts are coloured from it.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from playground.canvas.frame.heat import SHADES, UNREACHED, Heat
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import Kind
from playground.canvas.painting.detail import Detail
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

# The tints: shades of the map from -SHADES to SHADES, or of heat from 0; then the special ones.
PLAIN = SHADES
HOLLOW, STRANGE, COLD = range(2 * SHADES + 1, 2 * SHADES + 4)
COUNT = COLD + 1
HEAT_DEPTH = 0.54  # of the backward colour in the fill of the hottest card
HUGE = 1e9


class Tints:
    """The fills of bodies.

    Attributes:
        theme, detail, heat: what they hold for.
        fades: how much of a card, rather than of a block, a body is.
        reversed: by tint, whether text on it is dark in a dark theme, or light in a light one.
    """

    def __init__(self, theme: Theme, detail: Detail, *, heat: bool) -> None:
        self.theme = theme
        self.detail = detail
        self.heat = heat
        self.fades = detail.cards
        self.reversed = np.array([self._is_reversed(tint) for tint in range(COUNT)])

    @property
    def own_colours(self) -> float:
        """How much texts have the colours of their roles, rather than those that stand out."""
        return 0.0 if self.heat else self.fades

    def of(self, readings: Readings, heat: Heat | None, items: Index) -> Index:
        """Return the tint of each item."""
        if heat is not None:
            level = heat.items[items].astype(np.int64)
            tint = np.where(level == UNREACHED, COLD, PLAIN + np.maximum(level, 0))
        elif self.fades < 1.0:
            value = np.nan_to_num(readings.value[items], nan=0.0, posinf=HUGE, neginf=-HUGE)
            tint = PLAIN + np.rint(SHADES * value / (1 + np.abs(value))).astype(np.int64)
        else:
            tint = np.full(len(items), PLAIN)
        for flags, special in ((readings.incomplete, HOLLOW), (readings.strange, STRANGE)):
            tint = np.where(flags[items], special, tint)
        return tint

    def fill(self, tint: int, kind: Kind) -> QColor:
        """Return what a body is filled with."""
        theme = self.theme
        card = {Kind.OP: theme.raised, Kind.STUB: theme.background}.get(kind, theme.card)
        if tint in (HOLLOW, COLD):
            return theme.background
        if tint == STRANGE:
            return mixed(card, theme.ink, 0.1)
        shade = tint - PLAIN
        if self.heat:
            near = mixed(card, theme.backward, HEAT_DEPTH * shade / SHADES)
            return mixed(mixed(theme.map_zero, theme.backward, shade / SHADES), near, self.fades)
        end = theme.map_positive if shade > 0 else theme.map_negative
        return mixed(mixed(theme.map_zero, end, abs(shade) / SHADES), card, self.fades)

    def on(self, reverse: bool) -> QColor:
        """Return the colour of text that stands out, lighter than its ground or darker."""
        return QColor("black" if reverse == self.theme.is_dark else "white")

    def _is_reversed(self, tint: int) -> bool:
        fill = luminance(self.fill(tint, Kind.LEAF))
        own, other = (luminance(self.on(reverse)) for reverse in (False, True))
        return ratio(fill, other) > ratio(fill, own)


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """Return a colour that is `part` of the way from one to the other."""
    near, far = ((c.redF(), c.greenF(), c.blueF()) for c in (one, other))
    return QColor.fromRgbF(*(a + (b - a) * part for a, b in zip(near, far, strict=True)))


def luminance(colour: QColor) -> float:
    """Return how light a colour is, from 0 to 1; WCAG 2.2, relative luminance."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: float, other: float) -> float:
    """Return the contrast of two luminances; WCAG 2.2, contrast ratio."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
