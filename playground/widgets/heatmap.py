"""The colours of a score between -1 and +1, and scores as a picture.

The boundary panel calls it for every boundary that arrives, the canvas for the maps on its cards.
The table is made once per theme; a picture is then one interpolation along each axis and one
look-up. Nothing here knows a widget.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.train.boundary import Boundary, Reach
from engine.train.metrics import CLASS_SCORES
from playground.theme import Theme

STRENGTH = 0.85  # of the field's colours, so that points of the same colour stand out
SHADES = 256  # pyqtgraph's fast path ends there, too
HALF = 0.5
UNKNOWN = 0  # the first shade stands for what is not a number

Picture = NDArray[np.uint8]
Scores = NDArray[np.floating]


def colour_table(theme: Theme, *, hard: bool = False) -> Picture:
    """Return the shades from -1 to +1 as rows of red, green, blue, alpha; shape (256, 4).

    The ends are mixed from the theme's colours, so much of them as `STRENGTH` says.  With `hard`
    there is nothing between them: a shade is that of its sign.

    Row 0 is transparent and for NaN; the middle of the others is the colour of zero.
    """
    ends = np.array([parts(c) for c in (theme.map_negative, theme.map_zero, theme.map_positive)])
    ends[[0, 2]] = np.rint(STRENGTH * ends[[0, 2]] + (1.0 - STRENGTH) * ends[1])
    places = np.linspace(-1.0, 1.0, SHADES - 1)
    if hard:
        places = np.where(places > 0.0, 1.0, -1.0)
    table = np.zeros((SHADES, 4), dtype=np.uint8)
    for channel in range(4):
        mixed = np.interp(places, (-1.0, 0.0, 1.0), ends[:, channel])
        table[1:, channel] = np.rint(mixed)
    return table


def parts(colour: QColor) -> tuple[int, int, int, int]:
    """Return red, green, blue and alpha, each from 0 to 255."""
    return (colour.red(), colour.green(), colour.blue(), colour.alpha())


def leaning(boundary: Boundary, reach: Reach | None = None) -> Scores:
    """Return how far every score leans to a class: below 0 to the first, above to the second.

    A probability from 0 to 1 and a logit come to lie between -1 and 1, a score stays what it is,
    a plain number is measured by `reach`, or by the largest there is.
    """
    scores = boundary.scores
    if boundary.link == "probability":
        return 2.0 * scores - 1.0
    if boundary.link in ("logit", CLASS_SCORES):
        return np.asarray(np.tanh(scores / 2.0))
    if boundary.link == "number" and reach is not None:
        return np.asarray(reach.share(scores))
    if boundary.link == "number":
        size = np.abs(scores[np.isfinite(scores)]).max(initial=0.0)
        return scores / size if size > 0.0 else scores
    return scores


def enlarged(scores: Scores, size: int) -> Scores:
    """Interpolate a grid of scores linearly to `size` times `size`, corner to corner.

    With numbers that are not finite the grid is shown as it is, each score a tile.
    """
    rows, columns = (between(count, size) for count in scores.shape)
    if not np.isfinite(scores).all():
        return np.asarray(scores[np.ix_(nearest(*rows), nearest(*columns))])
    tall = mixed(scores, *rows)
    return mixed(tall.T, *columns).T


@cache
def between(count: int, size: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return for `size` places along `count` numbers the one before, and how far it is past it."""
    places = np.linspace(0.0, count - 1.0, size)
    before = np.minimum(places.astype(np.intp), count - 2)
    return before, (places - before).astype(np.float32)


def nearest(before: NDArray[np.intp], past: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the nearest numbers to the places."""
    return before + (past > HALF)


def mixed(rows: Scores, before: NDArray[np.intp], past: NDArray[np.float32]) -> Scores:
    """Return rows interpolated at the places; no matrix product, whose threads would compete."""
    low = rows[before]
    return np.asarray(low + past[:, None] * (rows[before + 1] - low))


def shades(scores: Scores, table: Picture) -> Picture:
    """Colour scores, clamped to -1..+1, by a table of `colour_table`; shape (..., 4)."""
    pixels = table.view(np.uint32)[:, 0].take(shade_numbers(scores))
    return pixels.view(np.uint8).reshape(*scores.shape, 4)


def shade_numbers(scores: Scores) -> NDArray[np.intp]:
    """Return the row of the table that each score has."""
    known = np.isfinite(scores)
    whole = known.all()
    places = np.clip(scores if whole else np.where(known, scores, 0.0), -1.0, 1.0)
    places += 1.0
    places *= (SHADES - 2) / 2
    index = np.rint(places, out=places).astype(np.intp)
    index += 1
    return index if whole else np.where(known, index, UNKNOWN)


def words(table: Picture) -> NDArray[np.uint32]:
    """Return a table as pixels of Qt's format ARGB32_Premultiplied, shape (256,)."""
    red, green, blue, alpha = table.astype(np.uint32).T
    pixels: NDArray[np.uint32] = (alpha << 24) | (red << 16) | (green << 8) | blue
    return pixels
