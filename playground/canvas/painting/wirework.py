"""Paints the wires: thin and grey at rest, coloured by their weight at the depth of neurons, wide
and violet where the chosen gradient flows.

Pens of one device pixel are many times faster than wider ones, so a wire looks wider by being
painted again beside itself; only the few that stand out get a wide pen. Called by the painter
item.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.canvas.frame.heat import SHADES, Heat
from playground.canvas.frame.routes import pieces_of
from playground.canvas.frame.wires import Wires
from playground.canvas.painting.detail import CARDS, TITLES, ramp
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.primitives import Brushwork, curves_path
from playground.canvas.painting.tints import mixed
from playground.theme import Theme

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

STRAIGHT = 0.2  # the zoom below which curves are drawn as lines
AT_REST = 1.6
BAND, DOUBLING, WIDEST = 1.6, 0.8, 14.0  # a band of many wires: for each doubling, at most
WIDE = 2.6
NATURAL = 0.8  # the zoom at which a wire is as wide as it says
KEPT = 0.4  # where there are cards, weights become thinner by a power so much less from afar
SEAMLESS, SEAMS = 3.0, 1.6  # device pixels up to which one pass a pixel leaves no seams; passes
FEW = 200  # wires that may have a wide pen
# Least share of the largest weight, width on the screen, opacity.
WEIGHT_STEPS = (
    (0.0, 0.8, 0.17),
    (0.15, 1.0, 0.32),
    (0.30, 1.6, 0.54),
    (0.50, 2.5, 0.80),
    (0.72, 3.5, 1.0),
)
LEVELS = np.array([step[0] for step in WEIGHT_STEPS])
# Smoothing costs most of the time of weights in sight. Where nodes are but blocks of colour, a
# wire of so little colour shows no steps without it.
FAINT, FAINT_BELOW = 0.35, TITLES[1]
MOST = 8_000  # wires at rest in one picture; of more, the strongest and some of the others
SCATTER = 2_654_435_761  # rows times this, modulo 2**32, lie all over the range
TURNS = 7  # in which many wires are painted, so that neither colour covers the other
BACK = 0.3  # of its colour is left of a wire that steps back


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Which wires stand out, as flags over all of them."""

    flow: Flags  # where the chosen gradient flows
    selected: Flags
    hidden: Flags  # in the hand, painted by the gesture
    rest: Flags  # those that step back

    def parted(self, moving: Flags) -> "tuple[Chosen, Chosen]":
        """Return the same with only the wires shown that rest, and with only those that move."""
        resting = replace(self, hidden=self.hidden | moving)
        return resting, replace(self, hidden=self.hidden | ~moving)

    def arrays(self) -> tuple[Flags, ...]:
        """Return all flags, for comparing."""
        return (self.flow, self.selected, self.hidden, self.rest)


def weight_levels(weight: Floats) -> NDArray[np.int8]:
    """Return how each wire is painted for its weight: 0 without one, else 1 to 5 with its sign.

    The largest weight sets the scale, in coarse steps, so that training does not make it flicker.
    """
    size = np.abs(weight)
    known = np.isfinite(size)
    largest = float(size[known].max(initial=0.0))
    scale = 2.0 ** (np.ceil(2 * np.log2(largest)) / 2) if largest > 0 else 1.0
    level = np.searchsorted(LEVELS, np.nan_to_num(size) / scale, side="right")
    signed: NDArray[np.int8] = np.where(known, level * np.where(weight < 0, -1, 1), 0)
    return signed.astype(np.int8)


