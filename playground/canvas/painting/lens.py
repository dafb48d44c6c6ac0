"""From the scene to device pixels: the one transformation every painter of the canvas uses.

Everything is painted in whole or fractional device pixels, so that text is sharp on any screen.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPixmap

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

VECTOR = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)


@dataclass(frozen=True, slots=True)
class Lens:
    """Scale and offset, and how large the picture is.

    Attributes:
        zoom: pixels on the screen in a scene unit; ratio: device pixels in one of those.
        dx, dy: where the scene's origin lies, in device pixels.
        width, height: of the picture, in device pixels.
        vector: whether shapes and letters are kept as such, instead of pixels.
    """

    zoom: float
    ratio: float
    dx: float
    dy: float
    width: float
    height: float
    vector: bool = False

    @classmethod
    def of(cls, painter: QPainter) -> Self:
        """Return the lens of a painter that a view has set up for painting the scene."""
        device = painter.device()
        ratio = device.devicePixelRatioF()
        transform = painter.worldTransform()
        # A widget tells its size in pixels of the screen, a picture in its own.
        finer = 1.0 if isinstance(device, QImage | QPixmap) else ratio
        return cls(
            transform.m11(),
            ratio,
            transform.dx() * ratio,
            transform.dy() * ratio,
            device.width() * finer,
            device.height() * finer,
            keeps_shapes(painter),
        )

    @property
    def scale(self) -> float:
        """Device pixels in a scene unit."""
        return self.zoom * self.ratio

    def set_up(self, painter: QPainter) -> None:
        """Let a painter paint in device pixels."""
        painter.resetTransform()
        painter.scale(1 / self.ratio, 1 / self.ratio)

    def points(self, scene: Floats) -> Floats:
        """Return points (..., 2) of the scene in device pixels."""
        mapped: Floats = scene * self.scale + (self.dx, self.dy)
        return mapped

    def corners(self, scene: Floats) -> Floats:
        """Return corners of cards, (n, 2), on whole device pixels."""
        return np.rint(self.points(scene))

    def point(self, x: float, y: float) -> QPointF:
        """Return one point of the scene in device pixels."""
        return QPointF(x * self.scale + self.dx, y * self.scale + self.dy)

    def seen(self) -> QRectF:
        """Return the part of the scene that the picture shows."""
        corner = QPointF(-self.dx, -self.dy) / self.scale
        return QRectF(corner.x(), corner.y(), self.width / self.scale, self.height / self.scale)

    def sees(self, corners: Floats, sizes: Floats, margin: float = 0.0) -> Flags:
        """Tell which rectangles of the scene, with a margin around, reach into the picture."""
        low = self.points(corners - margin)
        high = self.points(corners + sizes + margin)
        seen: Flags = (
            (high[:, 0] >= 0)
            & (high[:, 1] >= 0)
            & (low[:, 0] <= self.width)
            & (low[:, 1] <= self.height)
        )
        return seen


def keeps_shapes(painter: QPainter) -> bool:
    """Tell whether what a painter paints becomes a vector graphic."""
    return painter.paintEngine().type() in VECTOR
