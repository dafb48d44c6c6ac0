"""Paints the drawings of the help in the colours of a theme, crisp at any device pixel ratio.

Values are blue, derivatives violet, as on the canvas. What is drawn comes from `drawings.py`.
"""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from engine.train.boundary import reach_of
from playground.panels.chart.axes import levels
from playground.panels.help.drawings import REACH, Field, Numbers, Part, Plot, Points
from playground.panels.plot import Span
from playground.theme import Theme, interface_font, number_font
from playground.widgets.heatmap import colour_table, shades
from playground.widgets.shading import Shading
from playground.widgets.typeset import typeset

WIDEST, SQUARE = 380.0, 220.0
HEIGHT = 200.0  # of a plot
HEAD, FOOT, SIDE, GAP = 20.0, 18.0, 30.0, 14.0
DOT, POINT = 3.2, 2.2
SMALL = 11
FORMULA = 18.0  # pixels of its letters
TORN = 1e-5  # between places that lie on both sides of a kink
LEAP, LONE = 0.1, 0.4  # of the height, and of the jump: see `torn`
STRONG = 0.9  # of all numbers of a field are within its colours


def painted(parts: tuple[Part, ...], theme: Theme, width: float, ratio: float) -> QImage:
    """Paint parts below each other, as wide as there is room."""
    wide = min(width, WIDEST)
    boxes = [box_of(part, wide) for part in parts]
    high = sum(box.height() for box in boxes) + GAP * max(0, len(boxes) - 1)
    image = QImage(
        max(1, round(wide * ratio)),
        max(1, round(high * ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(theme.panel)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = 0.0
    for part, box in zip(parts, boxes, strict=True):
        paint(painter, part, QRectF(0, top, box.width(), box.height()), theme)
        top += box.height() + GAP
    painter.end()
    return image


def painted_formula(latex: str, theme: Theme, width: float, ratio: float) -> QImage:
    """Paint a formula, made smaller where there is less room than it takes."""
    made = typeset(latex, FORMULA)
    box = made.bounds.adjusted(-1, -1, 1, 1)
    scale = min(1.0, width / max(box.width(), 1.0))
    size = QSizeF(box.size() * scale * ratio).toSize().expandedTo(QSize(1, 1))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.panel)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-box.topLeft())
    for _symbol, outline in made.parts:
        painter.fillPath(outline, theme.ink)
    painter.end()
    return image


def box_of(part: Part, wide: float) -> QSizeF:
    """Return the room that a part takes."""
    if isinstance(part, Plot):
        return QSizeF(wide, HEAD + HEIGHT + FOOT)
    side = min(wide - SIDE, SQUARE)
    return QSizeF(wide, side + (HEAD + FOOT if isinstance(part, Field) else 0))


def paint(painter: QPainter, part: Part, box: QRectF, theme: Theme) -> None:
    """Paint one part."""
    if isinstance(part, Plot):
        paint_plot(painter, part, box, theme)
    elif isinstance(part, Field):
        paint_field(painter, part, box, theme)
    else:
        paint_points(painter, part, box, theme)


# Curves ----------------------------------------------------------------------------------------


def paint_plot(painter: QPainter, plot: Plot, box: QRectF, theme: Theme) -> None:
    """Paint curves over two quiet axes, with what they are above."""
    inner = box.adjusted(SIDE, HEAD, -6, -FOOT)
    across, up = (float(plot.across[0]), float(plot.across[-1])), plot.up
    scale = Scale(inner, across, up)
    legend = [(plot.title, theme.muted), ("f", theme.positive)]
    if plot.slope is not None:
        legend.append(("f′", theme.backward))
    write_legend(painter, QRectF(inner.left(), box.top(), inner.width(), HEAD), legend)
    paint_axes(painter, scale, theme)
    painter.save()
    painter.setClipRect(inner)
    curves = [(plot.value, theme.positive)]
    curves += [] if plot.slope is None else [(plot.slope, theme.backward)]
    for numbers, colour in curves:
        pen = QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for piece in torn(plot.across, numbers, up):
            painter.drawPolyline(QPolygonF([scale.at(*point) for point in piece]))
    for x, y, role in plot.dots:
        painter.setPen(QPen(theme.panel, 1.5))
        painter.setBrush(theme.colour(role))
        painter.drawEllipse(scale.at(x, y), DOT, DOT)
    painter.restore()


class Scale:
    """Where numbers lie in a box."""

    def __init__(self, box: QRectF, across: Span, up: Span) -> None:
        self.box, self.across, self.up = box, across, up

    def at(self, x: float, y: float) -> QPointF:
        """Return the place of a point; what is far away stays near enough to be painted."""
        (left, right), (low, high) = self.across, self.up
        share = max(-9.0, min(9.0, (y - low) / (high - low)))
        return QPointF(
            self.box.left() + (x - left) / (right - left) * self.box.width(),
            self.box.bottom() - share * self.box.height(),
        )


def torn(across: Numbers, numbers: Numbers, up: Span) -> Iterator[list[tuple[float, float]]]:
    """Yield the pieces of a curve: it ends where it has no number, at a kink, and at a jump.

    A jump is a step that is large beside those before and after it; a steep curve has no such.
    """
    height = up[1] - up[0]
    known = np.isfinite(numbers)
    seen = np.clip(np.where(known, numbers, 0.0), up[0] - height, up[1] + height)
    steps = np.abs(np.diff(seen))
    beside = np.maximum(np.append(steps[1:], 0.0), np.append(0.0, steps[:-1]))
    jumps = (steps > LEAP * height) & (beside < LONE * steps)
    cuts = np.flatnonzero(~known[1:] | ~known[:-1] | jumps | (np.diff(across) < TORN)) + 1
    for piece in np.split(np.arange(len(numbers)), cuts):
        points = [(float(across[k]), float(numbers[k])) for k in piece if known[k]]
        if len(points) > 1:
            yield points


def paint_axes(painter: QPainter, scale: Scale, theme: Theme) -> None:
    """Paint a hairline at every mark, a stronger one at 0, and the marks beside them."""
    painter.setFont(number_font(SMALL))
    box, right = scale.box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for y, words in levels(*scale.up):
        level = scale.at(scale.across[0], y).y()
        painter.setPen(QPen(theme.dim if abs(y) < 1e-12 else theme.hairline, 1))
        painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level))
        painter.setPen(theme.dim)
        painter.drawText(QRectF(box.left() - SIDE, level - 8, SIDE - 5, 16), right, words)
    for x, words in levels(*scale.across):
        place = scale.at(x, scale.up[0]).x()
        if abs(x) < 1e-12 and scale.across[0] < 0:
            painter.setPen(QPen(theme.dim, 1))
            painter.drawLine(QPointF(place, box.top()), QPointF(place, box.bottom()))
        painter.setPen(theme.dim)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(place - 30, box.bottom() + 2, 60, FOOT - 2), middle, words)


