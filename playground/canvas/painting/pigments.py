"""The pigments of frames, notes and groups on the canvas: mixed into what they lie on."""

from PySide6.QtGui import QColor

from playground.canvas.painting.tints import mixed
from playground.theme import Theme
from playground.widgets.pigments import PIGMENTS, pigment

GROUND, SHEET, EDGE = 0.09, 0.13, 0.45  # how much of the pigment is in a fill and in its border


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
