"""The row of buttons that steer training, with the epoch and the accuracy at its right."""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QToolButton, QWidget

from engine.train.snapshot import Snapshot
from playground.icons import icon
from playground.theme import ThemeManager
from playground.training import Training
from playground.widgets.labels import label, number
from playground.widgets.numbers import percent

ICON = QSize(16, 16)
BUTTON_WIDTH = 80


class Transport(QWidget):
    """Train or pause, one step, reset.

    Attributes:
        clicked: the mouse pressed one of the buttons, which do not take the keyboard for it.
    """

    clicked = Signal()

    def __init__(
        self, training: Training, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._training = training
        self._themes = themes
        self.play = QPushButton()
        self.play.setProperty("kind", "go")
        self.play.setFixedWidth(BUTTON_WIDTH)
        self.play.setIconSize(ICON)
        self.play.setToolTip(_("Train until paused, or pause  (F5)"))
        self.step = tool(_("One step"), _("Take a single training step"))
        self.reset = tool(_("Reset"), _("Go back to step 0 with fresh parameters"))
        self._unit = label(tone="muted")
        self._count = number()
        self._accuracy = number(tone="go")
        self._accuracy.setToolTip(_("The share of training points that are predicted right"))
        self._lay_out()
        self._connect()
        self._dress()
        self.show_snapshot(None)

    def show_snapshot(self, snapshot: Snapshot | None, *, has_data: bool = True) -> None:
        """Show how far training has come; steps are counted where there is no data."""
        self._unit.setText(_("epoch") if has_data else _("step"))
        count = 0 if snapshot is None else snapshot.epoch if has_data else snapshot.step
        self._count.setText(f"{count:,}")
        accuracy = None if snapshot is None else snapshot.train_accuracy
        self._accuracy.setText("" if accuracy is None else percent(accuracy))
        self._line.activate()  # at once: one more digit is never cut off for a frame

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for button in self._buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        line.addStretch(1)
        for shown in (self._unit, self._count, self._accuracy):
            line.addWidget(shown)
        self._line = line

    def _buttons(self) -> tuple[QAbstractButton, ...]:
        return (self.play, self.step, self.reset)

    def _on_pressed(self) -> None:
        if not any(button.hasFocus() for button in self._buttons()):
            self.clicked.emit()  # before the button acts: a field takes what is typed in it first

    def _connect(self) -> None:
        for button in self._buttons():
            button.pressed.connect(self._on_pressed)
        self.play.clicked.connect(self._training.toggle)
        self.step.clicked.connect(self._training.step)
        self.reset.clicked.connect(self._training.reset)
        self._training.state_changed.connect(self._dress)
        self._themes.theme_changed.connect(self._dress)

    def _dress(self) -> None:
        theme, playing = self._themes.current(), self._training.playing
        self.play.setText(_("Pause") if playing else _("Train"))
        self.play.setIcon(icon("pause" if playing else "play", theme.on_go))
        self.step.setIcon(icon("step", theme.ink, theme.faint))
        self.reset.setIcon(icon("reset", theme.ink, theme.faint))


def tool(name: str, tip: str) -> QToolButton:
    """Make a button of an icon."""
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setIconSize(ICON)
    return button
