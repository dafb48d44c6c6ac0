"""How cards, pills, tiles and their outlines look: drawn once into the atlas, in device pixels.

Each function returns a sprite for one shape, look, theme and scale. The card painter asks for
what it is missing; nothing here knows which node a body is for.
"""

from collections.abc import Callable
from enum import IntEnum
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.labels import BACKWARD, LOCK, Words
from playground.canvas.frame.style import Align, Kind
from playground.canvas.painting.sprites import Sprite, text_sprite
from playground.icons import pixmap
from playground.theme import Theme

Shape = tuple[Kind, float, float]

MARGIN = 8.0  # around a body, for shadow, stack and outlines
SHADES = 8  # of the map's colours, on either side of zero
STACK = 3.0
LOCK_SIZE = 11
DASHES = (3.0, 3.0)


class Look(IntEnum):
    """The state of a body."""

    PLAIN = 0
    HOLLOW = 1  # cannot be computed: an input is missing
    STRANGE = 2  # its number is not finite


class Ring(IntEnum):
    """What is drawn around a body."""

    HOVERED = 0
    SELECTED = 1
    FOCUSED = 2
    ALLOWED = 3  # a wire that is being dragged may end here
    CAUGHT = 4  # and it would
    FOUND = 5  # it is one of what was sought


def mixed(one: QColor, other: QColor, part: float) -> QColor:
    """Return a colour that is `part` of the way from one to the other."""
    near, far = ((c.redF(), c.greenF(), c.blueF()) for c in (one, other))
    return QColor.fromRgbF(*(a + (b - a) * part for a, b in zip(near, far, strict=True)))


def body_sprite(shape: Shape, look: Look, theme: Theme, scale: float) -> Sprite:
    """Return the sprite of a body, anchored at its left upper corner."""
    kind = shape[0]
    fill = theme.raised if kind is Kind.OP else theme.card
    edge, dashed = theme.hairline, False
    if look is Look.HOLLOW:
        fill, edge, dashed = theme.background, theme.dim, True
    elif look is Look.STRANGE:
        fill, edge = mixed(fill, theme.map_negative, 0.16), theme.map_negative

    def draw(painter: QPainter) -> None:
        if kind in (Kind.TILE, Kind.CARD):
            _outline(painter, shape, scale, theme.hairline, theme.panel, shift=STACK)
        elif look is Look.PLAIN and not theme.is_dark:
            _outline(painter, shape, scale, theme.hairline, theme.hairline, shift=1.0, down=True)
        _outline(painter, shape, scale, edge, fill, dashed=dashed)
        if kind is Kind.LEAF and look is Look.PLAIN:
            _track(painter, theme, scale)

    return _around(("body", shape, look), shape, scale, draw)


def block_sprite(shape: Shape, shade: int, theme: Theme, scale: float) -> Sprite:
    """Return a body too small to be read: the colour of its number, from -SHADES to SHADES."""
    end = theme.map_positive if shade > 0 else theme.map_negative
    fill = mixed(theme.map_zero, end, abs(shade) / SHADES)

    def draw(painter: QPainter) -> None:
        _outline(painter, shape, scale, mixed(fill, theme.hairline, 0.5), fill)

    return _around(("block", shape, shade), shape, scale, draw)


def ring_sprite(shape: Shape, ring: Ring, theme: Theme, scale: float) -> Sprite:
    """Return the outline of a body that is selected, under the mouse, or asked for."""
    colour, width, away, dashed = {
        Ring.HOVERED: (theme.dim, 1.0, 0.0, False),
        Ring.SELECTED: (theme.selection, 2.0, 0.5, False),
        Ring.FOCUSED: (theme.selection, 1.2, 4.5, True),
        Ring.ALLOWED: (mixed(theme.background, theme.go, 0.6), 1.2, 0.5, False),
        Ring.CAUGHT: (theme.go, 2.4, 1.0, False),
        Ring.FOUND: (theme.muted, 1.4, 4.0, False),
    }[ring]

    def draw(painter: QPainter) -> None:
        _outline(painter, shape, scale, colour, None, width=width, away=away, dashed=dashed)

    return _around(("ring", shape, ring), shape, scale, draw)


