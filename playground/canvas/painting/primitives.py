"""NumPy arrays to `QPainter`, without a Python object for each line, point or picture.

Qt's own array calls take a pointer and a count; the pointer is the array's. Painters of the
canvas call this. A buffer must outlive what was wrapped around it, so each lives as long as
its `Batch`.
"""

from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

Floats = NDArray[np.float64]

FRAGMENT_FIELDS = 10  # x, y, source left, top, width, height, scale x, y, rotation, opacity
ELEMENT = np.dtype([("type", ">i4"), ("point", ">f8", 2)])
MOVE, CURVE, CURVE_DATA = 0, 2, 3
HEAD, TAIL = 4, 8


class Batch:
    """A growing buffer of one Qt type, such as `QLineF`, of `fields` doubles each."""

    def __init__(self, kind: type, fields: int) -> None:
        self._kind = kind
        self._fields = fields
        self._wrapped: Any = None
        self._rows = np.zeros((0, fields))

    def fill(self, rows: Floats) -> tuple[Any, int]:
        """Copy rows of shape (n, fields) and return what Qt wants: a pointer and a count."""
        if len(rows) > len(self._rows):
            # The wrapper goes before its memory: Shiboken knows wrappers by their address.
            self._wrapped = None
            self._rows = np.zeros((max(256, 2 * len(rows)), self._fields))
        if self._wrapped is None:
            self._wrapped = shiboken6.wrapInstance(self._rows.ctypes.data, self._kind)
        self._rows[: len(rows)] = rows
        return self._wrapped, len(rows)


class Brushwork:
    """The batches of one painter item, one for each type of primitive."""

    def __init__(self) -> None:
        self._lines = Batch(QLineF, 4)
        self._points = Batch(QPointF, 2)
        self._rects = Batch(QRectF, 4)
        self._fragments = Batch(QPainter.PixmapFragment, FRAGMENT_FIELDS)

    def lines(self, painter: QPainter, rows: Floats) -> None:
        """Draw lines (x1, y1, x2, y2)."""
        if len(rows):
            painter.drawLines(*self._lines.fill(rows))

    def points(self, painter: QPainter, rows: Floats) -> None:
        """Draw points (x, y)."""
        if len(rows):
            painter.drawPoints(*self._points.fill(rows))

    def rects(self, painter: QPainter, rows: Floats) -> None:
        """Draw rectangles (x, y, width, height)."""
        if len(rows):
            painter.drawRects(*self._rects.fill(rows))

    def fragments(self, painter: QPainter, rows: Floats, pixmap: QPixmap) -> None:
        """Draw parts of a pixmap, around (x, y) each; the fields are Qt's `PixmapFragment`."""
        if len(rows):
            painter.drawPixmapFragments(*self._fragments.fill(rows), pixmap)


def curves_path(curves: Floats) -> QPainterPath:
    """Return one path of all cubic curves; shape (n, 4, 2): start, two controls, end."""
    count = 4 * len(curves)
    data = bytearray(HEAD + count * ELEMENT.itemsize + TAIL)
    np.frombuffer(data, ">i4", 1)[0] = count
    elements = np.frombuffer(data, ELEMENT, count, HEAD).reshape(-1, 4)
    elements["type"] = (MOVE, CURVE, CURVE_DATA, CURVE_DATA)
    elements["point"] = curves
    path = QPainterPath()
    if count:
        QDataStream(QByteArray(bytes(data))) >> path
    return path
