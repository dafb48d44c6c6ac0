"""The menu of wires: cut off, extract, swap, bend, and how nodes are inserted on wires."""

from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.bends import straighten
from engine.graph.wiring import cut_off, cut_wires, extract, swap_inputs
from playground.canvas import CanvasView
from playground.session import Session
from playground.settings import INSERT_ON_WIRES, MAKE_ROOM, Setting, Settings

HABITS: dict[str, tuple[Setting[bool], str]] = {
    "insert": (INSERT_ON_WIRES, "wire.insert_on_drop"),
    "room": (MAKE_ROOM, "wire.make_room"),
}


class Wiring:
    """Edits wires through the session; remembers how to insert in the settings."""

    def __init__(self, session: Session, canvas: CanvasView, settings: Settings) -> None:
        self._session = session
        self._canvas = canvas
        self._settings = settings
        for name, (setting, _action) in HABITS.items():
            self._adopt(name, settings.read(setting))

    def cut_off(self) -> None:
        """Remove the wires that lead into or out of the selection, or the selected ones."""
        session = self._session
        if session.selection:
            session.do(cut_off(session.document, session.selection))
        else:
            session.do(cut_wires(session.document, session.wires))

    def extract(self) -> None:
        """Take the selected node out of its wires."""
        for node in self._nodes():
            self._session.do(extract(self._session.document, node))

    def swap(self) -> None:
        """Exchange the inputs of the selected node."""
        for node in self._nodes():
            self._session.do(swap_inputs(self._session.document, node))

    def bend(self) -> None:
        """Bend the selected wire in its middle."""
        self._canvas.bend_wire()

    def straighten(self) -> None:
        """Take all bends out of the selected wires."""
        self._session.do(straighten(self._session.document, self._session.wires))

    def next_wire(self) -> None:
        """Select the next wire of the selected card, or of the card that the wire ends in.

        A folded neuron's bias comes between the wires into it and those out of it.
        """
        if not self._canvas.next_wire():
            refusal = Refusal(_("No wire is here to select"), "", _("Select a card with wires"))
            self._session.do(refusal)

    def select_end(self, end: str) -> None:
        """Select the "source" or the "target" of the selected wire."""
        session = self._session
        for target, port in session.wires:
            node = target if end == "target" else session.document.source(target, port)
            if node is not None:
                session.set_selection({node})
                session.reveal.emit(frozenset({node}))

    def take_end(self, end: str) -> None:
        """Take the "start" or the "finish" of the selected wire into the hand."""
        self._canvas.take_wire(end)

    def toggle(self, habit: str) -> None:
        """Insert on wires, or make room, from now on or no longer."""
        on = not getattr(self._session.insertion, habit)
        self._settings.write(HABITS[habit][0], on)
        self._adopt(habit, on)

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions that are checked."""
        insertion = self._session.insertion
        return frozenset(
            action for name, (_s, action) in HABITS.items() if getattr(insertion, name)
        )

    def _adopt(self, habit: str, on: bool) -> None:
        self._session.insertion = replace(self._session.insertion, **{habit: on})

    def _nodes(self) -> list[int]:
        return [item for item in self._session.selection if item in self._session.document]
