"""Paints what lies under the graph: the background, its dots, and the frames of open groups."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.style import Kind
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.tints import mixed
from playground.theme import Theme

Floats = NDArray[np.float64]

DOTS_APART = 15.0  # at least, on the screen


def paint_ground(painter: QPainter, brushwork: Brushwork, lens: Lens, theme: Theme) -> None:
    """Fill the picture and put the dots of the grid on it."""
    painter.fillRect(QRectF(0, 0, lens.width, lens.height), theme.background)
    step = style.GRID * lens.scale
    while step < DOTS_APART * lens.ratio:
        step *= 2
    x = np.arange(lens.dx % step, lens.width, step)
    y = np.arange(lens.dy % step, lens.height, step)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    dot = mixed(theme.grid, theme.hairline, 0.6 / theme.lines**2)
    painter.setPen(QPen(dot, max(1.0, round(lens.ratio))))
    across, down = np.meshgrid(np.floor(x), np.floor(y))
    brushwork.points(painter, np.stack((across.ravel(), down.ravel()), axis=1))


def paint_frames(
    painter: QPainter,
    frame: Frame,
    rects: Floats,
    lens: Lens,
    theme: Theme,
    selected: NDArray[np.bool_],
) -> None:
    """Paint the open groups in sight, the outer ones first; `rects` (n, 4) as they are now."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(mixed(theme.background, theme.panel, 0.55))
    thick = max(1.0, round(lens.ratio * theme.lines))
    for number in open_groups(frame, rects, lens):
        chosen = bool(selected[number])
        painter.setPen(
            QPen(theme.selection, 1.5 * thick) if chosen else QPen(theme.hairline, thick)
        )
        box = box_of(rects[number], lens).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        radius = min(style.RADII[Kind.FRAME] * lens.scale, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)


def open_groups(frame: Frame, rects: Floats, lens: Lens) -> list[int]:
    """Return the numbers of the open groups in sight, the outer ones first."""
    seen = lens.sees(rects[:, :2], rects[:, 2:]) & (frame.kinds == Kind.FRAME)
    found: list[int] = np.flatnonzero(seen).tolist()
    return found


def box_of(rect: Floats, lens: Lens) -> QRectF:
    """Return a rectangle of the scene in whole device pixels."""
    low = np.rint(lens.points(rect[:2]))
    high = np.rint(lens.points(rect[:2] + rect[2:]))
    return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])
