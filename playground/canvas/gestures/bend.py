"""Taking a bend of a wire elsewhere."""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import QPointF, Qt

from engine.graph.bends import move_bend
from playground.canvas.frame.style import GRID
from playground.canvas.gestures.base import Gesture, Modifier, Stage, Touch
from playground.canvas.painting.picture import Floating, Route
from playground.canvas.routing import path_of


class MoveBend(Gesture):
    """Drags one bend; Control snaps it to the grid. A press without a drag selects it."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        super().__init__(stage, start)
        wires = stage.scene.picture.frame.wires
        self._row = int(wires.bent[row])
        self._place = row - int(np.searchsorted(wires.bent, self._row))
        [self._wire] = wires.keys(np.array([self._row]))
        self._path = path_of(stage, self._row)
        self._dragged = False
        scene = stage.scene
        self._before = (stage.session.selection, scene.wires, scene.bend)

    def begin(self) -> None:
        """Select the bend."""
        self.stage.session.set_selection(())
        self.stage.scene.select_bend(self._wire, self._place)
        self.stage.hint(_("Drag the bend · Control snaps · double-click or Delete removes it"))

    def move(self, touch: Touch) -> None:
        """Let the wire follow the mouse."""
        if not self._dragged and not self.far(touch):
            return
        self._dragged = True
        points = self._path.copy()
        at = self._at(touch)
        points[self._place + 1] = (at.x(), at.y())
        self.stage.show(Floating(route=Route(self._row, points, self._place + 1)))

    def end(self, touch: Touch) -> None:
        """Leave the bend where it is now."""
        self.stage.show(Floating())
        if not self._dragged:
            return
        session, at = self.stage.session, self._at(touch)
        projection = self.stage.scene.picture.frame.projection
        point = projection.bend(session.document, self._wire[0], (at.x(), at.y()))
        session.do(move_bend(session.document, self._wire, self._place, point))

    def cancel(self) -> None:
        """Leave the bend where it was, and select what was selected."""
        self.stage.show(Floating())
        selection, wires, bend = self._before
        self.stage.session.set_selection(selection)
        if bend is not None:
            self.stage.scene.select_bend(*bend)
        else:
            self.stage.scene.bend = None
            self.stage.scene.select_wires(wires)

    def _at(self, touch: Touch) -> QPointF:
        x, y = self._path[self._place + 1].tolist()
        at = QPointF(x, y) + touch.scene - self.start.scene
        if touch.has(Modifier.ControlModifier):
            return QPointF(round(at.x() / GRID) * GRID, round(at.y() / GRID) * GRID)
        return at
