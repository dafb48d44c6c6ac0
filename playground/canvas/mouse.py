"""The mouse over the canvas: begins, feeds and ends gestures, and says where it hovers.

The view hands it Qt's events as touches. It holds the one gesture under way.
"""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from engine.exchange.spans import span_text
from engine.graph.records import Note
from engine.graph.spans import suggested
from playground.canvas.asking import Clicks
from playground.canvas.autoscroll import AutoScroll
from playground.canvas.editor import InlineEditor
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Gesture, Stage, Touch, Want
from playground.canvas.gestures.carry import Carry
from playground.canvas.gestures.choice import (
    WIRE_REACH,
    bend_at,
    bias_at,
    gesture_for,
    number_at,
    on_number,
    port_at,
)
from playground.canvas.gestures.pan import Hand
from playground.canvas.gestures.resize import edge_at
from playground.canvas.gestures.scrub import ScrubOrCarry
from playground.canvas.gestures.slide import on_slider
from playground.canvas.notches import Notches
from playground.canvas.note_editor import NoteEditor
from playground.canvas.numbers import bundled, fixed, shown_number
from playground.canvas.painting.picture import Floating
from playground.canvas.routing import Routing
from playground.canvas.wheel import Wheel

BELOW_VALUE = 50.0  # of the card: where the editor covers gradient and slider, not the number
Modifier = Qt.KeyboardModifier


