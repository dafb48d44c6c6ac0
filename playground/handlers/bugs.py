"""The bug lab from the menu: what is planted is removed from anywhere."""

from engine.run.trace import RIGHT
from playground.session import Session


class Bugs:
    """Works on the session's tracing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remove(self) -> None:
        """Show the right numbers again."""
        self._session.tracing.plant(RIGHT)
