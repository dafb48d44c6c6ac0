"""Grips: chips with the numbers that are folded away, by which hands can take hold of them.

A wire into a folded neuron carries a weight, the neuron a bias. The chip of a wire or bias that is
pointed at or selected says its number and gradient, or the share of a sample in that; that of a
band, how many wires it joins and what they weigh. `Parts` finds what is under the mouse by the
same rectangles that are painted.
"""

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.digits import PARTIAL, text
from playground.canvas.frame.routes import lengths, points_on
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.picture import Picture
from playground.icons import pixmap
from playground.theme import Theme

Index = NDArray[np.int64]

MOST = 24  # chips at a time
PILE = 200  # of which some may still stand apart
READABLE = 0.5  # the zoom from which bands say how many wires they join
HEIGHT, PAD, GAP, LOCK = 22.0, 9.0, 7.0, 12.0
BARE = 24.0  # of a band that has to be seen beside its chip
TOUCH = 8.0  # pixels between two chips, of which else neither is shown
BELOW = 9.0  # from the middle of a bias to its chip
PARTS = np.array((0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9))  # of a wire, where its chip may be

NOTHING: Index = np.zeros(0, np.int64)

Words = tuple[str, str]  # a text, and the role of its colour


@dataclass(frozen=True, slots=True)
class Grip:
    """One chip: `rect` in the scene, in which `unit` is a pixel of its own size.

    `node` is the parameter it is about, None for a band; `row` its wire, None for a bias; `was`
    what the number was before the gesture under way.
    """

    node: int | None
    row: int | None
    rect: QRectF
    unit: float
    words: tuple[Words, ...] = ()
    locked: bool = False
    chosen: bool = False
    was: str = ""


def grips_of(picture: Picture, zoom: float, seen: QRectF) -> list[Grip]:
    """Return the chips of what is pointed at or selected; `seen` is the part of the scene."""
    floating = picture.floating
    if floating.draft is not None or floating.cut is not None:
        return []
    unit = max(1.0, 1.0 / zoom)  # from afar they stay as large as they are
    rows = grip_rows(picture)
    found = []
    for row, at in zip(rows.tolist(), _places(picture, rows, seen), strict=True):
        chosen = bool(picture.selected_wires[row])
        if picture.frame.wires.count[row] > 1:
            words = _band_words(picture, row)
            rect = _beside(picture, row, around(at, words, unit))
            found.append(Grip(None, row, rect, unit, words, chosen=chosen))
        else:
            node = int(picture.frame.wires.weight[row])
            if node not in picture.document:
                continue  # painted between an edit and the frame that follows
            found.append(_grip(picture, node, row, at, unit, chosen or node in picture.hidden))
    biases = bias_rows(picture).tolist()
    middles = picture.frame.biases.middles(picture.rects()) if biases else np.zeros((0, 2))
    for bias in biases:
        node = int(picture.frame.biases.node[bias])
        if node not in picture.document:
            continue
        x, y = middles[bias].tolist()
        grip = _grip(picture, node, None, (x, y), unit, node in picture.hidden)
        grip.rect.moveTopLeft(QPointF(x - HEIGHT / 2 * unit, y + BELOW))
        found.append(grip)
    return found


def grip_rows(picture: Picture) -> Index:
    """Return the wires and bands that have a chip of this kind."""
    wires, found = picture.frame.wires, []  # there may be many wires, and the mouse asks often
    if picture.hovered_wire is not None:
        found.append(np.array([picture.hovered_wire]))
    if picture.selected_wires.any():
        found.append(np.flatnonzero(picture.selected_wires))
    if picture.hidden:
        found.append(np.flatnonzero(np.isin(wires.weight, list(picture.hidden))))
    rows = np.unique(np.concatenate(found)) if found else NOTHING
    rows = rows[(wires.weight[rows] >= 0) | (wires.count[rows] > 1)]
    return rows if len(rows) <= MOST else NOTHING


def bias_rows(picture: Picture) -> Index:
    """Return the biases that have a chip."""
    biases, pointed = picture.frame.biases, picture.hovered_bias
    found = (
        np.flatnonzero(np.isin(biases.node, list(picture.hidden))) if picture.hidden else NOTHING
    )
    return found if pointed is None else np.union1d(found, [pointed])


