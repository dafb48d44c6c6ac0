"""Sliders of values: their range typed in place, and no slider any more."""

from engine.graph.document import Document
from engine.graph.spans import set_span
from playground.canvas import CanvasView
from playground.session import Session


class Sliders:
    """Gives the selected values sliders, and takes them away."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        self._session = session
        self._canvas = canvas

    def edit_range(self) -> None:
        """Type the range of the selected value's slider in its place."""
        self._canvas.edit_span()

    def remove(self) -> None:
        """Take the sliders of all selected values away, as one step."""
        document = self._session.document
        chosen = [item for item in self._session.selection if has_slider(document, item)]
        self._session.do(set_span(document, chosen, None))


def has_slider(document: Document, item: int) -> bool:
    """Tell whether an item is a value with a slider."""
    return item in document and document.node(item).span is not None