def bar_sprite(theme: Theme, scale: float) -> Sprite:
    """Return a piece of the gradient's bar; it is stretched to its length."""
    height = max(2, round(style.BAR_HEIGHT * scale))

    def draw(painter: QPainter) -> None:
        painter.fillRect(0, 0, 4, height, theme.backward)

    return Sprite(("bar",), 0, 0, 4, height, draw)


def words_sprite(words: Words, theme: Theme, scale: float) -> Sprite:
    """Return the sprite of a text, a padlock or a badge, anchored on its baseline."""
    if words.special == LOCK:
        return _lock_sprite(words, theme, scale)
    font, part = words.style.font(), words.align / Align.RIGHT
    colour = theme.colour("backward" if words.special == BACKWARD else words.style.role)
    plain = text_sprite(("words", words), words.text, font, colour, scale, part)
    return _chip_sprite(plain, words, theme, scale) if words.special else plain


def _chip_sprite(plain: Sprite, words: Words, theme: Theme, scale: float) -> Sprite:
    metrics = QFontMetricsF(words.style.font())
    half = (metrics.horizontalAdvance(words.text) / 2 + 6) * scale
    box = QRectF(-half, -10.5 * scale, 2 * half, 14 * scale)

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(theme.hairline, max(1.0, scale)))
        painter.setBrush(theme.panel)
        painter.drawRoundedRect(box, 7 * scale, 7 * scale)
        plain.draw(painter)

    left, right = -ceil(half) - 2, ceil(half) + 2
    return Sprite(plain.key, left, -ceil(12 * scale), right, ceil(5 * scale), draw)


def _lock_sprite(words: Words, theme: Theme, scale: float) -> Sprite:
    side = max(1, round(LOCK_SIZE * scale))

    def draw(painter: QPainter) -> None:
        painter.drawPixmap(QPointF(-side, -side + scale), pixmap("lock", theme.muted, side))

    return Sprite(("words", words), -side - 1, -side - 1, 1, ceil(2 * scale), draw)


def _around(
    key: tuple[object, ...], shape: Shape, scale: float, draw: Callable[[QPainter], None]
) -> Sprite:
    margin = ceil(MARGIN * scale) + 1
    width, height = round(shape[1] * scale), round(shape[2] * scale)
    return Sprite(key, -margin, -margin, width + margin, height + margin, draw)


def _outline(
    painter: QPainter,
    shape: Shape,
    scale: float,
    edge: QColor,
    fill: QColor | None,
    *,
    width: float = 1.0,
    away: float = 0.0,
    shift: float = 0.0,
    down: bool = False,
    dashed: bool = False,
) -> None:
    """Draw a body's outline, `away` from it or shifted, in scene units."""
    thick = max(1.0, width * scale)
    box = QRectF(0, 0, round(shape[1] * scale), round(shape[2] * scale))
    out = away * scale - (thick / 2 if away == 0 else 0)
    box.adjust(-out, -out, out, out)
    box.translate(0 if down else shift * scale, shift * scale)
    pen = QPen(edge, thick)
    if dashed:
        pen.setDashPattern(DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    radius = min((style.RADII[shape[0]] + away) * scale, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)


def _track(painter: QPainter, theme: Theme, scale: float) -> None:
    """Draw the groove that the gradient's bar lies in."""
    height = max(2, round(style.BAR_HEIGHT * scale))
    line = round(style.BAR_LINE * scale)
    left, width = round(style.PAD * scale), round(2 * style.BAR_HALF * scale)
    painter.fillRect(left, line, width, height, mixed(theme.card, theme.hairline, 0.55))
