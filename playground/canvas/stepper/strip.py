"""The strip below the canvas: buttons, the bar of the steps, and words about the latest.

What is pressed here the menu can do, too; both ask the session's pass and the player. In a narrow
window what is needed less leaves: the menu still has it.
"""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
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

from engine.explain.spoken import called
from engine.explain.steps import many_words, step_words
from engine.run.course import Course
from engine.run.trace import Step
from playground.canvas.stepper.bar import StepBar
from playground.canvas.stepper.player import SPEEDS, Player
from playground.icons import icon
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.announce import announce
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import Elided, label, retone

ICON = QSize(16, 16)
WIDEST = 900  # from which width on the phase before is named, too
WIDE = 620  # there are all buttons
MIDDLING = 480  # all stands in one row, and the speed, too
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
        self.setAccessibleName(_("Stepper"))
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
        self._told = QWidget(self)
        self._narrow = self._wide = False
        self.bar = StepBar(session, themes, self._told)
        self.phase = label(_("forward"), "muted", self._told)
        self.where = label(tone="muted", parent=self._told)
        self.what = Elided(self._told)
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
        self._row, rows = QHBoxLayout(), QVBoxLayout(self)
        rows.setContentsMargins(*([SHADOW + PAD] * 4))
        rows.setSpacing(8)
        rows.addLayout(self._row)
        self._rows = rows
        self._row.setSpacing(GAP)
        words = QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.phase)
        words.addStretch(1)
        words.addWidget(self.where)
        words.addWidget(self.what)
        column = QVBoxLayout(self._told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addLayout(words)
        for button in self.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if button is self.speed:
                self._row.addSpacing(GAP)
                self._row.addStretch(0)
                self._row.addSpacing(GAP)
            self._row.addWidget(button)
        rows.addWidget(self._told)

    def fit(self, width: int) -> int:
        """Leave out what there is no room for; return how high it is then."""
        wide, middling = width >= WIDE, width >= MIDDLING
        for button in (self.rewind, self.finish):
            button.setVisible(wide)
        self.speed.setVisible(middling)
        self._wide = width >= WIDEST
        if middling == (self._rows.indexOf(self._told) >= 0):
            self._rows.removeWidget(self._told)
            self._row.removeWidget(self._told)
            if middling:
                self._row.insertWidget(self._row.indexOf(self.finish) + 2, self._told, 1)
            else:
                self._rows.addWidget(self._told)
        self._narrow = not middling
        self.dress()
        self.refresh()
        self._rows.activate()
        return self._rows.sizeHint().height()

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
        self.where.setText(where_words(course, short=self.rewind.isHidden()))
        backward = begun and course.phase != "forward"
        self.phase.setVisible(self._wide and backward)
        self.what.setText(self._what(course))
        retone(self.what, "backward" if backward else "")
        self.what.setToolTip(self.what.text())
        if not self._player.playing:
            announce(self, f"{self.where.text()} {self.what.text()}")

    def _what(self, course: Course) -> str:
        step, session = course.latest, self._session
        if step is None:
            return _("nothing is computed yet") if course.schedule else _("there is nothing here")
        group = session.tracing.folded(step.node)
        if group is not None and step.phase != "start":
            steps = latest_of(course, session.tracing.together(step.node))
            return many_words(called(session.document, group), len(steps), step.phase)
        return step_words(session.document, course, step)

    def dress(self) -> None:
        """Wear the theme, and show whether it plays and how fast."""
        theme, playing = self._themes.current(), self._player.playing
        for button in self.buttons():
            if button.objectName():
                button.setIcon(icon(button.objectName(), theme.ink, theme.faint))
        self.play.setText("" if self._narrow else _("Pause") if playing else _("Play"))
        self.play.setAccessibleName(_("Pause") if playing else _("Play"))
        self.play.setIcon(icon("pause" if playing else "play", theme.on_go))
        self.speed.setText(_("{speed:,}/s").format(speed=self._player.speed))
        for action in self._speeds.actions():
            action.setChecked(action.data() == self._player.speed)


def latest_of(course: Course, together: frozenset[int]) -> list[Step]:
    """Return the latest steps that are about the same nodes and of one phase."""
    found = list[Step]()
    for step in reversed(course.trace.steps):
        if step.node not in together or (found and step.phase != found[0].phase):
            break
        found.append(step)
    return found


def where_words(course: Course, *, short: bool) -> str:
    """Say which step of which phase was the latest; in `short` the colours tell the phase."""
    if course.latest is None:
        return _("before the first step ·")
    if course.place is None:
        return _("by hand ·")
    backward = course.place >= course.forward
    begin, end = (course.forward, len(course.schedule)) if backward else (0, course.forward)
    if short:
        words = _("step {step:,} of {count:,} ·")
    elif backward:
        words = _("backward · step {step:,} of {count:,} ·")
    else:
        words = _("forward · step {step:,} of {count:,} ·")
    return words.format(step=course.done(begin, end), count=end - begin)
