"""The small buttons over a chart: what is on or off, and how strongly curves are smoothed."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playground.panels.chart.losses import SMOOTHINGS


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
