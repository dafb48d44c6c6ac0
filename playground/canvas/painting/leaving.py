"""What is on its way while things glide: how large and how opaque, and pictures of what is gone.

The glide writes it, the painter item reads it. A card that is an open group now, or an open group
that is a card, is no longer in the frame; its picture from before goes to where the other is.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from playground.canvas.painting.lens import Lens

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """A part of a picture, `box` in its pixels, on the way between two rectangles of the scene."""

    picture: QPixmap
    box: QRectF
    begin: Floats
    end: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Gliding:
    """How things look when a share of their way is left, 1 at its beginning.

    Attributes:
        growth: the size of each item's card, of its own; part: how opaque it is; shape (n,).
        leaving: what is gone.
        share: what is left of the way.
    """

    growth: Floats
    part: Floats
    leaving: tuple[Leaving, ...] = ()
    share: float = 1.0

    def at(self, share: float) -> "Gliding":
        """Return this, being the beginning, with a share of the way left."""
        growth = 1.0 - share * (1.0 - self.growth)
        return replace(self, growth=growth, part=1.0 - share * (1.0 - self.part), share=share)


def paint_leaving(painter: QPainter, gliding: Gliding, lens: Lens) -> None:
    """Paint the pictures of what is gone, the fainter the nearer they come."""
    painter.save()
    painter.setOpacity(gliding.share)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for one in gliding.leaving:
        rect = one.end + gliding.share * (one.begin - one.end)
        target = QRectF(lens.point(*rect[:2]), lens.point(*(rect[:2] + rect[2:])))
        seen = one.box & QRectF(one.picture.rect())
        part = _part(target, one.box, seen)
        painter.drawPixmap(part, one.picture, seen)
    painter.restore()


def _part(target: QRectF, box: QRectF, seen: QRectF) -> QRectF:
    """Return where in a target a part of a box lies, as it lies in the box."""
    across, down = target.width() / box.width(), target.height() / box.height()
    return QRectF(
        target.x() + (seen.x() - box.x()) * across,
        target.y() + (seen.y() - box.y()) * down,
        seen.width() * across,
        seen.height() * down,
    )
