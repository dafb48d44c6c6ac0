"""Plays a pass: takes steps as fast as was chosen, until the end or until somebody pauses.

The strip's button and the action start it. A timer of the main thread takes the steps; from some
speed on it takes several at a time.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from playground.session import Session
from playground.settings import STEPPER_SPEED, Settings

SPEEDS = (1, 2, 5, 20, 100, 1_000)  # steps a second
SHORTEST_MILLISECONDS = 33


class Player(QObject):
    """Takes the steps of a session's pass.

    Attributes:
        changed: it plays or no longer, or at another speed.
    """

    changed = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._tracing = session.tracing
        self._settings = settings
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._tracing.changed.connect(self._follow)

    @property
    def playing(self) -> bool:
        """Whether steps are taken by themselves."""
        return self._timer.isActive()

    @property
    def speed(self) -> int:
        """How many steps a second, one of `SPEEDS`."""
        wish = self._settings.read(STEPPER_SPEED)
        return min(SPEEDS, key=lambda speed: abs(speed - wish))

    def set_speed(self, speed: int) -> None:
        """Take so many steps a second from now on."""
        self._settings.write(STEPPER_SPEED, speed)
        self._timer.setInterval(self._interval())
        self.changed.emit()

    def toggle(self) -> None:
        """Play, at the end from the beginning; or pause."""
        (self.pause if self.playing else self.play)()

    def play(self) -> None:
        """Take steps until the end."""
        course = self._tracing.course
        if course is None:
            return
        if course.is_over:
            self._tracing.restart()
        self._timer.start(self._interval())
        self.tick()
        self.changed.emit()

    def pause(self) -> None:
        """Take no more."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    def tick(self) -> None:
        """Take the steps of one beat."""
        self._tracing.advance(max(1, round(self.speed * self._interval() / 1_000)))

    def _interval(self) -> int:
        return max(round(1_000 / self.speed), SHORTEST_MILLISECONDS)

    def _follow(self) -> None:
        course = self._tracing.course
        if course is None or course.is_over:
            self.pause()
