"""The strip below the canvas: buttons, the bar of the steps, and words about the latest.

What is pressed here the menu can do, too; both ask the session's pass and the player. In a narrow
window what is needed less leaves: the menu still has it.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.explain.steps import many_words, step_words
from engine.run.course import Course
from engine.run.trace import Step
from playground.canvas.stepper.bar import StepBar
from playground.canvas.stepper.player import SPEEDS, Player
from playground.icons import icon
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import Elided, label, retone

ICON = QSize(16, 16)
WIDE, MIDDLING = 620, 440  # from which width on everything is there; all but the least needed
PAD, GAP = 12, 6


class StepStrip(FloatingCard):
    """Shows and steers the session's pass.

    Attributes:
        bar: the steps.
        where: which step of which phase was the latest; what: what it did.
        closed: somebody has enough.
        listed: the order list is wanted, or no longer.
    """

    closed = Signal()
    listed = Signal()

    def __init__(
        self, session: Session, themes: ThemeManager, player: Player, canvas: QWidget
    ) -> None:
        super().__init__(themes, canvas)
        self._session = session
        self._player = player
        self.order = self._button("order", _("Order"), _("Show or hide the order of the steps"))
        self.order.setCheckable(True)
        self.rewind = self._button(
            "rewind", _("To the beginning"), _("Go back before the first step")
        )
        self.back = self._button("step-back", _("Step back"), _("Step back  (Shift+F10)"))
        self.play = QPushButton(self)
        self.play.setProperty("kind", "go")
        self.play.setToolTip(_("Take one step after the other, or pause"))
        self.step = self._button("step", _("Step"), _("Take the next step  (F10)"))
        self.finish = self._button(
            "epoch", _("Finish the phase"), _("Take all steps of this phase  (Shift+F11)")
        )
        self.speed = self._button("", _("Speed"), _("How many steps a second are played"))
        self.close_button = self._button("close", _("Close"), _("Stop stepping  (Ctrl+Alt+S)"))
        self.close_button.setProperty("kind", "plain")
        self.bar = StepBar(session, themes, self)
        self.phase = label(_("forward"), "muted", self)
        self.where = label(tone="muted", parent=self)
        self.what = Elided(self)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._fill_speeds()
        self._lay_out()
        self._connect()
        self.dress()
        self.hide()

    def _button(self, image: str, name: str, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName(image)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        made.setIconSize(ICON)
        return made

    def _fill_speeds(self) -> None:
        menu = QMenu(self.speed)
        self._speeds = QActionGroup(menu)
        for speed in SPEEDS:
            action = QAction(_("{speed:,} steps a second").format(speed=speed), self._speeds)
            action.setData(speed)
            action.setCheckable(True)
            menu.addAction(action)
        self.speed.setMenu(menu)
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speed.setProperty("kind", "menu")
        self.speed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.speed.setMinimumWidth(52)
        self._speeds.triggered.connect(self._choose_speed)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """Return all buttons, as they stand."""
        left = (self.order, self.rewind, self.back, self.play, self.step, self.finish)
        return (*left, self.speed, self.close_button)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(*([SHADOW + PAD] * 4))
        row.setSpacing(GAP)
        words = QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.phase)
        words.addStretch(1)
        words.addWidget(self.where)
        words.addWidget(self.what)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addLayout(words)
        for button in self.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if button is self.speed:
                row.addSpacing(GAP)
                row.addLayout(column, 1)
                row.addSpacing(GAP)
            row.addWidget(button)

    def _connect(self) -> None:
        tracing = self._session.tracing
        self.order.clicked.connect(self._list)
        self.rewind.clicked.connect(self._restart)
        self.back.clicked.connect(self._step_back)
        self.play.clicked.connect(self._player.toggle)
        self.step.clicked.connect(self._step)
        self.finish.clicked.connect(self._finish)
        self.close_button.clicked.connect(self._close)
        self.bar.chosen.connect(self._go)
        tracing.changed.connect(self.refresh)
        self._player.changed.connect(self.dress)
        self._themes.theme_changed.connect(self.dress)

    # What it does; clicks carry flags of their own, which these leave behind --------------------

    def _list(self) -> None:
        self.listed.emit()

    def _close(self) -> None:
        self.closed.emit()

    def _restart(self) -> None:
        self._player.pause()
        self._session.tracing.restart()

    def _step_back(self) -> None:
        self._player.pause()
        self._session.tracing.back()

    def _step(self) -> None:
        self._player.pause()
        self._session.tracing.advance(1)

    def _finish(self) -> None:
        self._player.pause()
        self._session.tracing.finish()

    def _go(self, place: int) -> None:
        self._player.pause()
        self._session.tracing.go_to(place)

    def _choose_speed(self, action: QAction) -> None:
        self._player.set_speed(action.data())

    # What it shows -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show where the pass is."""
        course = self._session.tracing.course
        if course is None:
            return
        begun, over = course.latest is not None, course.is_over
        self.back.setEnabled(begun)
        self.rewind.setEnabled(begun)
        self.step.setEnabled(not over)
        self.finish.setEnabled(not over)
        self.where.setText(where_words(course))
        backward = begun and course.phase != "forward"
        self.what.setText(self._what(course))
        retone(self.what, "backward" if backward else "")
        self.what.setToolTip(self.what.text())

    def _what(self, course: Course) -> str:
        step, session = course.latest, self._session
        if step is None:
            return _("nothing is computed yet") if course.schedule else _("there is nothing here")
        together = session.tracing.together(step.node)
        if together and step.phase != "start":
            steps = list(latest_of(course, together))
            if len(steps) > 1:
                return many_words(len(steps), step.phase)
        return step_words(session.document, course, step)

    def dress(self) -> None:
        """Wear the theme, and show whether it plays and how fast."""
        theme, playing = self._themes.current(), self._player.playing
        for button in self.buttons():
            if button.objectName():
                button.setIcon(icon(button.objectName(), theme.ink, theme.faint))
        self.play.setText("" if self.width() < MIDDLING else _("Pause") if playing else _("Play"))
        self.play.setAccessibleName(_("Pause") if playing else _("Play"))
        self.play.setIcon(icon("pause" if playing else "play", theme.on_go))
        self.speed.setText(_("{speed:,}/s").format(speed=self._player.speed))
        for action in self._speeds.actions():
            action.setChecked(action.data() == self._player.speed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        wide, middling = self.width() >= WIDE, self.width() >= MIDDLING
        for button in (self.rewind, self.finish):
            button.setVisible(wide)
        self.speed.setVisible(middling)
        self.phase.setVisible(wide)
        self.dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin nothing on the canvas below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End nothing there."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom nothing below."""
        event.accept()


def latest_of(course: Course, together: frozenset[int]) -> list[Step]:
    """Return the latest steps that are about the same nodes and of one phase."""
    found = list[Step]()
    for step in reversed(course.trace.steps):
        if step.node not in together or (found and step.phase != found[0].phase):
            break
        found.append(step)
    return found


def where_words(course: Course) -> str:
    """Say which step of which phase was the latest."""
    if course.latest is None:
        return _("before the first step ·")
    if course.place is None:
        return _("by hand ·")
    backward = course.place >= course.forward
    step = course.place - course.forward if backward else course.place
    count = len(course.schedule) - course.forward if backward else course.forward
    words = (
        _("backward · step {step:,} of {count:,} ·")
        if backward
        else _("forward · step {step:,} of {count:,} ·")
    )
    return words.format(step=step + 1, count=count)