def paint_grips(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Paint all chips."""
    grips = grips_of(picture, lens.zoom, lens.seen())
    told = {grip.row for grip in grips}
    counts = [grip for grip in counts_of(picture, lens) if grip.row not in told]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for grip in (*counts, *grips):
        paint_grip(painter, grip, lens, picture.theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def counts_of(picture: Picture, lens: Lens) -> list[Grip]:
    """Return chips that say how many wires each band in sight joins, unless they are too many."""
    wires = picture.frame.wires
    bands = np.flatnonzero(wires.count > 1)
    if not len(bands) or lens.zoom < READABLE:
        return []
    pieces = picture.pieces()
    middles = points_on(pieces, bands, np.full(len(bands), 0.5))
    long, seen, unit = lengths(pieces)[bands], lens.seen(), max(1.0, 1.0 / lens.zoom)
    found = []
    for row, at, length in zip(bands.tolist(), middles.tolist(), long.tolist(), strict=True):
        words = ((f"{int(wires.count[row]):,}", "muted"),)
        rect = around((at[0], at[1]), words, unit)
        if seen.contains(rect.center()) and length >= rect.width() + BARE:
            found.append(Grip(None, row, rect, unit, words))
    if len(found) > PILE:
        return []
    clear = apart(found)
    return clear if len(clear) <= MOST else []


def apart(grips: list[Grip]) -> list[Grip]:
    """Return those that touch none of the others: a pile of them says nothing."""
    if len(grips) < 2:
        return grips
    boxes = np.array([grip.rect.getCoords() for grip in grips])
    low, high = boxes[:, :2] - TOUCH * grips[0].unit, boxes[:, 2:]
    meets = ((low[:, None] < high[None]) & (low[None] < high[:, None])).all(axis=2)
    return [grip for grip, others in zip(grips, meets.sum(axis=1), strict=True) if others == 1]


def _grip(
    picture: Picture,
    node: int,
    row: int | None,
    at: tuple[float, float],
    unit: float,
    chosen: bool,
) -> Grip:
    """Return the chip of one parameter."""
    record, result = picture.document.node(node), picture.readings.result
    value = float("nan") if result is None else result.number(node)
    words: list[Words] = [(record.label, "muted")] if record.label else []
    words.append((text(value), _sign(value)))
    asked = picture.asked
    share = "" if asked is None else asked.words(node)
    if share:
        words.append((share, "backward"))
    elif result is not None and result.reached[result.row[node]]:
        words.append((text(result.slope(node), PARTIAL), "backward"))
    ghost = picture.ghost
    old = ghost.hidden.get(node) if ghost is not None else None
    was = "" if ghost is None or old is None or old == value else text(old, ghost.prefix)
    rect = around(at, tuple(words), unit, locked=record.frozen)
    return Grip(node, row, rect, unit, tuple(words), record.frozen, chosen, was)


def _band_words(picture: Picture, row: int) -> tuple[Words, ...]:
    """Say how many wires a band joins, and their mean, least and largest weight."""
    count = int(picture.frame.wires.count[row])
    said = ngettext("{count} wire", "{count} wires", count).format(count=f"{count:,}")
    told = spread(picture, row)
    if told is None:
        return ((said, "muted"),)
    mean, least, most = told
    return (
        (said, "ink"),
        (_("mean"), "muted"),
        (text(mean), _sign(mean)),
        (_("{least} to {most}").format(least=text(least), most=text(most)), "muted"),
    )


def spread(picture: Picture, row: int) -> tuple[float, float, float] | None:
    """Return mean, least and largest weight of the wires of a band, None if none has one."""
    numbers = picture.readings.strands[picture.frame.wires.strands.wire == row]
    known = numbers[~np.isnan(numbers)]
    return (float(known.mean()), float(known.min()), float(known.max())) if len(known) else None


def _beside(picture: Picture, row: int, rect: QRectF) -> QRectF:
    """Return the place of a band's chip: above the cards it joins, if it is longer than that."""
    wires, rects = picture.frame.wires, picture.rects()
    ends = rects[[wires.start[row], wires.end[row]]]
    if ends[1, 0] - ends[0, 0] - ends[0, 2] < rect.width():
        rect.moveBottom(float(ends[:, 1].min()) - rect.height() / 3)
    return rect


def _sign(number: float) -> str:
    """Return the role of a forward number's colour."""
    return "positive" if number > 0 else "negative" if number < 0 else "ink"


def _places(picture: Picture, rows: Index, seen: QRectF) -> list[tuple[float, float]]:
    """Return where the chip of each wire goes: its middle, or as near to that as is in sight."""
    if not len(rows):
        return []
    parts = np.tile(PARTS, len(rows))
    points = points_on(picture.pieces(), np.repeat(rows, len(PARTS)), parts)
    found = []
    for some in points.reshape(len(rows), len(PARTS), 2).tolist():
        inside = (at for at in some if seen.contains(QPointF(*at)))
        x, y = next(inside, some[0])
        found.append((x, y))
    return found


def around(
    at: tuple[float, float], words: tuple[Words, ...], unit: float, *, locked: bool = False
) -> QRectF:
    """Return the rectangle of a chip around a point of the scene."""
    metrics = QFontMetricsF(style.CHIP.font())
    wide = sum(metrics.horizontalAdvance(said) for said, _role in words)
    wide += 2 * PAD + GAP * (len(words) - 1) + (LOCK + GAP / 2) * locked
    rect = QRectF(0, 0, wide * unit, HEIGHT * unit)
    rect.moveCenter(QPointF(*at))
    return rect


def paint_grip(painter: QPainter, grip: Grip, lens: Lens, theme: Theme) -> None:
    """Paint one chip."""
    font = style.CHIP.font()
    metrics = QFontMetricsF(font)
    scale = grip.unit * lens.scale
    width, drop = grip.rect.width() / grip.unit, metrics.capHeight() / 2
    at = lens.point(grip.rect.left(), grip.rect.center().y())
    painter.save()
    painter.translate(round(at.x()), round(at.y()))
    painter.scale(scale, scale)
    painter.setPen(QPen(theme.selection if grip.chosen else theme.hairline, 1.2))
    painter.setBrush(theme.raised if grip.chosen else theme.panel)
    box = QRectF(0, -HEIGHT / 2, width, HEIGHT)
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    x = PAD
    if grip.locked:
        icon = pixmap("lock", theme.muted, round(LOCK), scale)
        painter.drawPixmap(QRectF(x, -LOCK / 2, LOCK, LOCK), icon, QRectF(icon.rect()))
        x += LOCK + GAP / 2
    painter.setFont(font)
    for said, role in grip.words:
        painter.setPen(theme.colour(role))
        painter.drawText(QPointF(x, drop), said)
        x += metrics.horizontalAdvance(said) + GAP
    if grip.was:
        ground = QColor(theme.background)
        ground.setAlphaF(0.75)
        half = metrics.horizontalAdvance(grip.was) / 2
        line = QRectF(width / 2 - half - 3, -HEIGHT / 2 - 18, 2 * half + 6, 15)
        painter.fillRect(line, ground)
        painter.setPen(theme.muted)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, grip.was)
    painter.restore()
