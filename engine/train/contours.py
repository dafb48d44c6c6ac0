"""Where a grid of scores passes through a level: the lines of boundaries and margins.

Each cell of the grid is cut into two triangles, over which the scores are taken as flat; a level
crosses two sides of a triangle or none, so that no case is ambiguous.  Plain NumPy, no document.
"""

import numpy as np
from numpy.typing import NDArray

from engine.train.boundary import Bounds

Numbers = NDArray[np.float64]

# Corners of a cell as (up, right), by triangle.
TRIANGLES = (((0, 0), (0, 1), (1, 1)), ((0, 0), (1, 1), (1, 0)))


def contour(scores: NDArray[np.floating], level: float, bounds: Bounds) -> Numbers:
    """Return the line where scores (ny, nx) are `level`, as pieces (n, 2, 2): ends with x and y.

    Cells with a score that is not finite have no line.
    """
    heights = np.asarray(scores, np.float64) - level
    x = np.linspace(bounds.left, bounds.right, heights.shape[1])
    y = np.linspace(bounds.bottom, bounds.top, heights.shape[0])
    return np.concatenate([_pieces(heights, x, y, corners) for corners in TRIANGLES])


def _pieces(
    heights: Numbers, x: Numbers, y: Numbers, corners: tuple[tuple[int, int], ...]
) -> Numbers:
    """Return the pieces in one triangle of every cell."""
    rows, columns = heights.shape[0] - 1, heights.shape[1] - 1
    tall = np.stack([heights[up : up + rows, right : right + columns] for up, right in corners])
    above = tall > 0.0
    crossed = (above.any(axis=0) != above.all(axis=0)) & np.isfinite(tall).all(axis=0)
    row, column = np.nonzero(crossed)
    tall, above = tall[:, row, column], above[:, row, column]
    places = np.stack([np.stack((x[column + r], y[row + u]), axis=-1) for u, r in corners])
    alone = np.where(above.sum(axis=0) == 1, above.argmax(axis=0), above.argmin(axis=0))
    each = np.arange(len(row))
    ends = [_crossing(tall, places, alone, (alone + turn) % 3, each) for turn in (1, 2)]
    return np.stack(ends, axis=1)


def _crossing(
    tall: Numbers,
    places: Numbers,
    one: NDArray[np.intp],
    other: NDArray[np.intp],
    each: NDArray[np.intp],
) -> Numbers:
    """Return where the sides from one corner to another are crossed, (n, 2)."""
    begin, end = tall[one, each], tall[other, each]
    part = (begin / (begin - end))[:, None]
    found: Numbers = places[one, each] + part * (places[other, each] - places[one, each])
    return found
