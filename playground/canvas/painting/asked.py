"""Paints whose gradient it is: what the shown sample has in the gradient of each parameter.

The parameters that are cards say it below themselves; of the weights that wires hide, the few
that the sample pushes hardest have a chip. What is pointed at or selected says it in its own chip
(`grips`). Called by the painter item while the mode is on.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from engine.explain.whose import share_words
from engine.train.shares import Shares
from playground.canvas.frame import style
from playground.canvas.frame.routes import points_on
from playground.canvas.frame.style import Kind
from playground.canvas.painting.grips import Grip, apart, around, grips_of, paint_grip
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture

Index = NDArray[np.int64]

CARDS = 80  # that say their shares at a time
LEADING, TRIED = (
    6,
    24,
)  # chips of the weights that are pushed hardest, and how many may be in the way
READABLE = 0.45  # the zoom from which it is said
BELOW = 4.0  # a card
HEIGHT = 15.0


def paint_shares(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Paint the shares of the sample that is shown."""
    asked = picture.asked
    if asked is None or asked.shares is None or lens.zoom < READABLE:
        return
    told = {grip.row for grip in grips_of(picture, lens.zoom, lens.seen())}
    for grip in leading(picture, lens):
        if grip.row not in told:
            paint_grip(painter, grip, lens, picture.theme)
    _paint_below(painter, picture, asked.shares, asked.sample, lens)


def leading(picture: Picture, lens: Lens) -> list[Grip]:
    """Return chips for the hidden weights in sight that the sample pushes hardest."""
    asked, wires = picture.asked, picture.frame.wires
    row = None if asked is None or asked.shares is None else asked.shares.of_sample(asked.sample)
    rows = np.flatnonzero((wires.weight >= 0) & (wires.count == 1))
    if row is None or asked is None or asked.shares is None or not len(rows):
        return []
    shares = asked.shares
    places = np.searchsorted(shares.parameters, wires.weight[rows])
    places = np.minimum(places, len(shares.parameters) - 1)
    size = np.where(shares.parameters[places] == wires.weight[rows], np.abs(row[places]), 0.0)
    order = np.argsort(-np.nan_to_num(size), kind="stable")[:TRIED]
    hardest = rows[order[np.nan_to_num(size[order]) > 0.0]]
    middles = points_on(picture.pieces(), hardest, np.full(len(hardest), 0.5)).tolist()
    seen, unit = lens.seen(), max(1.0, 1.0 / lens.zoom)
    found: list[Grip] = []
    for wire, (x, y) in zip(hardest.tolist(), middles, strict=True):
        words = ((share_words(shares, asked.sample, int(wires.weight[wire])), "backward"),)
        grip = Grip(None, wire, around((x, y), words, unit), unit, words)
        if seen.contains(grip.rect) and len(apart([*found, grip])) == len(found) + 1:
            found.append(grip)
    return found[:LEADING]


def _paint_below(
    painter: QPainter, picture: Picture, shares: Shares, sample: int, lens: Lens
) -> None:
    frame, theme = picture.frame, picture.theme
    rects = picture.rects()
    leaves = np.flatnonzero(
        (frame.kinds == Kind.LEAF) & lens.sees(rects[:, :2], rects[:, 2:]) & (frame.shows >= 0)
    )
    if len(leaves) > CARDS:
        return
    font = style.CHIP.font()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    for number in leaves.tolist():
        words = share_words(shares, sample, int(frame.shows[number]))
        if not words:
            continue
        x, y, width, height = rects[number].tolist()
        at = lens.point(x + width / 2, y + height + BELOW)
        half = metrics.horizontalAdvance(words) / 2
        painter.save()
        painter.translate(round(at.x()), round(at.y()))
        painter.scale(lens.scale, lens.scale)
        painter.fillRect(QRectF(-half - 3, 0, 2 * half + 6, HEIGHT), theme.background)
        painter.setPen(theme.backward)
        painter.drawText(QPointF(-half, HEIGHT - 3.5), words)
        painter.restore()
