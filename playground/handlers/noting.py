"""Frames and notes: what the Add and Edit menus do with them."""

from engine.graph.notes import NOTE_SIZE, add_note, fit_frame, frame, set_colour
from playground.canvas import CanvasView
from playground.session import Session


class Noting:
    """Adds and changes frames and notes through the session; the canvas says where things are."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        self._session = session
        self._canvas = canvas

    def frame(self) -> None:
        """Put a frame around what is selected, and let its title be typed."""
        if self._session.insert(frame(self._session.document, self._session.selection)):
            self._canvas.edit_label()

    def note(self) -> None:
        """Add a note where there is room, and let it be written on."""
        x, y = self._canvas.free_spot(NOTE_SIZE)
        corner = (x - NOTE_SIZE[0] / 2, y - NOTE_SIZE[1] / 2)
        if self._session.insert(
            add_note(self._session.document, corner, group=self._canvas.projection.within)
        ):
            self._canvas.edit_label()

    def fit(self) -> None:
        """Make the selected frame as large as what it holds."""
        for item in self._session.selection & self._session.document.notes.keys():
            self._session.do(fit_frame(self._session.document, item))

    def choose_colour(self, colour: str) -> None:
        """Tint the selected frames, notes and groups."""
        self._session.do(set_colour(self._session.document, self._session.selection, colour))
