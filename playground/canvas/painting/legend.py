"""Paints the legend of the heat view: which violet means which gradient.

It stands in a corner of the picture and says what is largest; the shades below it are steps of a
logarithm, as far down as the scale spans. What has a gradient of zero, and what none reaches, is
shown as well. Drawn once for each largest number and span, and copied from then on.
"""

from gettext import gettext as _

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from playground.canvas.frame.digits import text
from playground.canvas.frame.heat import SHADES, Heat
from playground.canvas.frame.style import Kind
from playground.canvas.painting.bodies import swatch
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.tints import COLD, PLAIN, Tints
from playground.theme import Theme, number_font

SIZE = (236.0, 82.0)
AWAY = 14.0  # from the corner of the picture
PAD = 12.0
BAR = 10.0
SWATCH = (16.0, 11.0)
LEAST_TICKS = 2  # beside that of the largest


class Legend:
    """Keeps the picture of the legend that was painted last."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture: QPixmap | None = None

    def paint(self, painter: QPainter, heat: Heat, lens: Lens, theme: Theme) -> None:
        """Paint it in the left lower corner of the picture."""
        largest, detail = text(heat.largest), Detail.at(lens.zoom)
        key = (largest, heat.decades, lens.ratio, theme.name, detail.cards)
        if self._picture is None or key != self._key:
            self._key, self._picture = key, _draw(largest, heat.decades, lens.ratio, theme, detail)
        top = lens.height - (SIZE[1] + AWAY) * lens.ratio
        painter.drawPixmap(QPointF(round(AWAY * lens.ratio), round(top)), self._picture)


def _draw(largest: str, decades: float, ratio: float, theme: Theme, detail: Detail) -> QPixmap:
    picture = QPixmap(round(SIZE[0] * ratio), round(SIZE[1] * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.setPen(QPen(theme.hairline, theme.lines))
    painter.setBrush(theme.panel)
    half = theme.lines / 2
    painter.drawRoundedRect(QRectF(half, half, SIZE[0] - 2 * half, SIZE[1] - 2 * half), 8, 8)
    font = number_font(11)
    painter.setFont(font)
    painter.setPen(theme.muted)
    words = _("|gradient|, largest {number}") if largest else _("|gradient|")
    painter.drawText(QPointF(PAD, 20), words.format(number=largest))
    tints = Tints(theme, detail, heat=True)
    width = (SIZE[0] - 2 * PAD) / SHADES
    painter.setPen(Qt.PenStyle.NoPen)
    for shade in range(1, SHADES + 1):
        painter.setBrush(tints.fill(PLAIN + shade, Kind.LEAF))
        painter.drawRect(QRectF(PAD + (shade - 1) * width, 29, width - 1, BAR))
    painter.setPen(theme.dim)
    metrics = QFontMetricsF(font)
    for part, tick in ticks(decades):
        room = SIZE[0] - 2 * PAD - metrics.horizontalAdvance(tick)
        painter.drawText(QPointF(PAD + room * part, 52), tick)
    x = PAD
    for tint, name in ((PLAIN, _("zero")), (COLD, _("not reached"))):
        painter.save()
        painter.translate(x, 61)
        swatch(painter, QRectF(0, 0, *SWATCH), tint, tints)
        painter.restore()
        painter.setPen(theme.dim)
        painter.drawText(QPointF(x + SWATCH[0] + 6, 71), name)
        x += SWATCH[0] + 6 + metrics.horizontalAdvance(name) + 16
    painter.end()
    return picture


def ticks(decades: float) -> list[tuple[float, str]]:
    """Return how far along the bar to write which share of the largest."""
    steps = max(round(decades), LEAST_TICKS)
    parts = [step / steps for step in range(steps + 1)]
    return [(part, f"×{10.0 ** ((part - 1) * decades):.2g}") for part in parts]
