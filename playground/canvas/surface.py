"""The lower half of the canvas widget: a view set up for painting, and its mouse and keys.

What the mouse is doing is an object, never a flag; events only pass through here.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QToolTip, QWidget

from engine.explain.spoken import spoken
from playground.canvas.camera import Camera
from playground.canvas.context import context_at, context_of_selection
from playground.canvas.drops import Drops
from playground.canvas.editor import InlineEditor
from playground.canvas.finder import Finder
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.glide import Glide
from playground.canvas.keys import Arrows, idle_action, typed
from playground.canvas.mouse import Mouse, touch_at
from playground.canvas.note_editor import NoteEditor
from playground.canvas.parts import Parts
from playground.canvas.routing import Routing
from playground.canvas.scene import CanvasScene
from playground.canvas.search import Search
from playground.canvas.views import Views
from playground.canvas.walk import Walk
from playground.canvas.words import words_at
from playground.canvas.zoom_folding import ZoomFolding
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.announce import announce
from playground.widgets.mime import unpack

SPACE = QKeySequence(Qt.Key.Key_Space)
NEAR = 6  # pixels that the mouse may stray before a tooltip goes
PASSING = (  # from where the keyboard comes back by itself
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
Anchor = QGraphicsView.ViewportAnchor
Flag = QGraphicsView.OptimizationFlag


class Surface(QGraphicsView):
    """A view of a session's graph that listens to mouse, keys and drags from the palette.

    Attributes:
        context_requested: a menu is wanted; carries the kind of what it is for (a word of the
            actions' `context`), which is selected, and the place on the screen.
    """

    context_requested = Signal(str, QPoint)

    def __init__(
        self, session: Session, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._scene = CanvasScene(session.document, themes.current(), self)
        self._prepare()
        self._camera = Camera(self)
        self._parts = Parts(self._scene)
        stage = self._stage = Stage(session, self._scene, self._camera, self._parts)
        self._editor = InlineEditor(session, self.viewport())
        self._editor.closed.connect(self._after_editing)
        self._writer = NoteEditor(session, self.viewport())
        self._writer.closed.connect(self._after_editing)
        self._routing = Routing(stage)
        self._mouse = Mouse(stage, self._editor, self._writer, self._routing)
        self._walk = Walk(stage, self._say)
        self._arrows = Arrows(stage, self._walk)
        self._drops = Drops(stage)
        self._glide = Glide(self._scene, self)
        self._depths = ZoomFolding(session, self._scene, self._camera, self._parts)
        self._search = Search(stage, themes, self)
        self._views = Views(session, self._camera, self._scene.bounds)
        self._finder = Finder(stage, self._views, self._say, self)

    def _prepare(self) -> None:
        self.setObjectName("canvas")
        self.setAccessibleName(_("Canvas"))
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(Anchor.NoAnchor)
        self.setResizeAnchor(Anchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlags(Flag.DontSavePainterState | Flag.DontAdjustForAntialiasing)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)

    # Mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture with everything at its place; the buttons at the side change views."""
        self._glide.stop()
        self._camera.settle()
        if event.button() is Qt.MouseButton.BackButton:
            self._views.back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self._views.forward()
        self._mouse.press(self._touch(event.position(), event.modifiers()), event.button())
        self._after(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or hover."""
        self._mouse.move(self._touch(event.position(), event.modifiers()))
        self._search.point(event.position())
        self._after(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        touch = self._touch(event.position(), event.modifiers())
        ended = self._mouse.release(touch, event.button())
        self._camera.remember(self._session.document)
        if ended is not None and ended.wants_menu:
            place = event.globalPosition().toPoint()
            self.context_requested.emit(context_at(self._stage, touch.scene), place)
        self._after(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit or fold what is under the mouse."""
        self._camera.settle()
        if event.button() is Qt.MouseButton.LeftButton:
            self._mouse.double_click(self._touch(event.position(), event.modifiers()))
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or pan; what was being typed is taken."""
        if self._editor.is_open or self._writer.is_open or self._search.card.is_open:
            self._take_focus()
        zoom = self._camera.goal().zoom
        self._mouse.wheel(event)
        self._camera.remember(self._session.document)
        self._depths.zoomed(zoom, event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Hover over nothing."""
        self._mouse.hover_nothing()
        if QApplication.activePopupWidget() is None:  # a menu asks where it was opened
            self._mouse.at = None
            self._search.point(None)
        self._point()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu, on what is under the mouse or is selected."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._mouse.at = None if keyboard else QPointF(event.pos())
        event.accept()
        if keyboard:
            kind = context_of_selection(self._stage)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return  # the knife; without a drag it asks when the button is let go
        else:
            kind = context_at(self._stage, self._camera.to_scene(QPointF(event.pos())))
        self.context_requested.emit(kind, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show tooltips; pinch to zoom."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                zoom = self._camera.goal().zoom
                self._camera.zoom_by(1.0 + event.value(), event.position())
                self._camera.remember(self._session.document)
                self._depths.zoomed(zoom, event.position())
            return True
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        at = event.pos()
        words = words_at(self._stage, self._camera.to_scene(QPointF(at)))
        here = QRect(at - QPoint(NEAR, NEAR), at + QPoint(NEAR, NEAR))
        QToolTip.showText(event.globalPos(), words, self.viewport(), here)

    def _after(self, event: QMouseEvent) -> None:
        touch = self._touch(event.position(), event.modifiers())
        shape = self._mouse.cursor(touch)
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)
        self._point()
        event.accept()

    # Keys --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the space bar from the shortcuts: held, it pans; by itself it is passed on.

        Every key finds things at their places.
        """
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            self._glide.stop()
            self._search.hear(event.text())
            panning = event.key() == Qt.Key.Key_Space and not event.modifiers()
            if panning or (event.key() == Qt.Key.Key_Escape and self._mouse.gesture is not None):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel, pan, delete, edit what has no value of its own, walk, or search for text."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif self._mouse.key(event):
            pass
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_selection()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # here with Control only
            super().focusNextPrevChild(key == Qt.Key.Key_Tab)
        elif self._routing.press(event):
            pass
        elif not self._arrows.press(event):
            if not typed(event):
                super().keyPressEvent(event)
                return
            self._type(event)
        event.accept()

    def _enter(self) -> None:
        """Edit what is selected, or let it fire while that is done by hand."""
        if not self._session.tracing.fire_selected():
            self.edit_value()

    def _type(self, event: QKeyEvent) -> None:
        """Search for a text; the shortcut of an action that is disabled now begins none.

        On an empty canvas no shortcut of it can be meant: there `f=2` is typed like `a=2`.
        """
        idle = idle_action(event, self.actions())
        if idle and len(self._session.document):
            self._session.hinted.emit(_("{action}: not just now").format(action=idle))
        else:
            self._search.open(event.text())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the space bar go; unused it triggers the action whose shortcut it is."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            if self._mouse.let_space_go():
                for action in self.actions():
                    if SPACE in action.shortcuts() and action.isEnabled():
                        action.trigger()
            self.viewport().unsetCursor()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what has the keyboard's focus; a keyboard that comes here finds a card selected."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._walk.begin(forward=event.reason() is Qt.FocusReason.TabFocusReason)
        self._point()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer, and let the space bar go."""
        super().focusOutEvent(event)
        self._mouse.let_space_go()
        if event.reason() not in PASSING:
            self._mouse.leave_keys()
        self._point()

    def delete_selection(self) -> None:
        """Delete the selected nodes, groups and wires."""
        raise NotImplementedError

    def edit_value(self) -> None:
        """Edit the number of the selected value, or the name of an operation; fold a group."""
        raise NotImplementedError

    def _escape(self) -> None:
        """Give up the gesture; without one leave the probe, then the selection."""
        session = self._session
        if self._mouse.cancel():
            self.viewport().unsetCursor()
        elif session.probe is not None:
            session.set_probe(None)
        elif session.selection or self._scene.wires:
            session.set_selection(())
            self._scene.select_wires(())
        else:
            self.leave()

    def leave(self) -> None:
        """Step out of the group that one is in."""
        raise NotImplementedError

    def _hold_space(self) -> None:
        at = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        self._mouse.hold_space(touch_at(self._stage, at, Qt.KeyboardModifier.NoModifier))
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    # Drags -------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what comes from the palette, and text from anywhere."""
        self._drag_over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what would be dropped."""
        self._drag_over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show it no longer."""
        self._drops.leave()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it where it was let go."""
        text = unpack(event.mimeData())
        if text is None:
            event.ignore()
            return
        self._drops.drop(text, self._touch(event.position(), event.modifiers()))
        event.acceptProposedAction()
        self._take_focus()

    def _drag_over(self, event: QDragMoveEvent) -> None:
        text = unpack(event.mimeData())
        if text is None:
            event.ignore()
            return
        self._drops.over(text, self._touch(event.position(), event.modifiers()))
        event.acceptProposedAction()

    # Sizes -------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look where the document was last looked at, now that there is a size."""
        super().showEvent(event)
        self._camera.restore(self._session.document, self._scene.bounds())

    def keep_free(self, right: int, below: int) -> None:
        """Leave so many pixels beside and below the picture to what stands there."""
        self.setViewportMargins(0, 0, right, below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep showing everything, if everything was shown; else keep the middle."""
        super().resizeEvent(event)
        self._camera.resized(self._scene.bounds(), event.oldSize(), event.size())

    def _after_editing(self, free: bool) -> None:
        """Take the keyboard back, unless it went elsewhere: to a field, or to the other editor."""
        if free:
            self._take_focus()

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _touch(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> Touch:
        return touch_at(self._stage, at, modifiers)

    def _say(self, item: int) -> None:
        """Let screen readers say which card the keyboard has come to."""
        announce(self, spoken(self._session.document, self._session.result, item))

    def _point(self) -> None:
        """Show what the mouse and, if it is not plain from the selection, the keys point at."""
        session = self._session
        plain = session.selection == {session.current}
        focused = session.current if self.hasFocus() and not plain else None
        self._scene.point_at(focused, self._mouse.hovered)
        self._scene.hover_wire(self._mouse.hovered_wire)
        self._scene.hover_bias(self._mouse.hovered_bias)
        session.whose.hover(self._mouse.hovered, self._mouse.hidden())
