"""What menus and keys ask of the canvas: walk, select, delete, wire, type, search.

A part of the canvas widget, between `Whereabouts` and `CanvasView`; the handlers call it.
"""

from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt

from engine.errors import Refusal
from engine.graph.verbs import delete
from playground.canvas.gestures.nudging import KeyNudge, unheld
from playground.canvas.gestures.wiring import MoveEnd, MoveStart
from playground.canvas.mouse import touch_at
from playground.canvas.numbers import held
from playground.canvas.whereabouts import Whereabouts
from playground.widgets.announce import announce
from playground.widgets.habits import Habits
from playground.widgets.search_card import SearchCard


class Orders(Whereabouts):
    """A surface that does what it is asked to."""

    def step_card(self, forward: bool) -> None:
        """Select the next card in reading order, or the one before; at the end, say so."""
        if not self._walk.step(forward=forward) and len(self._session.document):
            self._session.hinted.emit(
                _("This is the last card") if forward else _("This is the first card")
            )

    def end_card(self, last: bool) -> None:
        """Select the first card of all, or the last."""
        self._walk.end(last=last)

    def select_all(self) -> None:
        """Select everything that is visible."""
        self._session.set_selection(self._scene.hits.keys())

    def delete_selection(self) -> None:
        """Delete the selected nodes, groups and wires."""
        session = self._session
        if not self._routing.remove():
            session.do(delete(session.document, session.selection, self._scene.wires))

    def bend_wire(self) -> None:
        """Bend the selected wire in its middle."""
        for wire in self._scene.wires:
            self._routing.add_in_middle(wire)

    def take_wire(self, end: str) -> None:
        """Take the "start" or "finish" of the selected wire into the hand, until a click."""
        rows = [self._scene.wire_row(wire) for wire in self._scene.wires]
        at = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        touch = touch_at(self._stage, at, Qt.KeyboardModifier.NoModifier)
        if len(rows) == 1 and rows[0] is not None:
            made = MoveStart if end == "start" else MoveEnd
            self._mouse.take_up(made(self._stage, touch, rows[0]))

    def edit_value(self) -> None:
        """Edit the selected value's number, an operation's name, a note; fold a group."""
        item = self._single()
        if item is None:
            self._edit_hidden()
        elif item in self._session.document.groups:
            self._session.toggle_fold(item)
        elif item in self._session.document.notes:
            self._mouse.edit_label(item)
        elif self._session.document.node(item).is_leaf:
            self._mouse.edit_value(item)
        else:
            self._mouse.edit_label(item)

    def _edit_hidden(self) -> None:
        """Edit the number of a selected value that is folded away, or of the selected wire."""
        node = held(self._session)
        if isinstance(node, Refusal):
            self._session.do(node)
        elif node is not None:
            self._mouse.edit_value(node)

    def nudge(self) -> None:
        """Hold the selected value a little larger, by the arrow keys; again, let it go."""
        if isinstance(self._mouse.gesture, KeyNudge):
            self._mouse.cancel()
            return
        session = self._session
        session.flush()
        item = self._single()
        node = item if item in session.document else held(session)
        if node is None:
            node = Refusal(
                _("There is nothing to nudge"),
                _("no single value or operation is selected"),
                _("Select one, or hold its number with the mouse"),
            )
        refusal = node if isinstance(node, Refusal) else unheld(session, node)
        if refusal is not None:
            session.do(refusal)
        elif isinstance(node, int):
            touch = touch_at(self._stage, QPointF(), Qt.KeyboardModifier.NoModifier)
            announced = partial(announce, self)
            self._mouse.take_up(KeyNudge(self._stage, touch, node, self._mouse.cancel, announced))

    def search(self) -> None:
        """Look for something to add."""
        self._search.open()

    def connect_to(self) -> None:
        """Look for an input that the selected nodes are to feed."""
        self._search.connect_selected()

    def move_into_group(self) -> None:
        """Move what is selected into a group, or look for which."""
        self._search.move_selected()

    @property
    def search_card(self) -> SearchCard:
        """The card of the search, open or not."""
        return self._search.card

    def learn(self, habits: Habits) -> None:
        """Rank what is found by habits that are remembered."""
        self._search.habits = habits

    def edit_span(self) -> None:
        """Edit the range of the selected value's slider in its place."""
        item = self._single() or held(self._session)
        if isinstance(item, int) and item in self._session.document:
            self._mouse.edit_span(item)

    def edit_label(self) -> None:
        """Edit the name of what is selected in its place."""
        item = self._single() or held(self._session)
        if isinstance(item, int):
            self._mouse.edit_label(item)

    def _single(self) -> int | None:
        visible = [item for item in self._session.selection if item in self._scene.hits]
        return visible[0] if len(visible) == 1 else None
