"""Letting things glide to where a command has put them, so that one sees what went where.

They stand there already; for a moment they are painted on their way. What was hidden grows out of
the card it was folded into, and the picture of what is hidden now shrinks into its card. All of it
is linear in the share of the way that is left, so that a tick is a few products of arrays. When it
is over nothing runs any more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem

from playground.canvas.frame.build import NONE, Frame
from playground.canvas.frame.style import BACKING
from playground.canvas.painting.leaving import Gliding, Leaving
from playground.canvas.scene import CanvasScene

MILLISECONDS = 150
MOST_WIRES = 20_000  # of a frame that glides; more cannot be painted anew in time
AT_REST = Gliding(np.zeros(0), np.zeros(0))
Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What was painted, and where: rectangles (n, 4) in the scene, and the picture it was part of.

    `boxes` (n, 4) are the same in device pixels of the picture; it is None if none was wanted.
    """

    frame: Frame
    rects: Floats
    boxes: Floats
    picture: QPixmap | None = None


class Glide(QObject):
    """Moves the painted things of one scene from where they were to where they are.

    Attributes:
        ticks: how many steps were painted, for those who count work.
    """

    def __init__(self, scene: CanvasScene, view: QGraphicsView) -> None:
        super().__init__(view)
        self._scene = scene
        self._view = view
        self.ticks = 0
        self._way: Floats = np.zeros((0, 4))
        self._begin = AT_REST
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MILLISECONDS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.valueChanged.connect(self._paint)
        self._animation.finished.connect(self.stop)

    @property
    def runs(self) -> bool:
        """Whether something is on its way."""
        return self._scene.picture.gliding is not None

    def standing(self, *, pictured: bool = False) -> Standing:
        """Return what is painted now, with a picture of it if it may be folded."""
        picture = self._scene.picture
        rects = picture.rects()
        transform = self._view.viewportTransform()
        ratio = self._view.devicePixelRatioF()
        scale, offset = transform.m11() * ratio, (transform.dx() * ratio, transform.dy() * ratio)
        boxes = np.concatenate((rects[:, :2] * scale + offset, rects[:, 2:] * scale), axis=1)
        return Standing(picture.frame, rects, boxes, self._pictured(ratio) if pictured else None)

    def begin(self, before: Standing, scroll: tuple[float, float] = (0.0, 0.0)) -> None:
        """Let what was visible before glide from there, and what is new grow or appear.

        `scroll` is how far the camera has been moved meanwhile, in the scene.
        """
        self.stop()
        frame = self._scene.picture.frame
        if not len(frame) or max(len(frame.wires), len(before.frame.wires)) > MOST_WIRES:
            return
        starts, growth, part = _starts(before, frame)
        starts[:, :2] += scroll
        backing = np.isin(frame.kinds, BACKING)
        self._way = starts - frame.rects
        self._way[~backing, 2:] = 0.0
        self._begin = Gliding(growth, part, _leaving(before, frame, scroll))
        if self._way.any() or self._begin.leaving or (part < 1.0).any():
            self._paint(1.0)  # the animation says nothing at its start
            self._animation.start()

    def stop(self) -> None:
        """Be there at once."""
        if self.runs:
            self._animation.stop()
            self._begin = AT_REST
            picture = self._scene.picture
            picture.gliding = None
            picture.shift[:] = picture.stretch[:] = 0.0
            self._scene.painter.update()

    def _paint(self, share: float) -> None:
        picture = self._scene.picture
        if len(self._way) != len(picture.shift):
            return
        self.ticks += 1
        picture.shift[:] = share * self._way[:, :2]
        picture.stretch[:] = share * self._way[:, 2:]
        picture.gliding = self._begin.at(share)
        self._scene.painter.update()

    def _pictured(self, ratio: float) -> QPixmap:
        """Paint what is seen now into a picture of its own."""
        size = self._view.viewport().size() * ratio
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHints(self._view.renderHints())
        painter.setTransform(self._view.viewportTransform())
        self._scene.painter.paint(painter, QStyleOptionGraphicsItem())
        painter.end()
        return pixmap


def _starts(before: Standing, frame: Frame) -> tuple[Floats, Floats, Floats]:
    """Return where the items of a frame begin, (n, 4), how large and how opaque, (n,) each.

    What is new lies in the card that it was folded into as it lies in the frame that it is in now.
    """
    row, known = _rows(before, frame)
    starts, growth = frame.rects.copy(), np.ones(len(frame))
    starts[known] = before.rects[row[known]]
    around = frame.parents.copy()
    while True:  # as often as groups are nested
        hidden = (around != NONE) & ~known[around]
        if not hidden.any():
            break
        around[hidden] = frame.parents[around[hidden]]
    grows = ~known & (around != NONE)
    card, open_group = starts[around[grows]], frame.rects[around[grows]]
    ratio = card[:, 2:] / open_group[:, 2:]
    starts[grows, :2] = card[:, :2] + (frame.rects[grows, :2] - open_group[:, :2]) * ratio
    starts[grows, 2:] = frame.rects[grows, 2:] * ratio
    growth[grows] = ratio.min(axis=1)
    return starts, growth, known.astype(float)


def _leaving(before: Standing, frame: Frame, scroll: tuple[float, float]) -> tuple[Leaving, ...]:
    """Return the pictures of cards that are open groups now, and the other way round."""
    if before.picture is None:
        return ()
    row, known = _rows(before, frame)
    behind = np.isin(frame.kinds, BACKING)
    turned = np.zeros(len(frame), bool)
    turned[known] = behind[known] != np.isin(before.frame.kinds[row[known]], BACKING)
    whole = QRectF(before.picture.rect())
    found = []
    for number in np.flatnonzero(turned).tolist():
        box = QRectF(*before.boxes[row[number]].tolist())
        begin, end = before.rects[row[number]].copy(), frame.rects[number].copy()
        begin[:2] += scroll
        if behind[number]:  # a card fades where the title of its frame will be
            end[2:] = begin[2:]
        if box.intersects(whole):
            found.append(Leaving(before.picture, box, begin, end))
    return tuple(found)


def _rows(before: Standing, frame: Frame) -> tuple[Index, Flags]:
    """Return the number that each item had before, and whether it had one."""
    index = before.frame.index
    row = np.array([index.get(item, NONE) for item in frame.ids.tolist()], np.int64)
    return row, row != NONE
