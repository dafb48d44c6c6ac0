"""The small loss chart: how the losses went, step by step, with the latest numbers above.

The training panel owns one and hands it the curves of every snapshot. A click on it asks for the
wide one.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.train.snapshot import Snapshot
from playground.panels.chart import Chart
from playground.panels.chart.losses import loss_lines, reading, share
from playground.panels.chart.switches import SmoothingButton, switch
from playground.theme import ThemeManager, number_font
from playground.training import Curves
from playground.widgets.labels import label, number

HEIGHT = 132
SMALL = 12


class LossPlot(QWidget):
    """Draws the losses; logarithmic while all of them are positive, unless switched off.

    Attributes:
        opened: a click on the chart asks for the wide one.
    """

    opened = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: Curves | None = None
        self.chart = Chart(themes, _("The losses of a training run are drawn here."))
        self.chart.setFixedHeight(HEIGHT)
        self.chart.setToolTip(_("Point for the numbers of a step; click for the wide chart"))
        self.chart.setAccessibleName(_("Loss"))
        self.chart.setCursor(Qt.CursorShape.PointingHandCursor)
        self.chart.clicked.connect(self.opened)
        self._train_text, self._test_text = number(tone="positive"), number(tone="muted")
        self.scale = switch(_("log"), _("Logarithmic axis, while every loss is positive"))
        self.scale.setChecked(True)
        self.scale.toggled.connect(self._rescale)
        self.smoothing = SmoothingButton()
        self.smoothing.chosen.connect(self._smooth)
        self._lay_out()

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
        if curves is None or curves is not self._curves:
            self._curves = curves
            self.chart.show_lines(loss_lines(curves), () if curves is None else curves.marks)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Loss"), "title"))
        head.addStretch(1)
        head.setSpacing(2)
        head.addWidget(self.smoothing)
        head.addWidget(self.scale)
        legend = QHBoxLayout()
        legend.setSpacing(12)
        for shown in (self._train_text, self._test_text):
            shown.setFont(number_font(SMALL))
            legend.addWidget(shown)
        legend.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(legend)
        column.addWidget(self.chart)

    def _rescale(self, on: bool) -> None:
        self.chart.logarithmic = on
        self.chart.redraw()

    def _smooth(self, weight: float) -> None:
        self.chart.smoothing = weight
        self.chart.redraw()
