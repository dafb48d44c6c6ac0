"""The Edit and Add menus: undo, and what is done to the selection."""

from engine.graph.properties import set_mark
from engine.graph.verbs import group, ungroup
from playground.canvas import CanvasView
from playground.panels.palette import Palette
from playground.session import Session


class Editing:
    """Edits through the session; the canvas says where, the palette finds."""

    def __init__(self, session: Session, canvas: CanvasView, palette: Palette) -> None:
        self._session = session
        self._canvas = canvas
        self._palette = palette

    def undo(self) -> None:
        """Take the last edit back."""
        self._session.undo()

    def redo(self) -> None:
        """Do it again."""
        self._session.redo()

    def add(self, text: str) -> bool:
        """Add what a palette text names in the middle of the view."""
        return self._session.add_item(text, self._canvas.free_spot())

    def search(self) -> None:
        """Go to the filter box of the palette."""
        self._palette.search()

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
        """Put what is selected into a group."""
        self._session.do(group(self._session.document, sorted(self._session.selection)))

    def ungroup(self) -> None:
        """Dissolve the selected groups."""
        for item in sorted(self._session.selection & self._session.document.groups.keys()):
            self._session.do(ungroup(self._session.document, item))

    def go_backward(self) -> None:
        """Mark the selected node as where gradients begin, or take the mark away."""
        document = self._session.document
        for item in self._session.selection:
            on = "backward" not in document.node(item).marks
            self._session.do(set_mark(document, item, "backward", on))

    def select_all(self) -> None:
        """Select everything that is visible."""
        self._canvas.select_all()
