"""Select by wires, align, distribute, tidy; and the switches of how things move.

The Edit and View menus and the canvas's keys call it.
"""

from gettext import gettext as _

from PySide6.QtCore import QObject

from engine.errors import Refusal
from engine.graph.arrange import Axis, Edge, align, distribute
from engine.graph.connected import Way, connected
from engine.graph.tidy import chores, tidied
from playground.canvas import CanvasView
from playground.handlers.tidying import Tidier
from playground.session import Session
from playground.settings import ALIGNMENT_GUIDES, ANIMATIONS, SNAP_TO_GRID, Setting, Settings

SWITCHES: dict[str, Setting[bool]] = {
    "snap": SNAP_TO_GRID,
    "guides": ALIGNMENT_GUIDES,
    "animated": ANIMATIONS,
}


class Arranging(QObject):
    """Arranges what is selected through the session, and lets it glide there on the canvas."""

    def __init__(self, session: Session, canvas: CanvasView, settings: Settings) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._settings = settings
        self._done = ""  # what is said once it is tidied
        self.tidier = Tidier(self)
        self.tidier.done.connect(self._land)
        session.document_replaced.connect(self.tidier.forget)
        for name, setting in SWITCHES.items():
            setattr(canvas.manners, name, settings.read(setting))

    def select(self, way: Way) -> None:
        """Select what is upstream, downstream or connected either way, too."""
        session = self._session
        chosen = connected(session.document, self._canvas.projection, session.selection, way)
        session.set_selection(chosen, session.current)

    def align(self, edge: Edge) -> None:
        """Line up what is selected."""
        session = self._session
        edit = align(session.document, session.selection, edge, *_seen(session))
        self._canvas.gliding(edit)

    def distribute(self, way: Axis) -> None:
        """Make the gaps between what is selected equal."""
        session = self._session
        edit = distribute(session.document, session.selection, way, *_seen(session))
        self._canvas.gliding(edit)

    def tidy(self) -> None:
        """Begin to lay out what is selected; if that is at most one node, everything visible."""
        session = self._session
        document, shown = session.document, self._canvas.projection.by_id
        chosen = [item for item in session.selection if item in shown]
        single = len(chosen) < 2 and all(item in document for item in chosen)
        if single and self._canvas.projection.within is not None:
            chosen, single = [item for item in shown if item > 0], False
        work = chores(document, session.view.folded, None if single else chosen)
        if isinstance(work, Refusal):
            session.do(work)
            return
        self._done = _("Tidied") if single else _("Tidied what was selected, nothing else")
        session.hinted.emit(_("Tidying…"))
        self.tidier.start(work, session.document.revision)

    def switch(self, name: str) -> None:
        """Switch a manner of the canvas on or off, for now and the next time."""
        on = not getattr(self._canvas.manners, name)
        setattr(self._canvas.manners, name, on)
        self._settings.write(SWITCHES[name], on)

    def checked(self) -> frozenset[str]:
        """Return the ids of the switches that are on."""
        on = [name for name in SWITCHES if getattr(self._canvas.manners, name)]
        return frozenset(f"view.manner.{name}" for name in on)

    def _land(self, positions: dict[int, tuple[float, float]], revision: int) -> None:
        """Make the layout an edit, unless the document has become another meanwhile."""
        session = self._session
        if session.document.revision != revision:
            session.hinted.emit(_("Not tidied: the graph has changed meanwhile"))
            return
        if self._canvas.gliding(tidied(session.document, positions)):
            session.reveal.emit(frozenset(positions))
            session.hinted.emit(self._done)


def _seen(session: Session) -> tuple[frozenset[int], int | None]:
    """Return which groups are folded, and which one is shown alone."""
    return session.view.folded, session.view.current_group
