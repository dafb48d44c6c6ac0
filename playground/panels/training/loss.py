"""The small loss chart: how the losses went, step by step, with the latest numbers above.

The training panel owns one and hands it the curves of every snapshot. A click on it asks for the
wide one.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from engine.train.snapshot import Snapshot
from playground.panels.chart import Chart
from playground.panels.chart.losses import SMOOTHINGS, loss_lines, reading, share
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
        head.setSpacing(6)
        for shown in (self._train_text, self._test_text):
            shown.setFont(number_font(SMALL))
            head.addWidget(shown)
        head.addWidget(self.smoothing)
        head.addWidget(self.scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.chart)

    def _rescale(self, on: bool) -> None:
        self.chart.logarithmic = on
        self.chart.redraw()

    def _smooth(self, weight: float) -> None:
        self.chart.smoothing = weight
        self.chart.redraw()


class SmoothingButton(QToolButton):
    """A button with a menu of how strongly curves are smoothed.

    Attributes:
        chosen: carries the weight.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("≈")
        self.setProperty("kind", "segment")
        self.setAccessibleName(_("Smoothing"))
        self.setToolTip(_("How strongly the curves are smoothed"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCheckable(True)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.choices = QActionGroup(self)
        for weight, title, tip in SMOOTHINGS:
            action = QAction(_("Smoothing: {how}").format(how=title), self.choices)
            action.setData(weight)
            action.setCheckable(True)
            action.setChecked(weight == 0.0)
            action.setToolTip(tip)
            menu.addAction(action)
        self.choices.triggered.connect(self._choose)
        self.setMenu(menu)

    def show_weight(self, weight: float) -> None:
        """Show which one is chosen."""
        self.setChecked(weight > 0.0)
        for action in self.choices.actions():
            action.setChecked(action.data() == weight)

    def _choose(self, action: QAction) -> None:
        self.show_weight(action.data())
        self.chosen.emit(action.data())


def switch(text: str, tip: str) -> QToolButton:
    """Make a small button that is on or off."""
    button = QToolButton()
    button.setText(text)
    button.setProperty("kind", "segment")
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