def write_legend(painter: QPainter, line: QRectF, words: list[tuple[str, QColor]]) -> None:
    """Write words in their colours, one behind the other."""
    painter.setFont(interface_font(SMALL))
    left = line.left()
    for text, colour in words:
        painter.setPen(colour)
        place = QRectF(left, line.top(), line.right() - left, line.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        left += painter.boundingRect(place, flags, text).width() + GAP
        painter.drawText(place, flags, text)


# Fields and points -----------------------------------------------------------------------------


def paint_field(painter: QPainter, field: Field, box: QRectF, theme: Theme) -> None:
    """Paint a function of two inputs: blue above 0, orange below, as everywhere."""
    known = np.abs(field.numbers[np.isfinite(field.numbers)])
    reach = max(float(np.quantile(known, STRONG)), 1e-12) if known.size else 1.0
    picture = np.ascontiguousarray(shades(field.numbers[::-1] / reach, colour_table(theme)))
    high, wide = picture.shape[:2]
    image = QImage(picture.data, wide, high, 4 * wide, QImage.Format.Format_RGBA8888)
    side = box.height() - HEAD - FOOT
    square = QRectF(box.left() + SIDE, box.top() + HEAD, side, side)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(square, image)
    words = [
        (f"{field.upward} ↑   {field.across} →", theme.muted),
        ("+", theme.positive),
        ("−", theme.negative),
    ]
    write_legend(painter, QRectF(square.left(), box.top(), box.width(), HEAD), words)
    span = (-REACH, REACH)
    scale = Scale(square, span, span)
    painter.setFont(number_font(SMALL))
    painter.setPen(theme.dim)
    for mark, text in levels(*span):
        x, y = scale.at(mark, -REACH).x(), scale.at(-REACH, mark).y()
        middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(x - 20, square.bottom() + 2, 40, FOOT - 2), middle, text)
        place = QRectF(box.left(), y - 8, SIDE - 5, 16)
        painter.drawText(place, right | Qt.AlignmentFlag.AlignVCenter, text)


def paint_points(painter: QPainter, points: Points, box: QRectF, theme: Theme) -> None:
    """Paint points in the colours of their classes, or of their numbers."""
    told = points.labels if points.classes else points.labels / max(np.abs(points.labels).max(), 1)
    colours = Shading(theme, points.classes, reach_of(None)).points(told)
    low, high = points.places.min(axis=0), points.places.max(axis=0)
    square = QRectF(box.left(), box.top(), box.height(), box.height()).adjusted(6, 6, -6, -6)
    shares = (points.places - low) / (high - low)
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), colour in zip(shares.tolist(), colours, strict=True):
        painter.setBrush(colour)
        place = QPointF(square.left() + x * square.width(), square.bottom() - y * square.height())
        painter.drawEllipse(place, POINT, POINT)
