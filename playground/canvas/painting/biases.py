"""Paints the biases of folded neurons: a small square at the lower left corner of each tile.

Its colour is the sign of the bias, its size how large that is among all in the picture, as with
the widths of weights. Called by the painter item.
"""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture
from playground.canvas.painting.wirework import signed_colours, weight_levels

FROM = 0.25  # the zoom from which they can be told apart
LEAST, STEP = 7.0, 2.0  # the side of a square, and by how much a level adds to it


def paint_biases(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Paint all biases in sight."""
    biases, theme = picture.frame.biases, picture.theme
    if not len(biases) or lens.zoom < FROM:
        return
    levels = weight_levels(picture.readings.bias)
    middles = lens.points(biases.middles(picture.rects()))
    seen = ((middles >= 0) & (middles <= (lens.width, lens.height))).all(axis=1)
    colours = signed_colours(theme)
    sides = (LEAST + STEP * np.maximum(np.abs(levels) - 1, 0)) * lens.scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row in np.flatnonzero(seen).tolist():
        x, y = middles[row].tolist()
        side = max(3.0 * lens.ratio, float(sides[row]))
        fill = colours[int(levels[row] < 0)] if picture.readings.bias[row] else theme.dim
        pointed = row == picture.hovered_bias or int(biases.node[row]) in picture.hidden
        edge = theme.selection if pointed else theme.background
        painter.setPen(QPen(edge, 1.5 * lens.ratio))
        painter.setBrush(fill)
        box = QRectF(x - side / 2, y - side / 2, side, side)
        if picture.gliding is not None:
            painter.setOpacity(float(picture.gliding.part[biases.item[row]]))
        painter.drawRoundedRect(box, side / 5, side / 5)
    painter.setOpacity(1.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
