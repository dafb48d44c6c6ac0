"""What lies over the colours of the boundary: lines, arrows, and rings around wrong points.

The picture owns one and gives it what is to be drawn; each part is one item of the plot, which is
made once.  What is wanted and when is for `watch` to say.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from engine.train.boundary import Boundary
from engine.train.contours import contour, joined
from engine.train.maps import Maps
from engine.train.slopes import Slopes
from playground.theme import Theme

Numbers = NDArray[np.float64]

LINE, BEND, LIT, ARROW, HALO = 1.6, 1.1, 2.4, 1.4, 3.4  # widths
RING, RING_WIDTH = 13.0, 1.6
DASHES = [4.0, 3.0]
LONGEST = 0.86  # of the distance between two arrows
SHORTEST = 0.14  # an arrow of less is none
USUAL = 90  # percent of the arrows are no longer than the longest that is drawn
BARB = 0.32  # of the length of an arrow
GAP = np.full((1, 2), np.nan)
NONE: Numbers = np.empty((0, 2))
BELOW, ABOVE = 1, 5  # the data points lie between


class Overlays:
    """The items over one plot.

    Attributes:
        bends: the nodes whose lines are drawn, in the order of their numbers.
    """

    def __init__(self, plot: pg.PlotWidget) -> None:
        self.bends: tuple[int, ...] = ()
        self._pieces: list[Numbers] = []
        self._lit: int | None = None
        self._bends = _curve(plot, BELOW, pieces=True)
        self._lit_bend = _curve(plot, BELOW)
        self._margins = _curve(plot, BELOW)
        self._line = _curve(plot, BELOW)
        self._arrow_halo = _curve(plot, BELOW, pieces=True)
        self._arrows = _curve(plot, BELOW, pieces=True)
        clear = QColor(0, 0, 0, 0)
        self._wrong_halo = pg.ScatterPlotItem(size=RING, brush=clear, antialias=True)
        self._wrong = pg.ScatterPlotItem(size=RING, brush=clear, antialias=True)
        for rings in (self._wrong_halo, self._wrong):
            rings.setZValue(ABOVE)
            plot.addItem(rings)

    def dress(self, theme: Theme) -> None:
        """Wear the colours of a theme."""
        self._line.setPen(pg.mkPen(theme.ink, width=LINE * theme.lines))
        dashed = pg.mkPen(theme.ink, width=BEND * theme.lines, style=Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern(DASHES)
        self._margins.setPen(dashed)
        self._bends.setPen(flat(theme.muted, BEND * theme.lines))
        self._lit_bend.setPen(flat(theme.selection, LIT))
        self._arrow_halo.setPen(flat(theme.background, HALO))
        self._arrows.setPen(pg.mkPen(theme.backward, width=ARROW * theme.lines))
        self._wrong_halo.setPen(pg.mkPen(theme.background, width=RING_WIDTH + 2))
        self._wrong.setPen(pg.mkPen(theme.ink, width=RING_WIDTH * theme.lines))

    # What is drawn -------------------------------------------------------------------------------

    def show_lines(self, boundary: Boundary | None, *, line: bool, margins: bool) -> None:
        """Draw where classes meet, and where the decision counts as sure."""
        told = boundary is not None and boundary.classes > 0
        _draw(self._line, borders(boundary) if told and line and boundary else [])
        levels = boundary.margins if told and margins and boundary else None
        _draw(self._margins, _levels(boundary, levels) if boundary and levels else [])

    def show_bends(self, maps: Maps | None) -> None:
        """Draw for each map where it is 0."""
        self.bends = () if maps is None else maps.nodes
        self._pieces = [] if maps is None else [contour(s, 0.0, maps.bounds) for s in maps.scores]
        whole = np.concatenate([NONE, *(piece.reshape(-1, 2) for piece in self._pieces)])
        _put(self._bends, whole)
        self.light(self._lit if self._lit is not None and self._lit < len(self.bends) else None)

    def light(self, number: int | None) -> None:
        """Draw one of the bends in the colour of what is selected, None for none."""
        self._lit = number
        piece = NONE if number is None else self._pieces[number].reshape(-1, 2)
        _put(self._lit_bend, piece)

    def show_slopes(self, slopes: Slopes | None) -> None:
        """Draw arrows, the usual ones as long as there is room for."""
        ends = NONE if slopes is None else arrows(slopes)
        for curve in (self._arrow_halo, self._arrows):
            _put(curve, ends)

    def show_wrong(self, points: Numbers) -> None:
        """Ring points (n, 2)."""
        for rings in (self._wrong_halo, self._wrong):
            put_spots(rings, points)

    def near(self, place: Numbers, pixel: Numbers, reach: float) -> int | None:
        """Return the bend that is nearest to a place, None if none is within so many pixels."""
        best, found = reach, None
        for number, piece in enumerate(self._pieces):
            if len(piece):
                away = float(distances(place / pixel, piece / pixel).min())
                if away < best:
                    best, found = away, number
        return found


def flat(colour: QColor, width: float) -> QPen:
    """Return a pen whose strokes end where they end; opaque, as many short lines are then fast."""
    pen: QPen = pg.mkPen(colour, width=width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def borders(boundary: Boundary) -> list[Numbers]:
    """Return the lines where classes meet."""
    if boundary.scores.ndim == 2:
        return joined(contour(boundary.scores, boundary.threshold, boundary.bounds))
    lines: list[Numbers] = []
    for number in range(boundary.classes - 1):  # the last one meets the others at their borders
        rest = np.delete(boundary.scores, number, axis=0).max(axis=0)
        with np.errstate(invalid="ignore"):  # of two infinities none is greater
            ahead = boundary.scores[number] - rest
        lines += joined(contour(ahead, 0.0, boundary.bounds))
    return lines


def arrows(slopes: Slopes) -> Numbers:
    """Return the strokes of arrows, their ends in pairs (n, 2)."""
    known = np.isfinite(slopes.slopes).all(axis=1)
    places, ways = slopes.places[known], slopes.slopes[known]
    sizes = np.hypot(*ways.T)
    if not sizes.any():
        return NONE
    room = LONGEST * float(np.diff(np.unique(slopes.places[:, 0])).min(initial=np.inf))
    longest = float(np.percentile(sizes, USUAL)) or float(sizes.max())
    long = sizes >= SHORTEST * longest
    places, ways, sizes = places[long], ways[long], sizes[long]
    way = (room * np.minimum(sizes / longest, 1.0) / sizes)[:, None] * ways
    tail, tip = places - way / 2, places + way / 2
    across = np.stack((-way[:, 1], way[:, 0]), axis=1)
    barbs = [tip - BARB * way + side * BARB * 0.7 * across for side in (1, -1)]
    strokes = np.stack([tail, tip, tip, barbs[0], tip, barbs[1]], axis=1)
    return strokes.reshape(-1, 2)


def distances(place: Numbers, pieces: Numbers) -> Numbers:
    """Return how far a place (2,) is from pieces (n, 2, 2)."""
    begin, way = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    size = np.maximum((way**2).sum(axis=1), np.finfo(float).tiny)
    along = np.clip(((place - begin) * way).sum(axis=1) / size, 0.0, 1.0)
    away: Numbers = np.hypot(*(begin + along[:, None] * way - place).T)
    return away


def _levels(boundary: Boundary, levels: Sequence[float]) -> list[Numbers]:
    pieces = (contour(boundary.scores, level, boundary.bounds) for level in levels)
    return [line for piece in pieces for line in joined(piece)]


def _curve(plot: pg.PlotWidget, height: int, *, pieces: bool = False) -> pg.PlotCurveItem:
    curve = pg.PlotCurveItem(antialias=True)
    if pieces:  # a long path of short strokes takes many times as long
        curve.setSegmentedLineMode("on")
    curve.setZValue(height)
    plot.addItem(curve)
    return curve


def _draw(curve: pg.PlotCurveItem, lines: Sequence[Numbers]) -> None:
    whole = np.concatenate([NONE, *(part for line in lines for part in (line, GAP))])
    _put(curve, whole, "finite")


def put_spots(spots: pg.ScatterPlotItem, points: Numbers) -> None:
    """Draw spots at points (n, 2); without any it is not painted."""
    spots.setVisible(len(points) > 0)
    spots.setData(pos=points)


def _put(curve: pg.PlotCurveItem, points: Numbers, connect: str = "pairs") -> None:
    """Draw points (n, 2); what has none is not painted, which would cost half as much."""
    if len(points) or curve.isVisible():
        curve.setData(points[:, 0], points[:, 1], connect=connect)
    curve.setVisible(len(points) > 0)
