"""The picture of the boundary: coloured scores, what lies over them, the points, and the mouse.

Scores along a single axis are a curve, and the points stand at their targets.

It draws what it is given and says where the mouse is, in the coordinates of the features; what
that means is for the panel. The plot never pans, zooms or opens a menu.
"""

from functools import cache
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.boundary import Boundary, Bounds
from playground.panels.boundary.overlays import Overlays, put_spots
from playground.panels.boundary.pushes import DIM, Pushes
from playground.panels.boundary.reach import Reach
from playground.panels.plot import bare_plot
from playground.theme import ThemeManager
from playground.training import HEIGHT_TO_WIDTH
from playground.widgets.shading import Shading

Numbers = NDArray[np.float64]

PIXELS, LARGE_PIXELS = 300, 600  # of the picture, along each side
POINT, CHOSEN, PROBE = 8.0, 15.0, 13.0  # diameters in pixels
REACH = 9.0  # how near to a point the mouse has to be, in pixels
LINE_REACH = 5.0  # and how near to a line
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
    """Shows a boundary, points, the chosen one and the probe.

    It is as high as its width calls for; a `large` one is as large as its place allows.

    Attributes:
        hand: who has the mouse instead of those who listen here, None for nobody.
        overlays: what lies between the colours and the points.
        hovered: the mouse moved; carries x and y.
        left: the mouse went away.
        pressed: the left button was pressed; carries x and y.
        resized: the picture has another size.
    """

    hovered = Signal(float, float)
    left = Signal()
    pressed = Signal(float, float)
    resized = Signal()

    def __init__(
        self, themes: ThemeManager, parent: QWidget | None = None, *, large: bool = False
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self.hand: Hand | None = None
        self._large = large
        self._boundary: Boundary | None = None
        self._shading: Shading | None = None
        self._points: Numbers = np.empty((0, 2))
        self._plot = bare_plot(self)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._curve = pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(size=POINT, antialias=True)
        self._ring = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        self._cross = pg.ScatterPlotItem(size=PROBE, symbol="+", antialias=True)
        self._halo = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        self._pushes = Pushes()
        self.overlays = Overlays(self._plot)
        for height, item in (
            (0, self._image),
            (2, self._curve),
            (3, self._dots),
            (5, self._pushes.item),
            (6, self._halo),
            (7, self._ring),
            (8, self._cross),
        ):
            item.setZValue(height)
            self._plot.addItem(item)
        self._reach = Reach(self)
        self._corners = Corners(themes, self)
        down = QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        themes.theme_changed.connect(self._dress)
        self._dress()

    # What is shown -------------------------------------------------------------------------------

    def show_boundary(self, boundary: Boundary | None, bounds: Bounds, shading: Shading) -> None:
        """Show a part of the plane, with a boundary in colours or as a curve, if there is one."""
        self._boundary, self._shading = boundary, shading
        self._plot.getViewBox().setRange(rectangle(bounds), padding=0)
        self._draw_scores()

    def show_points(
        self,
        points: Numbers,
        colours: list[QColor],
        tests: list[bool],
        seen: Numbers | None = None,
    ) -> None:
        """Show points (n, 2) in their colours; those for the test have a dark rim.

        `seen` (n,) tells from 0 to 1 how much of each is seen; None: all of all.
        """
        self._points = points
        strengths = np.ones(len(points)) if seen is None else seen
        parts = np.rint(strengths * FADES).astype(int).tolist()
        rims = [TEST_RIM if test else RIM for test in tests]
        self._dots.setData(
            pos=points,
            brush=[filling(c.rgba(), part) for c, part in zip(colours, parts, strict=True)],
            pen=[rim(c.rgba(), part) for c, part in zip(rims, parts, strict=True)],
        )

    def choose(self, point: int | None) -> None:
        """Ring a point, None for none."""
        chosen = self._points[point : point + 1] if point is not None else self._points[:0]
        put_spots(self._halo, chosen)
        put_spots(self._ring, chosen)

    def show_pushes(self, pushes: Numbers | None, *, signed: bool = True) -> None:
        """Show how hard the first points push, (n,), and let the points step back; None: do not.

        Unless they are `signed`, they have no direction.
        """
        self._dots.setOpacity(1.0 if pushes is None else DIM)
        if pushes is None:
            self._pushes.clear()
        else:
            self._pushes.show(self._points, pushes, self._themes.current(), signed=signed)

    def show_probe(self, place: tuple[float, float] | None) -> None:
        """Mark a place that is tried out, None for none."""
        put_spots(self._cross, np.array([place] if place is not None else []).reshape(-1, 2))

    def show_focus(self, on: bool) -> None:
        """Frame the picture while the keyboard steers it."""
        self._corners.focused = on
        self._corners.update()

    def show_reach(self, circle: tuple[float, float, float] | None) -> None:
        """Show how far a brush reaches: a place and a radius in pixels; None for no brush."""
        if circle is None:
            self._reach.hide()
        else:
            self._reach.show_circle(self.position_of(*circle[:2]), circle[2])

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

    def near_bend(self, x: float, y: float) -> int | None:
        """Return the number of the bend under a place, None for none."""
        return self.overlays.near(np.array((x, y)), self.pixel(), LINE_REACH)

    def position_of(self, x: float, y: float) -> QPointF:
        """Return where a place of the plane is, in the coordinates of the picture."""
        box = self._plot.getPlotItem().getViewBox()
        inside = self._plot.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        return QPointF(self._plot.viewport().mapTo(self, inside))

    # Drawing -------------------------------------------------------------------------------------

    def _draw_scores(self) -> None:
        boundary, plane = self._boundary, None
        if boundary is not None and len(boundary.axes) > 1:
            plane = boundary
        self._corners.bare = plane is None
        if boundary is not None and plane is None:
            across = np.linspace(boundary.bounds.left, boundary.bounds.right, boundary.side)
            self._curve.setData(across, boundary.curve)
        self._curve.setVisible(boundary is not None and plane is None)
        if plane is None or self._shading is None:
            self._image.clear()
            return
        pixels = LARGE_PIXELS if self._large else PIXELS
        picture = self._shading.picture(plane, pixels)
        self._image.setImage(picture, levels=None, autoLevels=False)
        self._image.setRect(rectangle(plane.bounds))

    def _dress(self) -> None:
        theme = self._themes.current()
        self.overlays.dress(theme)
        self._curve.setPen(pg.mkPen(theme.ink, width=2 * theme.lines))
        self._halo.setPen(pg.mkPen(TEST_RIM, width=4))
        self._ring.setPen(pg.mkPen(theme.selection, width=2))
        self._cross.setPen(pg.mkPen(theme.selection, width=1.5))
        self._cross.setBrush(pg.mkBrush(theme.selection))

    # Qt ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Ask for a place a little wider than high."""
        return QSize(280, round(280 * HEIGHT_TO_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape, so that a unit is as long across as up."""
        super().resizeEvent(event)
        width = self.width()
        if self._large:
            width = min(width, round(self.height() / HEIGHT_TO_WIDTH))
        height = round(width * HEIGHT_TO_WIDTH)
        if not self._large:
            self.setFixedHeight(height)
        for part in (self._plot, self._corners):
            part.setGeometry(0, 0, width, height)
        self._reach.setGeometry(0, 0, self.width(), height)
        self.resized.emit()

    @property
    def pixels(self) -> float:
        """How many pixels of the screen the picture is wide."""
        return float(self._plot.width() * self.devicePixelRatioF())

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


# pyqtgraph draws a symbol for each brush and pen that it has not met yet, alike as they may be.
@cache
def filling(colour: int, part: int) -> QBrush:
    """Return the one brush of a colour of which so many of FADES parts are seen."""
    return QBrush(faded(colour, part))


@cache
def rim(colour: int, part: int) -> QPen:
    """Return the one pen of such a colour."""
    pen = QPen(faded(colour, part), 1)
    pen.setCosmetic(True)
    return pen


def faded(colour: int, part: int) -> QColor:
    """Return a colour of which so many of FADES parts are seen."""
    seen = QColor(colour)
    seen.setAlphaF(part / FADES)
    return seen


def rectangle(bounds: Bounds) -> QRectF:
    """Return bounds as a rectangle of the plane."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    return QRectF(bounds.left, bounds.bottom, width, height)
