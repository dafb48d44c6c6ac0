"""How cards, pills, tiles and their outlines look: drawn once into the atlas, in device pixels.

Each function returns a sprite for one shape, look, theme and scale. The card painter asks for
what it is missing; nothing here knows which node a body is for.
"""

from collections.abc import Callable
from enum import IntEnum
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.canvas.frame import style
from playground.canvas.frame.labels import BACKWARD, LOCK, Words, brief, fitted, measured
from playground.canvas.frame.style import Align, Kind
from playground.canvas.painting.detail import Detail
from playground.canvas.painting.lens import keeps_shapes
from playground.canvas.painting.sprites import Sprite, text_sprite
from playground.canvas.painting.tints import COLD, HOLLOW, STRANGE, Tints, mixed
from playground.icons import pixmap, trace
from playground.theme import Theme
from playground.widgets.pigments import pigment

Shape = tuple[Kind, float, float]

MARGIN = 8.0  # around a body, for shadow, stack and outlines
STACK = 3.0
HATCH = 9.0  # between the lines over a body that no gradient reaches
LEAST_LETTERS = 2  # of a title that is cut off; less says nothing
LOCK_SIZE = 11
PILL_EDGE = 0.22  # of the dim text's colour in the border of a pill
STUB_EDGE = 0.6  # and in the dashes around a stub
EDGE_WIDTH, EDGE_SHARE = 1.6, 0.8  # of the border of what has a tint
DASHES = (3.0, 3.0)
PLATE = 0.75  # how much it hides


class Ring(IntEnum):
    """What is drawn around a body."""

    HOVERED = 0
    SELECTED = 1
    FOCUSED = 2
    ALLOWED = 3  # a wire that is being dragged may end here
    CAUGHT = 4  # and it would
    FOUND = 5  # it is one of what was sought
    LIT = 6  # something that is asked about
    LIT_FORWARD = 7  # the same, of values


def body_sprite(shape: Shape, tint: int, tints: Tints, scale: float) -> Sprite:
    """Return the sprite of a body, anchored at its left upper corner."""
    kind, theme = shape[0], tints.theme
    fill = tints.fill(tint, kind)
    line = hairline(kind, theme)
    edge = mixed(mixed(fill, line, 0.5), line, tints.fades)
    if tint == HOLLOW:
        edge = theme.dim
    elif tint == STRANGE:
        edge = theme.ink
    plain = tint not in (HOLLOW, STRANGE, COLD)

    def draw(painter: QPainter) -> None:
        if kind in (Kind.TILE, Kind.CARD):
            _outline(painter, shape, scale, theme.hairline, theme.panel, shift=STACK)
        elif plain and not theme.is_dark and kind is not Kind.STUB:
            _outline(painter, shape, scale, edge, edge, shift=1.0, down=True)
        dashed = tint == HOLLOW or kind is Kind.STUB
        _outline(painter, shape, scale, edge, fill, dashed=dashed, width=theme.lines)
        if tint == COLD:
            box = QRectF(0, 0, round(shape[1] * scale), round(shape[2] * scale))
            radius = min(style.RADII[kind] * scale, box.height() / 2)
            _hatch(painter, box, radius, theme, max(1.0, scale), max(4.0, HATCH * scale))
        if kind is Kind.LEAF and plain and not tints.heat:
            _track(painter, fill, tints, scale)

    return _around(("body", shape, tint), shape, scale, draw)


def hairline(kind: Kind, theme: Theme) -> QColor:
    """Return the border of a body; pills are filled with little more than their ground, or not."""
    edge = {Kind.OP: PILL_EDGE, Kind.STUB: STUB_EDGE}.get(kind, 0.0)
    return mixed(theme.hairline, theme.dim, edge)


def ring_sprite(shape: Shape, ring: Ring, theme: Theme, scale: float) -> Sprite:
    """Return the outline of a body that is selected, under the mouse, or asked for."""
    colour, width, away, dashed = {
        Ring.HOVERED: (theme.dim, 1.0, 0.0, False),
        Ring.SELECTED: (theme.selection, 2.0, 0.5, False),
        Ring.FOCUSED: (theme.selection, 1.2, 4.5, True),
        Ring.ALLOWED: (mixed(theme.background, theme.go, 0.6), 1.2, 0.5, False),
        Ring.CAUGHT: (theme.go, 2.4, 1.0, False),
        Ring.FOUND: (theme.muted, 1.4, 4.0, False),
        Ring.LIT: (theme.backward, 2.0, 3.5, False),
        Ring.LIT_FORWARD: (theme.ink, 1.6, 3.5, False),
    }[ring]
    width *= theme.lines

    def draw(painter: QPainter) -> None:
        _outline(painter, shape, scale, colour, None, width=width, away=away, dashed=dashed)

    return _around(("ring", shape, ring), shape, scale, draw)


