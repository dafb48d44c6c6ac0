"""Paints the dots that flow along the wires while training runs, from each source to its target.

They are copied from a small atlas of their own over the kept picture of the wires. However many
wires are in sight, the dots are bounded: first each wire gets fewer, then some get none.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from playground.canvas.frame.routes import pieces_of
from playground.canvas.frame.wires import along
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.sprites import Atlas, Sprite, fragments
from playground.canvas.painting.wirework import in_sight
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

FLOWS_FROM = 0.25  # the zoom below which wires are too short to see anything flow
APART = 64.0  # on the screen
MOST_ON_WIRE = 8
MOST = 300
RADIUS, SMALLEST = 2.6, 0.5  # near by, and how much of it is left from afar
STAGGER = (5**0.5 - 1) / 2  # the golden section: no two of many wires run abreast
PLUS, MINUS = range(2)


class StreamPainter:
    """Keeps the dots of one theme and size."""

    def __init__(self, brushwork: Brushwork) -> None:
        self._brushwork = brushwork
        self._key: object = None
        self._atlas: Atlas | None = None

    def paint(self, painter: QPainter, picture: Picture, corners: Floats, lens: Lens) -> None:
        """Paint the dots where they are just now."""
        if picture.phase is None or lens.zoom < FLOWS_FROM or not len(picture.frame.wires):
            return
        places, colours = dots(picture, corners, lens)
        atlas = self._prepare(lens, picture.theme)
        rows = fragments(atlas, np.array([PLUS, MINUS])[colours], np.rint(places))
        self._brushwork.fragments(painter, rows, atlas.pixmap)

    def _prepare(self, lens: Lens, theme: Theme) -> Atlas:
        size = lens.ratio * min(max(lens.zoom, SMALLEST), 1.0)
        key = (size, theme.name)
        if self._atlas is None or key != self._key:
            self._key, self._atlas = key, Atlas(lens.ratio)
            inks = (theme.positive, theme.negative)
            self._atlas.add([_dot(n, ink, size) for n, ink in enumerate(inks)])
        return self._atlas


def dots(picture: Picture, corners: Floats, lens: Lens) -> tuple[Floats, Index]:
    """Return where dots are in device pixels, (n, 2), and which colour each has.

    Nothing flows from a value of zero, as a dead ReLU has, nor from one that is no number.
    """
    wires, phase = picture.frame.wires, picture.phase or 0.0
    pieces = pieces_of(wires, corners)
    points = lens.points(pieces.points)
    value = picture.readings.value[wires.start[pieces.wire]]
    flows = np.isfinite(value) & (value != 0) & ~picture.chosen().rest[pieces.wire]
    rows = np.flatnonzero(in_sight(points, lens) & flows)
    rows = rows[:: max(1, -(-len(rows) // MOST))]
    points = points[rows]
    length = np.linalg.norm(points[:, 3] - points[:, 0], axis=1) / lens.ratio
    most = min(MOST_ON_WIRE, max(1, MOST // max(len(rows), 1)))
    count = np.clip(np.rint(length / APART), 1, most).astype(np.int64)
    which = np.repeat(np.arange(len(rows)), count)
    place = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    ahead = (phase + STAGGER * pieces.wire[rows]) % 1.0
    at = along(points[which], (place + ahead[which]) / count[which])
    colour = np.where(value[rows] > 0, PLUS, MINUS)
    return at, colour[which]


def _dot(key: int, colour: QColor, size: float) -> Sprite:
    side = round(RADIUS * size) + 2

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(0, 0), RADIUS * size, RADIUS * size)

    return Sprite(key, -side, -side, side, side, draw)
