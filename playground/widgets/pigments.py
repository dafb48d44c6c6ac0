"""The muted tints of frames, notes and groups, by their names.

None of them is the blue, orange, violet, green or yellow that means something on the canvas, and
none is strong: a tint tells things apart and says nothing.
"""

from PySide6.QtGui import QColor

from playground.theme import Theme

PIGMENTS = {
    "rose": QColor("#c07a90"),
    "sand": QColor("#ab9670"),
    "moss": QColor("#84976c"),
    "teal": QColor("#5f9a96"),
    "slate": QColor("#7f8ea8"),
}


def pigment(colour: str, theme: Theme) -> QColor:
    """Return the pigment of a colour's name, the plain one of the theme for any other name."""
    return PIGMENTS.get(colour, theme.dim)


def dye(colour: str, theme: Theme) -> QColor:
    """Return a pigment by its name, else the colour of a role of the theme."""
    return PIGMENTS[colour] if colour in PIGMENTS else theme.colour(colour)
