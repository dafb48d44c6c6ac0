"""The picture of the boundary panel: shaded scores, the points over them, and the mouse.

It draws what it is given and says where the mouse is, in the coordinates of the features; what
that means is for the panel. The plot never pans, zooms or opens a menu.
"""

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
from playground.panels.boundary.pushes import DIM, Pushes
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


class BoundaryPicture(QWidget):
    """Shows scores, points, the chosen one and the probe.

    Attributes:
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
        self._scores: Scores | None = None
        self._bounds = NO_DATA
        self._points: Numbers = np.empty((0, 2))
        self._labels: Numbers = np.empty(0)
        self._first_test = 0
        self._plot = bare_plot(self)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._dots = pg.ScatterPlotItem(size=POINT, antialias=True)
        self._ring = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        self._cross = pg.ScatterPlotItem(size=PROBE, symbol="+", antialias=True)
        self._halo = pg.ScatterPlotItem(size=CHOSEN, brush=CLEAR, antialias=True)
        self._pushes = Pushes()
        for item in (
            self._image,
            self._dots,
            self._pushes.item,
            self._halo,
            self._ring,
            self._cross,
        ):
            self._plot.addItem(item)
        self._corners = Corners(themes, self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        themes.theme_changed.connect(self._dress)
        self._dress()

    # What is shown -------------------------------------------------------------------------------

    def show_scores(self, scores: Scores | None, bounds: Bounds) -> None:
        """Show scores from -1 to 1, the first row at the bottom, or (None) an empty plane."""
        self._scores, self._bounds = scores, bounds
        self._plot.getViewBox().setRange(rectangle(bounds), padding=0)
        self._draw_scores()

    def show_points(self, points: Numbers, labels: Numbers, first_test: int) -> None:
        """Show points (n, 2) coloured by the sign of their labels; the test points come last."""
        self._points, self._labels, self._first_test = points, labels, first_test
        self._draw_points()

    def choose(self, point: int | None) -> None:
        """Ring a point, None for none."""
        chosen = self._points[point : point + 1] if point is not None else self._points[:0]
        self._halo.setData(pos=chosen)
        self._ring.setData(pos=chosen)

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
        self._cross.setData(pos=np.array([place] if place is not None else []).reshape(-1, 2))

    def show_focus(self, on: bool) -> None:
        """Frame the picture while the keyboard steers it."""
        self._corners.focused = on
        self._corners.update()

    def near(self, x: float, y: float) -> int | None:
        """Return the point under a place, the nearest of several, None for none."""
        if not len(self._points):
            return None
        scale = np.array(self._plot.getPlotItem().getViewBox().viewPixelSize())
        away = np.hypot(*((self._points - (x, y)) / scale).T)
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= REACH else None

    def position_of(self, x: float, y: float) -> QPointF:
        """Return where a place of the plane is, in the coordinates of the picture."""
        box = self._plot.getPlotItem().getViewBox()
        inside = self._plot.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        return QPointF(self._plot.viewport().mapTo(self, inside))

    # Drawing -------------------------------------------------------------------------------------

    def _draw_scores(self) -> None:
        if self._scores is None:
            self._image.clear()
            return
        picture = shades(enlarged(self._scores, PIXELS), self._table)
        self._image.setImage(picture, levels=None, autoLevels=False)
        self._image.setRect(rectangle(self._bounds))

    def _draw_points(self) -> None:
        theme = self._themes.current()
        colours = [pg.mkBrush(theme.map_negative), pg.mkBrush(theme.map_positive)]
        rims = [pg.mkPen(RIM, width=1), pg.mkPen(TEST_RIM, width=1)]
        self._dots.setData(
            pos=self._points,
            brush=[colours[int(label > 0)] for label in self._labels],
            pen=[rims[int(k >= self._first_test)] for k in range(len(self._points))],
        )

    def _dress(self) -> None:
        theme = self._themes.current()
        self._table = colour_table(theme)
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
        for part in (self._plot, self._corners):
            part.setGeometry(0, 0, self.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse and the wheel before the plot does."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            place = self._place(event)
            if kind == QEvent.Type.MouseMove:
                self.hovered.emit(*place)
            elif kind in PRESSES and event.button() is Qt.MouseButton.LeftButton:
                self.pressed.emit(*place)
            return True
        if kind == QEvent.Type.Leave:
            self.left.emit()
        return kind in (QEvent.Type.Wheel, QEvent.Type.ContextMenu)

    def _place(self, event: QMouseEvent) -> tuple[float, float]:
        box = self._plot.getPlotItem().getViewBox()
        place = box.mapSceneToView(self._plot.mapToScene(event.position().toPoint()))
        return place.x(), place.y()


class Corners(QWidget):
    """Lies over the picture, rounds its corners and frames it; lets the mouse through.

    Attributes:
        focused: whether there is a frame.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.focused = False
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
        if self.focused:
            painter.setPen(QPen(theme.selection, 2))
            painter.drawRoundedRect(inside, RADIUS, RADIUS)
        painter.end()


def rectangle(bounds: Bounds) -> QRectF:
    """Return bounds as a rectangle of the plane."""
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    return QRectF(bounds.left, bounds.bottom, width, height)
