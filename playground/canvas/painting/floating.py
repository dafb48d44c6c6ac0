"""Paints what floats over the graph: ports, a wire in the hand, the rubber band, a sentence."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from playground.canvas.frame import style
from playground.canvas.frame.ports import OUT
from playground.canvas.frame.style import Kind
from playground.canvas.frame.wires import curves
from playground.canvas.painting.aids import paint_gaps, paint_guides, paint_lasso
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.magnets import dots, paint_magnets
from playground.canvas.painting.picture import Draft, Floating, Picture, Preview
from playground.canvas.painting.primitives import Brushwork, curves_path
from playground.canvas.painting.tints import mixed
from playground.theme import Theme, interface_font

Floats = NDArray[np.float64]

PORTS_FROM = 0.45  # the zoom from which free inputs are shown
SENTENCE_WIDTH = 300.0
BUBBLE_GAP = QPointF(16, 18)


def paint_ports(
    painter: QPainter, brushwork: Brushwork, picture: Picture, corners: Floats, lens: Lens
) -> None:
    """Paint inputs that wait for a wire, and all ports of what is under the mouse."""
    if lens.zoom < PORTS_FROM:
        return
    ports, theme = picture.frame.ports, picture.theme
    hovered = ports.item == (-1 if picture.hovered is None else picture.hovered)
    if picture.floating.draft is not None:
        paint_magnets(painter, brushwork, picture, corners, lens)
        return
    waiting = ~ports.wired & (ports.port != OUT)
    some = np.flatnonzero(waiting | hovered)
    points = lens.points(corners[ports.item[some]] + ports.offset[some])
    dots(painter, brushwork, points, style.PORT_RADIUS * lens.scale, theme.muted, theme)


def paint_floating(painter: QPainter, brushwork: Brushwork, picture: Picture, lens: Lens) -> None:
    """Paint what the gesture under way has put into the picture."""
    floating, theme = picture.floating, picture.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if floating.preview is not None:
        _paint_preview(painter, floating.preview, lens, theme)
    if floating.into is not None and floating.into.group is not None:
        _paint_into(painter, picture, floating.into.group, lens)
    if floating.draft is not None:
        _paint_draft(painter, brushwork, floating.draft, lens, theme)
    if floating.band is not None:
        _paint_band(painter, floating.band, lens, theme)
    if floating.lasso is not None:
        paint_lasso(painter, floating.lasso, lens, theme)
    if floating.guides is not None and len(floating.guides):
        paint_guides(painter, brushwork, floating.guides, lens, theme)
    if floating.gaps is not None and len(floating.gaps):
        paint_gaps(painter, brushwork, floating.gaps, lens, theme)
    if floating.words:
        _paint_words(painter, floating, lens, theme)


def _paint_draft(
    painter: QPainter, brushwork: Brushwork, draft: Draft, lens: Lens, theme: Theme
) -> None:
    finish = draft.port if draft.port is not None and not draft.refused else draft.finish
    ends = np.array([draft.begin, finish])
    curve = lens.points(curves(ends[:1], ends[1:]))
    good = draft.caught is not None and not draft.refused
    colour = theme.go if good else theme.ink
    pen = QPen(mixed(theme.background, colour, 0.6 if draft.refused else 1.0), 2.2 * lens.ratio)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if draft.refused:
        pen.setDashPattern((3.0, 3.0))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curves_path(curve))
    radius = max(4.0, style.PORT_RADIUS * lens.zoom * (1.6 if good else 1.0)) * lens.ratio
    dots(painter, brushwork, lens.points(ends), radius, colour, theme)


def _paint_band(painter: QPainter, band: QRectF, lens: Lens, theme: Theme) -> None:
    box = QRectF(lens.point(band.left(), band.top()), lens.point(band.right(), band.bottom()))
    fill = QColor(theme.selection)
    fill.setAlphaF(0.08)
    painter.setPen(QPen(theme.selection, max(1.0, lens.ratio)))
    painter.setBrush(fill)
    painter.drawRect(box)


def _paint_preview(painter: QPainter, preview: Preview, lens: Lens, theme: Theme) -> None:
    x, y, width, height = preview.rect
    box = QRectF(lens.point(x, y), lens.point(x + width, y + height))
    fill = QColor(theme.card)
    fill.setAlphaF(0.7)
    painter.setPen(QPen(theme.go, 1.5 * lens.ratio, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    radius = min(style.RADII[preview.kind] * lens.scale, box.height() / 2)
    painter.drawRoundedRect(box, radius, radius)
    font = (style.SYMBOL if preview.kind is Kind.OP else style.TITLE).font()
    font.setPixelSize(max(1, round(font.pixelSize() * lens.scale)))
    painter.setFont(font)
    painter.setPen(theme.ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, preview.text)


def _paint_into(painter: QPainter, picture: Picture, group: int, lens: Lens) -> None:
    """Outline the open group that something would go into."""
    x, y, width, height = picture.rects()[picture.frame.index[group]].tolist()
    box = QRectF(lens.point(x, y), lens.point(x + width, y + height))
    fill = QColor(picture.theme.go)
    fill.setAlphaF(0.06)
    painter.setPen(QPen(picture.theme.go, 2.0 * lens.ratio))
    painter.setBrush(fill)
    radius = style.RADII[Kind.FRAME] * lens.scale
    painter.drawRoundedRect(box, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_words(painter: QPainter, floating: Floating, lens: Lens, theme: Theme) -> None:
    """Say a sentence beside the cursor, within the picture."""
    painter.save()
    painter.scale(lens.ratio, lens.ratio)
    font = interface_font(12)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    room = QRectF(0, 0, SENTENCE_WIDTH, 1000)
    text = QFontMetricsF(font).boundingRect(room, flags, floating.words)
    box = text.adjusted(-11, -8, 11, 8)
    box.moveTopLeft(lens.point(*floating.at) / lens.ratio + BUBBLE_GAP)
    right, bottom = lens.width / lens.ratio - 8, lens.height / lens.ratio - 8
    box.translate(min(0.0, right - box.right()), min(0.0, bottom - box.bottom()))
    for spread in (5, 3, 1):
        shadow = QColor(theme.shadow)
        shadow.setAlphaF(theme.shadow.alphaF() * 0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shadow)
        painter.drawRoundedRect(box.adjusted(-spread, -spread + 2, spread, spread + 3), 10, 10)
    painter.setPen(QPen(theme.hairline, 1.0))
    painter.setBrush(theme.raised)
    painter.drawRoundedRect(box, 8, 8)
    painter.setFont(font)
    painter.setPen(theme.ink)
    painter.drawText(box.adjusted(11, 8, -11, -8), flags, floating.words)
    painter.restore()
