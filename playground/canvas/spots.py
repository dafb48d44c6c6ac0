"""Where there is room: a place for what is added without being dropped anywhere."""

from itertools import count
from math import cos, sin

from PySide6.QtCore import QPointF, QRectF

from engine.graph.geometry import GROUP_SIZE
from playground.canvas.scene import CanvasScene

GAP = 20.0
TURN = 2.4  # radians between two tries: the golden angle
STRIDE = 42.0


def free_spot(scene: CanvasScene, middle: QPointF) -> tuple[float, float]:
    """Return the nearest point to `middle`, along a spiral, with room for a card around it."""
    taken = [
        QRectF(x, y, width, height).adjusted(-GAP, -GAP, GAP, GAP)
        for x, y, width, height in scene.picture.frame.rects.tolist()
    ]
    for turn in count():
        away = STRIDE * turn**0.5
        x, y = middle.x() + away * cos(turn * TURN), middle.y() + away * sin(turn * TURN)
        card = QRectF(x - GROUP_SIZE[0] / 2, y - GROUP_SIZE[1] / 2, *GROUP_SIZE)
        if not any(card.intersects(rect) for rect in taken):
            break
    return (x, y)
