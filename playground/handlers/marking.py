"""Marks: which node is a prediction, the loss, a penalty; of a group its single output is meant.

The Edit menu and the context menu of an item call it; the report asks which marks are there.
"""

from engine.graph.document import Document
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
    if item not in document.groups:
        return item if item in document else None
    inside = set(document.members(item))
    outputs = [node for node in sorted(inside) if _leaves(document, node, inside)]
    return outputs[0] if len(outputs) == 1 else None


def _leaves(document: Document, node: int, inside: set[int]) -> bool:
    """Whether a node feeds something outside of a group, or nothing at all."""
    consumers = document.consumers(node)
    return not consumers or any(target not in inside for target, _port in consumers)
