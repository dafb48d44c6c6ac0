"""Which gesture begins where: a port, a number, a card, a wire, or nothing under the mouse."""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt

from playground.canvas.frame.style import Kind
from playground.canvas.gestures.band import Band
from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.gestures.carry import Carry
from playground.canvas.gestures.pan import Pan
from playground.canvas.gestures.scrub import ScrubOrCarry
from playground.canvas.gestures.slide import Slide, on_slider
from playground.canvas.gestures.wiring import wiring_at
from playground.canvas.parts import Port

PORT_REACH = 10.0  # pixels
WIRE_REACH = 6.0
PORTS_FROM = 0.3  # the zoom from which ports can be told apart
NUMBERS_FROM = 0.4


class Click(Gesture):
    """Selects a wire."""

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        super().__init__(stage, start)
        self._row = row

    def begin(self) -> None:
        """Select the wire, or with Shift or Control add it; a band is too many at once."""
        scene = self.stage.scene
        wires = scene.picture.frame.wires
        count = int(wires.count[self._row])
        if count > 1:
            words = _("These are {count} wires · unfold a group to take hold of one")
            self.stage.hint(words.format(count=count))
            return
        wire = (int(wires.target[self._row]), int(wires.port[self._row]))
        before = scene.wires if self.start.adds else frozenset()
        self.stage.session.set_selection(())
        scene.select_wires(before ^ {wire})
        self.stage.hint(_("Delete removes the wire · drag its ends to move them"))


def gesture_for(stage: Stage, start: Touch, button: Qt.MouseButton) -> Gesture | None:
    """Return the gesture that a press begins, None if it means nothing."""
    if button is Qt.MouseButton.MiddleButton:
        return Pan(stage, start)
    if button is not Qt.MouseButton.LeftButton:
        return None
    port = port_at(stage, start.scene)
    if port is not None:
        return wiring_at(stage, start, port)
    hit = stage.parts.hit_at(start.scene)
    if hit is not None:
        if on_slider(stage, hit.id, start.scene):
            return Slide(stage, start, hit.id)
        if on_number(stage, hit.id, start.scene):
            return ScrubOrCarry(stage, start, hit.id)
        return Carry(stage, start, hit.id)
    row = stage.parts.wire_at(start.scene, stage.reach(WIRE_REACH))
    return Click(stage, start, row) if row is not None else Band(stage, start)


def port_at(stage: Stage, point: QPointF) -> Port | None:
    """Return the port under the mouse, if ports can be told apart at this zoom."""
    if stage.camera.zoom < PORTS_FROM:
        return None
    shared = stage.scene.picture.frame.ports.shared
    found = stage.parts.port_near(point, stage.reach(PORT_REACH), ~shared)
    hit = stage.parts.hit_at(point)
    covered = found is not None and hit is not None and hit.id != found.item
    is_frame = hit is not None and stage.parts.kind(hit.id) is Kind.FRAME
    return None if covered and not is_frame else found


def on_number(stage: Stage, item: int, point: QPointF) -> bool:
    """Tell whether a point lies on the number of a value that can be read."""
    return stage.camera.zoom >= NUMBERS_FROM and stage.parts.value_rect(item).contains(point)
