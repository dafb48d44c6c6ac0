"""Searching on the canvas: for something to add, and for an input to connect to."""

from playground.canvas import CanvasView
from playground.settings import Settings
from playground.widgets.habits import Habits


class Searching:
    """Opens the search of the canvas, which remembers what was picked."""

    def __init__(self, canvas: CanvasView, settings: Settings) -> None:
        self._canvas = canvas
        canvas.learn(Habits(settings))

    def search(self) -> None:
        """Look for something to add."""
        self._canvas.search()

    def connect(self) -> None:
        """Look for an input that the selected nodes are to feed."""
        self._canvas.connect_to()
