"""Paints ports: those that pull a wire in the hand grow towards it, the others shrink."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Draft, Picture
from playground.canvas.painting.primitives import Brushwork
from playground.theme import Theme

Floats = NDArray[np.float64]

REACH = 40.0  # pixels on the screen
LARGEST, SMALLEST = 2.0, 0.5
STEPS = 8  # sizes between as it is and the largest


def paint_magnets(
    painter: QPainter, brushwork: Brushwork, picture: Picture, corners: Floats, lens: Lens
) -> None:
    """Paint the ports that a wire in the hand could end at, and those near that it could not."""
    draft, ports, theme = picture.floating.draft, picture.frame.ports, picture.theme
    if draft is None or not len(ports):
        return
    points = corners[ports.item] + ports.offset
    sizes = port_sizes(draft, points, lens.zoom)
    open_ports = np.zeros(len(ports), bool) if draft.open is None else draft.open
    seen = lens.sees(points, np.zeros_like(points), REACH)
    for flags, colour in (
        (~open_ports & (sizes < 1.0), theme.dim),
        (open_ports & (sizes <= 1.0), theme.muted),
        (open_ports & (sizes > 1.0), theme.go),
    ):
        for size in np.unique(sizes[flags & seen]).tolist():
            some = lens.points(points[flags & seen & (sizes == size)])
            dots(painter, brushwork, some, style.PORT_RADIUS * lens.scale * size, colour, theme)


def port_sizes(draft: Draft, points: Floats, zoom: float) -> Floats:
    """Return how much larger than usual each port is, in steps, by its distance from the hand."""
    away = np.hypot(*(points - draft.free).T) * zoom
    near = np.clip(1.0 - away / REACH, 0.0, 1.0)
    smooth = np.round(near**2 * (3 - 2 * near) * STEPS) / STEPS
    pulls = np.zeros(len(points), bool) if draft.open is None else draft.open
    end = np.where(pulls, LARGEST, SMALLEST)
    sizes: Floats = 1.0 + (end - 1.0) * smooth
    return sizes


def dots(
    painter: QPainter,
    brushwork: Brushwork,
    points: Floats,
    radius: float,
    colour: QColor,
    theme: Theme,
) -> None:
    """Paint rings of one size, given their middles in device pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for size, fill in ((2 * radius, colour), (2 * radius - max(2.5, radius * 0.7), theme.panel)):
        painter.setPen(QPen(fill, size, c=Qt.PenCapStyle.RoundCap))
        brushwork.points(painter, points)
