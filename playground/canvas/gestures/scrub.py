"""Scrubbing: dragging sideways on a value's number makes it grow or shrink."""

from gettext import gettext as _
from math import floor, log10

from PySide6.QtCore import Qt

from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.gestures.carry import Carry
from playground.canvas.gestures.turning import Turning

FINER, COARSER = 0.1, 10.0


class Scrub(Gesture):
    """Changes a leaf's number by the way the mouse goes sideways.

    With Shift it goes ten times finer, with Control ten times coarser. The whole drag is one undo
    step.
    """

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, stage: Stage, start: Touch, node: int) -> None:
        super().__init__(stage, start)
        self._x = start.screen.x()
        self._turning = Turning(stage, node)
        self._number = self._turning.before
        self._step = step_of(self._number)

    def begin(self) -> None:
        """Say what happens; why nothing can, has been said."""
        if self._turning.allowed:
            self.stage.hint(
                _("Drag sideways · Shift is finer, Control coarser · Escape puts it back")
            )

    def move(self, touch: Touch) -> None:
        """Change the number as far as the mouse went."""
        step = self._step
        if touch.has(Modifier.ShiftModifier):
            step *= FINER
        elif touch.has(Modifier.ControlModifier):
            step *= COARSER
        self._number += (touch.screen.x() - self._x) * step
        self._x = touch.screen.x()
        if self._turning.allowed:
            places = max(0, -floor(log10(step)))
            self._turning.set(round(self._number, places))

    def end(self, touch: Touch) -> None:
        """Leave the number where it is."""
        self._turning.end()

    def cancel(self) -> None:
        """Put the number, or the probe, back."""
        if self._turning.allowed:
            self._turning.put_back()


class ScrubOrCarry(Gesture):
    """A press on a number: it turns into a scrub when dragged sideways, else into a move."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, stage: Stage, start: Touch, node: int) -> None:
        super().__init__(stage, start)
        self._node = node
        self._carry = Carry(stage, start, node)
        self._became: Gesture | None = None

    def begin(self) -> None:
        """Select the card."""
        self._carry.begin()

    def move(self, touch: Touch) -> None:
        """Decide by the first few pixels."""
        if self._became is None and self.far(touch):
            off = touch.screen - self.start.screen
            if abs(off.x()) >= abs(off.y()):
                self._became = Scrub(self.stage, self.start, self._node)
                self._became.begin()
            else:
                self._became = self._carry
                self.scrolls = self._carry.scrolls
        if self._became is not None:
            self._became.move(touch)

    def end(self, touch: Touch) -> None:
        """End as what it became."""
        (self._became or self._carry).end(touch)

    def cancel(self) -> None:
        """Cancel what it became."""
        (self._became or self._carry).cancel()


def step_of(number: float) -> float:
    """Return how much a pixel changes a number: a hundredth of its first figure's place."""
    size = abs(number)
    return 10.0 ** floor(log10(size)) / 100 if 1e-9 < size < 1e12 else 0.01
