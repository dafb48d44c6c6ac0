"""Marks: which node is a prediction, the loss, a penalty; of a group its single output is meant.

The Edit menu and the context menu of an item call it; the report asks which marks are there.
"""

from engine.graph.document import Document
from engine.graph.outputs import only_output
from engine.graph.properties import set_mark
from playground.session import Session


class Marking:
    """Marks through the session what is selected."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def toggle(self, mark: str) -> None:
        """Give what is selected a mark, or take it away."""
        document = self._session.document
        node = meant(document, self._session.selection)
        if node is not None:
            on = mark not in document.node(node).marks
            self._session.do(set_mark(document, node, mark, on))


def meant(document: Document, selection: frozenset[int]) -> int | None:
    """Return the node that a mark would be given to: the selected one, or a group's one output."""
    if len(selection) != 1:
        return None
    [item] = selection
    return only_output(document, item)
