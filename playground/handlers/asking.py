"""Asking why a number is what it is."""

from playground.panels.why import WhyCard
from playground.session import Session


class Asking:
    """Asks about what is selected, on the card over the canvas."""

    def __init__(self, session: Session, card: WhyCard) -> None:
        self._session = session
        self._card = card

    def why(self) -> None:
        """Ask about the selected node or wire; if that is asked already, go into the card."""
        why = self._session.why
        chosen = why.selected
        if why.question is not None and chosen in (None, why.question):
            self._card.take_focus()
        elif chosen is not None:
            why.ask(chosen)
