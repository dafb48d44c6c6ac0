"""What curve, surface and error picture share: axes with names, and a mouse that points at places.

Each is one plot, made once. Pressing and dragging say where; what that means is for the page.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from playground.panels.chart.axes import levels
from playground.panels.plot import Axes, Mark, Span
from playground.theme import Theme, ThemeManager
from playground.widgets.labels import label

Row = Sequence[float] | NDArray[np.float64]

GAP = 6
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
EDGE = 0.015  # of an axis: a mark this near to its end would be cut off


class Picture(QWidget):
    """Axes with a name along each.

    Attributes:
        pressed: the mouse is about to move something.
        moved: the mouse was pressed or dragged; carries the place on the axes.
        stepped: an arrow key was pressed; carries steps to the right and up, ten with Shift.
    """

    pressed = Signal()
    moved = Signal(float, float)
    stepped = Signal(int, int)

    def __init__(self, themes: ThemeManager, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.axes = Axes(self, themes)
        self.plot = self.axes.plot
        self._pressed = False
        self._framed: tuple[Span, Span, list[Mark], list[Mark]] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        view = self.plot.viewport()
        view.installEventFilter(self)
        view.setCursor(Qt.CursorShape.CrossCursor)
        self._across, self._up = label(tone="dim", parent=view), label(tone="dim", parent=view)
        for words in (self._across, self._up):
            words.setProperty("surface", "panel")
            words.setContentsMargins(4, 1, 4, 1)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 120)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)

    @property
    def theme(self) -> Theme:
        """The colours to draw with."""
        return self._themes.current()

    def name_axes(self, across: str, up: str) -> None:
        """Say what runs across and what runs up."""
        for words, text in ((self._across, across), (self._up, up)):
            words.setText(text)
            words.setVisible(bool(text))
            words.adjustSize()
        self._place_names()

    def frame(
        self, across: Span, up: Span, across_marks: list[Mark], up_marks: list[Mark]
    ) -> None:
        """Fit the axes to ranges and mark places, leaving room for the name across."""
        width = max(1.0, self.plot.viewport().width() - self.axes.left.width())
        taken = (self._across.width() + 2 * GAP) / width if self._across.text() else 0.0
        last = across[1] - taken * (across[1] - across[0])
        self.axes.frame(across, up, [mark for mark in across_marks if mark[0] < last], up_marks)
        self._framed = (across, up, across_marks, up_marks)

    def pixel(self, x: float, y: float) -> QPointF:
        """Return where a place of the axes lies in the plot's viewport."""
        box = self.plot.getPlotItem().getViewBox()
        return QPointF(self.plot.mapFromScene(box.mapViewToScene(QPointF(x, y))))

    def _place_names(self) -> None:
        view = self.plot.viewport()
        left = self.axes.left.width() + GAP
        middle = view.height() - self.axes.bottom.height() / 2
        self._up.move(round(left), GAP)
        self._across.move(
            view.width() - self._across.width(), round(middle - self._across.height() / 2)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell where the left button is pressed and dragged, and keep names in their corners."""
        kind = event.type()
        if kind is QEvent.Type.Resize:
            self._place_names()
            if self._framed is not None:
                self.frame(*self._framed)
        if isinstance(event, QMouseEvent):
            left = event.button() is Qt.MouseButton.LeftButton
            if kind is QEvent.Type.MouseButtonPress and left:
                self._pressed = True
                self.pressed.emit()
                self._tell(event)
            elif kind is QEvent.Type.MouseMove and self._pressed:
                self._tell(event)
            elif kind is QEvent.Type.MouseButtonRelease and left:
                self._pressed = False
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step on an arrow key."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.stepped.emit(far * step[0], far * step[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the arrow keys act here."""
        super().focusInEvent(event)
        self.dress()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they no longer do."""
        super().focusOutEvent(event)
        self.dress()

    def dress(self) -> None:
        """Wear the colours of the theme."""
        raise NotImplementedError

    @property
    def rim(self) -> QPen:
        """The pen around the point that is moved: yellow while the arrow keys move it."""
        theme = self.theme
        pen: QPen = pg.mkPen(theme.selection if self.hasFocus() else theme.panel, width=2)
        return pen

    def _tell(self, event: QMouseEvent) -> None:
        box = self.plot.getPlotItem().getViewBox()
        place = box.mapSceneToView(self.plot.mapToScene(event.position().toPoint()))
        (left, right), (bottom, top) = box.viewRange()
        x, y = min(max(place.x(), left), right), min(max(place.y(), bottom), top)
        self.moved.emit(x, y)


def added(plot: pg.PlotWidget, item: pg.GraphicsObject, height: float) -> pg.GraphicsObject:
    """Add an item to a plot at a height among the others."""
    item.setZValue(height)
    plot.addItem(item, ignoreBounds=True)
    return item


def put(spots: pg.ScatterPlotItem, x: Row, y: Row) -> None:
    """Show spots at places; those that are not finite, which would crash Qt, are left out."""
    places = np.array((x, y), dtype=np.float64)
    places = places[:, np.isfinite(places).all(axis=0)]
    spots.setData(places[0], places[1])


def marks(low: float, high: float, wanted: int) -> list[tuple[float, str]]:
    """Return round marks between two numbers, without those at the very ends."""
    edge = EDGE * (high - low)
    found = levels(low, high, wanted)
    return [mark for mark in found if low + edge < mark[0] < high - edge]
