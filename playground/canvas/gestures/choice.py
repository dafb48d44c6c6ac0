"""Which gesture begins where: a port, a number, a card, an edge, a wire, or nothing there."""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QPointF, Qt

from playground.canvas.frame.style import BACKING, Kind
from playground.canvas.gestures.band import Band
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.gestures.bend import MoveBend
from playground.canvas.gestures.carry import Carry
from playground.canvas.gestures.extract import PullOut
from playground.canvas.gestures.grasp import Grasp
from playground.canvas.gestures.knife import Knife
from playground.canvas.gestures.lasso import Lasso
from playground.canvas.gestures.nudging import Hold
from playground.canvas.gestures.onto import CarryOnto
from playground.canvas.gestures.pan import Pan
from playground.canvas.gestures.resize import Resize, edge_at
from playground.canvas.gestures.scrub import ScrubOrCarry
from playground.canvas.gestures.slide import Slide, on_slider
from playground.canvas.gestures.wiring import wiring_at
from playground.canvas.parts import Port

PORT_REACH = 10.0  # pixels
WIRE_REACH = 6.0
PORTS_FROM = 0.3  # the zoom from which ports can be told apart
NUMBERS_FROM = 0.4
BIASES_FROM, BIAS_REACH = 0.25, 5.0


class Click(Gesture):
    """Selects a wire, or all wires of a band."""

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        super().__init__(stage, start)
        self._row = row
        self._words = ""

    def begin(self) -> None:
        """Select it, or with Shift or Control add it; again, take it away."""
        scene = self.stage.scene
        wires = scene.picture.frame.wires
        members = frozenset(wires.members(np.array([self._row])))
        before = scene.wires if self.start.adds else frozenset()
        self.stage.session.set_selection(())
        scene.select_wires(before - members if members <= before else before | members)
        if len(members) > 1:
            words = _("These are {count} wires · Delete removes all · unfold a group to take one")
            self._words = words.format(count=f"{len(members):,}")
        elif wires.weight[self._row] >= 0:
            self._words = _(
                "Return types its weight · Up and Down step it · drag its chip sideways"
            )
        else:
            self._words = _(
                "Type to insert on it · drag an end to move it · double-click bends it"
            )

    def end(self, touch: Touch) -> None:
        """Say what can be done with it."""
        self.stage.hint(self._words)


class Visit(Gesture):
    """Goes to what a stub stands for."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, stage: Stage, start: Touch, stub: int) -> None:
        super().__init__(stage, start)
        self._stub = stub

    def end(self, touch: Touch) -> None:
        """Step out of the group, and select what is there."""
        if self.far(touch):
            return
        stub = self.stage.scene.picture.frame.projection.stubs[self._stub]
        there = frozenset({stub.thing} if stub.only is None and stub.thing else stub.nodes)
        self.stage.session.reveal.emit(there)
        self.stage.session.set_selection(self.stage.scene.all_visible(there))


def gesture_for(stage: Stage, start: Touch, button: Qt.MouseButton) -> Gesture | None:
    """Return the gesture that a press begins, None if it means nothing."""
    if button is Qt.MouseButton.MiddleButton:
        return Pan(stage, start)
    if button is Qt.MouseButton.RightButton and start.has(Modifier.ControlModifier):
        return Knife(stage, start)
    if button is not Qt.MouseButton.LeftButton:
        return None
    return (
        _on_grip(stage, start)
        or _on_edge(stage, start)
        or _on_item(stage, start)
        or _beside_items(stage, start)
    )


def _on_grip(stage: Stage, start: Touch) -> Gesture | None:
    """Return what a press on the chip of a hidden number begins, or on the square of a bias."""
    node = number_at(stage, start.scene)
    if node is None or start.adds:
        return None
    grasp = Grasp(stage, start, node, stage.parts.grip_at(start.scene))
    return Hold(stage, start, grasp, node)


def _on_edge(stage: Stage, start: Touch) -> Gesture | None:
    """Return what a press on a port, a bend or the edge of a note begins."""
    port = port_at(stage, start.scene)
    if port is not None:
        return wiring_at(stage, start, port)
    bend = bend_at(stage, start.scene)
    if bend is not None:
        return MoveBend(stage, start, bend)
    edge = edge_at(stage, start.scene)
    return Resize(stage, start, edge) if edge is not None else None


def _on_item(stage: Stage, start: Touch) -> Gesture | None:
    hit = stage.parts.hit_at(start.scene)
    if hit is None:
        return None
    kind = stage.parts.kind(hit.id)
    pulls = start.has(Modifier.ControlModifier) and start.has(Modifier.ShiftModifier)
    if pulls and kind in (Kind.LEAF, Kind.OP):
        return PullOut(stage, start, hit.id)
    if on_slider(stage, hit.id, start.scene):
        return Slide(stage, start, hit.id)
    scrubs = on_number(stage, hit.id, start.scene)
    carry = CarryOnto if kind is Kind.OP else Carry
    made = (ScrubOrCarry if scrubs else carry)(stage, start, hit.id)
    readable = stage.camera.zoom >= NUMBERS_FROM and not start.adds
    told = stage.parts.told_at(hit.id, start.scene) if readable else None
    fires = stage.session.tracing.by_hand  # then a press on a number means its card
    return made if told is None or fires else Hold(stage, start, made, told)


def _beside_items(stage: Stage, start: Touch) -> Gesture:
    stub = stage.parts.stub_at(start.scene)
    if stub is not None:
        return Visit(stage, start, stub)
    row = stage.parts.chip_at(start.scene)
    if row is None:
        row = stage.parts.wire_at(start.scene, stage.reach(WIRE_REACH))
    if row is not None:
        return Click(stage, start, row)
    return (Lasso if start.has(Modifier.ControlModifier) else Band)(stage, start)


def number_at(stage: Stage, point: QPointF) -> int | None:
    """Return the hidden parameter whose chip or square is under the mouse."""
    grip = stage.parts.grip_at(point)
    if grip is not None:
        return grip.node
    row = bias_at(stage, point)
    return None if row is None else int(stage.scene.picture.frame.biases.node[row])


def bias_at(stage: Stage, point: QPointF) -> int | None:
    """Return the row of the bias under the mouse, if biases can be told apart at this zoom."""
    if stage.camera.zoom < BIASES_FROM:
        return None
    return stage.parts.bias_at(point, stage.reach(BIAS_REACH))


def port_at(stage: Stage, point: QPointF) -> Port | None:
    """Return the port under the mouse, if ports can be told apart at this zoom."""
    if stage.camera.zoom < PORTS_FROM:
        return None
    shared = stage.scene.picture.frame.ports.shared
    found = stage.parts.port_near(point, stage.reach(PORT_REACH), ~shared)
    hit = stage.parts.hit_at(point)
    covered = found is not None and hit is not None and hit.id != found.item
    behind = hit is not None and stage.parts.kind(hit.id) in BACKING
    return None if covered and not behind else found


def bend_at(stage: Stage, point: QPointF) -> int | None:
    """Return the row of the bend under the mouse; below a card only a selected wire has any."""
    row = stage.parts.bend_at(point, stage.reach(PORT_REACH))
    if row is None or stage.camera.zoom < PORTS_FROM:
        return None
    picture, hit = stage.scene.picture, stage.parts.hit_at(point)
    selected = bool(picture.selected_wires[picture.frame.wires.bent[row]])
    return row if hit is None or selected else None


def on_number(stage: Stage, item: int, point: QPointF) -> bool:
    """Tell whether a point lies on the number of a value that can be read."""
    return stage.camera.zoom >= NUMBERS_FROM and stage.parts.value_rect(item).contains(point)
