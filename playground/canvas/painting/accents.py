"""Paints what stands out among the wires for a moment: what is lit, under the mouse, under the
knife, where something would be inserted, and the bends of a wire that is pointed at.

Few wires at a time, over the layer of all of them, so that pointing never paints that again.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.canvas.frame.routes import curves_through
from playground.canvas.frame.wires import curves
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.magnets import dots
from playground.canvas.painting.picture import Picture
from playground.canvas.painting.primitives import Brushwork, curves_path
from playground.canvas.painting.tints import mixed
from playground.canvas.painting.wirework import band_widths, signed_colours

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WIDTH = 2.4
DASHES = (2.5, 3.0)
BEND_RADIUS = 4.5
FAINT, BEHIND = 0.3, 1.5  # of its colour, and the width, of a wire that is lit behind others
BENDS_FROM = 0.3  # the zoom from which bends can be told apart


def paint_accents(painter: QPainter, picture: Picture, lens: Lens) -> None:
    """Paint the wires that stand out, below the cards."""
    floating, theme = picture.floating, picture.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lights = picture.lights
    colour = theme.ink if lights.forward else theme.backward
    if len(lights.faint):
        faint = mixed(theme.wire, colour, FAINT)
        _wires(painter, picture, lights.faint.tolist(), faint, lens, width=BEHIND)
    if lights.wires:
        _wires(painter, picture, list(lights.wires), colour, lens)
    hovered = picture.hovered_wire
    if hovered is not None and not picture.selected_wires[hovered]:
        _wires(painter, picture, [hovered], _pointed(picture, hovered), lens)
    if floating.landing is not None:
        _wires(painter, picture, [floating.landing], theme.go, lens)
    if floating.route is not None:
        points = lens.points(curves_through(floating.route.points))
        _stroke(painter, points, theme.selection, WIDTH, lens)
    if floating.joins is not None:
        joins = curves(floating.joins[:, 0], floating.joins[:, 1])
        _stroke(painter, lens.points(joins), theme.go, WIDTH, lens)
    if floating.cut is not None and len(floating.cut):
        rows = floating.cut.tolist()
        _wires(painter, picture, rows, theme.muted, lens, dashed=True)


def paint_bends(
    painter: QPainter, brushwork: Brushwork, picture: Picture, corners: Floats, lens: Lens
) -> None:
    """Paint the knife, and the bends of wires that are selected or under the mouse."""
    floating, theme = picture.floating, picture.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if floating.blade is not None:
        begin, finish = (lens.point(*end) for end in floating.blade)
        painter.setPen(QPen(theme.ink, 1.5 * lens.ratio, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(begin, finish)
    if lens.zoom < BENDS_FROM:
        return
    radius = BEND_RADIUS * max(0.8, min(lens.zoom, 1.4)) * lens.ratio
    if floating.route is not None:
        held = floating.route.points[[floating.route.held]]
        dots(painter, brushwork, lens.points(held), radius * 1.25, theme.selection, theme)
        return
    shown = bends_shown(picture)
    points = lens.points(picture.frame.wires.bends_at(corners))
    dots(painter, brushwork, points[shown], radius, theme.muted, theme)
    if picture.bend is not None:
        dots(painter, brushwork, points[[picture.bend]], radius * 1.25, theme.selection, theme)


def bends_shown(picture: Picture) -> Flags:
    """Return which bends are painted, as flags over those of all wires."""
    wires = picture.frame.wires
    flags = picture.selected_wires.copy()
    if picture.hovered_wire is not None:
        flags[picture.hovered_wire] = True
    shown: Flags = flags[wires.bent]
    return shown


def _pointed(picture: Picture, row: int) -> QColor:
    """Return the colour of the wire under the mouse: of its weight, if it has one."""
    theme, weight = picture.theme, picture.readings.weight[row]
    if picture.heat is None and np.isfinite(weight) and weight:
        return signed_colours(theme)[int(weight < 0)]
    return mixed(theme.wire, theme.ink, 0.45)


def _wires(
    painter: QPainter,
    picture: Picture,
    rows: list[int],
    colour: QColor,
    lens: Lens,
    *,
    dashed: bool = False,
    width: float = WIDTH,
) -> None:
    pieces = picture.pieces()
    points = lens.points(pieces.points[np.isin(pieces.wire, rows)])
    width = max(width, float(band_widths(picture.frame.wires.count[rows]).max(initial=0.0)))
    _stroke(painter, points, colour, width, lens, dashed=dashed)


def _stroke(
    painter: QPainter,
    points: Floats,
    colour: QColor,
    width: float,
    lens: Lens,
    *,
    dashed: bool = False,
) -> None:
    pen = QPen(colour, width * max(0.7, min(lens.zoom, 1.5)) * lens.ratio)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    if dashed:
        pen.setDashPattern(DASHES)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curves_path(points))
