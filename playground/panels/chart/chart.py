"""A chart of curves over steps: axes that follow, a cursor that tells, a part to enlarge.

The training panel has a small one, the pages of the studio have wide ones. A curve is drawn with
at most two points for each column of pixels, so that a frame costs the same after a million steps.
It must never keep more of the curves than it was given last.
"""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.train.log import Marks
from playground.panels.chart.axes import ZERO_DECADES, decades, levels, over_zero, share_marks
from playground.panels.chart.cursor import Cursor
from playground.panels.chart.curves import (
    EMPTY,
    Numbers,
    columns_of,
    decimated,
    finite,
    in_sight,
    least_above_zero,
    logarithms,
    smoothed,
)
from playground.panels.chart.line import SOLID, Line
from playground.panels.chart.window import Window
from playground.panels.plot import AXIS_WIDTH, Axes
from playground.theme import Theme, ThemeManager
from playground.widgets.labels import label

MARGIN = 0.05  # of the height, above and below the curves
FEWEST_STEPS = 5  # before the steps are marked
MOST_SMOOTHED_EDGES = (
    600  # points of a curve whose edges are drawn soft: beyond, they cost too much
)
FAINT = 70  # opacity of what was smoothed, of 255
STEP_PIXELS, LEVEL_PIXELS = 70, 34  # between marks
STILL = 4  # pixels that the mouse may move in a click
KEY_STEP = 8  # pixels that an arrow key moves the cursor


class Curve:
    """What draws one line: thin as it was measured, and smoothed over it; both are reused."""

    def __init__(self, plot: pg.PlotItem) -> None:
        # A `PlotDataItem` would thin the points a second time, and hold them for its symbols.
        self.raw, self.smooth = pg.PlotCurveItem(), pg.PlotCurveItem(antialias=True)
        for item in (self.raw, self.smooth):
            plot.addItem(item, ignoreBounds=True)

    def draw(
        self, x: Numbers, y: Numbers, pen: QPen, soft: tuple[Numbers, Numbers] | None
    ) -> None:
        """Draw the line as measured, and over it as smoothed, where that is wanted."""
        self.raw.setPen(faded(pen) if soft is not None else pen)
        self.raw.setData(x, y, connect="finite", antialias=len(x) <= MOST_SMOOTHED_EDGES)
        if soft is not None or self.smooth.isVisible():
            self.smooth.setPen(pen)
            self.smooth.setData(*(soft or (EMPTY, EMPTY)), connect="finite")
        self.smooth.setVisible(soft is not None)

    def clear(self) -> None:
        """Draw nothing."""
        for item in (self.raw, self.smooth):
            item.setData(EMPTY, EMPTY)


