"""Rewriting what is selected without changing a number: expanding ops, joining chains."""

from engine.errors import Refusal
from engine.exchange.expand import expand
from engine.graph.edits import Edit
from engine.graph.joining import join
from playground.session import Session
from playground.session.items import created


class Rewriting:
    """Rewrites through the session; what was selected stays so."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def expand(self) -> None:
        """Replace the selected ops by the simpler ones they are made of."""
        self._do(expand(self._session.document, self._session.selection))

    def join(self) -> None:
        """Let each selected op take in the chain of its own kind that feeds it."""
        self._do(join(self._session.document, self._session.selection))

    def _do(self, edit: Edit | Refusal) -> None:
        session = self._session
        if session.do(edit) and isinstance(edit, Edit):
            session.flush()
            session.reveal.emit(created(edit) | session.selection)
