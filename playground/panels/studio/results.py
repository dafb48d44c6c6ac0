"""The page of the results: accuracy over time, how classes are confused, how numbers are met.

What is predicted of every sample is measured by the worker, and only while the page is seen.
"""

from gettext import gettext as _

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.train.results import Part, Results
from engine.train.snapshot import Snapshot
from playground.panels.boundary.words import class_names
from playground.panels.chart import Chart, Line
from playground.panels.chart.axes import levels
from playground.panels.chart.line import DASHED
from playground.panels.chart.switches import switch
from playground.panels.plot import Axes
from playground.panels.studio.confusion import ConfusionMatrix
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.training import Curves
from playground.widgets.labels import label, number
from playground.widgets.numbers import percent, written

MARGIN = 14
HEAD = 30
SPOT = 6


class ResultsPage(QWidget):
    """Accuracies at the left, what is predicted at the right."""

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del settings  # there is nothing to remember
        self._session = session
        self._rounds: dict[tuple[int, int], int] = {}
        hint = _("The share of samples that are predicted right is drawn here.")
        self.chart = Chart(themes, hint, zoomable=True, shares=True)
        self.chart.setAccessibleName(_("Accuracy"))
        self.chart.setToolTip(_("The wheel zooms, a drag moves, a double click shows all"))
        self.matrix = ConfusionMatrix(themes)
        self.scatter = Scatter(themes)
        self._empty = label(
            _("Nothing is predicted yet: mark a prediction in a document with data, and train."),
            "muted",
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = label(_("Confusion"), "title")
        self.accuracy, self.score = number(tone="go"), number(tone="muted")
        self.tests = switch(_("test points"), _("Look at the test points, not those learned from"))
        self.shares = switch(_("shares"), _("Shares of each true class instead of counts"))
        self._accuracies = QWidget(self)
        self._stack = QStackedWidget(self)
        for part in (self._empty, self.matrix, self.scatter):
            self._stack.addWidget(part)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(self._accuracies), QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        head, over = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(_("Accuracy"), "title"))
        head.addStretch(1)
        head.addWidget(self.accuracy)
        for line in (head, over):
            line.addStrut(HEAD)
        over.addWidget(self._title)
        over.addStretch(1)
        over.setSpacing(8)
        for part in (self.score, self.shares, self.tests):
            over.addWidget(part)
        left.addLayout(head)
        left.addWidget(self.chart, 1)
        right.addLayout(over)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        row.setSpacing(2 * MARGIN)
        for half in (left, right):
            half.setSpacing(6)
        row.addWidget(self._accuracies, 1)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        training = self._session.training
        training.snapshot_ready.connect(self._follow)
        training.results_ready.connect(self._show)
        self._session.document_replaced.connect(self._start_over)
        self.tests.toggled.connect(self._again)
        self.shares.toggled.connect(self._share)
        self.matrix.chosen.connect(self._look)

    # What is shown -------------------------------------------------------------------------------

    def _follow(self, snapshot: Snapshot) -> None:
        if self.isVisible():
            shares = (snapshot.train_accuracy, snapshot.test_accuracy)
            words = " / ".join(percent(share) for share in shares if share is not None)
            self.accuracy.setText(words)
            curves = self._session.training.curves
            self.chart.show_lines(accuracy_lines(curves), () if curves is None else curves.marks)

    def _again(self, _on: bool = False) -> None:
        self._show(self._session.training.results)

    def _share(self, on: bool) -> None:
        self.matrix.show_shares(on=on)

    def _show(self, results: Results | None) -> None:
        if not self.isVisible():
            return
        self.tests.setEnabled(results is not None and results.test is not None)
        part = self.part(results)
        self._accuracies.setVisible(part is not None and part.counts is not None)
        for shown in (self._title, self.tests):
            shown.setVisible(part is not None)
        self.shares.setVisible(part is not None and part.counts is not None)
        self.score.setText("")
        if part is None:
            self._stack.setCurrentWidget(self._empty)
        elif part.counts is not None:
            self._title.setText(_("Confusion"))
            names = class_names(self._session.document, len(part.counts))
            self.matrix.show_counts(part.counts, tuple(names))
            self._stack.setCurrentWidget(self.matrix)
        else:
            self._title.setText(_("Predicted and true"))
            known = part.r_squared
            self.score.setText("" if known is None else f"R² {written(known, 4)}")
            self.scatter.show_part(part)
            self._stack.setCurrentWidget(self.scatter)

    def part(self, results: Results | None) -> Part | None:
        """Return the samples that are looked at."""
        if results is None:
            return None
        return results.test if self.tests.isChecked() and results.test else results.train

    def _look(self, true: int, taken: int) -> None:
        """Show the next of the samples in a cell on the canvas and the boundary."""
        part = self.part(self._session.training.results)
        rows = [] if part is None else part.rows(true, taken)
        if rows:
            turn = self._rounds.get((true, taken), -1) + 1
            self._rounds[true, taken] = turn
            self._session.set_sample(rows[turn % len(rows)])

    def _start_over(self) -> None:
        self._rounds.clear()
        self.accuracy.setText("")
        self.chart.show_lines(())
        self._again()

    def showEvent(self, event: QShowEvent) -> None:
        """Have everything measured, and catch up."""
        super().showEvent(event)
        self._session.training.want_results(on=True)
        self._start_over()
        if self._session.training.snapshot is not None:
            self._follow(self._session.training.snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Have nothing measured any more."""
        super().hideEvent(event)
        self._session.training.want_results(on=False)
        self.chart.point(None)


class Scatter(QWidget):
    """A plot of predicted against true numbers, with the line on which both are the same."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.axes = Axes(self, themes)
        self.plot = self.axes.plot
        self.axes.bottom.setGrid(255)
        self._same = self.plot.plot()
        self.spots = pg.ScatterPlotItem(size=SPOT, pen=None)
        self.plot.addItem(self.spots)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(_("across: true · up: predicted"), "dim"))
        column.addWidget(self.plot)
        self.setAccessibleName(_("Predicted against true numbers"))
        self._dress()
        themes.theme_changed.connect(self._dress)

    def show_part(self, part: Part) -> None:
        """Show some samples; what is not finite is left out."""
        shown = np.isfinite(part.told) & np.isfinite(part.truth)
        x, y = part.truth[shown], part.told[shown]
        self.spots.setData(x, y)
        if not len(x):
            self._same.setData([], [])
            return
        low, high = float(min(x.min(), y.min())), float(max(x.max(), y.max()))
        space = 0.05 * (high - low) or 0.5
        ends = (low - space, high + space)
        self._same.setData(ends, ends)
        self.axes.frame(ends, ends, levels(*ends, 6), levels(*ends, 6))

    def _dress(self) -> None:
        theme = self._themes.current()
        brush = QColor(theme.positive)
        brush.setAlpha(170)
        self.spots.setBrush(brush)
        self._same.setPen(pg.mkPen(theme.dim, width=1, style=Qt.PenStyle.DashLine))
        self.axes.bottom.setTickPen(pg.mkPen(theme.hairline))


def accuracy_lines(curves: Curves | None) -> list[Line]:
    """Return the lines of train and test accuracy, as far as there are any."""
    known = None if curves is None else curves.accuracies
    if known is None:
        return []
    train = Line(_("train"), known.steps, known.train, epochs=known.epochs)
    if known.test is None:
        return [train]
    return [train, Line(_("test"), known.steps, known.test, "muted", DASHED, known.epochs)]
