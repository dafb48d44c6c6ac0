"""The knife: a straight cut through the scene removes the wires it crosses."""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt

from engine.graph.document import Wire
from engine.graph.wiring import cut_wires
from playground.canvas.frame.routes import crossed
from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.painting.picture import Floating


class Knife(Gesture):
    """Cuts from where the button went down to the mouse; of a band, all its wires.

    A press without a drag asks for the menu, as the right button does otherwise.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, stage: Stage, start: Touch) -> None:
        super().__init__(stage, start)
        self._wires = list[Wire]()

    def move(self, touch: Touch) -> None:
        """Draw the cut, and show what it would cut."""
        if self.wants_menu and not self.far(touch):
            return
        self.wants_menu = False
        picture = self.stage.scene.picture
        begin = (self.start.scene.x(), self.start.scene.y())
        end = (touch.scene.x(), touch.scene.y())
        rows = crossed(picture.pieces(), begin, end)
        self._wires = picture.frame.wires.members(rows)
        self.stage.show(Floating(blade=(begin, end), cut=rows))
        count = len(self._wires)
        words = ngettext("Cuts {count} wire", "Cuts {count} wires", count).format(count=count)
        self.stage.hint(words + " · " + _("Escape leaves them"))

    def begin(self) -> None:
        """Wait for a drag."""
        self.wants_menu = True
        self.stage.hint(_("Drag through the wires to cut"))

    def end(self, touch: Touch) -> None:
        """Cut what was crossed."""
        self.stage.show(Floating())
        if self._wires:
            self.stage.session.do(cut_wires(self.stage.session.document, self._wires))

    def cancel(self) -> None:
        """Put the knife away."""
        self.wants_menu = False
        self.stage.show(Floating())
