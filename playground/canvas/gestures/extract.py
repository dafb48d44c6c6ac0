"""Pulling a node out of its wires: it goes where the mouse goes, and the wires close behind it."""

from gettext import gettext as _

import numpy as np

from engine.errors import Refusal
from engine.graph.verbs import joined, move
from engine.graph.wiring import extract, through
from playground.canvas.frame.ports import OUT
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.carry import Carry
from playground.canvas.painting.picture import Floating


class PullOut(Carry):
    """Drags one node out of its wires. Without a drag it is a click that adds to the selection."""

    def __init__(self, stage: Stage, start: Touch, node: int) -> None:
        super().__init__(stage, start, node)
        wires = stage.scene.picture.frame.wires
        touching = (wires.source == node) | (wires.target == node)
        self._rows = np.flatnonzero(touching & (wires.count == 1))
        self._refusal = extract(stage.session.document, node)
        self._joins = joins_behind(stage, node)

    def begin(self) -> None:
        """Say what happens."""
        self.stage.hint(_("Drag to pull it out of its wires"))

    def move(self, touch: Touch) -> None:
        """Show the wires that it leaves."""
        if not self._places:
            if not self.far(touch):
                return
            self.stage.session.set_selection({self._item})
        super().move(touch)
        off = self._offset(touch)
        words = _("Let go to close its wires behind it · Escape puts back")
        if isinstance(self._refusal, Refusal):
            words = str(self._refusal)
        self.stage.hint(words if not off.isNull() else _("Drag to pull it out of its wires"))

    def floating(self) -> Floating:
        """Show the wires that it leaves, and how they close."""
        shown = super().floating()
        shown.cut, shown.joins = self._rows, self._joins
        return shown

    def end(self, touch: Touch) -> None:
        """Take it out and leave it here, as one step."""
        self.stage.show(Floating())
        if not self._places:
            self.stage.session.set_selection(self._before ^ {self._item})
            return
        document, off = self.stage.session.document, self._offset(touch)
        edit = extract(document, self._item)
        if isinstance(edit, Refusal):
            super().end(touch)
            return
        self._let_go()
        projection = self.stage.scene.picture.frame.projection
        place = projection.moved(document, self._item, off.x(), off.y())
        if not self.stage.session.do(
            joined(edit.title, edit, move(document, {self._item: place}))
        ):
            self._put_back()

    def cancel(self) -> None:
        """Put it back into its wires."""
        self.stage.show(Floating())
        super().cancel()


def joins_behind(stage: Stage, node: int) -> "np.ndarray | None":
    """Return where wires close when a node is taken out, as begin and end, (k, 2, 2)."""
    picture = stage.scene.picture
    wires, ports, corners = picture.frame.wires, picture.frame.ports, picture.corners()
    row = ports.first.get((through(stage.session.document, node) or 0, OUT))
    ends = wires.ends(corners)[1][wires.source == node]
    if row is None or not len(ends):
        return None
    begin = corners[ports.item[row]] + ports.offset[row]
    return np.stack((np.broadcast_to(begin, ends.shape), ends), axis=1)
