"""Resizing a drawn frame or a note: an edge or a corner follows the mouse."""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt

from engine.graph.notes import LEAST_SIZE, resize
from playground.canvas.frame.style import GRID, Kind
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch

REACH = 5.0  # pixels to either side of an edge
CORNER = 12.0
LEAST = 30.0  # pixels of a side below which edges cannot be told apart


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of an item: -1 is its left or upper side, 1 its right or lower one, 0 neither."""

    item: int
    across: int
    down: int

    @property
    def cursor(self) -> Qt.CursorShape:
        """The shape that shows which way it can be dragged."""
        if not self.down:
            return Qt.CursorShape.SizeHorCursor
        if not self.across:
            return Qt.CursorShape.SizeVerCursor
        falling = self.across == self.down
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor


class Resize(Gesture):
    """Drags an edge; Control snaps it to the grid. What lies inside stays where it is."""

    def __init__(self, stage: Stage, start: Touch, edge: Edge) -> None:
        super().__init__(stage, start)
        self._edge = edge
        self._before = stage.session.selection
        self._rect = stage.parts.rect(edge.item)
        self._moved = False
        self.cursor = edge.cursor

    def begin(self) -> None:
        """Select what would be resized."""
        self.stage.session.set_selection({self._edge.item})

    def move(self, touch: Touch) -> None:
        """Let the edge follow the mouse."""
        if not self._moved and not self.far(touch):
            return
        self._moved = True
        self._show(self._dragged(touch))
        self.stage.hint(_("Drag to resize it · Control snaps to the grid · Escape puts it back"))

    def end(self, touch: Touch) -> None:
        """Make an edit of the size it has now."""
        if not self._moved:
            return
        rect, session = self._dragged(touch), self.stage.session
        note = session.document.notes[self._edge.item]
        # Room made by unfolding is no part of the stored size, so only differences count.
        off, grown = rect.topLeft() - self._rect.topLeft(), rect.size() - self._rect.size()
        position = (note.position[0] + off.x(), note.position[1] + off.y())
        size = (note.size[0] + grown.width(), note.size[1] + grown.height())
        edit = resize(session.document, note.id, position, size)
        if edit.is_empty or not session.do(edit):
            self._show(self._rect)

    def cancel(self) -> None:
        """Give it the size it had, and select what was selected before."""
        self._show(self._rect)
        self.stage.session.set_selection(self._before)

    def _dragged(self, touch: Touch) -> QRectF:
        off, rect = touch.scene - self.start.scene, QRectF(self._rect)
        snaps = touch.has(Modifier.ControlModifier)
        least_wide, least_high = LEAST_SIZE

        def place(at: float) -> float:
            return round(at / GRID) * GRID if snaps else at

        if self._edge.across < 0:
            rect.setLeft(min(place(rect.left() + off.x()), rect.right() - least_wide))
        elif self._edge.across > 0:
            rect.setRight(max(place(rect.right() + off.x()), rect.left() + least_wide))
        if self._edge.down < 0:
            rect.setTop(min(place(rect.top() + off.y()), rect.bottom() - least_high))
        elif self._edge.down > 0:
            rect.setBottom(max(place(rect.bottom() + off.y()), rect.top() + least_high))
        return rect

    def _show(self, rect: QRectF) -> None:
        scene = self.stage.scene
        hit = scene.hits.get(self._edge.item)
        if hit is None:
            return
        hit.setPos(rect.topLeft())
        grown = rect.size() - self._rect.size()
        scene.picture.stretch[hit.number] = (grown.width(), grown.height())
        scene.painter.update()


def edge_at(stage: Stage, point: QPointF) -> Edge | None:
    """Return the edge of a frame or note at a point, unless something lies before it."""
    frame = stage.scene.picture.frame
    numbers = np.flatnonzero(np.isin(frame.kinds, (Kind.AREA, Kind.NOTE)))
    if not len(numbers):
        return None
    hit = stage.parts.hit_at(point)
    for item in frame.ids[numbers][::-1].tolist():
        edge = _edge_of(stage, item, point)
        if edge is not None and (hit is None or hit.id == item):
            return edge
    return None


def _edge_of(stage: Stage, item: int, point: QPointF) -> Edge | None:
    rect = stage.parts.rect(item)
    reach, corner = stage.reach(REACH), stage.reach(CORNER)
    if min(rect.width(), rect.height()) < stage.reach(LEAST):
        return None
    if not rect.adjusted(-reach, -reach, reach, reach).contains(point):
        return None
    left, right = point.x() - rect.left(), rect.right() - point.x()
    top, bottom = point.y() - rect.top(), rect.bottom() - point.y()
    if min(left, right, top, bottom) > reach:
        return None
    across = -1 if left <= corner else 1 if right <= corner else 0
    down = -1 if top <= corner else 1 if bottom <= corner else 0
    return Edge(item, across, down)
