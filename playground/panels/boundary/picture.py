"""The picture of the boundary panel: shaded scores, the points over them, and the mouse.

Scores along a single axis are a curve, and the points stand at their targets.

It draws what it is given and says where the mouse is, in the coordinates of the features; what
that means is for the panel. The plot never pans, zooms or opens a menu.
"""

from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.boundary import NO_DATA, Bounds
from playground.panels.boundary.reach import Reach
from playground.panels.plot import bare_plot
from playground.theme import ThemeManager
from playground.training import HEIGHT_TO_WIDTH
from playground.widgets.heatmap import Scores, colour_table, enlarged, shades

Numbers = NDArray[np.float64]

PIXELS = 300  # of the picture, along each side
POINT, CHOSEN, PROBE = 8.0, 15.0, 13.0  # diameters in pixels
REACH = 9.0  # how near to a point the mouse has to be, in pixels
RADIUS = 8.0
RIM, TEST_RIM = QColor("white"), QColor("black")
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
CLEAR = QColor(0, 0, 0, 0)
FADES = 8  # strengths of points that are told apart


class Hand(Protocol):
    """What takes the mouse of the picture for itself, such as a brush."""

    def take(self, event: QMouseEvent, place: tuple[float, float]) -> None:
        """Take an event of the mouse, at a place of the plane."""

    def leave(self) -> None:
        """Take note that the mouse has gone."""