class Mouse:
    """Turns touches into gestures.

    Attributes:
        gesture: what is under way, None if nothing is.
        hovered: the item under the mouse; hovered_wire: the row of the wire, if there is no item;
            hovered_bias: that of the bias.
        at: where in the viewport the mouse is, None if elsewhere.
    """

    def __init__(
        self, stage: Stage, editor: InlineEditor, writer: NoteEditor, routing: Routing
    ) -> None:
        self._stage = stage
        self._routing = routing
        self._editor = editor
        self._writer = writer
        self._wheel = Wheel(stage.camera)
        self._button = Qt.MouseButton.NoButton
        self._notches = Notches(stage)
        self.gesture: Gesture | None = None
        self.hovered: int | None = None
        self.hovered_wire: int | None = None
        self.hovered_bias: int | None = None
        self.at: QPointF | None = None
        self._scroller = AutoScroll(stage, editor)
        self._clicks = Clicks(stage)

    def press(self, touch: Touch, button: Qt.MouseButton) -> None:
        """Begin a gesture, or take hold of the picture if the space bar is down."""
        self._notches.leave()
        if isinstance(self.gesture, Hand):
            self.gesture.press(touch)
            self._button = button
        elif self.gesture is None:
            self.gesture = gesture_for(self._stage, touch, button)
            self._button = button
            self._clicks.press(touch, button)
            if self.gesture is not None:
                self.gesture.begin()

    def take(self, gesture: Gesture, button: Qt.MouseButton) -> None:
        """Begin a gesture that a press on something over the canvas makes."""
        if self.gesture is None:
            self.gesture, self._button = gesture, button
            gesture.begin()

    def move(self, touch: Touch) -> None:
        """Follow the mouse."""
        self.at = touch.screen
        if self.gesture is not None:
            if self.gesture.far(touch):
                self._clicks.forget()
            self.gesture.move(touch)
            self._scroller.follow(self.gesture, touch)
            return
        parts, before = self._stage.parts, (self.hovered, self.hovered_wire, self.hovered_bias)
        grip = parts.grip_at(touch.scene)
        if grip is not None:
            biases = self._stage.scene.picture.frame.biases
            self.hovered, self.hovered_wire = None, grip.row
            self.hovered_bias = biases.row(grip.node) if grip.row is None and grip.node else None
        else:
            hit = parts.hit_at(touch.scene)
            self.hovered = hit.id if hit is not None else parts.stub_at(touch.scene)
            self.hovered_bias = bias_at(self._stage, touch.scene)
            free = self.hovered is None and self.hovered_bias is None
            reach = self._stage.reach(WIRE_REACH)
            self.hovered_wire = parts.wire_at(touch.scene, reach) if free else None
        if before != (self.hovered, self.hovered_wire, self.hovered_bias):
            self._notches.leave()

    def hover_nothing(self) -> None:
        """Take note that the mouse is elsewhere."""
        self.hovered = self.hovered_wire = self.hovered_bias = None

    def hidden(self) -> list[int]:
        """Return the parameters, folded away, of the wire or the bias under the mouse."""
        frame = self._stage.scene.picture.frame
        if self.hovered_bias is not None:
            return [int(frame.biases.node[self.hovered_bias])]
        return [] if self.hovered_wire is None else frame.wires.weights(self.hovered_wire).tolist()

    def take_up(self, gesture: Gesture) -> None:
        """Begin a gesture from a menu: it follows the mouse until the left button is let go."""
        if self.gesture is None:
            self.gesture = gesture
            self._button = Qt.MouseButton.LeftButton
            gesture.begin()

    def release(self, touch: Touch, button: Qt.MouseButton) -> Gesture | None:
        """End the gesture that the button began, and return it."""
        if button is not self._button or self.gesture is None:
            return None
        gesture = self.gesture
        self._scroller.stop()
        if not isinstance(gesture, Hand):
            self.gesture = None
        self._stage.hint("")  # the end of the gesture may have something else to say
        gesture.end(touch)
        self._button = Qt.MouseButton.NoButton
        on_card = isinstance(gesture, Carry | ScrubOrCarry)
        clicked = on_card and not gesture.far(touch) and not gesture.start.adds
        if gesture.typed is not None:
            self.edit_value(gesture.typed)
        elif not (gesture.is_held or (clicked and self._stage.session.tracing.fire_selected())):
            self._clicks.ask()
        self._clicks.forget()
        return gesture

    def cancel(self) -> bool:
        """Give up the gesture; False if there is none."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._clicks.forget()
        self._scroller.rewind()
        self._stage.show(Floating())
        self._stage.hint(_("Put back"))
        return True

    def leave_keys(self) -> None:
        """Give up a gesture that is done by keys, as they go elsewhere."""
        if self.gesture is not None and self.gesture.by_keys:
            self.cancel()

    def key(self, event: QKeyEvent) -> bool:
        """Let the gesture have a key; False if it means nothing there."""
        return self.gesture is not None and self.gesture.key(event)

    def hold_space(self, touch: Touch) -> None:
        """Let the left button pan until the space bar is let go."""
        if self.gesture is None:
            self.gesture = Hand(self._stage, touch)
            self.gesture.begin()

    def let_space_go(self) -> bool:
        """End panning; return whether the space bar was let go without it."""
        if not isinstance(self.gesture, Hand):
            return False
        used = self.gesture.used
        self._stage.hint("")
        self.gesture = None
        return not used

    def double_click(self, touch: Touch) -> None:
        """Edit what is there: a number, a name, a note, a fold, a wire; over nothing add."""
        self._clicks.retract()
        parts, at = self._stage.parts, touch.scene
        hit = parts.hit_at(at)
        session = self._stage.session
        if hit is not None and session.tracing.by_hand and hit.id in session.document:
            return  # two clicks that meant to fire it
        number = number_at(self._stage, at)
        if number is not None:
            self.edit_value(number)
        elif bend_at(self._stage, at) is not None:
            self._routing.remove()  # the first press has selected it
        elif hit is None:
            self._enter_ground(at)
        elif hit.id in self._stage.session.document.groups:
            if touch.has(Modifier.ControlModifier):
                self._stage.scene.step_wanted.emit(hit.id)
            else:
                self._stage.session.toggle_fold(hit.id)
        elif on_slider(self._stage, hit.id, at):
            return  # two clicks that meant the slider
        elif parts.kind(hit.id) is Kind.LEAF and not parts.label_rect(hit.id).contains(at):
            self.edit_value(hit.id)
        else:
            self.edit_label(hit.id)

    def _enter_ground(self, at: QPointF) -> None:
        """Edit a name or a wire under a point without a card; over nothing add."""
        parts = self._stage.parts
        if parts.stub_at(at) is not None:
            return  # the first click has gone there
        named, row = parts.named_at(at), parts.wire_at(at, self._stage.reach(WIRE_REACH))
        if named is not None:
            self.edit_label(named)
        elif row is not None:
            self._enter_wire(row, at)
        else:
            self._stage.scene.search_wanted.emit(Want(at))

    def _enter_wire(self, row: int, at: QPointF) -> None:
        """Type the weight of a wire; bend one that has none; of a band say why neither."""
        wires = self._stage.scene.picture.frame.wires
        if wires.count[row] > 1:
            self._stage.session.do(bundled(int(wires.count[row])))
        elif wires.weight[row] >= 0:
            self.edit_value(int(wires.weight[row]))
        else:
            self._routing.add_at(row, at)

    def edit_value(self, node: int) -> None:
        """Open the editor on a leaf's number, or say why it cannot be changed."""
        session = self._stage.session
        refusal = fixed(session, node)
        if refusal is not None:
            session.do(refusal)
            return
        self._stage.camera.settle()
        place = self._stage.camera.rect_on_screen(self._stage.parts.number_rect(node))
        self._editor.edit_number(node, shown_number(session, node), place)

    def edit_span(self, node: int) -> None:
        """Open the editor on the range of a leaf's slider, or say why it can have none."""
        session = self._stage.session
        refusal = fixed(session, node)
        if refusal is not None:
            session.do(refusal)
            return
        rect = self._stage.parts.rect(node)
        rect.setTop(rect.top() + BELOW_VALUE)
        if self._stage.parts.kind(node) is None:
            rect = self._stage.parts.number_rect(node)
        span = session.document.node(node).span or suggested(shown_number(session, node))
        place = self._stage.camera.rect_on_screen(rect)
        place.setTop(min(place.top(), place.bottom() - self._editor.sizeHint().height()))
        self._editor.edit_span(node, span_text(span), place)

    def edit_label(self, item: int) -> None:
        """Open the editor on the name of a node or group, or on the words of a note."""
        document, camera = self._stage.session.document, self._stage.camera
        camera.settle()
        record = document.record(item)
        if isinstance(record, Note) and not record.is_frame:
            place = camera.rect_on_screen(self._stage.parts.rect(item))
            self._writer.edit(item, record.text, place)
            return
        name = record.text if isinstance(record, Note) else record.label
        rect = self._stage.parts.label_rect(item)
        if rect.isNull():
            rect = self._stage.parts.number_rect(item)
        place = camera.rect_on_screen(rect)
        self._editor.edit_label(item, name, place)

    def cursor(self, touch: Touch) -> Qt.CursorShape:
        """Return the shape that tells what a press here would do."""
        if self.gesture is not None:
            return self.gesture.cursor
        if number_at(self._stage, touch.scene) is not None:
            return Qt.CursorShape.SizeHorCursor
        if port_at(self._stage, touch.scene) is not None:
            return Qt.CursorShape.CrossCursor
        if bend_at(self._stage, touch.scene) is not None:
            return Qt.CursorShape.SizeAllCursor
        edge = edge_at(self._stage, touch.scene)
        if edge is not None:
            return edge.cursor
        hovered = self.hovered
        if hovered is not None and hovered < 0:
            return Qt.CursorShape.PointingHandCursor
        if hovered is not None and self._turns(hovered, touch.scene):
            return Qt.CursorShape.SizeHorCursor
        asks = self._clicks.number_at(touch)
        return Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor

    def _turns(self, item: int, at: QPointF) -> bool:
        """Tell whether the mouse is where it would change an item's number."""
        return on_number(self._stage, item, at) or on_slider(self._stage, item, at)

    def _weight_at(self, at: QPointF) -> int | None:
        """Return the weight of the single wire at a point."""
        row = self._stage.parts.wire_at(at, self._stage.reach(WIRE_REACH))
        weight = -1 if row is None else int(self._stage.scene.picture.frame.wires.weight[row])
        return weight if weight >= 0 else None

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor with a wheel, pan with a touchpad; Control always zooms.

        With Alt over a number, step that.
        """
        if event.modifiers() & Modifier.AltModifier and self.gesture is None:
            at = self._stage.camera.to_scene(event.position())
            hit, number = self._stage.parts.hit_at(at), number_at(self._stage, at)
            if number is None and hit is None:
                number = self._weight_at(at)
            if number is not None:
                self._notches.turn(number, event)
                return
            if hit is not None and self._turns(hit.id, at):
                self._notches.turn(hit.id, event)
                return
        self._wheel.turn(event)


def touch_at(stage: Stage, at: QPointF, modifiers: Qt.KeyboardModifier) -> Touch:
    """Return the touch at a point of the viewport."""
    return Touch(at, stage.camera.to_scene(at), modifiers)
