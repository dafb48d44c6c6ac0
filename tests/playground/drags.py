"""Points of drag events, which PySide6 takes as floats from 6.12 on, and as integers before."""

import PySide6
from PySide6.QtCore import QPoint, QPointF

EXACT = tuple(int(part) for part in PySide6.__version__.split(".")[:2]) >= (6, 12)


def dragged(at: QPoint) -> QPoint | QPointF:
    """Return a point as the events of a drag want it."""
    return QPointF(at) if EXACT else at
