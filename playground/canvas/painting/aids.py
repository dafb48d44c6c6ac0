"""Paints what helps the hand: the line of a lasso, and the guides that something is aligned by."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.canvas.painting.lens import Lens
from playground.canvas.painting.primitives import Brushwork
from playground.theme import Theme

Floats = NDArray[np.float64]

OVERHANG = 8.0  # pixels that a guide is longer than what it joins
TICK = 4.0  # pixels to either side of a gap's end


def paint_lasso(painter: QPainter, line: Floats, lens: Lens, theme: Theme) -> None:
    """Paint a line (n, 2) and, fainter, how it would be closed."""
    points = [QPointF(x, y) for x, y in lens.points(line).tolist()]
    fill = QColor(theme.selection)
    fill.setAlphaF(0.08)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(points), Qt.FillRule.OddEvenFill)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.selection, max(1.0, 1.25 * lens.ratio))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    pen.setDashPattern((3.0, 4.0))
    painter.setPen(pen)
    painter.drawLine(points[-1], points[0])


def paint_guides(
    painter: QPainter, brushwork: Brushwork, guides: Floats, lens: Lens, theme: Theme
) -> None:
    """Paint lines (n, 4), a pixel thin and a little longer than what they join."""
    ends = lens.points(guides.reshape(-1, 2)).reshape(-1, 2, 2)
    along = np.sign(ends[:, 1] - ends[:, 0]) * OVERHANG * lens.ratio
    ends[:, 0] -= along
    ends[:, 1] += along
    _paint_thin(painter, brushwork, ends, lens, theme)


def paint_gaps(
    painter: QPainter, brushwork: Brushwork, gaps: Floats, lens: Lens, theme: Theme
) -> None:
    """Paint lines (n, 4) through equal gaps, a tick at either end."""
    ends = lens.points(gaps.reshape(-1, 2)).reshape(-1, 2, 2)
    aside = np.sign(ends[:, 1] - ends[:, 0])[:, ::-1] * TICK * lens.ratio
    ticks = [np.stack((ends[:, end] - aside, ends[:, end] + aside), axis=1) for end in (0, 1)]
    _paint_thin(painter, brushwork, np.concatenate((ends, *ticks)), lens, theme)


def _paint_thin(
    painter: QPainter, brushwork: Brushwork, ends: Floats, lens: Lens, theme: Theme
) -> None:
    """Paint lines between device pixels (n, 2, 2), sharp and a little faint."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    colour = QColor(theme.selection)
    colour.setAlphaF(0.75)
    painter.setPen(QPen(colour, max(1.0, round(lens.ratio))))
    brushwork.lines(painter, np.rint(ends).reshape(-1, 4))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
