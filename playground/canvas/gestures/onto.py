"""Carrying a single operation: over a wire that it fits on it lands between the wire's ends."""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QPointF

from engine.errors import Refusal
from engine.graph.document import Document, Wire
from engine.graph.edits import Edit
from engine.graph.wiring import insert_on_wire
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.carry import Carry
from playground.canvas.painting.picture import Floating

REACH = 26.0  # scene units between a wire and the middle of the card


class CarryOnto(Carry):
    """Moves like any carried card, until a wire that it fits on lies under it."""

    def __init__(self, stage: Stage, start: Touch, item: int) -> None:
        super().__init__(stage, start, item)
        self._row: int | None = None
        self._fits: dict[int, bool] = {}

    def floating(self) -> Floating:
        """Show the wire it would be inserted on, unless it is to go into another group."""
        floating = super().floating()
        self._row = self._landing() if floating.into is None else None
        return floating if self._row is None else Floating(landing=self._row)

    def promise(self) -> str:
        """Say on which wire it would be inserted, or what else letting go does."""
        return super().promise() if self._row is None else landing_words(self.stage, self._row)

    def end(self, touch: Touch) -> None:
        """Insert it on that wire, or just leave it there."""
        edit = self._insertion(self._row, self._place(touch)) if self._row is not None else None
        if isinstance(edit, Edit):
            self._let_go()
            self.stage.session.do(edit)
        else:
            super().end(touch)

    def _landing(self) -> int | None:
        session = self.stage.session
        alone = set(self._places) == {self._item}
        if not alone or not session.insertion.insert or session.document.consumers(self._item):
            return None
        hit = self.stage.scene.hits[self._item]
        wires = self.stage.scene.picture.frame.wires
        middle = hit.pos() + hit.rect().center()
        row = wire_under(self.stage, middle, wires.target != self._item)
        if row is not None and row not in self._fits:
            self._fits[row] = isinstance(self._insertion(row, None), Edit)
        return row if row is not None and self._fits[row] else None

    def _insertion(self, row: int, position: tuple[float, float] | None) -> Edit | Refusal:
        session = self.stage.session
        wire = wire_of(self.stage, row)
        room = session.insertion.room
        return insert_on_wire(session.document, wire, self._item, position, room=room)

    def _place(self, touch: Touch) -> tuple[float, float]:
        off = self._offset(touch)
        projection = self.stage.scene.picture.frame.projection
        return projection.moved(self.stage.session.document, self._item, off.x(), off.y())


def wire_under(stage: Stage, middle: QPointF, wanted: "np.ndarray | None" = None) -> int | None:
    """Return the row of the single wire that passes under a card with this middle."""
    wires = stage.scene.picture.frame.wires
    single = wires.count == 1
    among = single if wanted is None else single & wanted
    return stage.parts.wire_at(middle, REACH, among)


def wire_of(stage: Stage, row: int) -> Wire:
    """Return the wire of a row of the frame."""
    [wire] = stage.scene.picture.frame.wires.keys(np.array([row]))
    return wire


def landing_words(stage: Stage, row: int) -> str:
    """Say between what something would be inserted."""
    document: Document = stage.session.document
    wire = wire_of(stage, row)
    source = document.source(*wire)
    return _("Let go to insert it between {source} and {target}").format(
        source=document.name(source) if source is not None else "", target=document.name(wire[0])
    )
