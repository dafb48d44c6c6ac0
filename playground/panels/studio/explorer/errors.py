"""The picture of errors: how far the slope from two points is off, for every h.

h falls from left to right: first the curve bends away from the secant, then the digits of f are
rounded off. Dragging chooses h.
"""

from gettext import gettext as _
from math import log10

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.run.secant import SMALLEST, ErrorCurve
from playground.panels.chart.axes import decades, over_zero
from playground.panels.studio.explorer.picture import Picture, added, put
from playground.panels.studio.explorer.readings import Look, Sample
from playground.theme import ThemeManager
from playground.widgets.labels import Elided, label
from playground.widgets.numbers import written

Numbers = NDArray[np.float64]

POINT, BEST = 9.0, 13.0
ROOM = 0.7  # decades above and below, and at the sides: a ring is whole there
CLEAR = QColor(0, 0, 0, 0)
SPAN = (-ROOM, -SMALLEST + ROOM)  # of h on the axis: minus its exponent


class ErrorPicture(Picture):
    """Shows the errors at one place.

    Attributes:
        words: which h is best, and how good it is.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, _("Errors of the slope, by h"), parent)
        plot = self.plot
        self.words = ""
        self._floor = -16.0
        self._theory = [added(plot, pg.PlotCurveItem(antialias=True), 0) for _side in "lr"]
        self._central = added(plot, pg.PlotCurveItem(antialias=True), 1)
        self._forward = added(plot, pg.PlotCurveItem(antialias=True), 2)
        self._line = added(plot, pg.InfiniteLine(angle=90, movable=False), 1)
        self._best = added(plot, pg.ScatterPlotItem(size=BEST, brush=CLEAR, antialias=True), 3)
        self._point = added(plot, pg.ScatterPlotItem(size=POINT, antialias=True), 4)
        self.name_axes("h", "")
        themes.theme_changed.connect(self.dress)
        self.dress()

    def show_errors(self, errors: ErrorCurve) -> None:
        """Draw the errors; an error of 0 lies at the bottom."""
        both = np.concatenate((errors.forward, errors.central))
        known = both[np.isfinite(both) & (both > 0.0)]
        low = log10(known.min()) if len(known) else -16.0
        high = log10(known.max()) if len(known) else 0.0
        (bottom, top), marks = decades(low - ROOM, high + ROOM)
        self._floor = bottom
        marks = over_zero(bottom, marks) if (both == 0.0).any() else marks
        x = -np.log10(errors.h)
        self._forward.setData(x, self._heights(errors.forward), connect="finite")
        self._central.setData(x, self._heights(errors.central), connect="finite")
        for item, line in zip(self._theory, (errors.truncation, errors.rounding), strict=True):
            with np.errstate(all="ignore"):
                heights = np.log10(line)
            heights[heights < bottom] = np.nan
            item.setData(x, heights, connect="finite")
        best = errors.best(errors.forward)
        self._best.setData([], [])
        self.words = ""
        if best is not None:
            self._best.setData([x[best]], self._heights(errors.forward[[best]]))
            self.words = _("Least error {error} at h = {h}").format(
                h=written(float(errors.h[best]), 2),
                error=written(float(errors.forward[best]), 2),
            )
        across = [(float(k), "1" if k == 0 else f"1e-{k}") for k in range(0, 1 - SMALLEST, 3)]
        self.frame(SPAN, (bottom - ROOM, top), across, marks)

    def show_h(self, h: float, error: float) -> None:
        """Mark the h that is chosen, and its error."""
        x = -log10(abs(h))
        self._line.setPos(x)
        height = self._heights(np.array([abs(error)]))
        put(self._point, [x], height)

    def _heights(self, errors: Numbers) -> Numbers:
        with np.errstate(all="ignore"):
            return np.maximum(np.log10(errors), self._floor)

    def dress(self) -> None:
        """Wear the colours of the theme."""
        theme = self.theme
        for line in self._theory:
            line.setPen(pg.mkPen(theme.dim, width=1.2, style=Qt.PenStyle.DotLine))
        self._central.setPen(pg.mkPen(theme.dim, width=1.6))
        self._forward.setPen(pg.mkPen(theme.ink, width=1.8))
        self._line.setPen(pg.mkPen(theme.muted, width=1))
        self._best.setPen(pg.mkPen(theme.go, width=2))
        self._point.setPen(self.rim)
        self._point.setBrush(theme.ink)


class ErrorPanel(QWidget):
    """The picture between what it says and what its lines are.

    Attributes:
        picture: the errors.
        about: which h is best, in words.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = ErrorPicture(themes)
        self.about = Elided()
        self.about.setProperty("tone", "muted")
        legend = QHBoxLayout()
        legend.setSpacing(6)
        looks: tuple[tuple[Look, str], ...] = (
            ("document", _("forward")),
            ("central", _("central")),
            ("theory", _("theory")),
        )
        tips: dict[Look, str] = {
            "document": _("The error of (f(x + h) − f(x)) / h"),
            "central": _("The error of (f(x + h) − f(x − h)) / 2h"),
            "theory": _("|f″| h / 2 from the bend of the curve, ε |f| / h from rounding"),
        }
        for look, words in looks:
            named = label(words, "dim")
            named.setToolTip(tips[look])
            legend.addWidget(Sample(themes, look))
            legend.addWidget(named)
        legend.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.picture, 1)
        column.addLayout(legend)

    def show_errors(self, errors: ErrorCurve, slope: str) -> None:
        """Draw the errors of a slope, given its name, and say which h is best."""
        self.picture.show_errors(errors)
        self.about.setText(self.picture.words)
        self.about.setToolTip(
            _("How far slopes from two points are from {slope}").format(slope=slope)
        )
