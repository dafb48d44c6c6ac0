"""When the large map is shown: the mouse rests on a tile, a feature's small map, or a cell.

It stands beside what it enlarges, clear of it and within the canvas, and goes at any press, turn
of the wheel or key. It takes the place of the tooltip there.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSizeF, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip

from playground.canvas.frame.maps import Shares
from playground.canvas.gestures.base import Stage
from playground.canvas.map_card import MapCard
from playground.canvas.maps import MapWatch
from playground.canvas.mouse import Mouse
from playground.canvas.painting.detail import Detail
from playground.theme import ThemeManager

REST_MILLISECONDS = 160
AWAY = 14.0  # from what it enlarges
EDGE = 8.0  # from the border of the canvas
ENDS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.DragEnter,
)

Cell = tuple[int, int]  # an item and the node whose map is on it


class MapHover(QObject):
    """Follows the mouse over one canvas.

    Attributes:
        card: what is shown.
    """

    def __init__(
        self,
        stage: Stage,
        mouse: Mouse,
        watch: MapWatch,
        themes: ThemeManager,
        view: QGraphicsView,
    ) -> None:
        super().__init__(view)
        self._stage = stage
        self._mouse = mouse
        self._watch = watch
        self._view = view
        self._cell: Cell | None = None
        self._spent: Cell | None = None  # a press has ended it here, until the mouse has left
        self.card = MapCard(stage.session, themes, view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MILLISECONDS)
        self._timer.timeout.connect(self._show)
        watch.came.connect(self._follow)
        stage.session.result_changed.connect(self._follow)
        stage.session.view_changed.connect(self._follow)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse; show no tooltip where there is a large map."""
        kind = event.type()
        if kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._move(event)
        elif kind in ENDS:
            self._spent = self._cell or self._spent
            self.hide()
        elif kind in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._spent = None
            self.hide()
        elif kind is QEvent.Type.ToolTip:
            return self._cell is not None  # the map is there, or about to be
        return False

    def hide(self) -> None:
        """Show it no longer."""
        self._timer.stop()
        self._cell = None
        self._watch.look_at(None)
        self.card.leave()

    def _move(self, event: QMouseEvent) -> None:
        busy = bool(event.buttons()) or self._mouse.gesture is not None
        cell = None if busy else self._cell_at(event.position())
        if cell != self._spent and not busy:
            self._spent = None
        if cell == self._cell:
            return
        if cell is None or cell == self._spent:
            self.hide()
            return
        self._cell = cell
        if self.card.isVisible():
            self._show()
        else:
            self._watch.look_at(cell[1])  # so that it is there when the mouse has rested
            self._timer.start()

    def _cell_at(self, at: QPointF) -> Cell | None:
        """Return what is under a point of the viewport, if nothing lies over it."""
        stage = self._stage
        picture, point = stage.scene.picture, stage.camera.to_scene(at)
        row = picture.frame.cells.at(picture.corners(), self._sights(), point.x(), point.y())
        hit = None if row is None else stage.parts.hit_at(point)
        if row is None or hit is None or hit.number != int(picture.frame.cells.item[row]):
            return None
        return hit.id, int(picture.frame.cells.node[row])

    def _sights(self) -> Shares:
        """Return how much each place counts that maps have on cards."""
        return Detail.at(self._stage.camera.zoom).sights

    def _show(self) -> None:
        if self._cell is None:
            return
        item, node = self._cell
        QToolTip.hideText()
        self._watch.look_at(node)
        self.card.tell(item, node)
        self._follow()
        self.card.setGeometry(self._place(item, node))
        self.card.show()
        self.card.raise_()

    def _follow(self) -> None:
        """Show the numbers and the map of now; nothing if what it enlarges is gone."""
        if self._cell is None:
            return
        if self._rect(*self._cell).isNull():
            self.hide()
            return
        maps = self._stage.session.training.maps
        self.card.show_map(maps, self._stage.scene.picture.maps)

    def _rect(self, item: int, node: int) -> QRectF:
        """Return where a cell is in the viewport; null if it is not there."""
        picture = self._stage.scene.picture
        number, cells = picture.frame.index.get(item), picture.frame.cells
        rows = (
            [] if number is None else ((cells.item == number) & (cells.node == node)).nonzero()[0]
        )
        if not len(rows):
            return QRectF()
        rect = QRectF(*cells.in_scene(picture.corners(), self._sights())[int(rows[0])].tolist())
        return self._stage.camera.rect_on_screen(rect)

    def _place(self, item: int, node: int) -> QRect:
        """Return a place beside a cell, or else beside the mouse."""
        room = QRectF(self._view.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        cell = self._rect(item, node)
        at = self._mouse.at
        around = cell.adjusted(-AWAY, -AWAY, AWAY, AWAY)
        place = beside(around, self.card.size().toSizeF(), room)
        if place is None and at is not None:
            close = QRectF(at, at).adjusted(-2 * AWAY, -2 * AWAY, 2 * AWAY, 2 * AWAY)
            place = beside(close, self.card.size().toSizeF(), room)
        return (place or QRectF(room.topLeft(), self.card.size().toSizeF())).toAlignedRect()


def beside(around: QRectF, size: QSizeF, room: QRectF) -> QRectF | None:
    """Return where there is room for a size: right of something, left, below, above; None."""
    width, height = size.width(), size.height()
    middle = around.center()
    corners = (
        QPointF(around.right(), middle.y() - height / 2),
        QPointF(around.left() - width, middle.y() - height / 2),
        QPointF(middle.x() - width / 2, around.bottom()),
        QPointF(middle.x() - width / 2, around.top() - height),
    )
    for number, corner in enumerate(corners):
        place = QRectF(corner, size)
        if number < 2:
            place.moveTop(min(max(place.top(), room.top()), room.bottom() - height))
        else:
            place.moveLeft(min(max(place.left(), room.left()), room.right() - width))
        if room.contains(place) and not place.intersects(around):
            return place
    return None
