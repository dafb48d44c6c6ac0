"""Paints the chips on wires: the local derivative along a wire that stands out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.closeup import told_at_ports
from playground.canvas.frame.digits import TIMES, text
from playground.canvas.frame.routes import lengths, pieces_of, points_on
from playground.canvas.painting.detail import CLOSE
from playground.canvas.painting.grips import grip_rows
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture

Floats = NDArray[np.float64]

MOST = 24
READABLE = 0.5
SMALLEST = 0.8  # of its size on the screen that a chip keeps from afar
HEIGHT = 21.0
PAD = 9.0
PARTED = 0.72  # how far along two wires between the same cards stand apart
BARE = 16.0  # of a wire that has to be seen beside its chip


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip says, half the width of that at 100 %, its middle in the scene, its wire."""

    words: str
    half: float
    at: tuple[float, float]
    row: int


def paint_chips(painter: QPainter, picture: Picture, corners: Floats, lens: Lens) -> None:
    """Paint a chip in the middle of each wire that stands out, unless they would be too many."""
    font, theme = style.CHIP.font(), picture.theme
    drop = QFontMetricsF(font).capHeight() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = unit_of(lens.zoom)
    for chip in chips_of(picture, corners, lens.zoom):
        at = lens.point(*chip.at)
        painter.save()
        painter.translate(round(at.x()), round(at.y()))
        size = unit * lens.scale
        painter.scale(size, size)
        painter.setPen(QPen(theme.hairline, 1.0))
        painter.setBrush(theme.panel)
        box = QRectF(-chip.half - PAD, -HEIGHT / 2, 2 * (chip.half + PAD), HEIGHT)
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        lights = picture.lights
        painter.setPen(theme.ink if lights.wires and lights.forward else theme.backward)
        painter.setFont(font)
        painter.drawText(QPointF(-chip.half, drop), chip.words)
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)


def chips_of(picture: Picture, corners: Floats, zoom: float) -> list[Chip]:
    """Return the chips to paint: none on a wire that is hardly longer than its chip."""
    rows = np.setdiff1d(chip_rows(picture, zoom), grip_rows(picture))
    if not len(rows):
        return []
    pieces = pieces_of(picture.frame.wires, corners)
    middles = points_on(pieces, rows, _parts(picture, rows)).tolist()
    spans = lengths(pieces)[rows].tolist()
    metrics, unit = QFontMetricsF(style.CHIP.font()), unit_of(zoom)
    chips = []
    for row, (x, y), length in zip(rows.tolist(), middles, spans, strict=True):
        words = picture.lights.wires.get(row) or text(float(picture.readings.partial[row]), TIMES)
        half = metrics.horizontalAdvance(words) / 2
        if length >= 2 * (half + PAD) * unit + BARE:
            chips.append(Chip(words, half, (x, y), row))
    return chips


def chip_at(picture: Picture, zoom: float, point: QPointF) -> int | None:
    """Return the wire whose chip is at a point of the scene, None if there is none."""
    unit = unit_of(zoom)
    for chip in reversed(chips_of(picture, picture.corners(), zoom)):
        off = point - QPointF(*chip.at)
        if abs(off.x()) <= (chip.half + PAD) * unit and abs(off.y()) <= HEIGHT / 2 * unit:
            return chip.row
    return None


def unit_of(zoom: float) -> float:
    """Return how long a pixel of a chip is in the scene."""
    return max(1.0, SMALLEST / zoom)


def _parts(picture: Picture, rows: NDArray[np.int64]) -> Floats:
    """Return how far along its wire each chip is: in the middle, those of parallel wires apart.

    Two wires part towards their ends; of more, one chip comes after the other.
    """
    wires = picture.frame.wires
    pairs = list(zip(wires.start[rows].tolist(), wires.end[rows].tolist(), strict=True))
    parts = []
    for place, pair in enumerate(pairs):
        count, before = pairs.count(pair), pairs[:place].count(pair)
        parts.append(PARTED if count == 2 else (before + 1) / (count + 1))
    return np.array(parts)


def chip_rows(picture: Picture, zoom: float) -> NDArray[np.int64]:
    """Return the wires that get a chip: what is lit, else what stands out, or the selection's."""
    lit = picture.lights.wires
    if lit:
        return np.array([row for row, words in lit.items() if words], np.int64)
    told = np.isfinite(picture.readings.partial)
    if zoom >= CLOSE[1]:
        told &= ~told_at_ports(picture.frame)
    if picture.floating.draft is not None or picture.floating.cut is not None:
        return np.zeros(0, np.int64)
    for flags in (picture.flow, picture.near):
        rows = np.flatnonzero(flags & told)
        if zoom >= READABLE and len(rows) <= MOST:
            return rows
    return np.zeros(0, np.int64)
