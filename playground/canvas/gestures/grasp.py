"""Taking hold of a number that is folded away: by the chip of a wire or a bias, or by the bias.

Dragged sideways it is scrubbed; a click on the chip wants it typed, one on the bias selects it.
"""

from gettext import gettext as _

import numpy as np

from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.gestures.scrub import Scrub
from playground.canvas.painting.grips import Grip


class Grasp(Gesture):
    """A press on a grip: selects what it is about, and turns into a scrub when dragged.

    Its number is to be typed at the end if it was a click on the chip.
    """

    cursor = Scrub.cursor

    def __init__(self, stage: Stage, start: Touch, node: int, grip: Grip | None) -> None:
        super().__init__(stage, start)
        self.node = node
        self.typed = node if grip is not None else None
        self._row = None if grip is None else grip.row
        self._before = (stage.session.selection, stage.scene.wires)
        self._scrub: Scrub | None = None

    def begin(self) -> None:
        """Select the wire, or the bias."""
        session, scene = self.stage.session, self.stage.scene
        if self._row is None:
            session.set_selection({self.node})
            return
        wires = frozenset(scene.picture.frame.wires.members(np.array([self._row])))
        if not wires <= scene.wires:
            session.set_selection(())
            scene.select_wires(wires)

    def move(self, touch: Touch) -> None:
        """Scrub, once it is a drag."""
        if self._scrub is None and self.far(touch):
            self.typed = None
            self._scrub = Scrub(self.stage, self.start, self.node)
            self._scrub.begin()
        if self._scrub is not None:
            self._scrub.move(touch)

    def end(self, touch: Touch) -> None:
        """Leave the number where it is, or say what else can be done."""
        if self._scrub is not None:
            self._scrub.end(touch)
        else:
            self.stage.hint(_("Return types it · Up and Down step it · drag its chip sideways"))

    def cancel(self) -> None:
        """Put number and selection back."""
        self.typed = None
        if self._scrub is not None:
            self._scrub.cancel()
        selection, wires = self._before
        self.stage.session.set_selection(selection)
        self.stage.scene.select_wires(wires)
