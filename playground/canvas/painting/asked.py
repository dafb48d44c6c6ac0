"""Paints whose gradient it is: what the shown sample has in the gradient of each parameter.

The parameters that are cards say it below themselves; of the weights that wires hide, the few
that the sample pushes hardest have a chip. What is pointed at or selected says it in its own chip
(`grips`). Called by the painter item while the mode is on.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from engine.explain.whose import share_words
from engine.train.shares import Shares
from playground.canvas.frame import style
from playground.canvas.frame.routes import points_on
from playground.canvas.frame.style import Kind
from playground.canvas.frame.wires import Wires
from playground.canvas.painting.captions import write_below
from playground.canvas.painting.grips import PARTS, Grip, apart, around, grips_of, paint_grip
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

CARDS = 80  # that say their shares at a time
LEADING, TRIED = (
    6,
    24,
)  # chips of the weights that are pushed hardest, and how many may be in the way
READABLE = 0.45  # the zoom from which it is said


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
    if asked is None or asked.shares is None:
        return []
    hardest = _hardest(wires, asked.shares, asked.sample)
    if not len(hardest):
        return []
    along = np.tile(PARTS, len(hardest))
    places = points_on(picture.pieces(), np.repeat(hardest, len(PARTS)), along)
    cards = _cards(picture, lens)
    unit, found = max(1.0, 1.0 / lens.zoom), list[Grip]()
    for wire, some in zip(hardest.tolist(), places.reshape(-1, len(PARTS), 2), strict=True):
        words = ((asked.words(int(wires.weight[wire])), "backward"),)
        grips = (Grip(None, wire, around((x, y), words, unit), unit, words) for x, y in some)
        clear = next((grip for grip in grips if _is_clear(grip, found, cards, lens)), None)
        found += [] if clear is None else [clear]
        if len(found) == LEADING:
            break
    return found


def _hardest(wires: Wires, shares: Shares, sample: int) -> Index:
    """Return the wires whose hidden weights a sample pushes hardest, from the hardest down."""
    row = shares.of_sample(sample)
    rows = np.flatnonzero((wires.weight >= 0) & (wires.count == 1))
    if row is None or not len(rows) or not len(row):
        return rows[:0]
    at = np.minimum(np.searchsorted(shares.parameters, wires.weight[rows]), len(row) - 1)
    known = (shares.parameters[at] == wires.weight[rows]) & np.isfinite(row[at])
    size = np.where(known, np.abs(row[at]), 0.0)
    order = np.argsort(-size, kind="stable")[:TRIED]
    found: Index = rows[order[size[order] > 0.0]]
    return found


def _cards(picture: Picture, lens: Lens) -> Floats:
    """Return the rectangles (n, 4) of the cards in sight, which chips must not cover."""
    rects, kinds = picture.rects(), picture.frame.kinds
    seen = lens.sees(rects[:, :2], rects[:, 2:]) & ~np.isin(kinds, style.BACKING)
    cards: Floats = rects[seen]
    return cards


def _is_clear(grip: Grip, others: list[Grip], cards: Floats, lens: Lens) -> bool:
    """Whether a chip is in sight and lies over no card and no other chip."""
    if not lens.seen().contains(grip.rect) or len(apart([*others, grip])) <= len(others):
        return False
    rect, low, high = grip.rect, cards[:, :2], cards[:, :2] + cards[:, 2:]
    over = (low < (rect.right(), rect.bottom())).all(axis=1)
    over &= (high > (rect.left(), rect.top())).all(axis=1)
    return not bool(over.any())


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
    for number in leaves.tolist():
        words = share_words(shares, sample, int(frame.shows[number]))
        if words:
            write_below(painter, rects[number], words, lens, theme)
