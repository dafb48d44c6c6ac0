"""The loss plot: how the train and the test loss went, step by step.

The training panel owns one and hands it the curves of every snapshot. It draws at most two points
for each pixel column, thin, so that a frame costs the same after a million steps. It must never
keep more of the curves than it was given last.
"""

from gettext import gettext as _

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.train.snapshot import Snapshot
from playground.panels.plot import bare_plot
from playground.panels.training.curves import Numbers, decades, levels, logarithms, thinned
from playground.panels.training.transport import percent
from playground.theme import ThemeManager, number_font
from playground.training import Curves
from playground.widgets.labels import label, number

HEIGHT = 132
AXIS_WIDTH = 38
AXIS_HEIGHT = 18
MARGIN = 0.05  # of the height, above and below the curves
EMPTY = np.empty(0)
SMALL = 11
FEWEST_STEPS = 5  # before the steps are marked
LEAST_PLAIN, MOST_PLAIN = 1e-3, 1e3


class LossPlot(QWidget):
    """Draws the losses; logarithmic while all of them are positive, unless switched off."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._curves: Curves | None = None
        self._steps, self._train, self._test = EMPTY, EMPTY, EMPTY
        self._plot = bare_plot(self)
        self._plot.setFixedHeight(HEIGHT)
        self._hint = label(_("The losses of a training run are drawn here."), "dim")
        self._hint.setWordWrap(True)
        self._axes = [self._axis("left", AXIS_WIDTH), self._axis("bottom", AXIS_HEIGHT)]
        # The test curve lies below: where both coincide the train curve is seen.
        self._test_curve = self._plot.plot(antialias=True)
        self._train_curve = self._plot.plot(antialias=True)
        self._train_text, self._test_text = number(tone="positive"), number(tone="muted")
        self._logarithmic = self._switch()
        self._lay_out()
        self._dress()
        themes.theme_changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Ask for a wide and low place."""
        return QSize(280, HEIGHT + 30)

    def show_snapshot(self, snapshot: Snapshot | None, curves: Curves | None) -> None:
        """Draw the losses so far, and write the latest ones; None for there are none."""
        self._train_text.setText(
            _("train") + reading(None if snapshot is None else snapshot.train_loss)
        )
        self._train_text.setVisible(snapshot is not None)
        tested = snapshot is not None and snapshot.test_loss is not None
        self._test_text.setVisible(tested)
        if snapshot is not None and tested:
            text = reading(snapshot.test_loss) + share(snapshot.test_accuracy)
            self._test_text.setText(_("test") + text)
        if curves is not None and curves is self._curves:
            return
        self._curves = curves
        self._steps, self._train, self._test = EMPTY, EMPTY, EMPTY
        if curves is not None:
            self._steps, self._train = curves.steps, curves.train
            self._test = EMPTY if curves.test is None else curves.test
        self._draw()

    @property
    def is_logarithmic(self) -> bool:
        """Whether the axis is logarithmic now: wanted, and possible with these losses."""
        both = np.concatenate((self._train, self._test))
        return (
            self._logarithmic.isChecked() and not bool(np.any(both < 0)) and bool(np.any(both > 0))
        )

    def _axis(self, side: str, size: int) -> pg.AxisItem:
        item = self._plot.getPlotItem()
        item.showAxis(side)
        axis = item.getAxis(side)
        axis.setStyle(tickLength=0, tickTextOffset=6, autoExpandTextSpace=False)
        axis.setTickFont(number_font(SMALL))
        (axis.setWidth if side == "left" else axis.setHeight)(size)
        return axis

    def _switch(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(_("log"))
        button.setProperty("kind", "segment")
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolTip(_("Logarithmic axis, while every loss is positive"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(self._draw)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Loss"), "title"))
        head.addStretch(1)
        head.setSpacing(8)
        for shown in (self._train_text, self._test_text):
            shown.setFont(number_font(SMALL + 1))
            head.addWidget(shown)
        head.addWidget(self._logarithmic)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._plot)
        inside = QVBoxLayout(self._plot)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)

    def _draw(self) -> None:
        log = self.is_logarithmic
        columns = max(self._plot.width() - AXIS_WIDTH, 50)
        spans: list[tuple[float, float]] = []
        for curve, numbers in ((self._train_curve, self._train), (self._test_curve, self._test)):
            x, y = thinned(logarithms(numbers) if log else finite(numbers), columns)
            curve.setData(self._at(x), y, connect="finite")
            if np.any(np.isfinite(y)):
                spans.append((float(np.nanmin(y)), float(np.nanmax(y))))
        self._frame(spans, log)

    def _at(self, entries: Numbers) -> Numbers:
        """Return the steps of entries, interpolated between them."""
        if not len(entries):
            return EMPTY
        return np.interp(entries, np.arange(len(self._steps)), self._steps)

    def _frame(self, spans: list[tuple[float, float]], log: bool) -> None:
        """Fit the axes to the curves, and mark round numbers on them."""
        left, bottom = self._axes
        marks: list[tuple[float, str]]
        low = min((span[0] for span in spans), default=0.0)
        high = max((span[1] for span in spans), default=1.0)
        last = max(float(self._steps[-1]) if len(self._steps) else 0.0, 1.0)
        empty = len(self._train) < 2 or not spans
        self._hint.setVisible(empty)
        if empty:
            marks = []
        elif log:
            (low, high), marks = decades(low, high)
        else:
            high = high if high > low else low + max(abs(low), 1.0)
            marks = levels(low, high)
        left.setTicks([marks])
        bottom.setTicks([[] if empty or last < FEWEST_STEPS else levels(0, last, 5)])
        space = (high - low) * MARGIN
        self._plot.setRange(xRange=(0, last), yRange=(low - space, high + space), padding=0)

    def _dress(self) -> None:
        theme = self._themes.current()
        self._plot.setBackground(theme.panel)
        self._train_curve.setPen(pg.mkPen(theme.positive, width=1))
        self._test_curve.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DashLine))
        for axis in self._axes:
            axis.setPen(pg.mkPen(QColor(0, 0, 0, 0)))
            axis.setTextPen(theme.dim)
        self._axes[0].setTickPen(pg.mkPen(theme.hairline))
        self._axes[1].setTickPen(pg.mkPen(theme.panel))
        self._axes[0].setGrid(255)
        self._draw()


def reading(loss: float | None) -> str:
    """Write a loss in few digits that do not dance."""
    if loss is None:
        return ""
    if loss == 0.0:
        return " 0.0"
    return f" {loss:.4f}" if LEAST_PLAIN <= abs(loss) < MOST_PLAIN else f" {loss:.1e}"


def share(accuracy: float | None) -> str:
    """Write an accuracy behind a loss."""
    return "" if accuracy is None else f" · {percent(accuracy)}"


def finite(numbers: Numbers) -> Numbers:
    """Return the numbers with NaN for whatever is not finite."""
    return np.where(np.isfinite(numbers), numbers, np.nan)
