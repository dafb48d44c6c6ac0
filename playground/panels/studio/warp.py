"""Paints the plane as a layer bends it: coloured cells, the grid between them, and the data.

The page of space owns one and says what to paint and how far it is bent. Cells that fold over each
other shine through. Nothing here measures.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.boundary import Boundary
from engine.train.samples import Samples
from engine.train.space import Space
from playground.theme import ThemeManager
from playground.widgets.shading import Shading

Numbers = NDArray[np.float64]

ROOM = 0.92  # of the shorter side, for what lies between -1 and 1
RADIUS = 8.0
CELL, GRID, RIM_LINE = 150, 110, 1.4  # opacities of cells and lines, width of the rim
POINT, RIM = 7.0, 1.2


class WarpPicture(QWidget):
    """Shows one space; `bend` says how far, from 0 (the plane) to 1 (the layer)."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._bent = 1.0
        self._space: Space | None = None
        self._colours: list[QColor] = []
        self._groups: list[tuple[QColor, bool, NDArray[np.intp]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        themes.theme_changed.connect(self.update)

    def show_space(self, space: Space, samples: Samples | None, shading: Shading) -> None:
        """Show a space with the samples it was measured with."""
        self._space = space
        self._colours = cells(space.boundary, shading, space.plane.shape[0] - 1)
        self._groups = [] if samples is None else grouped(samples, space.rows, shading)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._space = None
        self.update()

    def bend(self, share: float) -> None:
        """Bend the plane so far."""
        self._bent = share
        self.update()

    def places(self) -> tuple[Numbers, Numbers]:
        """Return where the grid (side, side, 2) and the samples (n, 2) are, in pixels."""
        space = self._space
        if space is None:
            return np.empty((0, 0, 2)), np.empty((0, 2))
        half = ROOM * min(self.width(), self.height()) / 2
        middle, scale = (self.width() / 2, self.height() / 2), (half, -half)
        part = self._bent
        grid = (1 - part) * space.plane + part * space.bent
        points = (1 - part) * space.before + part * space.after
        return grid * scale + middle, points * scale + middle

    def sizeHint(self) -> QSize:
        """Ask for room."""
        return QSize(420, 280)

    # Painting ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cells, grid and points."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.hairline, theme.lines))
        painter.setBrush(theme.background)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self._space is not None:
            grid, points = self.places()
            self._paint_cells(painter, grid)
            self._paint_grid(painter, grid)
            self._paint_points(painter, points)
        painter.end()

    def _paint_cells(self, painter: QPainter, grid: Numbers) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # else seams shine through
        corners = np.stack((grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]), axis=2)
        quads = corners.reshape(-1, 4, 2).tolist()
        for colour, quad in zip(self._colours, quads, strict=False):
            painter.setBrush(colour)
            painter.drawConvexPolygon([QPointF(x, y) for x, y in quad])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_grid(self, painter: QPainter, grid: Numbers) -> None:
        theme = self._themes.current()
        faint = QColor(theme.ink)
        faint.setAlpha(GRID)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [*grid[::2], *grid.transpose(1, 0, 2)[::2]]
        painter.setPen(QPen(faint, theme.lines))
        for line in lines:
            painter.drawPolyline(polygon(line))
        rim = np.concatenate((grid[0], grid[1:, -1], grid[-1, -2::-1], grid[-2::-1, 0]))
        painter.setPen(QPen(theme.muted, RIM_LINE * theme.lines))
        painter.drawPolyline(polygon(rim))

    def _paint_points(self, painter: QPainter, points: Numbers) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, test, rows in self._groups:
            for size, brush in (
                (POINT + 2 * RIM, QColor("black" if test else "white")),
                (POINT, colour),
            ):
                painter.setBrush(brush)
                path = QPainterPath()
                path.setFillRule(Qt.FillRule.WindingFill)
                for x, y in points[rows].tolist():
                    path.addEllipse(QPointF(x, y), size / 2, size / 2)
                painter.drawPath(path)


def polygon(points: Numbers) -> QPolygonF:
    """Return points (n, 2) for Qt."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def cells(boundary: Boundary | None, shading: Shading, side: int) -> list[QColor]:
    """Return the colours of the cells of a grid, row by row from the bottom."""
    if boundary is None:
        return []
    fine = shading.picture(boundary, 2 * side + 1)[1::2, 1::2]  # the middles of the cells
    colours = [QColor(*row) for row in fine.reshape(-1, 4).tolist()]
    for colour in colours:
        colour.setAlpha(min(colour.alpha(), CELL))
    return colours


def grouped(
    samples: Samples, rows: NDArray[np.int64], shading: Shading
) -> list[tuple[QColor, bool, NDArray[np.intp]]]:
    """Return the rows of a space's points by colour and by whether they are for the test."""
    fitting = np.flatnonzero(rows < len(samples))
    colours = shading.points(samples.labels[rows[fitting]])
    found: dict[tuple[int, bool], list[int]] = {}
    for place, colour in zip(fitting.tolist(), colours, strict=True):
        test = bool(rows[place] >= samples.train.stop)
        found.setdefault((colour.rgba(), test), []).append(place)
    return [
        (QColor.fromRgba(rgba), test, np.array(places, np.intp))
        for (rgba, test), places in found.items()
    ]