class BoundaryPicture(QWidget):
    """Shows scores, points, the chosen one and the probe.

    Attributes:
        hand: who has the mouse instead of those who listen here, None for nobody.
        hovered: the mouse moved; carries x and y.
        left: the mouse went away.
        pressed: the left button was pressed; carries x and y.
    """

    hovered = Signal(float, float)
    left = Signal()
    pressed = Signal(float, float)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.hand: Hand | None = None
        self._scores: Scores | None = None
        self._bounds = NO_DATA
        self._points: Numbers = np.empty((0, 2))
        self._labels: Numbers = np.empty(0)
        self._first_test = 0
        self._strength: Numbers = np.empty(0)
        self._plot = bare_plot(self)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._curve = pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(size=POINT, antialias=True)
        self._ring = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        self._cross = pg.ScatterPlotItem(size=PROBE, symbol="+", antialias=True)
        self._halo = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        for item in (self._image, self._curve, self._dots, self._halo, self._ring, self._cross):
            self._plot.addItem(item)
        self._reach = Reach(self)
        self._corners = Corners(themes, self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        themes.theme_changed.connect(self._dress)
        self._dress()

    # What is shown -------------------------------------------------------------------------------

    def show_scores(self, scores: Scores | None, bounds: Bounds) -> None:
        """Show scores from -1 to 1, the first row at the bottom, or (None) an empty plane.

        A single row is shown as a curve.
        """
        self._scores, self._bounds = scores, bounds
        self.show_part(bounds)
        self._draw_scores()

    def show_part(self, bounds: Bounds) -> None:
        """Show this part of the plane."""
        self._plot.getViewBox().setRange(rectangle(bounds), padding=0)

    def show_points(
        self,
        points: Numbers,
        labels: Numbers,
        first_test: int,
        strength: Numbers | None = None,
    ) -> None:
        """Show points (n, 2) coloured by the sign of their labels; the test points come last.

        `strength` (n,) says from 0 to 1 how much of each is seen; None: all of all.
        """
        self._points, self._labels, self._first_test = points, labels, first_test
        self._strength = np.ones(len(points)) if strength is None else strength
        self._draw_points()

    def choose(self, point: int | None) -> None:
        """Ring a point, None for none."""
        chosen = self._points[point : point + 1] if point is not None else self._points[:0]
        self._halo.setData(pos=chosen)
        self._ring.setData(pos=chosen)

    def show_probe(self, place: tuple[float, float] | None) -> None:
        """Mark a place that is tried out, None for none."""
        self._cross.setData(pos=np.array([place] if place is not None else []).reshape(-1, 2))

    def show_focus(self, on: bool) -> None:
        """Frame the picture while the keyboard steers it."""
        self._corners.focused = on
        self._corners.update()

    def show_reach(self, circle: tuple[float, float, float] | None, colour: QColor = RIM) -> None:
        """Show how far a brush reaches: a place and a radius in pixels; None for no brush."""
        if circle is None:
            self._reach.hide()
        else:
            self._reach.show_circle(self.position_of(*circle[:2]), circle[2], colour)

    def pixel(self) -> Numbers:
        """Return how much of the plane a pixel is, across and up."""
        return np.array(self._plot.getPlotItem().getViewBox().viewPixelSize())

    def near(self, x: float, y: float) -> int | None:
        """Return the point under a place, the nearest of several, None for none."""
        if not len(self._points):
            return None
        away = np.hypot(*((self._points - (x, y)) / self.pixel()).T)
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= REACH else None

    def position_of(self, x: float, y: float) -> QPointF:
        """Return where a place of the plane is, in the coordinates of the picture."""
        box = self._plot.getPlotItem().getViewBox()
        inside = self._plot.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        return QPointF(self._plot.viewport().mapTo(self, inside))

    # Drawing -------------------------------------------------------------------------------------

    def _draw_scores(self) -> None:
        self._corners.bare = self._scores is None or len(self._scores) < 2
        if self._scores is None or len(self._scores) < 2:
            self._image.clear()
            self._draw_curve()
            return
        self._curve.clear()
        picture = shades(enlarged(self._scores, PIXELS), self._table)
        self._image.setImage(picture, levels=None, autoLevels=False)
        self._image.setRect(rectangle(self._bounds))

    def _draw_curve(self) -> None:
        if self._scores is None:
            self._curve.clear()
            return
        [scores] = self._scores
        across = np.linspace(self._bounds.left, self._bounds.right, len(scores))
        self._curve.setData(across, np.asarray(scores, np.float64))

    def _draw_points(self) -> None:
        theme = self._themes.current()
        colours = [theme.map_negative, theme.map_positive]
        strengths = np.rint(self._strength * FADES).astype(int).tolist()
        brushes = {
            (k, s): pg.mkBrush(faded(colours[k], s)) for k in (0, 1) for s in set(strengths)
        }
        rims = {
            (k, s): pg.mkPen(faded(rim, s), width=1)
            for k, rim in enumerate((RIM, TEST_RIM))
            for s in set(strengths)
        }
        self._dots.setData(
            pos=self._points,
            brush=[
                brushes[int(label > 0), s]
                for label, s in zip(self._labels, strengths, strict=True)
            ],
            pen=[rims[int(k >= self._first_test), s] for k, s in enumerate(strengths)],
        )

    def _dress(self) -> None:
        theme = self._themes.current()
        self._table = colour_table(theme)
        self._curve.setPen(pg.mkPen(theme.ink, width=2))
        self._halo.setPen(pg.mkPen(TEST_RIM, width=4))
        self._ring.setPen(pg.mkPen(theme.selection, width=2))
        self._cross.setPen(pg.mkPen(theme.selection, width=1.5))
        self._cross.setBrush(pg.mkBrush(theme.selection))
        self._draw_scores()
        self._draw_points()

    # Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Ask for a place a little wider than high."""
        return QSize(280, round(280 * HEIGHT_TO_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape, so that a unit is as long across as up."""
        super().resizeEvent(event)
        height = round(self.width() * HEIGHT_TO_WIDTH)
        self.setFixedHeight(height)
        for part in (self._plot, self._reach, self._corners):
            part.setGeometry(0, 0, self.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse and the wheel before the plot does."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            place = self._place(event)
            if self.hand is not None:
                self.hand.take(event, place)
                return True
            if kind == QEvent.Type.MouseMove:
                self.hovered.emit(*place)
            elif kind in PRESSES and event.button() is Qt.MouseButton.LeftButton:
                self.pressed.emit(*place)
            return True
        if kind == QEvent.Type.Leave:
            (self.left.emit if self.hand is None else self.hand.leave)()
        return kind in (QEvent.Type.Wheel, QEvent.Type.ContextMenu)

    def _place(self, event: QMouseEvent) -> tuple[float, float]:
        box = self._plot.getPlotItem().getViewBox()
        place = box.mapSceneToView(self._plot.mapToScene(event.position().toPoint()))
        return place.x(), place.y()


class Corners(QWidget):
    """Lies over the picture, rounds its corners and frames it; lets the mouse through.

    Attributes:
        focused: whether the frame is that of the keyboard; bare: whether the plane is empty.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.focused = False
        self.bare = False
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel's colour outside a rounded rectangle, and the frame inside."""
        theme, inside = self._themes.current(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRect(QRectF(self.rect()))
        path.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, theme.panel)
        if self.focused or self.bare:
            frame = QPen(theme.selection, 2) if self.focused else QPen(theme.hairline, theme.lines)
            painter.setPen(frame)
            painter.drawRoundedRect(inside, RADIUS, RADIUS)
        painter.end()


def faded(colour: QColor, strength: int) -> QColor:
    """Return a colour of which so many of FADES parts are seen."""
    seen = QColor(colour)
    seen.setAlphaF(strength / FADES)
    return seen


def rectangle(bounds: Bounds) -> QRectF:
    """Return bounds as a rectangle of the plane."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    return QRectF(bounds.left, bounds.bottom, width, height)
