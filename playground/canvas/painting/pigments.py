"""The muted tints of frames, notes and groups: pigments mixed into whatever they lie on.

None of them is the blue, orange, violet, green or yellow that means something on the canvas, and
none is strong: a tint tells things apart and says nothing.
"""

from PySide6.QtGui import QColor

from playground.canvas.painting.tints import mixed
from playground.theme import Theme

PIGMENTS = {
    "rose": QColor("#c07a90"),
    "sand": QColor("#ab9670"),
    "moss": QColor("#84976c"),
    "teal": QColor("#5f9a96"),
    "slate": QColor("#7f8ea8"),
}
GROUND, SHEET, EDGE = 0.09, 0.13, 0.45  # how much of the pigment is in a fill and in its border


def pigment(colour: str, theme: Theme) -> QColor:
    """Return the pigment of a colour's name, the plain one of the theme for any other name."""
    return PIGMENTS.get(colour, theme.dim)


def ground(colour: str, theme: Theme) -> QColor:
    """Return what a frame is filled with."""
    share = GROUND if colour in PIGMENTS else GROUND / 2
    return mixed(theme.background, pigment(colour, theme), share)


def sheet(colour: str, theme: Theme) -> QColor:
    """Return what a note is filled with."""
    if colour not in PIGMENTS:
        return theme.panel
    return mixed(theme.panel, pigment(colour, theme), SHEET)


def edge(colour: str, theme: Theme) -> QColor:
    """Return the border of a frame or note."""
    if colour not in PIGMENTS:
        return theme.hairline
    return mixed(theme.background, pigment(colour, theme), EDGE)
