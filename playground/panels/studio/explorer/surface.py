"""The picture of two inputs: f in colours with lines of equal height, both partials, and descent.

The page owns one; dragging anywhere moves the place.
"""

from collections.abc import Sequence
from gettext import gettext as _

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from engine.run.downhill import Stop
from engine.train.contours import contour
from playground.panels.studio.explorer.exploring import Surface
from playground.panels.studio.explorer.picture import Picture, added, marks, put
from playground.theme import ThemeManager, number_font
from playground.widgets.heatmap import colour_table, enlarged, shades
from playground.widgets.numbers import written

PIXELS = 240  # of the picture, along each side
HEIGHTS = 9  # about so many lines of equal height
ARROW = 0.2  # of the picture, for the longer partial
INSIDE = 0.04  # of the picture, that tips of arrows keep from its edges
SHORTEST = 0.02
POINT, DOT, HEAD = 13.0, 6.0, 11.0
LINE_OPACITY = 90
DIGITS = 4


class SurfacePicture(Picture):
    """Shows one surface at a time."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, _("The surface"), parent)
        plot = self.plot
        self._surface: Surface | None = None
        self._image = added(plot, pg.ImageItem(axisOrder="row-major"), -2)
        self._lines = added(plot, pg.PlotCurveItem(antialias=True, connect="pairs"), 0)
        self._path = added(plot, pg.PlotDataItem(symbol="o", symbolSize=DOT), 3)
        self._shafts = added(plot, pg.PlotCurveItem(antialias=True, connect="pairs"), 4)
        self._heads = [added(plot, pg.ArrowItem(headLen=HEAD, tipAngle=44), 5) for _axis in "xz"]
        self._words = [added(plot, pg.TextItem(), 6) for _axis in "xz"]
        self._home = added(plot, pg.ScatterPlotItem(size=DOT + 3, antialias=True), 6)
        self._point = added(plot, pg.ScatterPlotItem(size=POINT, antialias=True), 7)
        for words in self._words:
            words.setFont(number_font(12))
        self.axes.left.setGrid(False)
        themes.theme_changed.connect(self.dress)
        self.dress()

    def show_surface(self, surface: Surface) -> None:
        """Draw a surface."""
        self._surface = surface
        self._paint()
        bounds, value = surface.bounds, surface.value
        known = value[np.isfinite(value)]
        heights = marks(float(known.min()), float(known.max()), HEIGHTS) if len(known) else []
        pieces = [contour(value, height, bounds) for height, _mark in heights]
        ends = np.concatenate(pieces).reshape(-1, 2) if pieces else np.empty((0, 2))
        self._lines.setData(ends[:, 0], ends[:, 1])
        across, up = (bounds.left, bounds.right), (bounds.bottom, bounds.top)
        self.frame(across, up, marks(*across, 6), marks(*up, 5))
        self.axes.left.setGrid(False)

    def show_place(
        self, place: Sequence[float], home: Sequence[float], slopes: Sequence[float]
    ) -> None:
        """Draw the place, and from it the partials as arrows that point uphill."""
        (left, right), (bottom, top) = self.plot.getPlotItem().getViewBox().viewRange()
        sides = (right - left, top - bottom)
        lows = (left + INSIDE * sides[0], bottom + INSIDE * sides[1])
        highs = (right - INSIDE * sides[0], top - INSIDE * sides[1])
        put(self._point, [place[0]], [place[1]])
        moved = tuple(home) != tuple(place)
        put(self._home, [home[0]] if moved else [], [home[1]] if moved else [])
        largest = max((abs(s) for s in slopes if np.isfinite(s)), default=0.0)
        shafts = []
        for axis, slope in enumerate(slopes):
            share = slope / largest * ARROW if largest and np.isfinite(slope) else 0.0
            tip = list(place)
            tip[axis] = min(max(tip[axis] + share * sides[axis], lows[axis]), highs[axis])
            shafts += [place, tip]
            away = tip[axis] - (bottom, left)[axis == 0]
            part = away / sides[axis] if share < 0.0 else 1.0 - away / sides[axis]
            self._arrow(axis, tip, share, slope, part)
        ends = np.array(shafts, dtype=np.float64)
        self._shafts.setData(ends[:, 0], ends[:, 1])

    def _arrow(
        self, axis: int, tip: Sequence[float], share: float, slope: float, part: float
    ) -> None:
        """Draw a head and a number at the tip of a partial.

        The number stands beyond the tip if the `part` of the picture there is large enough, else
        beside the arrow.
        """
        head, words = self._heads[axis], self._words[axis]
        head.setVisible(abs(share) > SHORTEST)
        angle = (180 if share > 0 else 0) if axis == 0 else (90 if share > 0 else -90)
        head.setStyle(angle=angle)
        head.setPos(*tip)
        words.setText(written(slope, DIGITS))
        side = 0.0 if share >= 0 else 1.0
        shown = self.plot.getPlotItem().getViewBox().size()
        wide, high = words.boundingRect().width(), words.boundingRect().height()
        if part * shown.width() < wide if axis == 0 else part * shown.height() < high:
            words.setAnchor((1.0 - side, 1.4) if axis == 0 else (-0.3, side))
        else:
            words.setAnchor((side, 0.5) if axis == 0 else (0.5, 1.0 - side))
        words.setPos(*tip)

    def show_descent(self, stops: Sequence[Stop]) -> None:
        """Draw the path that descent took, () for none."""
        known = [stop for stop in stops if not stop.lost]
        self._path.setData([stop.place[0] for stop in known], [stop.place[1] for stop in known])

    def _paint(self) -> None:
        if self._surface is None:
            return
        bounds, value = self._surface.bounds, self._surface.value
        size = float(np.abs(value[np.isfinite(value)]).max(initial=0.0))
        scores = value / size if size > 0.0 else value
        picture = shades(enlarged(scores, PIXELS), colour_table(self.theme))
        self._image.setImage(np.ascontiguousarray(picture), autoLevels=False)
        width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
        self._image.setRect(QRectF(bounds.left, bounds.bottom, width, height))

    def dress(self) -> None:
        """Wear the colours of the theme."""
        theme = self.theme
        faint = QColor(theme.ink)
        faint.setAlpha(LINE_OPACITY)
        self._lines.setPen(pg.mkPen(faint, width=1))
        self._path.setPen(pg.mkPen(theme.ink, width=1.4))
        self._path.setSymbolBrush(theme.ink)
        self._path.setSymbolPen(pg.mkPen(theme.panel, width=1))
        self._shafts.setPen(pg.mkPen(theme.backward, width=3))
        box = QColor(theme.card)
        box.setAlpha(225)
        for head, words in zip(self._heads, self._words, strict=True):
            head.setStyle(brush=theme.backward, pen=None)
            words.setColor(theme.backward)
            words.fill = pg.mkBrush(box)
        self._home.setPen(pg.mkPen(theme.ink, width=1.6))
        self._home.setBrush(theme.panel)
        self._point.setPen(self.rim)
        self._point.setBrush(theme.ink)
        self._paint()
