"""A plot with everything taken off that a panel does not use.

The loss and the boundary panel start from it. A plot is made once with its panel and reused for
every document: each new one costs memory that never comes back. It has no menus, no panning and
no zooming; what a click means is for the panel to say.
"""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget


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