def edge_sprite(shape: Shape, colour: str, theme: Theme, scale: float) -> Sprite:
    """Return the border of a folded group that has a tint."""
    edge = mixed(theme.card, pigment(colour, theme), EDGE_SHARE)

    def draw(painter: QPainter) -> None:
        _outline(painter, shape, scale, edge, None, width=EDGE_WIDTH * theme.lines)

    return _around(("edge", shape, colour), shape, scale, draw)


def bar_sprite(theme: Theme, scale: float) -> Sprite:
    """Return a piece of the gradient's bar; it is stretched to its length."""
    height = max(2, round(style.BAR_HEIGHT * scale))

    def draw(painter: QPainter) -> None:
        painter.fillRect(0, 0, 4, height, theme.backward)

    return Sprite(("bar",), 0, 0, 4, height, draw)


def plate_sprite(theme: Theme, height: int) -> Sprite:
    """Return a piece of ground for under a number; it is stretched to its length."""

    ground = QColor(theme.background)
    ground.setAlphaF(PLATE)

    def draw(painter: QPainter) -> None:
        painter.fillRect(0, -height, 4, height, ground)

    return Sprite(("plate",), 0, -height, 4, 0, draw)


def words_sprite(words: Words, *, reverse: bool, tints: Tints, scale: float) -> Sprite:
    """Return the sprite of a text, a padlock or a badge, anchored on its baseline.

    On a body that is tinted it is as light or as dark as it must be, `reverse` or not.
    """
    theme, look = tints.theme, words.style
    if words.special == LOCK:
        return _lock_sprite(words, theme, scale)
    colour = theme.colour("backward" if words.special == BACKWARD else look.role)
    if not look.outside and not words.special:
        colour = mixed(tints.on(reverse), colour, tints.own_colours)
    text, larger = fitting(words, tints.detail)
    part, key = words.align / Align.RIGHT, ("words", words, reverse)
    ground = theme.background if look.over_wires else None
    plain = text_sprite(key, text, look.font(), colour, scale * larger, part, ground)
    return _chip_sprite(plain, words, theme, scale) if words.special else plain


def fitting(words: Words, detail: Detail) -> tuple[str, float]:
    """Return a text as far as there is room for it, and how many times its size it is written."""
    look, larger = words.style, detail.enlarged(words.style)
    room = words.room / larger
    if larger == 1.0 or measured(words.text, look) <= room:
        return words.text, larger
    if look.whole:
        return words.text, max(1.0, words.room / measured(words.text, look))
    short = brief(words.text)
    if short != words.text:
        return (short if measured(short, look) <= room else ""), larger
    short = fitted(words.text, look, room)
    return (short if len(short) > LEAST_LETTERS else ""), larger


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
        if keeps_shapes(painter):
            trace(painter, "lock", theme.muted, QRectF(-side, -side + scale, side, side))
        else:
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


def swatch(painter: QPainter, box: QRectF, tint: int, tints: Tints) -> None:
    """Draw a small sample of a tint, for a legend."""
    theme = tints.theme
    painter.setPen(QPen(theme.hairline, theme.lines))
    painter.setBrush(tints.fill(tint, Kind.LEAF))
    painter.drawRoundedRect(box, 3, 3)
    if tint == COLD:
        _hatch(painter, box, 3.0, theme, 1.0, HATCH / 2)


def _hatch(
    painter: QPainter, box: QRectF, radius: float, theme: Theme, width: float, step: float
) -> None:
    """Draw slanting lines over a body that no gradient reaches."""
    clip = QPainterPath()
    clip.addRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(mixed(theme.hairline, theme.dim, 0.4), width))
    high = box.height()
    for line in range(1, ceil((box.width() + high) / step)):
        painter.drawLine(QPointF(line * step, 0), QPointF(line * step - high, high))


def _track(painter: QPainter, fill: QColor, tints: Tints, scale: float) -> None:
    """Draw the groove that the gradient's bar lies in."""
    height = max(2, round(style.BAR_HEIGHT * scale))
    line = round(style.BAR_LINE * scale)
    left, width = round(style.PAD * scale), round(2 * style.BAR_HALF * scale)
    groove = mixed(fill, tints.theme.hairline, 0.55 * tints.detail.numbers)
    painter.fillRect(left, line, width, height, groove)
