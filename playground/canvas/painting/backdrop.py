"""Paints what lies under the graph: the background, its dots, and the frames of open groups.

Drawn frames and notes lie among the open groups; how they look is in `notes`.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from engine.graph.document import Document
from engine.graph.geometry import TITLE_BAR
from engine.graph.records import Group
from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.style import Kind
from playground.canvas.painting import tints
from playground.canvas.painting.bodies import mixed
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.notes import NotePainter, paint_title
from playground.canvas.painting.primitives import Brushwork
from playground.theme import Theme

Floats = NDArray[np.float64]

DOTS_APART = 15.0  # at least, on the screen
SMALL, LARGE = 10.0, 40.0  # a title's size on the screen
LEAST_ROOM = 24.0
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
    painter.setPen(QPen(mixed(theme.grid, theme.hairline, 0.6), max(1.0, round(lens.ratio))))
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
    thick = max(1.0, round(lens.ratio))
    for number in _backing(frame, rects, lens, style.BACKING):
        chosen, item = bool(selected[number]), int(frame.ids[number])
        if item in document.notes:
            note = document.notes[item]
            notes.paint(painter, note, _box(rects[number], lens), lens, theme, chosen)
            continue
        colour = document.groups[item].colour if item in document.groups else ""
        plain = mixed(theme.background, theme.panel, 0.55)
        painter.setBrush(tints.ground(colour, theme) if colour in tints.PIGMENTS else plain)
        painter.setPen(
            QPen(theme.selection, 1.5 * thick)
            if chosen
            else QPen(tints.edge(colour, theme), thick)
        )
        box = _box(rects[number], lens).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        radius = min(style.RADII[Kind.FRAME] * lens.scale, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)


def paint_titles(
    painter: QPainter, document: Document, frame: Frame, rects: Floats, lens: Lens, theme: Theme
) -> None:
    """Write the names of open groups and drawn frames over whatever crosses them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in _backing(frame, rects, lens, (Kind.FRAME, Kind.AREA)):
        item = int(frame.ids[number])
        if item in document.notes:
            paint_title(painter, document.notes[item], _box(rects[number], lens), lens, theme)
            continue
        group = document.groups.get(item)
        if group is not None:
            _paint_title(painter, group, _box(rects[number], lens), lens, theme)


def _backing(frame: Frame, rects: Floats, lens: Lens, kinds: tuple[Kind, ...]) -> list[int]:
    above = TITLES_ABOVE / lens.zoom  # titles of frames may stand above them
    seen = lens.sees(rects[:, :2], rects[:, 2:], above) & np.isin(frame.kinds, kinds)
    found: list[int] = np.flatnonzero(seen).tolist()
    return found


def _box(rect: Floats, lens: Lens) -> QRectF:
    low = np.rint(lens.points(rect[:2]))
    high = np.rint(lens.points(rect[:2] + rect[2:]))
    return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])


def _paint_title(painter: QPainter, group: Group, box: QRectF, lens: Lens, theme: Theme) -> None:
    """Write label and activation; they keep readable as long as the frame has room for them."""
    bar = TITLE_BAR * lens.scale
    pixels = min(max(style.TITLE.pixels * lens.zoom, SMALL), LARGE) * lens.ratio
    pixels = min(pixels, bar * 0.9)
    pad = min(14 * lens.scale, 10 * lens.ratio)
    room = box.width() - 2 * pad
    if pixels < 0.7 * SMALL * lens.ratio or room < LEAST_ROOM * lens.ratio:
        return
    baseline = box.top() + bar / 2 + pixels * 0.36
    x = box.left() + pad
    for text, look, role in (
        (group.label, style.TITLE, "ink"),
        (str(group.arguments.get("activation", "")), style.DETAIL, "dim"),
    ):
        font = look.font()
        font.setPixelSize(max(1, round(pixels * look.pixels / style.TITLE.pixels)))
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.left() + pad + room - x)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        painter.drawText(QPointF(x, baseline), shown)
        x += metrics.horizontalAdvance(shown) + pixels * 0.4
