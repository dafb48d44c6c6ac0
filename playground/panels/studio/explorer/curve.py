"""The picture of a curve: f, its slope if wanted, tangent and secant at the place, and descent.

The page owns one and tells it what to draw; dragging anywhere moves the place along the curve.
"""

from collections.abc import Sequence
from gettext import gettext as _

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from engine.run.downhill import Stop
from engine.run.secant import Secant
from playground.panels.studio.explorer.exploring import Curve
from playground.panels.studio.explorer.picture import Picture, added, marks, put
from playground.theme import ThemeManager

Numbers = NDArray[np.float64]

POINT, OTHER, DOT, BREAK = 13.0, 9.0, 4.0, 15.0  # diameters in pixels
FEW = 120  # points that are drawn as dots, too
LINE_SHARE = 0.3  # of the range that tangent and secant reach to both sides
MARGIN = 0.08  # of the height, above and below
FAR = 20.0  # times the height of the picture: nothing is drawn beyond
OUTLIER = 8.0  # a curve higher than so many times its middle part is cut off
DASHES = (5, 6)  # so that the tangent under the secant is seen between them
CLEAR = QColor(0, 0, 0, 0)


class CurvePicture(Picture):
    """Shows one curve at a time."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, _("The curve"), parent)
        self._heights = (-1.0, 1.0)
        plot = self.plot
        self._zeros = [
            added(plot, pg.InfiniteLine(0.0, angle=angle, movable=False), -2) for angle in (0, 90)
        ]
        self._slope = added(plot, pg.PlotCurveItem(antialias=True), 1)
        self._curve = added(plot, pg.PlotCurveItem(antialias=True), 2)
        self._dots = added(plot, pg.ScatterPlotItem(size=DOT, pen=None, antialias=True), 3)
        self._poles = added(plot, pg.PlotCurveItem(antialias=True, connect="pairs"), 0)
        self._breaks = added(plot, pg.ScatterPlotItem(size=BREAK, brush=CLEAR, antialias=True), 3)
        self._tangent = added(plot, pg.PlotCurveItem(antialias=True), 4)
        self._secant = added(plot, pg.PlotCurveItem(antialias=True), 5)
        self._path = added(plot, pg.PlotDataItem(symbol="o", symbolSize=DOT + 2), 6)
        self._home = added(plot, pg.ScatterPlotItem(size=OTHER, brush=CLEAR, antialias=True), 7)
        self._ends = added(plot, pg.ScatterPlotItem(size=OTHER, antialias=True), 7)
        self._point = added(plot, pg.ScatterPlotItem(size=POINT, antialias=True), 8)
        themes.theme_changed.connect(self.dress)
        self.dress()

    def show_curve(self, curve: Curve, span: tuple[float, float], *, slope: bool) -> None:
        """Draw a curve over a range, with its slope if wanted."""
        low, high = self._heights = limits([curve.value, curve.slope] if slope else [curve.value])
        self._curve.setData(curve.x, self._drawable(curve.value), connect="finite")
        few = len(curve.x) <= FEW
        put(self._dots, curve.x if few else (), curve.value if few else ())
        x, y = (curve.x, self._drawable(curve.slope)) if slope else ((), ())
        self._slope.setData(np.array(x), np.array(y), connect="finite")
        poles = [one.place for one in curve.breaks if one.kind in ("pole", "jump", "edge")]
        self._poles.setData(np.repeat(poles, 2), np.tile((low, high), len(poles)))
        kinks = [one.place for one in curve.breaks if one.kind == "kink"]
        put(self._breaks, kinks, np.interp(kinks, curve.x, curve.value))
        self.frame(span, (low, high), marks(*span, 6), marks(low, high, 5))

    def show_place(self, x: float, home: float, secant: Secant, slope: float) -> None:
        """Draw the place with its tangent and its secant; `home` is where the document is."""
        (left, right), _heights = self.plot.getPlotItem().getViewBox().viewRange()
        reach = LINE_SHARE * (right - left)
        ahead = (min(-reach, secant.h), max(reach, secant.h))
        self._tangent.setData(*self._line(x, secant.here, slope, -reach, reach))
        self._secant.setData(*self._line(x, secant.here, secant.forward, *ahead))
        put(self._point, [x], [secant.here])
        put(self._ends, [x + secant.h], [secant.ahead])
        known = [home] if home != x else []
        put(self._home, known, np.interp(known, *self._curve.getData()))

    def show_descent(self, stops: Sequence[Stop]) -> None:
        """Draw the path that descent took, () for none."""
        known = [stop for stop in stops if not stop.lost and self._drawn(stop.value)]
        self._path.setData([stop.place[0] for stop in known], [stop.value for stop in known])

    def _drawable(self, heights: Numbers) -> Numbers:
        """Return heights without those that are not finite or far out of sight."""
        low, high = self._heights
        far = FAR * (high - low)
        drawable: Numbers = np.clip(heights, low - far, high + far)
        drawable[~np.isfinite(heights)] = np.nan
        return drawable

    def _drawn(self, height: float) -> bool:
        low, high = self._heights
        return abs(height - low) <= FAR * (high - low)

    def _line(
        self, x: float, y: float, slope: float, begin: float, end: float
    ) -> tuple[list[float], list[float]]:
        """Return the ends of a line through a point, from and to so far beside it.

        A steep one ends out of sight; there is none where something is not finite.
        """
        if not np.isfinite((x, y, slope)).all() or not self._drawn(y):
            return [], []
        low, high = self._heights
        most = FAR * (high - low) / max(abs(slope), 1e-300)
        begin, end = max(begin, -most), min(end, most)
        return [x + begin, x + end], [y + slope * begin, y + slope * end]

    def dress(self) -> None:
        """Wear the colours of the theme."""
        theme = self.theme
        for line in self._zeros:
            line.setPen(pg.mkPen(theme.wire, width=1))
        self._curve.setPen(pg.mkPen(theme.positive, width=2.5))
        self._dots.setBrush(theme.positive)
        self._slope.setPen(pg.mkPen(theme.backward, width=1.6, style=Qt.PenStyle.DotLine))
        self._poles.setPen(pg.mkPen(theme.dim, width=1, style=Qt.PenStyle.DashLine))
        self._breaks.setPen(pg.mkPen(theme.muted, width=1.4))
        self._tangent.setPen(pg.mkPen(theme.backward, width=2))
        self._secant.setPen(pg.mkPen(theme.ink, width=1.6, dash=DASHES))
        self._path.setPen(pg.mkPen(theme.muted, width=1.2))
        self._path.setSymbolBrush(theme.ink)
        self._path.setSymbolPen(None)
        self._home.setPen(pg.mkPen(theme.muted, width=1.4))
        self._ends.setPen(pg.mkPen(theme.ink, width=1.6))
        self._ends.setBrush(theme.panel)
        self._point.setPen(self.rim)
        self._point.setBrush(theme.ink)


def limits(curves: Sequence[Numbers]) -> tuple[float, float]:
    """Return the heights to show: all, or the middle part of a curve that runs off."""
    numbers = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    if not len(numbers):
        return -1.0, 1.0
    low, high = float(numbers.min()), float(numbers.max())
    inner_low, inner_high = (float(q) for q in np.quantile(numbers, (0.05, 0.95)))
    room = OUTLIER * max(inner_high - inner_low, 1e-300)
    if high - low > room and inner_high > inner_low:
        half = (inner_high - inner_low) / 2
        low, high = max(low, inner_low - half), min(high, inner_high + half)
    margin = MARGIN * (high - low) if high > low else max(abs(low) * 0.5, 0.5)
    return low - margin, high + margin
