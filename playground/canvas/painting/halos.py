"""Rings around what lies behind the cards: frames, notes and open groups found, or in focus.

Cards have theirs in their sprites; these have any size, and few are in sight. Painted over the
kept layer, so that finding and walking never paint that again.
"""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.style import BACKING, Kind
from playground.canvas.painting.backdrop import box_of
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture

AWAY = 4.0  # pixels on the screen between a ring and what it is around
WIDTH, DASHES = 1.4, (3.0, 3.0)


def paint_halos(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Paint the quiet rings of what was found, and a dashed one around the keyboard's focus."""
    frame, theme = picture.frame, picture.theme
    focused = [] if picture.focused is None else [picture.focused]
    ringed = [*picture.ringed.tolist(), *focused]
    if not ringed:
        return
    numbers = np.array(ringed, np.int64)
    rects = picture.rects()[numbers]
    seen = lens.sees(rects[:, :2], rects[:, 2:], AWAY / lens.zoom)
    behind = seen & np.isin(frame.kinds[numbers], BACKING)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in np.flatnonzero(behind).tolist():
        focus = row >= len(picture.ringed)
        pen = QPen(theme.selection if focus else theme.muted, WIDTH * theme.lines * lens.ratio)
        if focus:
            pen.setDashPattern(DASHES)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        away = AWAY * lens.ratio
        box = box_of(rects[row], lens).adjusted(-away, -away, away, away)
        kind = Kind(int(frame.kinds[numbers[row]]))
        radius = min(style.RADII[kind] * lens.scale + away, box.height() / 2)
        painter.drawRoundedRect(box, radius, radius)
