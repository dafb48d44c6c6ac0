"""A plot of cost against size as lines of text, for the table is printed."""

from collections.abc import Sequence

import numpy as np

from tests.benchmarks.measure import spoken

COLUMNS, LINES = 60, 12


def plot(points: Sequence[tuple[int, float]]) -> str:
    """Return points (scalars, seconds) on axes that are both logarithmic.

    Dots are where the cost would lie if it grew as the size does, up to the last point.
    """
    sizes, seconds = np.array(points, dtype=np.float64).T
    across = _places(np.log(sizes), COLUMNS)
    height = np.log(seconds.max() / seconds.min())
    canvas = [[" "] * COLUMNS for _line in range(LINES)]
    for column in range(COLUMNS):
        size = sizes[0] * (sizes[-1] / sizes[0]) ** (column / (COLUMNS - 1))
        up = 1.0 + np.log(size / sizes[-1]) / height if height else 0.0
        if 0.0 <= up <= 1.0:
            canvas[LINES - 1 - round(up * (LINES - 1))][column] = "."
    for column, line in zip(across, _places(np.log(seconds), LINES), strict=True):
        canvas[LINES - 1 - line][column] = "o"
    edges = {0: spoken(seconds.max()), LINES - 1: spoken(seconds.min())}
    rows = [f"{edges.get(k, ''):>8} |{''.join(row)}".rstrip() for k, row in enumerate(canvas)]
    first, last = f"{round(sizes[0]):,}", f"{round(sizes[-1]):,} scalars"
    return "\n".join(
        [*rows, " " * 9 + "+" + "-" * COLUMNS, f"{'':10}{first}{last:>{COLUMNS - len(first)}}"]
    )


def _places(logarithms: np.ndarray, count: int) -> list[int]:
    """Spread numbers over so many places, from the least to the largest."""
    span = np.ptp(logarithms) or 1.0
    places: list[int] = (
        np.rint((logarithms - logarithms.min()) / span * (count - 1)).astype(int).tolist()
    )
    return places
