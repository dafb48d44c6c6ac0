"""The page of weights: how those of a layer and their gradients are spread, and how far they move.

Two strips show histograms over the steps, a plot the length of each step's update beside that of
the weights. What it shows is written down by the training worker, seldom while the page is hidden.
"""

from gettext import gettext as _

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.explain.spoken import said
from engine.train.spreads import Ids, Spread, Spreads, Strip
from playground.panels.chart.axes import decades, levels
from playground.panels.chart.curves import logarithms
from playground.panels.plot import Axes
from playground.panels.studio.strips import drawn
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label, number

MARGIN, GAP = 14, 18
GUIDE = -3.0  # log10 of a ratio of which people say that it learns well
FEWEST_STEPS = 5  # before the steps are marked


class WeightsPage(QWidget):
    """A choice of layers, and three plots of the one that is chosen.

    Attributes:
        layer: the choice.
    """

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del settings  # there is nothing to remember
        self._training = session.training
        self._themes = themes
        self._titles: tuple[str, ...] = ()
        self.layer = ChoiceField(_("Layer"), ())
        self.layer.setToolTip(_("Whose weights are shown"))
        self.layer.setMinimumWidth(150)
        self.layer.entered.connect(self._draw)
        self._about = number(tone="muted")
        self._empty = label(
            _("Train, and see here how weights and gradients are spread and how far they move."),
            "muted",
        )
        self._empty.setWordWrap(True)
        self._plots = QWidget(self)
        self.weights, self.gradients = StripPlot(themes), StripPlot(themes)
        self.ratio = RatioPlot(themes)
        self._lay_out()
        self._training.spreads_ready.connect(self._draw)
        session.document_replaced.connect(self._draw)
        themes.theme_changed.connect(self._draw)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for all moments from now on, and for what happened meanwhile."""
        self._training.watch(self, seen=True)
        self._draw()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the worker write down less."""
        self._training.watch(self, seen=False)
        super().hideEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.layer)
        head.addWidget(self._empty, 1)
        head.addStretch(1)
        head.addWidget(self._about)
        grid = QGridLayout(self._plots)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(4)
        for place, (title, plot) in enumerate(
            (
                (_("Weights"), self.weights),
                (_("Gradients"), self.gradients),
                (_("Update beside weights"), self.ratio),
            )
        ):
            grid.addWidget(label(title, "title"), 0, place)
            grid.addWidget(plot, 1, place)
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._plots, 1)
        column.addStretch(0)

    def _draw(self) -> None:
        if not self.isVisible():
            return
        told = self._training.spreads
        self._offer(told)
        spread = self._chosen(told)
        self._empty.setVisible(spread is None)
        for part in (self.layer, self._plots):
            part.setVisible(spread is not None)
        theme = self._themes.current()
        steps = None if told is None else told.steps
        weights, gradients = (None, None) if spread is None else (spread.weights, spread.gradients)
        self.weights.show_strip(weights, steps, theme.positive, theme.negative)
        self.gradients.show_strip(gradients, steps, theme.backward, theme.backward)
        self.ratio.show_ratios(told, self.layer.currentIndex())
        self._about.setText("" if spread is None else summary(spread))

    def _offer(self, told: Spreads | None) -> None:
        """List the layers there are, and keep the one that is chosen if it is still there."""
        titles = () if told is None else tuple(layer.title for layer in told.layers)
        if titles == self._titles:
            return
        kept, self._titles = self.layer.currentText(), titles
        self.layer.offer([(title, title) for title in titles])
        if kept in titles:
            self.layer.setCurrentIndex(titles.index(kept))

    def _chosen(self, told: Spreads | None) -> Spread | None:
        place = self.layer.currentIndex()
        return told.layers[place] if told is not None and 0 <= place < len(told.layers) else None


class PlotWidget(QWidget):
    """A widget that is all plot."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.axes = Axes(self, themes)
        self.setMinimumHeight(90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.axes.plot)

    def _frame(
        self,
        steps: tuple[float, float],
        span: tuple[float, float],
        marks: list[tuple[float, str]],
    ) -> None:
        """Fit the axes to steps and numbers, and mark round ones."""
        first, last = steps
        across = levels(first, last, 4) if last - first >= FEWEST_STEPS else []
        self.axes.frame((first, max(last, first + 1.0)), span, across, marks)


class StripPlot(PlotWidget):
    """Shows histograms over steps."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._image = pg.ImageItem(axisOrder="row-major")
        self.axes.plot.addItem(self._image)

    def show_strip(
        self,
        strip: Strip | None,
        steps: Ids | None,
        above: QColor,
        below: QColor,
    ) -> None:
        """Show a strip, the numbers above zero in one colour and those below in another."""
        picture = None if strip is None or steps is None else drawn(strip, steps, above, below)
        if picture is None or steps is None:
            self._image.clear()
            self._frame((0.0, 1.0), (-1.0, 1.0), [])
            return
        first, last = float(steps[0]), max(float(steps[-1]), float(steps[0]) + 1.0)
        self._image.setImage(picture.pixels, levels=None, autoLevels=False)
        self._image.setRect(QRectF(first, picture.low, last - first, picture.high - picture.low))
        marks = levels(picture.low, picture.high)
        self._frame((first, last), (picture.low, picture.high), marks)


class RatioPlot(PlotWidget):
    """Shows how long updates are beside weights, of all layers, on a logarithmic axis."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._curves: list[pg.PlotDataItem] = []
        self._guide = pg.InfiniteLine(GUIDE, angle=0)
        self.axes.plot.addItem(self._guide)
        self.setToolTip(_("Around 1e−3 a layer learns neither too slowly nor too wildly"))

    def show_ratios(self, told: Spreads | None, chosen: int) -> None:
        """Draw the ratios of all layers, the chosen one on top."""
        theme = self._themes.current()
        self._guide.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DashLine))
        layers = () if told is None else told.layers
        while len(self._curves) < len(layers):
            self._curves.append(self.axes.plot.plot(antialias=True))
        low, high = GUIDE - 0.5, GUIDE + 0.5
        for place, curve in enumerate(self._curves):
            curve.setVisible(place < len(layers))
            if told is None or place >= len(layers):
                continue
            y = logarithms(layers[place].ratio, floor=np.nan)
            curve.setData(told.steps.astype(np.float64), y, connect="finite")
            colour = theme.ink if place == chosen else theme.dim
            curve.setPen(pg.mkPen(colour, width=2 if place == chosen else 1))
            curve.setZValue(place == chosen)
            low = min(low, float(np.nanmin(y)) if np.isfinite(y).any() else low)
            high = max(high, float(np.nanmax(y)) if np.isfinite(y).any() else high)
        (low, high), marks = decades(low, high)
        steps = (0.0, 1.0) if told is None else (float(told.steps[0]), float(told.steps[-1]))
        self._frame(steps, (low - 0.1, high + 0.1), marks)


def summary(spread: Spread) -> str:
    """Say the latest numbers of a layer."""
    weights, gradients = spread.weights, spread.gradients
    return _("weights {a} to {b} · gradients {c} to {d} · update {e} of weights").format(
        a=said(float(weights.low[-1])),
        b=said(float(weights.high[-1])),
        c=said(float(gradients.low[-1])),
        d=said(float(gradients.high[-1])),
        e=f"{spread.ratio[-1]:.1e}".replace("-", "−"),
    )
