"""What the gestures that select over the background share: a beginning to add to or go back to."""

from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.painting.picture import Floating


class Selecting(Gesture):
    """Selects while the mouse moves; with Shift on top of what was selected, which is `kept`."""

    scrolls = True

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self._before = stage.session.selection
        self._wires = stage.scene.wires
        self.kept = self._before if start.has(Modifier.ShiftModifier) else frozenset()

    def end(self, touch: Touch) -> None:
        """Take what was drawn away; what it selected stays."""
        self.stage.show(Floating())

    def cancel(self) -> None:
        """Take what was drawn away and select what was selected before."""
        self.stage.show(Floating())
        self.stage.session.set_selection(self._before)
        self.stage.scene.select_wires(self._wires)
