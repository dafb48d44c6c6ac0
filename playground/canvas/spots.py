"""Where there is room: a place for what is added without being dropped anywhere."""

from itertools import count
from math import cos, sin

from PySide6.QtCore import QPointF, QRectF

from engine.graph.geometry import GROUP_SIZE, Size
from playground.canvas.frame.style import Kind
from playground.canvas.scene import CanvasScene

GAP = 20.0
TURN = 2.4  # radians between two tries: the golden angle
STRIDE = 42.0


def free_spot(scene: CanvasScene, middle: QPointF, size: Size = GROUP_SIZE) -> tuple[float, float]:
    """Return the nearest point to `middle`, along a spiral, with room for `size` around it."""
    frame = scene.picture.frame
    solid = frame.rects[frame.kinds != Kind.AREA]  # within a drawn frame there is room
    taken = [QRectF(*rect).adjusted(-GAP, -GAP, GAP, GAP) for rect in solid.tolist()]
    for turn in count():
        away = STRIDE * turn**0.5
        x, y = middle.x() + away * cos(turn * TURN), middle.y() + away * sin(turn * TURN)
        card = QRectF(x - size[0] / 2, y - size[1] / 2, *size)
        if not any(card.intersects(rect) for rect in taken):
            break
    return (x, y)
