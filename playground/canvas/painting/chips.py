"""Paints the chips on wires: the local derivative along a wire that stands out."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.digits import TIMES, text
from playground.canvas.frame.wires import along, curves
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture

Floats = NDArray[np.float64]

MOST = 24
READABLE = 0.5
HEIGHT = 21.0
PAD = 9.0


def paint_chips(painter: QPainter, picture: Picture, corners: Floats, lens: Lens) -> None:
    """Paint a chip in the middle of each wire that stands out, unless they would be too many."""
    rows = chip_rows(picture, lens.zoom)
    if not len(rows):
        return
    begin, finish = picture.frame.wires.ends(corners)
    middles = lens.points(along(curves(begin[rows], finish[rows]), 0.5))
    font, theme = style.CHIP.font(), picture.theme
    metrics = QFontMetricsF(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, (x, y) in zip(rows.tolist(), middles.tolist(), strict=True):
        words = text(float(picture.readings.partial[row]), TIMES)
        half = metrics.horizontalAdvance(words) / 2
        painter.save()
        painter.translate(round(x), round(y))
        painter.scale(lens.scale, lens.scale)
        painter.setPen(QPen(theme.hairline, 1.0))
        painter.setBrush(theme.panel)
        box = QRectF(-half - PAD, -HEIGHT / 2, 2 * (half + PAD), HEIGHT)
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        painter.setPen(theme.backward)
        painter.setFont(font)
        painter.drawText(QPointF(-half, metrics.capHeight() / 2), words)
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)


def chip_rows(picture: Picture, zoom: float) -> NDArray[np.int64]:
    """Return the wires that get a chip: all that stand out, or only those of the selection."""
    told = np.isfinite(picture.readings.partial)
    if picture.floating.draft is not None:
        return np.zeros(0, np.int64)
    for flags in (picture.flow, picture.near):
        rows = np.flatnonzero(flags & told)
        if zoom >= READABLE and len(rows) <= MOST:
            return rows
    return np.zeros(0, np.int64)
