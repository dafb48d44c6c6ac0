"""Nudging: what the action by that name does. The page of both modes is shown like any other."""

from playground.canvas import CanvasView


class ModesHandlers:
    """Asks the canvas."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas

    def nudge(self) -> None:
        """Hold the selected value a little larger, or let it go; the arrow keys are the canvas's."""
        self._canvas.setFocus()
        self._canvas.nudge()
