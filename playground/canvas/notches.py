"""Alt and the wheel over a number: each notch is a step, quick ones after each other one edit.

The mouse hands wheel events here first. With Alt some systems turn the wheel sideways, so that
either way counts; a touchpad's small turns add up to notches.
"""

from gettext import gettext as _
from math import trunc

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.turning import Turning
from playground.canvas.numbers import stepped

Modifier = Qt.KeyboardModifier

NOTCH = 120.0  # eighths of a degree
PAUSE_MILLISECONDS = 800  # between two events that are one turn no longer


class Notches:
    """Steps numbers by the wheel, over one canvas."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._turning: Turning | None = None
        self._last = 0
        self._rest = 0.0

    def turn(self, node: int, event: QWheelEvent) -> None:
        """Step a leaf's number by what the wheel has turned."""
        turning = self._turning
        paused = event.timestamp() - self._last > PAUSE_MILLISECONDS
        if turning is None or turning.node != node or paused:
            turning = self._turning = Turning(self._stage, node)
            self._rest = 0.0
        self._last = event.timestamp()
        if not turning.allowed:
            return
        self._rest += (event.angleDelta().y() or event.angleDelta().x()) / NOTCH
        notches = trunc(self._rest)
        self._rest -= notches
        if notches:
            turning.set(stepped(self._stage.session, node, notches, event.modifiers()))
            self._stage.session.flush()  # the next notch counts from here
            self._stage.hint(_("Turn on to step it · Shift finer, Control coarser"))
        turning.linger()

    def leave(self) -> None:
        """Let the next notch begin anew: the mouse has moved off, or something else was done."""
        self._turning = None
