"""Paints what lies under the graph: the background, its dots, and the frames of open groups.

Drawn frames and notes lie among the open groups; how they look is in `notes`.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from engine.graph.document import Document
from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.style import Kind
from playground.canvas.painting import pigments
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.notes import NotePainter, paint_title
from playground.canvas.painting.primitives import Brushwork
from playground.canvas.painting.tints import mixed
from playground.theme import Theme
from playground.widgets.pigments import PIGMENTS

Floats = NDArray[np.float64]

DOTS_APART = 15.0  # at least, on the screen
TITLES_ABOVE = 24.0  # on the screen


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
    notes: NotePainter,
    document: Document,
    frame: Frame,
    rects: Floats,
    lens: Lens,
    theme: Theme,
    selected: NDArray[np.bool_],
) -> None:
    """Paint open groups and notes in sight, the outer ones first; `rects` (n, 4) as they are."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = max(1.0, round(lens.ratio * theme.lines))
    for number in _backing(frame, rects, lens, style.BACKING):
        chosen, item = bool(selected[number]), int(frame.ids[number])
        if item in document.notes:
            note = document.notes[item]
            notes.paint(painter, note, box_of(rects[number], lens), lens, theme, chosen)
            continue
        colour = document.groups[item].colour if item in document.groups else ""
        plain = mixed(theme.background, theme.panel, 0.55)
        painter.setBrush(pigments.ground(colour, theme) if colour in PIGMENTS else plain)
        painter.setPen(
            QPen(theme.selection, 1.5 * thick)
            if chosen
            else QPen(pigments.edge(colour, theme), thick)
        )
        box = box_of(rects[number], lens).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        radius = min(style.RADII[Kind.FRAME] * lens.scale, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)


def paint_area_titles(
    painter: QPainter, document: Document, frame: Frame, rects: Floats, lens: Lens, theme: Theme
) -> None:
    """Write the titles of drawn frames over whatever crosses them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in _backing(frame, rects, lens, (Kind.AREA,)):
        note = document.notes.get(int(frame.ids[number]))
        if note is not None:
            paint_title(painter, note, box_of(rects[number], lens), lens, theme)


def open_groups(frame: Frame, rects: Floats, lens: Lens) -> list[int]:
    """Return the numbers of the open groups in sight, the outer ones first."""
    return _backing(frame, rects, lens, (Kind.FRAME,))


def _backing(frame: Frame, rects: Floats, lens: Lens, kinds: tuple[Kind, ...]) -> list[int]:
    above = TITLES_ABOVE / lens.zoom  # titles of frames may stand above them
    seen = lens.sees(rects[:, :2], rects[:, 2:], above) & np.isin(frame.kinds, kinds)
    found: list[int] = np.flatnonzero(seen).tolist()
    return found


def box_of(rect: Floats, lens: Lens) -> QRectF:
    """Return a rectangle of the scene in whole device pixels."""
    low = np.rint(lens.points(rect[:2]))
    high = np.rint(lens.points(rect[:2] + rect[2:]))
    return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])
