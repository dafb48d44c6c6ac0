"""The row of buttons that steer training, and below it the epoch and the accuracy."""

from gettext import gettext as _

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.train.snapshot import Snapshot
from playground.actions import ActionSet
from playground.icons import icon
from playground.theme import ThemeManager
from playground.training import Training
from playground.widgets.labels import label, number
from playground.widgets.numbers import percent

ICON = QSize(16, 16)
GAP = 6
MORE = (
    ("train.until",),
    ("train.new_weights", "train.best"),
    ("train.faster", "train.slower"),
)


class Transport(QWidget):
    """Train or pause, a step, an epoch, rewind, and a menu of what is needed less.

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
        self.play.setIconSize(ICON)
        self.play.setToolTip(_("Train until paused, or pause  (F5)"))
        self.step = tool(_("One step"), _("Take a single training step  (F6)"))
        self.epoch = tool(_("One epoch"), _("Take the steps of one epoch  (Shift+F6)"))
        self.rewind = tool(
            _("Rewind"), _("Go back to step 0 with the same initial weights  (Shift+F5)")
        )
        self.more = tool(_("More"), _("New weights, the best ones, where to stop, speed"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setProperty("kind", "menu")
        self.more.hide()  # until there is something to offer
        self._unit = label(tone="muted")
        self._count = number()
        self._last = label(tone="muted")
        self._last.setToolTip(_("Where training ends by itself"))
        self.findings = tool(_("Findings"), "")
        self.findings.setProperty("kind", "badge")
        self.findings.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.findings.hide()  # until there are any
        self._accuracy = number(tone="go")
        self._accuracy.setToolTip(_("The share of training points that are predicted right"))
        self._lay_out()
        self._connect()
        self._dress()
        self.show_snapshot(None)

    def offer(self, commands: ActionSet) -> None:
        """Offer the actions that have no button in the menu at the right."""
        menu = QMenu(self.more)
        for group in MORE:
            menu.addActions([commands[name] for name in group])
            menu.addSeparator()
        self.more.setMenu(menu)
        self.findings.clicked.connect(commands["view.page.doctor"].trigger)
        self.more.show()

    def corner(self) -> QPoint:
        """Return where a card about training hangs: below the row, at its right end."""
        return self.mapToGlobal(QPoint(self.width(), self.more.geometry().bottom() + GAP))

    def show_snapshot(
        self,
        snapshot: Snapshot | None,
        *,
        has_data: bool = True,
        last: int | None = None,
        goal: str = "",
    ) -> None:
        """Show how far training has come, and the `last` epoch or step, else its `goal`, if any.

        Steps are counted where there is no data.
        """
        self._unit.setText(_("epoch") if has_data else _("step"))
        count = 0 if snapshot is None else snapshot.epoch if has_data else snapshot.step
        self._count.setText(f"{count:,}")
        ahead = last is not None and count <= last
        self._last.setText(_("of {last:,}").format(last=last) if ahead else goal)
        accuracy = None if snapshot is None else snapshot.train_accuracy
        self._accuracy.setText("" if accuracy is None else percent(accuracy))
        self._line.activate()  # at once: one more digit is never cut off for a frame

    def _lay_out(self) -> None:
        buttons, line = QHBoxLayout(), QHBoxLayout()
        for row in (buttons, line):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(GAP)
        self.findings.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for button in self._buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button, int(button is self.play))
        for shown in (self._unit, self._count, self._last):
            line.addWidget(shown)
        line.addStretch(1)
        line.addWidget(self.findings)
        line.addWidget(self._accuracy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(buttons)
        column.addLayout(line)
        self._line = line

    def _buttons(self) -> tuple[QAbstractButton, ...]:
        return (self.play, self.step, self.epoch, self.rewind, self.more)

    def _show_findings(self) -> None:
        """Say how much there is to look at; nothing while all is well."""
        report = self._training.report
        found = () if report is None else report.serious
        self.findings.setVisible(bool(found))
        self.findings.setText(str(len(found)))
        words = "\n".join(finding.text for finding in found)
        self.findings.setToolTip(
            _("{words}\nClick for why, and what may help").format(words=words)
        )

    def _on_pressed(self) -> None:
        if not any(button.hasFocus() for button in self._buttons()):
            self.clicked.emit()  # before the button acts: a field takes what is typed in it first

    def _connect(self) -> None:
        for button in self._buttons():
            button.pressed.connect(self._on_pressed)
        self.play.clicked.connect(self._training.toggle)
        self.step.clicked.connect(self._step)
        self.epoch.clicked.connect(self._training.step_epoch)
        self.rewind.clicked.connect(self._training.rewind)
        self._training.state_changed.connect(self._dress)
        self._training.report_changed.connect(self._show_findings)
        self._themes.theme_changed.connect(self._dress)

    def _step(self) -> None:
        self._training.step()  # a click carries a flag of its own

    def _dress(self) -> None:
        theme, playing = self._themes.current(), self._training.playing
        self.play.setText(_("Pause") if playing else _("Train"))
        self.play.setIcon(icon("pause" if playing else "play", theme.on_go))
        self.step.setIcon(icon("step", theme.ink, theme.faint))
        self.epoch.setIcon(icon("epoch", theme.ink, theme.faint))
        self.rewind.setIcon(icon("rewind", theme.ink, theme.faint))
        self.more.setIcon(icon("more", theme.ink, theme.faint))
        self.findings.setIcon(icon("serious", theme.ink))


def tool(name: str, tip: str) -> QToolButton:
    """Make a button of an icon."""
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setIconSize(ICON)
    return button
