"""Going somewhere: from card to card, back and forward, to bookmarks and to what is found."""

from playground.canvas import CanvasView
from playground.session import Session
from playground.settings import MOTION, Settings


class Navigating:
    """Moves the view and the selection, never the document."""

    def __init__(self, session: Session, canvas: CanvasView, settings: Settings) -> None:
        self._session = session
        self._canvas = canvas
        self._settings = settings
        canvas.set_motion(settings.read(MOTION))

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions here that are on."""
        return frozenset({"view.motion"} if self._settings.read(MOTION) else ())

    def step_card(self, forward: bool) -> None:
        """Select the next card in reading order, or the one before."""
        self._canvas.step_card(forward)

    def end_card(self, last: bool) -> None:
        """Select the first card of all, or the last."""
        self._canvas.end_card(last)

    def back(self) -> None:
        """Look where one looked before the last jump."""
        self._canvas.views.back()

    def forward(self) -> None:
        """Look again where going back came from."""
        self._canvas.views.forward()

    def toggle_motion(self) -> None:
        """Let jumps glide from now on, or be there at once."""
        wanted = not self._settings.read(MOTION)
        self._settings.write(MOTION, wanted)
        self._canvas.set_motion(wanted)
