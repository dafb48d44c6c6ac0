"""The colours of a score between -1 and +1, and scores as a picture.

The boundary panel calls it for every boundary that arrives. The table is made once per theme; a
picture is then one matrix product per axis and one look-up. Nothing here knows a widget.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.train.boundary import Boundary
from playground.theme import Theme

SHADES = 256  # pyqtgraph's fast path ends there, too
UNKNOWN = 0  # the first shade stands for what is not a number

Picture = NDArray[np.uint8]
Scores = NDArray[np.floating]


def colour_table(theme: Theme) -> Picture:
    """Return the shades from -1 to +1 as rows of red, green, blue, alpha; shape (256, 4).

    Row 0 is transparent and for NaN; the middle of the others is the colour of zero.
    """
    ends = np.array([parts(c) for c in (theme.map_negative, theme.map_zero, theme.map_positive)])
    places = np.linspace(-1.0, 1.0, SHADES - 1)
    table = np.zeros((SHADES, 4), dtype=np.uint8)
    for channel in range(4):
        mixed = np.interp(places, (-1.0, 0.0, 1.0), ends[:, channel])
        table[1:, channel] = np.rint(mixed)
    return table


def parts(colour: QColor) -> tuple[int, int, int, int]:
    """Return red, green, blue and alpha, each from 0 to 255."""
    return (colour.red(), colour.green(), colour.blue(), colour.alpha())


def leaning(boundary: Boundary) -> Scores:
    """Return how far every score leans to a class: below 0 to the first, above to the second.

    A probability from 0 to 1 and a logit come to lie between -1 and 1, a score stays what it is,
    a plain number is measured by the largest there is.
    """
    scores = boundary.scores
    if boundary.link == "probability":
        return 2.0 * scores - 1.0
    if boundary.link == "logit":
        return np.asarray(np.tanh(scores / 2.0))
    if boundary.link == "number":
        size = np.abs(scores[np.isfinite(scores)]).max(initial=0.0)
        return scores / size if size > 0.0 else scores
    return scores


def enlarged(scores: Scores, size: int) -> Scores:
    """Interpolate a grid of scores linearly to `size` times `size`, corner to corner.

    With numbers that are not finite the grid is shown as it is, each score a tile.
    """
    if not np.isfinite(scores).all():
        rows, columns = (np.rint(np.linspace(0, n - 1, size)).astype(int) for n in scores.shape)
        return scores[np.ix_(rows, columns)]
    rows, columns = (spread(count, size) for count in scores.shape)
    return np.asarray(rows @ scores @ columns.T, dtype=np.float32)


def spread(count: int, size: int) -> NDArray[np.float32]:
    """Return the matrix (size, count) that interpolates `count` numbers linearly to `size`."""
    places = np.linspace(0.0, count - 1.0, size)
    distance = np.abs(places[:, None] - np.arange(count))
    return np.maximum(1.0 - distance, 0.0).astype(np.float32)


def shades(scores: Scores, table: Picture) -> Picture:
    """Colour scores, clamped to -1..+1, by a table of `colour_table`; shape (..., 4)."""
    known = np.isfinite(scores)
    clamped = np.clip(np.where(known, scores, 0.0), -1.0, 1.0)
    index = 1 + np.rint((clamped + 1.0) * ((SHADES - 2) / 2)).astype(np.intp)
    coloured: Picture = table[np.where(known, index, UNKNOWN)]
    return coloured
