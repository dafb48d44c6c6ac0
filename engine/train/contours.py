"""Where a grid of scores passes through a level: the lines of boundaries and margins.

Each cell of the grid is cut into two triangles, over which the scores are taken as flat; a level
crosses two sides of a triangle or none, so that no case is ambiguous.  Plain NumPy, no document.
"""

import numpy as np
from numpy.typing import NDArray

from engine.train.boundary import Bounds

Numbers = NDArray[np.float64]

# Corners of a cell as (up, right), by triangle, always in one order: then the point in which a
# side is crossed is the same number for number from both sides of it.
TRIANGLES = (((0, 0), (0, 1), (1, 1)), ((0, 0), (1, 0), (1, 1)))


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
    others = ((alone + turn) % 3 for turn in (1, 2))
    ends = [
        _crossing(tall, places, np.minimum(alone, other), np.maximum(alone, other), each)
        for other in others
    ]
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


def joined(pieces: Numbers) -> list[Numbers]:
    """Join pieces (n, 2, 2) that share their ends to lines, each (points, 2)."""
    flat = pieces.reshape(-1, 2)
    places, numbers = np.unique(flat[:, 0] + 1j * flat[:, 1], return_inverse=True)
    near: dict[int, list[int]] = {}
    for one, other in numbers.reshape(-1, 2).tolist():
        if one != other:
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    ends = [place for place, others in near.items() if len(others) == 1]
    lines = []
    for start in (*ends, *near):
        if not near[start]:
            continue
        line = [start]
        while near[line[-1]]:
            following = near[line[-1]].pop()
            near[following].remove(line[-1])
            line.append(following)
        lines.append(places[line])
    return [np.stack((line.real, line.imag), axis=1) for line in lines]