class Chart(QWidget):
    """Draws lines over steps; logarithmic while all of them are positive, if that is wanted.

    Attributes:
        sight: the part of the steps that is in sight; only a `zoomable` one ever changes.
        clicked: the mouse pressed and released at one place.
        drawn: something else is seen than before, such as another part of the steps.
        logarithmic, smoothing: what is wanted; `smoothing` is the weight of `smoothed`, 0 is off.
    """

    clicked = Signal()
    drawn = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        hint: str,
        *,
        zoomable: bool = False,
        shares: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._zoomable, self._shares = zoomable, shares
        self.logarithmic, self.smoothing = not shares, 0.0
        self.lines: Sequence[Line] = ()
        self.marks: Marks = ()
        self.sight = Window()
        self._floor, self._has_zero = 1.0, False  # where 0 lies on a logarithmic axis, if it does
        self._pressed: tuple[float, tuple[float, float]] | None = None
        self._dragged = False
        self._averages: dict[int, tuple[Numbers, float, Numbers]] = {}
        self._axes = Axes(self, themes)
        self.plot = self._axes.plot
        self._hint = label(hint, "dim")
        self._hint.setWordWrap(True)
        self._ticks: pg.PlotDataItem = self.plot.plot()
        self._curves: list[Curve] = []
        self.pointer = Cursor(self.plot, themes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        inside = QVBoxLayout(self.plot)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        self.plot.viewport().setMouseTracking(True)
        self.plot.viewport().installEventFilter(self)
        if zoomable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._dress()
        themes.theme_changed.connect(self._dress)

    # What is drawn -------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line], marks: Marks = ()) -> None:
        """Draw these lines, the first of them on top, and these marks."""
        self.lines, self.marks = lines, marks
        ends = [float(line.steps[-1]) for line in lines if len(line.steps)]
        self.sight.follow(max(ends, default=0.0))
        self.redraw()

    @property
    def is_logarithmic(self) -> bool:
        """Whether the axis is logarithmic now: wanted, and possible with these numbers."""
        if not self.logarithmic:
            return False
        least = [np.fmin.reduce(line.numbers, initial=np.inf) for line in self.lines]
        above = any(np.any(line.numbers > 0) for line in self.lines)
        return above and not any(low < 0 for low in least)

    def redraw(self) -> None:
        """Draw the lines anew, after another wish."""
        log = self.is_logarithmic
        self._find_floor(log)
        spans: list[tuple[float, float]] = []
        while len(self._curves) < len(self.lines):
            self._curves.append(Curve(self.plot.getPlotItem()))
        for depth, (curve, line) in enumerate(zip(self._curves, self.lines, strict=False)):
            curve.raw.setZValue(-2 * depth - 1)
            curve.smooth.setZValue(-2 * depth)
            y = self._draw(curve, line, log)
            if np.any(np.isfinite(y)):
                spans.append((float(np.nanmin(y)), float(np.nanmax(y))))
        for curve in self._curves[len(self.lines) :]:
            curve.clear()
        self._forget_averages()
        self._frame(spans, log)
        self._tell()
        self.drawn.emit()

    def _find_floor(self, log: bool) -> None:
        """Choose one place for 0 on a logarithmic axis: below all that is in sight of any line."""
        seen = [line.numbers[in_sight(line.steps, *self.sight.range)] for line in self.lines]
        least = min((least_above_zero(numbers) for numbers in seen), default=np.inf)
        some = log and np.isfinite(least)
        self._floor = float(least) * 10.0**-ZERO_DECADES if some else 1.0
        self._has_zero = some and any(bool(np.any(numbers <= 0)) for numbers in seen)

    def _draw(self, curve: Curve, line: Line, log: bool) -> Numbers:
        seen = in_sight(line.steps, *self.sight.range)
        steps = line.steps[seen]
        scaled = partial(logarithms, floor=self._floor) if log else finite
        columns = self._columns()
        x, extremes = decimated(steps, finite(line.numbers[seen]), columns)
        y = scaled(extremes)
        soft = None
        if self.smoothing:
            at = slice(None) if len(steps) <= columns else columns_of(steps, columns)
            soft = (steps[at], scaled(self._average(line)[seen][at]))
        curve.draw(x, y, self._pen(line), soft)
        return y

    def _columns(self) -> int:
        return max(int(self.plot.width()) - AXIS_WIDTH, 50)

    def _average(self, line: Line) -> Numbers:
        """Return a line smoothed; what has not changed is not averaged again."""
        known = self._averages.get(id(line.numbers))
        if known is None or known[0] is not line.numbers or known[1] != self.smoothing:
            average = smoothed(line.steps, line.numbers, self.smoothing)
            known = self._averages[id(line.numbers)] = (line.numbers, self.smoothing, average)
        return known[2]

    def _forget_averages(self) -> None:
        alive = {id(line.numbers) for line in self.lines}
        self._averages = {key: soft for key, soft in self._averages.items() if key in alive}

    def _pen(self, line: Line) -> QPen:
        pen = QPen(line.dye(self._themes.current()), 1.0, line.style)
        pen.setCosmetic(True)
        return pen

    # Axes ----------------------------------------------------------------------------------------

    def _frame(self, spans: list[tuple[float, float]], log: bool) -> None:
        """Fit the axes to the curves, and mark round numbers on them."""
        low = min((span[0] for span in spans), default=0.0)
        high = max((span[1] for span in spans), default=1.0)
        first, last = self.sight.range
        empty = not spans or max((len(line.steps) for line in self.lines), default=0) < 2
        self._hint.setVisible(empty)
        wanted = max(2, self.plot.height() // LEVEL_PIXELS)
        marks: list[tuple[float, str]] = []
        if self._shares:
            low, high, marks = share_marks(low)
        elif log and not empty:
            (low, high), marks = decades(low, high)
            if self._has_zero:
                marks = over_zero(math.log10(self._floor), marks)
        elif not empty:
            high = high if high > low else low + max(abs(low), 1.0)
            marks = levels(low, high, min(wanted, 6))
        steps = levels(first, last, max(2, min(10, self._columns() // STEP_PIXELS)))
        unmarked = empty or last < FEWEST_STEPS
        space = (high - low) * MARGIN
        self._axes.frame(
            (first, last),
            (low - space, high + space),
            [] if unmarked else steps,
            [] if empty else marks,
        )
        self._mark(low - space, high + space)

    def _mark(self, bottom: float, top: float) -> None:
        """Draw a line from bottom to top at every mark."""
        x = np.repeat([float(step) for step, _words in self.marks], 2)
        y = np.tile([bottom, top], len(self.marks))
        self._ticks.setVisible(len(x) > 0)
        self._ticks.setData(x, y, connect="pairs")

    # The mouse and the keys ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse over the plot."""
        if isinstance(event, QWheelEvent):
            return self._turn(event)
        if event.type() is QEvent.Type.Leave:
            self.point(None)
        elif isinstance(event, QMouseEvent):
            return self._follow(event)
        return super().eventFilter(watched, event)

    def _follow(self, event: QMouseEvent) -> bool:
        x, kind = event.position().x(), event.type()
        left = Qt.MouseButton.LeftButton
        if kind is QEvent.Type.MouseButtonPress and event.button() is left:
            self._pressed, self._dragged = (x, self.sight.range), False
        elif kind is QEvent.Type.MouseMove and self._pressed is not None:
            self._drag(self._pressed, x)
        elif kind is QEvent.Type.MouseMove:
            self.point(self._step_at(x))
        elif kind is QEvent.Type.MouseButtonRelease and event.button() is left:
            pressed, self._pressed = self._pressed, None
            if pressed is not None and not self._dragged and abs(x - pressed[0]) < STILL:
                self.clicked.emit()
        elif kind is QEvent.Type.MouseButtonDblClick and self._zoomable:
            self.show_all()
        return True

    def _drag(self, pressed: tuple[float, tuple[float, float]], x: float) -> None:
        begin, (first, last) = pressed
        if abs(x - begin) < STILL and not self._dragged:
            return
        self._dragged = True
        if self._zoomable:
            self.sight.show(first - (x - begin) * self._per_pixel(), last - first)
            self.redraw()

    def _turn(self, event: QWheelEvent) -> bool:
        """Zoom about the mouse, or move sideways; one that cannot leaves the wheel to others."""
        if not self._zoomable:
            event.ignore()
            return False
        across, down = event.angleDelta().x(), event.angleDelta().y()
        if abs(across) > abs(down) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            first, last = self.sight.range
            self.sight.show(first - (across or down) / 480 * (last - first), last - first)
        else:
            self.sight.zoom(0.5 ** (down / 240), self._step_at(event.position().x()))
        self.redraw()
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor with the arrow keys, zoom with + and -, show all with Home."""
        keys = Qt.Key
        centre = sum(self.sight.range) / 2 if self.pointer.step is None else self.pointer.step
        moves = {keys.Key_Left: -KEY_STEP, keys.Key_Right: KEY_STEP}
        zooms = {keys.Key_Plus: 0.5, keys.Key_Equal: 0.5, keys.Key_Minus: 2.0}
        if event.key() in moves:
            self.point(self._held(centre + moves[keys(event.key())] * self._per_pixel()))
        elif event.key() in zooms:
            self.sight.zoom(zooms[keys(event.key())], centre)
            self.redraw()
        elif event.key() == keys.Key_Home:
            self.show_all()
        elif event.key() == keys.Key_Escape and self.pointer.step is not None:
            self.point(None)
        else:
            super().keyPressEvent(event)

    def show_all(self) -> None:
        """Show all steps again."""
        self.sight.show_all()
        self.redraw()

    def point(self, step: float | None) -> None:
        """Put the cursor at a step; None takes it away."""
        self.pointer.step = step
        self._tell()

    def _tell(self) -> None:
        near = 6 * self._per_pixel()
        step = self.pointer.step
        about = (
            [] if step is None else [words for at, words in self.marks if abs(at - step) <= near]
        )
        self.pointer.tell(self.lines, about, floor=self._floor if self.is_logarithmic else None)
        self.setAccessibleDescription(self.pointer.words)

    def _held(self, step: float) -> float:
        first, last = self.sight.range
        return min(max(step, first), last)

    def _per_pixel(self) -> float:
        first, last = self.sight.range
        return (last - first) / self._columns()

    def _step_at(self, x: float) -> float:
        return self._held(self.sight.range[0] + (x - AXIS_WIDTH) * self._per_pixel())

    # Looks ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw as many columns as there are now."""
        super().resizeEvent(event)
        self.redraw()

    def sizeHint(self) -> QSize:
        """Ask for a wide place."""
        return QSize(280, 132)

    def _dress(self) -> None:
        theme: Theme = self._themes.current()
        self._ticks.setPen(pg.mkPen(theme.dim, width=1, style=Qt.PenStyle.DotLine))
        self.pointer.dress(theme)
        self.redraw()


def faded(pen: QPen) -> QPen:
    """Return a pen for what lies behind the smoothed line."""
    colour = QColor(pen.color())
    colour.setAlpha(FAINT)
    faint = QPen(colour, 1.0, SOLID)
    faint.setCosmetic(True)
    return faint
