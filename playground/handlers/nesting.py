"""Moving what is selected into a group, and out of the one it lies in.

The Graph menu and the keys of the canvas call it; by mouse a drag does the same.
"""

from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.regroup import regroup
from playground.canvas import CanvasView
from playground.session import Session


class Nesting:
    """Moves between groups through the session; the canvas knows which group is near."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        self._session = session
        self._canvas = canvas

    def into(self) -> None:
        """Move it into the only other group there is, or look for which."""
        self._canvas.move_into_group()

    def out(self) -> None:
        """Move it out of its group, to where that lies."""
        session, document = self._session, self._session.document
        homes = {document.record(item).group for item in session.selection}
        home = next(iter(homes), None)
        if len(homes) > 1:
            what = _("These do not lie in the same group")
            session.do(Refusal(what, "", _("Select within one group")))
        elif home is None:
            session.do(Refusal(_("That is in no group"), "", _("There is nothing to move out of")))
        else:
            around = document.groups[home].group
            chosen = session.selection
            if session.do(regroup(document, chosen, around, session.view.folded)):
                session.flush()
                session.reveal.emit(chosen)
