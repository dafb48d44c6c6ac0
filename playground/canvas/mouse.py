"""The mouse over the canvas: begins, feeds and ends gestures, and says where it hovers.

The view hands it Qt's events as touches. It holds the one gesture under way.
"""

from gettext import gettext as _

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent

from playground.canvas.editor import InlineEditor
from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Gesture, Stage, Touch
from playground.canvas.gestures.choice import gesture_for, on_number, port_at
from playground.canvas.gestures.pan import Hand
from playground.canvas.numbers import fixed, shown_number
from playground.canvas.painting.picture import Floating
from playground.canvas.wheel import Wheel


class Mouse:
    """Turns touches into gestures.

    Attributes:
        gesture: what is under way, None if nothing is.
        hovered: the item under the mouse.
    """

    def __init__(self, stage: Stage, editor: InlineEditor) -> None:
        self._stage = stage
        self._editor = editor
        self._wheel = Wheel(stage.camera)
        self._button = Qt.MouseButton.NoButton
        self.gesture: Gesture | None = None
        self.hovered: int | None = None

    def press(self, touch: Touch, button: Qt.MouseButton) -> None:
        """Begin a gesture, or take hold of the picture if the space bar is down."""
        if isinstance(self.gesture, Hand):
            self.gesture.press(touch)
            self._button = button
        elif self.gesture is None:
            self.gesture = gesture_for(self._stage, touch, button)
            self._button = button
            if self.gesture is not None:
                self.gesture.begin()

    def take(self, gesture: Gesture, button: Qt.MouseButton) -> None:
        """Begin a gesture that a press on something over the canvas makes."""
        if self.gesture is None:
            self.gesture, self._button = gesture, button
            gesture.begin()

    def move(self, touch: Touch) -> None:
        """Follow the mouse."""
        if self.gesture is not None:
            self.gesture.move(touch)
            return
        hit = self._stage.parts.hit_at(touch.scene)
        self.hovered = hit.id if hit is not None else None

    def release(self, touch: Touch, button: Qt.MouseButton) -> None:
        """End the gesture that the button began."""
        if button is not self._button or self.gesture is None:
            return
        gesture = self.gesture
        if not isinstance(gesture, Hand):
            self.gesture = None
        gesture.end(touch)
        self._button = Qt.MouseButton.NoButton

    def cancel(self) -> bool:
        """Give up the gesture; False if there is none."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._stage.show(Floating())
        self._stage.hint(_("Put back"))
        return True

    def hold_space(self, touch: Touch) -> None:
        """Let the left button pan until the space bar is let go."""
        if self.gesture is None:
            self.gesture = Hand(self._stage, touch)

    def let_space_go(self) -> bool:
        """End panning; return whether the space bar was let go without it."""
        if not isinstance(self.gesture, Hand):
            return False
        used = self.gesture.used
        self.gesture = None
        return not used

    def double_click(self, touch: Touch) -> None:
        """Edit the number or name under the mouse, fold or unfold a group."""
        parts, at = self._stage.parts, touch.scene
        hit = parts.hit_at(at)
        if hit is None:
            named = parts.named_at(at)
            if named is not None:
                self.edit_label(named)
        elif hit.id in self._stage.session.document.groups:
            self._stage.session.toggle_fold(hit.id)
        elif parts.kind(hit.id) is Kind.LEAF and not parts.label_rect(hit.id).contains(at):
            self.edit_value(hit.id)
        else:
            self.edit_label(hit.id)

    def edit_value(self, node: int) -> None:
        """Open the editor on a leaf's number, or say why it cannot be changed."""
        session = self._stage.session
        refusal = fixed(session, node)
        if refusal is not None:
            session.do(refusal)
            return
        self._stage.camera.settle()
        place = self._stage.camera.rect_on_screen(self._stage.parts.value_rect(node))
        self._editor.edit_number(node, shown_number(session, node), place)

    def edit_label(self, item: int) -> None:
        """Open the editor on the name of a node or group."""
        document = self._stage.session.document
        self._stage.camera.settle()
        record = document.groups.get(item) or document.node(item)
        place = self._stage.camera.rect_on_screen(self._stage.parts.label_rect(item))
        self._editor.edit_label(item, record.label, place)

    def cursor(self, touch: Touch) -> Qt.CursorShape:
        """Return the shape that tells what a press here would do."""
        if self.gesture is not None:
            return self.gesture.cursor
        if port_at(self._stage, touch.scene) is not None:
            return Qt.CursorShape.CrossCursor
        hovered = self.hovered
        if hovered is not None and on_number(self._stage, hovered, touch.scene):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.ArrowCursor

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor with a wheel, pan with a touchpad; Control always zooms."""
        self._wheel.turn(event)


def touch_at(stage: Stage, at: QPointF, modifiers: Qt.KeyboardModifier) -> Touch:
    """Return the touch at a point of the viewport."""
    return Touch(at, stage.camera.to_scene(at), modifiers)
