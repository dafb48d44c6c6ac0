"""The points of the boundary as pushes on a parameter: who pushes it up, who down, how hard.

A triangle points where the sample pushes, a disc has no direction; the size says how hard. Both
ways are violet, as all that is backward, so the shape tells them apart.
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from engine.explain.whose import strongest
from playground.theme import Theme

Numbers = NDArray[np.float64]

LEAST, LARGEST = 5.0, 20.0  # diameters in pixels
MOST = 2_000  # points that are painted, the strongest
UP, DOWN, ANY = "t1", "t", "o"
DIM = 0.28  # of the opacity of a point is left while pushes are shown


class Pushes:
    """Keeps one `item` over the points of a plot."""

    def __init__(self) -> None:
        self.item = pg.ScatterPlotItem(antialias=True)

    def clear(self) -> None:
        """Show none."""
        self.item.clear()

    def show(self, points: Numbers, pushes: Numbers, theme: Theme, *, signed: bool) -> None:
        """Show pushes (n,) on the first n of the points; a share below zero pushes up."""
        sizes = np.where(np.isfinite(pushes), np.abs(pushes), 0.0)
        order = np.argsort(sizes, kind="stable")[-MOST:]  # the strongest lies on top
        some = order[sizes[order] > 0.0]
        if not len(some):
            self.item.clear()
            return
        part = np.sqrt(sizes[some] / strongest(pushes))
        ways = np.where(pushes[some] < 0.0, UP, DOWN) if signed else np.full(len(some), ANY)
        self.item.setData(
            pos=points[some],
            size=LEAST + (LARGEST - LEAST) * part,
            symbol=ways.tolist(),
            brush=pg.mkBrush(theme.backward),
            pen=pg.mkPen(theme.background, width=1),
        )
