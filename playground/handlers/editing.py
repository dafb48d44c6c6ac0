"""The Edit and Add menus: undo, and what is done to the selection."""

from collections.abc import Iterable
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_mark
from engine.graph.verbs import group, joined, ungroup
from playground.canvas import CanvasView
from playground.session import Session
from playground.session.additions import Hooks, fits
from playground.session.clear import open_item
from playground.session.inserting import halfway
from playground.session.items import folded_in


class Editing:
    """Edits through the session; the canvas says where."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        self._session = session
        self._canvas = canvas

    def undo(self) -> None:
        """Take the last edit back."""
        self._session.undo()

    def redo(self) -> None:
        """Do it again."""
        self._session.redo()

    def add(self, text: str) -> bool:
        """Add what a palette text names: on the selected wire, or in the middle of the view.

        An open network goes beside everything: in the middle it would push that apart.
        """
        session = self._session
        place, group = self._canvas.free_spot(), self._canvas.projection.within
        wire = session.wire
        if wire is not None and fits(session.document, text, wire):
            place, group = halfway(session.document, session.view, wire)
        else:
            open_one = open_item(session.document, session.view, text)
            if isinstance(open_one, Edit):
                return session.insert(open_one, folded=folded_in(text, open_one))
        return session.add_item(text, place, group, Hooks(wire=wire))

    def rename(self) -> None:
        """Edit the label of the selected node or group in its place."""
        self._canvas.edit_label()

    def edit_value(self) -> None:
        """Edit the number of the selected value in its place."""
        self._canvas.edit_value()

    def delete(self) -> None:
        """Delete the selected nodes, groups and wires."""
        self._canvas.delete_selection()

    def group(self) -> None:
        """Put what is selected into a group and select that, as it is named or folded next."""
        made = self._session.document.next_id
        if self._session.do(group(self._session.document, sorted(self._session.selection))):
            self._session.set_selection({made})

    def ungroup(self) -> None:
        """Dissolve the selected groups."""
        groups = self._session.selection & self._session.document.groups.keys()
        if groups:
            self._session.do(dissolution(self._session.document, groups))

    def go_backward(self) -> None:
        """Mark the selected node as where gradients begin, or take the mark away."""
        document = self._session.document
        for item in self._session.selection & set(document.graph):
            on = "backward" not in document.node(item).marks
            self._session.do(set_mark(document, item, "backward", on))

    def select_all(self) -> None:
        """Select everything that is visible."""
        self._canvas.select_all()


def dissolution(document: Document, groups: Iterable[int]) -> Edit | Refusal:
    """Dissolve groups, which may lie within each other, as a single edit."""
    twin = document.copy()
    edits: list[Edit] = []
    # The innermost first: a group that is gone already need not be moved to another.
    for item in sorted(groups, key=lambda item: (-len(document.ancestry(item)), item)):
        edit = ungroup(twin, item)
        if isinstance(edit, Refusal):
            return edit
        twin.apply(edit)
        edits.append(edit)
    title = _("Ungroup {count} groups").format(count=len(edits))
    return joined(edits[0].title if len(edits) == 1 else title, *edits)
