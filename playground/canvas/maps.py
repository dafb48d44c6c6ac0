"""Which maps the canvas wants measured, and the ones that have come.

The view owns one. It asks the training worker for the maps in sight and no others, and for the
large one that is hovered over; what comes is put into the picture and painted with the next frame.
The main thread never measures.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtWidgets import QGraphicsView

from engine.graph.document import Document
from engine.train.maps import axes_of, mapped
from playground.canvas.gestures.base import Stage
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.maps import SMALLEST
from playground.training import Measured, Wanted

SETTLING_MILLISECONDS = 30
MARGIN = 0.3  # of the view, all around it, so that what comes into sight has its map already
SIDES = ((28.0, 32), (18.0, 24), (0.0, 16))  # from so many device pixels on so many points a side
MOST = 400
NOTHING: frozenset[int] = frozenset()


class MapWatch(QObject):
    """Follows one canvas.

    Attributes:
        on: whether there are maps at all; `show` says so.
        large: the node that is hovered over; `look_at` says which.
        came: other maps have come, or none.
    """

    came = Signal()

    def __init__(self, stage: Stage, view: QGraphicsView) -> None:
        super().__init__(view)
        self.on = True
        self.large: int | None = None
        self._stage = stage
        self._view = view
        self._known: tuple[object, frozenset[int]] = (None, NOTHING)
        self._nodes: tuple[int, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLING_MILLISECONDS)
        self._timer.timeout.connect(self.ask)
        self._training = stage.session.training
        self._training.maps_ready.connect(self._take)
        stage.session.view_changed.connect(self.ask_soon)
        stage.camera.moved.append(self.ask_soon)
        view.installEventFilter(self)

    # What has a map ------------------------------------------------------------------------------

    def mappable(self) -> frozenset[int]:
        """Return the nodes whose maps may be shown now; none in the heat view, or without data."""
        session, scene = self._stage.session, self._stage.scene
        if not self.on or scene.heated or session.samples is None:
            return NOTHING
        columns = session.samples.inputs.shape[1]
        key = (session.document, columns, session.axes)
        if self._known[0] != key:
            self._known = (key, _mappable(session.document, columns, session.axes))
        return self._known[1]

    def forget(self) -> None:
        """Look anew at what has a map: the graph has another structure."""
        self._known = (None, NOTHING)

    def prepare(self) -> bool:
        """Tell the scene, before it builds a frame, what has a map; return whether that is new."""
        scene, before = self._stage.scene, self._stage.scene.mappable
        scene.mappable = self.mappable()
        return scene.mappable != before

    def refresh(self) -> None:
        """Take note of another frame: of its nodes, those maps are shown that there are."""
        measured = self._training.maps
        self._stage.scene.show_maps(measured.small if measured is not None else None)
        self.ask_soon()

    # What is measured ----------------------------------------------------------------------------

    def look_at(self, node: int | None) -> None:
        """Have this node's map measured as a large one."""
        if node != self.large:
            self.large = node
            self.ask()

    def ask_soon(self) -> None:
        """Ask once the view has come to rest, or at least every now and then."""
        if self._view.isVisible() and not self._timer.isActive():
            self._timer.start()

    def ask(self) -> None:
        """Ask the worker for what is in sight."""
        self._timer.stop()
        if not self._view.isVisible():
            self._training.want_maps(Wanted())
            return
        frame = self._stage.scene.picture.frame
        zoom = self._stage.camera.zoom
        rects = frame.cells.in_scene(frame.rects[:, :2], Detail.at(zoom).sights)
        pixels = rects[:, 2] * zoom * self._view.devicePixelRatioF()
        there = frame.cells.mapped & (pixels >= SMALLEST)
        sight = self._stage.camera.in_sight()
        seen = there & _reach(rects, sight)
        near = there & _reach(rects, _widened(sight))
        nodes = set(frame.cells.node[seen].tolist())
        around = set(frame.cells.node[near].tolist())
        known = set(self._nodes)
        if not (nodes <= known <= around):  # else what is measured already will do
            self._nodes = tuple(sorted(around if len(around) <= MOST else nodes))[:MOST]
        largest = float(pixels[seen].max(initial=0.0))
        side = next(points for least, points in SIDES if largest >= least)
        self._training.want_maps(Wanted(self._nodes, side, self.large, self._sample()))

    def _sample(self) -> tuple[float, ...]:
        """Return where features are held, if there are more of them than the plane has."""
        held = self._stage.session.held
        return held if len(held) > 2 else ()

    def _take(self, measured: Measured) -> None:
        self._stage.scene.show_maps(measured.small)
        self.came.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas as it is shown, hidden and resized."""
        if event.type() is QEvent.Type.Hide:
            self.ask()  # for nothing, and the timer ends
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Resize):
            self.ask_soon()
        return False


def _mappable(document: Document, columns: int, axes: tuple[int, ...]) -> frozenset[int]:
    if axes_of(document, columns) is None or len(axes) < 2:
        return NOTHING
    return mapped(document, axes)


def _reach(rects: NDArray[np.float64], sight: QRectF) -> NDArray[np.bool_]:
    """Tell which rectangles reach into a part of the scene."""
    reach: NDArray[np.bool_] = (
        (rects[:, 0] < sight.right())
        & (rects[:, 0] + rects[:, 2] > sight.left())
        & (rects[:, 1] < sight.bottom())
        & (rects[:, 1] + rects[:, 3] > sight.top())
    )
    return reach


def _widened(sight: QRectF) -> QRectF:
    across, down = sight.width() * MARGIN, sight.height() * MARGIN
    return sight.adjusted(-across, -down, across, down)
