"""Going somewhere: from card to card, back and forward, to bookmarks and to what is found."""

from playground.canvas import CanvasView


class Navigating:
    """Moves the view and the selection, never the document."""

    def __init__(self, canvas: CanvasView) -> None:
        self._canvas = canvas

    def step_card(self, forward: bool) -> None:
        """Select the next card in reading order, or the one before."""
        self._canvas.step_card(forward)

    def end_card(self, last: bool) -> None:
        """Select the first card of all, or the last."""
        self._canvas.end_card(last)
