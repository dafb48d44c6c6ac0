"""Bends by double-click and by keyboard: added, stepped and removed on the canvas.

The mouse and the keys of one canvas call it; dragging a bend is a gesture of its own.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QKeyEvent

from engine.errors import Refusal
from engine.graph.bends import add_bend, move_bend, remove_bend
from engine.graph.document import Wire
from playground.canvas.frame.routes import curves_through, piece_near, points_on
from playground.canvas.frame.style import GRID
from playground.canvas.gestures.base import Stage
from playground.canvas.keys import ARROWS, Key

Floats = NDArray[np.float64]


class Routing:
    """Changes the bends of wires that are drawn as single ones."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._token = object()

    def add_at(self, row: int, point: QPointF) -> None:
        """Bend a wire at a point on it, and select the bend."""
        wires = self._stage.scene.picture.frame.wires
        if wires.count[row] > 1:
            return
        [wire] = wires.keys(np.array([row]))
        at = (point.x(), point.y())
        place = piece_near(curves_through(path_of(self._stage, row)), at)
        session, projection = self._stage.session, self._stage.scene.picture.frame.projection
        ends = (session.document.source(*wire), wire[0])
        if any(projection.owner.get(end) != end for end in ends if end is not None):
            session.do(hidden_end())
            return
        stored = projection.bend(session.document, wire[0], at)
        if session.do(add_bend(session.document, wire, place, stored)):
            session.flush()
            self._stage.scene.select_bend(wire, place)

    def add_in_middle(self, wire: Wire) -> None:
        """Bend a wire half-way along."""
        row = self._stage.scene.wire_row(wire)
        if row is None:
            return
        picture = self._stage.scene.picture
        half = points_on(picture.pieces(), np.array([row]), np.array([0.5]))
        self.add_at(row, QPointF(*half[0].tolist()))

    def remove(self) -> bool:
        """Take the selected bend out of its wire; False if none is selected."""
        bend, session = self._stage.scene.bend, self._stage.session
        return bend is not None and session.do(remove_bend(session.document, *bend))

    def press(self, event: QKeyEvent) -> bool:
        """Step the selected bend by an arrow key; False if the key means something else."""
        way, bend = ARROWS.get(Key(event.key())), self._stage.scene.bend
        picture, session = self._stage.scene.picture, self._stage.session
        if way is None or bend is None or picture.bend is None:
            return False
        if not event.isAutoRepeat():
            self._token = object()
        wire, place = bend
        x, y = picture.frame.wires.bends[picture.bend].tolist()
        at = (x + way[0] * GRID, y + way[1] * GRID)
        point = picture.frame.projection.bend(session.document, wire[0], at)
        session.do(move_bend(session.document, wire, place, point, self._token))
        session.flush()  # the next press counts from here
        return True


def hidden_end() -> Refusal:
    """Return the refusal to bend a wire of which an end is in a folded group."""
    return Refusal(
        _("This wire leads into a folded group"),
        _("its bends rest until both of its ends can be seen"),
        _("Unfold the group first"),
    )


def path_of(stage: Stage, row: int) -> Floats:
    """Return all points that a wire passes through, (k, 2), its ends included."""
    picture = stage.scene.picture
    wires, corners = picture.frame.wires, picture.corners()
    begin, finish = wires.ends(corners)
    bends = wires.bends_at(corners)[wires.bent == row]
    path: Floats = np.concatenate((begin[[row]], bends, finish[[row]]))
    return path
