"""A plot with everything taken off that a panel does not use.

Charts, the boundary and the plots of the studio start from it. A plot is made once with its panel
and reused for every document: each new one costs memory that never comes back. It has no menus, no
panning and no zooming; what a click means is for the panel to say.
"""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QWidget

from playground.theme import ThemeManager, number_font

Span = tuple[float, float]
Mark = tuple[float, str]

AXIS_WIDTH, AXIS_HEIGHT = 46, 18  # of marks as wide as 1e104
SMALL = 11
CLEAR = QColor(0, 0, 0, 0)


def bare_plot(parent: QWidget) -> pg.PlotWidget:
    """Return a plot without axes, buttons, menus or mouse behaviour."""
    plot = pg.PlotWidget(parent, background=None)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    plot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(False)
    # pyqtgraph makes a menu all the same, without a parent that would take it away with itself.
    item.ctrlMenu.setParent(plot, item.ctrlMenu.windowFlags())
    item.layout.setContentsMargins(0, 0, 0, 0)
    view = item.getViewBox()
    view.setMouseEnabled(False, False)
    view.setDefaultPadding(0)
    view.disableAutoRange()
    for side in ("left", "bottom"):
        item.hideAxis(side)
    return plot


class Axes:
    """A bare plot with two quiet axes."""

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        self.plot = bare_plot(parent)
        self._themes = themes
        item = self.plot.getPlotItem()
        for side, size in (("left", AXIS_WIDTH), ("bottom", AXIS_HEIGHT)):
            item.showAxis(side)
            axis = item.getAxis(side)
            axis.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)
            axis.setTickFont(number_font(SMALL))
            axis.setZValue(-1)  # a curve that runs along a line, at 100 %, lies over it
            (axis.setWidth if side == "left" else axis.setHeight)(size)
        self.left, self.bottom = item.getAxis("left"), item.getAxis("bottom")
        themes.theme_changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Wear the colours of the theme."""
        theme = self._themes.current()
        self.plot.setBackground(theme.panel)
        for axis in (self.left, self.bottom):
            axis.setPen(pg.mkPen(CLEAR))
            axis.setTextPen(theme.dim)
        self.left.setTickPen(pg.mkPen(theme.hairline))
        self.bottom.setTickPen(pg.mkPen(theme.panel))
        self.left.setGrid(255)

    def frame(
        self, across: Span, up: Span, across_marks: list[Mark], up_marks: list[Mark]
    ) -> None:
        """Fit the axes to ranges, and mark places of them."""
        self.bottom.setTicks([across_marks])
        self.left.setTicks([up_marks])
        self.plot.setRange(xRange=across, yRange=up, padding=0, disableAutoRange=True)
        self.plot.getViewBox().prepareForPaint()  # else it is moved, and painted again, after it
