"""Sliding: the knob of a value's slider is dragged along its range, or called by a click."""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt

from engine.graph.spans import stop_near
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.gestures.turning import Turning
from playground.canvas.parts import Parts

SLIDERS_FROM = 0.4  # the zoom from which a slider can be seen


class Slide(Gesture):
    """Sets a leaf's number to where the mouse is on its slider; with Shift the stops are finer.

    The whole drag is one undo step. Pressed on the knob, the number does not jump to the mouse.
    """

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, stage: Stage, start: Touch, node: int) -> None:
        super().__init__(stage, start)
        self._node = node
        self._selected = stage.session.selection
        self._turning: Turning | None = None
        self._off = 0.0
        self._pulled = False

    def begin(self) -> None:
        """Take hold of the knob, or let it come to the mouse."""
        stage = self.stage
        stage.session.set_selection({self._node})
        self._turning = Turning(stage, self._node)
        if not self._turning.allowed:
            return
        stage.hint(_("Drag along the range · Shift is finer · Escape puts it back"))
        knob = stage.parts.knob_point(self._node)
        self._off = knob.x() - self.start.scene.x()
        if abs(self._off) > stage.parts.slider_rect(self._node).height() / 2:
            self._off = 0.0
            self._pulled = True
            self._follow(self.start)

    def move(self, touch: Touch) -> None:
        """Let the knob follow."""
        self._pulled |= touch.screen.x() != self.start.screen.x()
        if self._pulled:
            self._follow(touch)

    def end(self, touch: Touch) -> None:
        """Leave the number where it is."""
        if self._turning is not None:
            self._turning.end()

    def cancel(self) -> None:
        """Put the number, or the probe, and the selection back."""
        if self._turning is not None and self._turning.allowed:
            self._turning.put_back()
        self.stage.session.set_selection(self._selected)

    def _follow(self, touch: Touch) -> None:
        turning = self._turning
        document = self.stage.session.document
        span = document.node(self._node).span if self._node in document else None
        if turning is None or not turning.allowed or span is None:
            return
        part = part_at(self.stage.parts, self._node, touch.scene + QPointF(self._off, 0))
        number = span[0] + part * (span[1] - span[0])
        number = stop_near(span, number, fine=touch.has(Modifier.ShiftModifier))
        if number != turning.number:
            turning.set(number)


def part_at(parts: Parts, node: int, point: QPointF) -> float:
    """Return how far along a leaf's slider a point of the scene is, from 0 to 1."""
    groove = parts.groove(node)
    return min(max((point.x() - groove.x1()) / groove.length(), 0.0), 1.0)


def on_slider(stage: Stage, item: int, point: QPointF) -> bool:
    """Tell whether a point lies on a slider that can be seen."""
    return stage.camera.zoom >= SLIDERS_FROM and stage.parts.slider_rect(item).contains(point)
