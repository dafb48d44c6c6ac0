"""Finding in the graph: what a query fits, which of it is shown now, and the rings around it.

The find bar asks and steps; the canvas says when there is another frame. Matches are sought anew
when the text, the structure or a name changes, and on every step if the query asks for numbers:
rings that came and went with live numbers would flicker and tell nobody anything.
"""

from collections.abc import Callable
from math import inf

from PySide6.QtCore import QObject, Signal

from engine.errors import Refusal
from engine.exchange.query import Facts, Query, facts_of, parse_query
from playground.canvas.gestures.base import Stage
from playground.canvas.views import Views

NOTHING = Query(())
FAR = [inf, inf]  # where matches stand that are not in the group one is in
LEGIBLE, CLOSE = 0.5, 0.8  # from further away than this zoom, a match is shown at that


class Finder(QObject):
    """Finds things on one canvas.

    A match in a folded group has its ring on the card of the group; stepping to it opens the
    groups around it, and going back in the views folds them again. `say` tells screen readers.

    Attributes:
        changed: there are other matches, or another is the current one.
        matches: ids in reading order; refusal: what is wrong with the query.
        current: the match that is shown, None before the first step.
    """

    changed = Signal()

    def __init__(
        self, stage: Stage, views: Views, say: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._views = views
        self._say = say
        self._query = NOTHING
        self._facts: list[Facts] = []
        self._facts_of: tuple[object, ...] = ()
        self.matches: list[int] = []
        self.current: int | None = None
        self.refusal: Refusal | None = None

    @property
    def place(self) -> int | None:
        """The number of the current match among all, from 0."""
        return self.matches.index(self.current) if self.current in self.matches else None

    def ask(self, text: str) -> None:
        """Find what a text describes; nothing is selected before the first step."""
        query = parse_query(text)
        self.refusal = query if isinstance(query, Refusal) else None
        self._query = query if isinstance(query, Query) else NOTHING
        self.current = None
        self._known()  # as the bar opens, so that the first letter does not wait for it
        self._seek()

    def leave(self) -> None:
        """Take the rings away."""
        self._query, self.refusal, self.current = NOTHING, None, None
        self._facts, self._facts_of = [], ()
        self._seek()

    def refresh(self) -> None:
        """Find again, since structure, names or places have changed."""
        if self._query.terms:
            self._seek()

    def step(self, way: int) -> None:
        """Select the next match (1) or the one before (-1), and bring it into sight."""
        before = self.place
        if self._query.asks_numbers:
            self._seek()
        if not self.matches:
            return
        # What was the current one may fit no longer: then go on from where it stood.
        place, stood = self.place, before or 0
        onward = place + way if place is not None else stood + min(way, 0)
        self.current = self.matches[onward % len(self.matches)]
        self._show(self.current)
        self.changed.emit()

    def _seek(self) -> None:
        scene = self._stage.scene
        found = self._query.among(self._known()) if self._query.terms else []
        frame = scene.picture.frame
        corners = frame.rects[:, :2].tolist()
        shown = {item: scene.visible(item) for item in found}
        places = {
            item: FAR if card is None or card < 0 else corners[frame.index[card]]
            for item, card in shown.items()
        }
        self.matches = sorted(found, key=lambda item: (places[item], item))
        scene.ring(found)
        self.changed.emit()

    def _known(self) -> list[Facts]:
        """Return what can be asked of everything; each letter typed asks anew."""
        session = self._stage.session
        now = (session.document, session.document.revision, session.result)
        if now != self._facts_of:
            self._facts, self._facts_of = facts_of(session.document, session.result), now
        return self._facts

    def _show(self, item: int) -> None:
        session, scene, camera = self._stage.session, self._stage.scene, self._stage.camera
        document = session.document
        around = document.ancestry(document.record(item).group)
        with self._views.jump():
            session.come_out({item})
            session.set_view(folded=session.view.folded - frozenset(around))
            session.set_selection({item})
            bounds = scene.bounds({item})
            if camera.zoom < LEGIBLE:
                camera.fit(bounds, CLOSE)
                camera.fitted = False
            else:
                camera.bring(bounds, scene.bounds())
        self._say(item)
