"""Nudging: what the action by that name does. The page of both modes is shown like any other."""

from playground.canvas import CanvasView


class ModesHandlers:
    """Asks the canvas."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas

    def nudge(self) -> None:
        """Hold the selected value a little larger, for the arrow keys to change; or let it go."""
        self._canvas.setFocus()
        self._canvas.nudge()
