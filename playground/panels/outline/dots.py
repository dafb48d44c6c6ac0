"""The spots of colour before the names of tinted groups and frames in the outline."""

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from playground.widgets.pigments import PIGMENTS

SIDE, RADIUS, RATIO = 12, 4.0, 2.0


def spot(colour: str) -> QIcon | None:
    """Return the spot of a tint, None for a name that is none."""
    return _drawn(PIGMENTS[colour].name()) if colour in PIGMENTS else None


@cache
def _drawn(pigment: str) -> QIcon:
    picture = QPixmap(round(SIDE * RATIO), round(SIDE * RATIO))
    picture.setDevicePixelRatio(RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pigment))
    painter.drawEllipse(QPointF(SIDE / 2, SIDE / 2), RADIUS, RADIUS)
    painter.end()
    spotted = QIcon(picture)
    spotted.addPixmap(picture, QIcon.Mode.Selected)  # Qt would mix the selection's colour into it
    return spotted
