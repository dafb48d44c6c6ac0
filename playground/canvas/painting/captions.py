"""Writes words about gradients below cards: what a sample has in one, how one has grown.

Called by the painter item for what is lit, and by what paints whose gradient it is.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from playground.canvas.frame import style
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture
from playground.theme import Theme

Floats = NDArray[np.float64]

READABLE = 0.45  # the zoom from which words are written
BELOW = 4.0  # a card
HEIGHT = 15.0


def paint_captions(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Write the captions of what is lit."""
    if not picture.lights.captions or lens.zoom < READABLE:
        return
    rects = picture.rects()
    for number, words in picture.lights.captions.items():
        write_below(painter, rects[number], words, lens, picture.theme)


def write_below(painter: QPainter, rect: Floats, words: str, lens: Lens, theme: Theme) -> None:
    """Write words in the colour of gradients below a card, whose rectangle is (4,)."""
    font = style.CHIP.font()
    painter.setFont(font)
    x, y, width, height = rect.tolist()
    at = lens.point(x + width / 2, y + height + BELOW)
    half = QFontMetricsF(font).horizontalAdvance(words) / 2
    painter.save()
    painter.translate(round(at.x()), round(at.y()))
    painter.scale(lens.scale, lens.scale)
    painter.fillRect(QRectF(-half - 3, 0, 2 * half + 6, HEIGHT), theme.background)
    painter.setPen(theme.backward)
    painter.drawText(QPointF(-half, HEIGHT - 3.5), words)
    painter.restore()
