"""Freezing parameters: selected ones, and the weights of selected wires.

The menus call it; the report asks which parameters are meant.
"""

from engine.graph.properties import set_frozen
from playground.session import Session


class Weights:
    """Freezes through the session what is selected."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def freeze(self) -> None:
        """Keep training from changing what is meant, or let it again."""
        session = self._session
        ids = parameters(session)
        on = not all_frozen(session)
        session.do(set_frozen(session.document, ids, on))


def parameters(session: Session) -> list[int]:
    """Return the parameters that are selected, or that the selected wires are multiplied by."""
    document = session.document
    chosen = [item for item in session.selection if item in document]
    roles = (document.node(item).role == "parameter" for item in chosen)
    selected = [item for item, meant in zip(chosen, roles, strict=True) if meant]
    return sorted({*selected, *(item for item in session.weights if item in document)})


def all_frozen(session: Session) -> bool:
    """Tell whether there are such parameters, and training leaves every one alone."""
    found = parameters(session)
    return bool(found) and all(session.document.node(item).frozen for item in found)
