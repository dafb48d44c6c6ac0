"""The overview in the lower right corner: every card as a block, and where the view is.

It is there only while something lies outside of the view. Its picture is made anew when cards
have other places or other signs, never for mere numbers; moving the view moves a rectangle over
it. A press moves the view there, a drag takes it along, the wheel zooms.
"""

from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from playground.canvas.frame.style import Kind
from playground.canvas.gestures.base import Stage, Touch
from playground.canvas.gestures.map_drag import MapDrag
from playground.canvas.mouse import Mouse
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.tints import mixed
from playground.canvas.views import Views
from playground.canvas.wheel import NOTCH
from playground.theme import ThemeManager

ROOM = (190.0, 160.0)  # the largest the blocks together become
LEAST = 44.0  # the least of either side of the panel
PAD, RADIUS, AWAY = 9.0, 10.0, 14
SMALLEST = 1.5  # a block, in pixels
VEIL = 0.45  # how much of the panel's colour lies over what is out of view
Signs = NDArray[np.int8]


class Minimap(QWidget):
    """Shows one canvas as a whole.

    Attributes:
        wanted: whether it may be shown at all.
        drawn: how often its picture was made, for those who count work.
    """

    def __init__(
        self, stage: Stage, views: Views, mouse: Mouse, themes: ThemeManager, canvas: QGraphicsView
    ) -> None:
        super().__init__(canvas)
        self.wanted = True
        self.drawn = 0
        self._stage = stage
        self._views = views
        self._mouse = mouse
        self._themes = themes
        self._viewport = canvas.viewport()  # what is free of the graph lies around it
        self._brushwork = Brushwork()
        self._blocks: QPixmap | None = None
        self._key: tuple[object, ...] = ()
        self._bounds = QRectF()
        self._scale = 1.0
        self._shown = QRectF()
        self.setAccessibleName(_("Overview of the graph"))
        self.setToolTip(_("Click to look there, drag to move the view, turn the wheel to zoom"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        self._viewport.installEventFilter(self)
        stage.camera.moved.append(self.follow)

    # Following ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take note of another frame, other numbers or another theme."""
        picture = self._stage.scene.picture
        signs = signs_of(picture.readings.value, picture.frame.kinds)
        key = (picture.frame, self._themes.current().name, signs.tobytes())
        if key != self._key:
            if not self._key or self._key[0] is not picture.frame:
                self._measure()
            self._key = key
            self._blocks = None
            self.update()
        self.follow()

    def follow(self) -> None:
        """Take note of another view; hide where there is nothing else to see."""
        camera = self._stage.camera
        seen = camera.rect_on_screen(self._bounds)
        whole = QRectF(self._viewport.rect()).contains(seen) or self._bounds.isNull()
        self.setVisible(self.wanted and not whole)
        shown = self._view_rect()
        if shown != self._shown:
            self._shown = shown
            self.update()

    def want(self, wanted: bool) -> None:
        """Show it where it is of use, or never."""
        self.wanted = wanted
        self.follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() is QEvent.Type.Resize and watched is self._viewport:
            self._place()
        return False

    def _measure(self) -> None:
        self._bounds = self._stage.scene.bounds()
        width, height = max(self._bounds.width(), 1.0), max(self._bounds.height(), 1.0)
        self._scale = min(ROOM[0] / width, ROOM[1] / height)
        sides = (max(side * self._scale, LEAST) + 2 * PAD for side in (width, height))
        self.resize(*(round(side) for side in sides))
        self._place()

    def _place(self) -> None:
        room = self._viewport.size() - self.size() - QSize(AWAY, AWAY)
        self.move(room.width(), room.height())

    # Places ------------------------------------------------------------------------------------

    def scene_point(self, at: QPointF) -> QPointF:
        """Return the point of the scene at a point of the panel."""
        off = (at - QRectF(self.rect()).center()) / self._scale
        return self._bounds.center() + off

    def panel_point(self, at: QPointF) -> QPointF:
        """Return the point of the panel at a point of the scene."""
        return QRectF(self.rect()).center() + (at - self._bounds.center()) * self._scale

    def _view_rect(self) -> QRectF:
        """Return the view in the panel, as much of it as there is room for."""
        camera, room = self._stage.camera, QRectF(self._viewport.rect())
        corners = (camera.to_scene(room.topLeft()), camera.to_scene(room.bottomRight()))
        seen = QRectF(*(self.panel_point(corner) for corner in corners))
        inside = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        left = min(max(seen.left(), inside.left()), inside.right() - 4)
        top = min(max(seen.top(), inside.top()), inside.bottom() - 4)
        right = max(min(seen.right(), inside.right()), left + 4)
        bottom = max(min(seen.bottom(), inside.bottom()), top + 4)
        return QRectF(QPointF(round(left), round(top)), QPointF(round(right), round(bottom)))

    # Mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the view, or bring it here."""
        if event.button() is Qt.MouseButton.LeftButton:
            drag = MapDrag(self._stage, self._touch(event), self._views)
            self._mouse.take(drag, event.button())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the view along."""
        if event.buttons():
            self._mouse.move(self._touch(event))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the view go."""
        self._mouse.release(self._touch(event), event.button())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Be a press like any other."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the middle of the view."""
        camera = self._stage.camera
        camera.zoom_by(2.0 ** (event.angleDelta().y() / NOTCH))
        camera.remember(self._stage.session.document)
        event.accept()

    def _touch(self, event: QMouseEvent) -> Touch:
        return Touch(event.position(), self.scene_point(event.position()), event.modifiers())

    # Painting ----------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the view over the picture of the blocks."""
        theme = self._themes.current()
        if self._blocks is None or self._blocks.devicePixelRatio() != self.devicePixelRatioF():
            self._blocks = self._draw()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._blocks)
        outside, around = QPainterPath(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outside.addRoundedRect(around, RADIUS - 1, RADIUS - 1)
        outside.addRoundedRect(self._shown, 3, 3)
        veil = QColor(theme.panel)
        veil.setAlphaF(VEIL)
        painter.fillPath(outside, veil)
        painter.setPen(QPen(theme.ink, 1.25))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._shown, 3, 3)
        painter.end()

    def _draw(self) -> QPixmap:
        """Paint the panel with all cards."""
        self.drawn += 1
        ratio, theme = self.devicePixelRatioF(), self._themes.current()
        blocks = QPixmap(self.size() * ratio)
        blocks.setDevicePixelRatio(ratio)
        blocks.fill(Qt.GlobalColor.transparent)
        painter = QPainter(blocks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.hairline, 1))
        painter.setBrush(theme.panel)
        around = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(around, RADIUS, RADIUS)
        picture = self._stage.scene.picture
        frame, rects = picture.frame, self._rects()
        outlined = np.isin(frame.kinds, (Kind.FRAME, Kind.AREA))
        painter.setPen(QPen(mixed(theme.panel, theme.dim, 0.7), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._brushwork.rects(painter, rects[outlined])
        painter.setPen(Qt.PenStyle.NoPen)
        signs = signs_of(picture.readings.value, frame.kinds)
        for sign, colour in ((0, theme.dim), (1, theme.positive), (-1, theme.negative)):
            painter.setBrush(mixed(theme.panel, colour, 0.8))
            self._brushwork.rects(painter, rects[~outlined & (signs == sign)])
        painter.end()
        return blocks

    def _rects(self) -> NDArray[np.float64]:
        """Return where each card is in the panel; even the smallest can be seen."""
        rects = self._stage.scene.picture.frame.rects * self._scale
        corner = self.panel_point(QPointF(0, 0))
        rects[:, :2] += (corner.x(), corner.y())
        rects[:, 2:] = np.maximum(rects[:, 2:], SMALLEST)
        return rects


def signs_of(values: NDArray[np.float64], kinds: NDArray[np.int8]) -> Signs:
    """Return the sign in whose colour each card is shown; operations have none."""
    signs = np.sign(np.nan_to_num(values)).astype(np.int8)
    signs[kinds == Kind.OP] = 0
    return signs