def wire_levels(weight: Floats, count: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the levels of all wires: means are small, so bands are compared among themselves."""
    single = count == 1
    if single.all():
        return weight_levels(weight)
    levels = weight_levels(np.where(single, weight, np.nan))
    levels[~single] = weight_levels(weight[~single])
    return levels


def heat_levels(heat: Heat) -> NDArray[np.int8]:
    """Return how each wire is painted for its gradient: 0 for none, else 1 to 5."""
    level = np.ceil(np.maximum(heat.wires, 0) * len(WEIGHT_STEPS) / SHADES)
    return level.astype(np.int8)


class WirePainter:
    """Paints the wires of one frame."""

    def __init__(self, brushwork: Brushwork) -> None:
        self._brushwork = brushwork

    def paint(
        self,
        painter: QPainter,
        wires: Wires,
        corners: Floats,
        levels: NDArray[np.int8],
        chosen: Chosen,
        lens: Lens,
        theme: Theme,
        colours: tuple[QColor, QColor],
    ) -> None:
        """Paint all wires in sight, those that stand out last; `corners` (n, 2) of all items.

        `colours` are those of levels above and below zero.
        """
        pieces = pieces_of(wires, corners)
        points, wire = lens.points(pieces.points), pieces.wire
        levels = levels[wire]
        shown = in_sight(points, lens) & ~chosen.hidden[wire]
        resting = sparse(shown & ~chosen.flow[wire] & ~chosen.selected[wire], levels)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        smooth = QPainter.RenderHint.Antialiasing
        grey = mixed(theme.background, theme.wire, _strong(min(1.0, 0.4 + lens.zoom), theme))
        count = wires.count[wire]
        single = count == 1
        turns = TURNS if np.count_nonzero(resting) > FEW else 1
        kept = (NATURAL / min(lens.zoom, NATURAL)) ** (KEPT * ramp(lens.zoom, *CARDS))
        for back in (True, False):
            some = resting & (chosen.rest[wire] == back)
            strength = BACK if back else 1.0
            faint = mixed(theme.background, grey, strength)
            painter.setRenderHint(smooth, on=lens.zoom >= STRAIGHT)
            self._strokes(painter, points[some & single & (levels == 0)], faint, AT_REST, lens)
            self._bands(painter, points, some & (levels == 0), count, faint, lens)
            for number, (_least, width, opacity) in enumerate(WEIGHT_STEPS, start=1):
                part = _strong(opacity, theme) * strength
                least = FAINT if lens.zoom < FAINT_BELOW else 0.0
                painter.setRenderHint(smooth, on=lens.zoom >= STRAIGHT and part > least)
                signed = []
                for colour, level in zip(colours, (number, -number), strict=True):
                    faint, at = mixed(theme.background, colour, part), some & (levels == level)
                    self._bands(painter, points, at, count, faint, lens)
                    signed.append((faint, points[at & single]))
                for turn in range(turns):
                    for faint, curves in signed:
                        self._strokes(painter, curves[turn::turns], faint, width * kept, lens)
        painter.setRenderHint(smooth)
        flow = shown & chosen.flow[wire] & ~chosen.selected[wire]
        self._outstanding(painter, points[flow], theme.backward, lens)
        held = shown & chosen.selected[wire]
        self._outstanding(painter, points[held & single], theme.selection, lens)
        self._bands(painter, points, held, count, theme.selection, lens)

    def _strokes(
        self, painter: QPainter, points: Floats, colour: QColor, width: float, lens: Lens
    ) -> None:
        """Paint many curves with pens of one device pixel, beside each other to look wider."""
        if not len(points):
            return
        pen = QPen(colour, 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        if lens.zoom < STRAIGHT:
            self._brushwork.lines(painter, points[:, (0, 3)].reshape(-1, 4))
            return
        wanted = max(1.0, _on_screen(width, lens))
        if lens.vector:
            painter.setPen(QPen(colour, wanted))
            painter.drawPath(curves_path(points))
            return
        passes = round(wanted + 0.3) if wanted < SEAMLESS else round(SEAMS * wanted)
        if passes == 1:
            painter.drawPath(curves_path(points))
            return
        beside = _beside(points)
        for one in range(passes):
            away = (one - (passes - 1) / 2) * (wanted - 1.0) / max(passes - 1, 1)
            painter.drawPath(curves_path(points + away * beside[:, None, :]))

    def _bands(
        self,
        painter: QPainter,
        points: Floats,
        some: Flags,
        count: NDArray[np.int64],
        colour: QColor,
        lens: Lens,
    ) -> None:
        """Paint the bands among some curves, each the wider the more wires it joins."""
        rows = np.flatnonzero(some & (count > 1))
        if not len(rows):
            return
        widths = band_widths(count[rows])
        for width in np.unique(widths).tolist():
            curves = points[rows[widths == width]]
            if len(curves) > FEW:
                self._strokes(painter, curves, colour, width, lens)
                continue
            painter.setPen(QPen(colour, max(lens.ratio, _on_screen(width, lens))))
            painter.drawPath(curves_path(curves))

    def _outstanding(self, painter: QPainter, points: Floats, colour: QColor, lens: Lens) -> None:
        if len(points) > FEW:
            self._strokes(painter, points, colour, AT_REST, lens)
            return
        width = max(1.5 * lens.ratio, _on_screen(WIDE, lens))
        painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
        for curve in points:
            painter.drawPath(curves_path(curve[None]))


def band_widths(count: NDArray[np.int64]) -> Floats:
    """Return how wide bands of so many wires are, by whole doublings."""
    widths: Floats = np.minimum(BAND + DOUBLING * np.round(np.log2(count)), WIDEST)
    return widths


def signed_colours(theme: Theme) -> tuple[QColor, QColor]:
    """Return the colours of positive and negative weights: lines need not be as dark as text."""
    if theme.is_dark:
        return theme.positive, theme.negative
    return theme.map_positive, theme.map_negative


def _strong(opacity: float, theme: Theme) -> float:
    """Return how much of its colour a wire keeps: more where lines are to be thick."""
    return 1.0 - (1.0 - opacity) / theme.lines**2


def _on_screen(width: float, lens: Lens) -> float:
    """Return a width in device pixels: thinner from afar, and a little wider from near."""
    near = 1.0 + (lens.zoom - NATURAL) / 2
    return width * (min(near, 2.0) if lens.zoom > NATURAL else lens.zoom / NATURAL) * lens.ratio


def in_sight(points: Floats, lens: Lens) -> Flags:
    """Tell which curves, (w, 4, 2) in device pixels, reach into the picture."""
    low = np.minimum(
        np.minimum(points[:, 0], points[:, 1]), np.minimum(points[:, 2], points[:, 3])
    )
    high = np.maximum(
        np.maximum(points[:, 0], points[:, 1]), np.maximum(points[:, 2], points[:, 3])
    )
    inside = (high >= 0) & (low <= (lens.width, lens.height))
    seen: Flags = inside[:, 0] & inside[:, 1]
    return seen


def sparse(flags: Flags, levels: NDArray[np.int8]) -> Flags:
    """Return the flags of at most `MOST`: so many wires fill a picture whatever else is drawn.

    The strongest stay, and of those of one strength the same ones each time, here and there.
    """
    rows = np.flatnonzero(flags)
    if len(rows) <= MOST:
        return flags
    scattered = rows * SCATTER % 2**32
    rank = np.abs(levels[rows].astype(np.int64)) * 2**32 + scattered
    kept = np.zeros_like(flags)
    kept[rows[np.argpartition(rank, -MOST)[-MOST:]]] = True
    return kept


def _beside(points: Floats) -> Floats:
    """Return a direction across each curve, leaning to the vertical as its ends are level."""
    span = points[:, 3] - points[:, 0]
    across = np.stack((-span[:, 1], np.abs(span[:, 0]) + 40.0), axis=1)
    across[:, 0] = np.where(span[:, 0] >= 0, across[:, 0], -across[:, 0])
    direction: Floats = across / np.linalg.norm(across, axis=1, keepdims=True)
    return direction
