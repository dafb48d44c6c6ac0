"""The large map of one node: what it says all over the plane, with the data points on it.

Beside it stand name, number, gradient, the scale of the colours, and what a double-click does. It
floats over the canvas and lets the mouse through; the hover decides when and where. It measures
nothing: until the large map is there it shows the small one.
"""

from gettext import gettext as _
from gettext import ngettext
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from engine.explain.spoken import called
from engine.graph.document import Document
from engine.train.boundary import Bounds
from engine.train.maps import Maps
from engine.train.samples import Samples
from playground.canvas.frame.digits import text
from playground.canvas.painting.maps import Atlas
from playground.session import Session
from playground.theme import Theme, ThemeManager, interface_font, number_font
from playground.training import HEIGHT_TO_WIDTH, Measured
from playground.widgets.heatmap import SHADES, colour_table, words
from playground.widgets.shading import shading_of

PAD, GAP, RADIUS = 12.0, 14.0, 10.0
MAP = (176.0, 176.0 * HEIGHT_TO_WIDTH)
CAPTION = 20.0  # below the map: which features span it
WORDS = 204.0  # the width of what is said beside it
SHADOW = 8
POINT, RING, CROSS = 2.6, 5.5, 5.0
SCALES = {"probability": ("0", "½", "1"), "logit": ("−", "0", "+"), "number": ("−", "0", "+")}
PLAIN_SCALE = ("−1", "0", "+1")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class MapCard(QWidget):
    """Shows the map of one node of a session; `tell` says which, `show_map` what it is now."""

    def __init__(self, session: Session, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._themes = themes
        self._item = self._node = 0
        self._maps: Maps | None = None
        self._atlas: Atlas | None = None
        self._atlas_of: tuple[Maps, Theme] | None = None
        self._dots: QPixmap | None = None
        self._dots_of: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        width = 2 * PAD + MAP[0] + GAP + WORDS + 2 * SHADOW
        self.resize(QSize(round(width), round(2 * PAD + MAP[1] + CAPTION + 2 * SHADOW)))
        self.hide()

    def tell(self, item: int, node: int) -> None:
        """Be about a node, whose map is on an item."""
        self._item, self._node = item, node

    @property
    def node(self) -> int | None:
        """The node whose map is shown, None while none is."""
        return self._node if self.isVisible() else None

    @property
    def maps(self) -> Maps | None:
        """The maps out of which one is shown."""
        return self._maps

    def show_map(self, measured: Measured | None, small: Maps | None) -> None:
        """Show the numbers of now and the large map, or the small one until that has come."""
        large = measured.large if measured is not None else None
        known = [maps for maps in (large, small) if maps is not None and self._node in maps.nodes]
        self._maps = known[0] if known else None
        self.update()

    def leave(self) -> None:
        """Be gone, and let the maps go."""
        self.hide()
        self._maps = self._atlas = self._atlas_of = None

    # Painting ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card as it is now."""
        theme = self._themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        body = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        self._paint_body(painter, body, theme)
        box = QRectF(body.left() + PAD, body.top() + PAD, *MAP)
        self._paint_map(painter, box, theme)
        beside = QRectF(box.right() + GAP, box.top(), WORDS, MAP[1] + CAPTION)
        self._paint_words(painter, beside, theme)
        painter.end()

    @staticmethod
    def _paint_body(painter: QPainter, body: QRectF, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for spread in (7, 5, 3, 1):
            shadow = QColor(theme.shadow)
            shadow.setAlphaF(theme.shadow.alphaF() * 0.18)
            painter.setBrush(shadow)
            around = body.adjusted(-spread, -spread + 2, spread, spread)
            painter.drawRoundedRect(around, RADIUS + spread, RADIUS + spread)
        painter.setPen(QPen(theme.hairline, theme.lines))
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_map(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        maps = self._maps
        painter.setPen(QPen(theme.hairline, theme.lines))
        painter.setBrush(theme.card)
        painter.drawRoundedRect(box, 6, 6)
        if maps is None:
            return
        if self._atlas is None or self._atlas_of != (maps, theme):
            self._atlas = Atlas(maps, words(colour_table(theme)))
            self._atlas_of = (maps, theme)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._atlas.brush(self._atlas.rows[self._node], box))
        painter.drawRoundedRect(box, 6, 6)
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(box, 6, 6)
        painter.setClipPath(clip)
        samples = self._session.samples
        if samples is not None:
            painter.drawPixmap(box.topLeft(), self._points(samples, maps, theme))
        self._paint_place(painter, box, maps, theme)
        painter.restore()
        painter.setFont(interface_font(11))
        painter.setPen(theme.muted)
        line = QRectF(box.left(), box.bottom() + 4, box.width(), CAPTION - 4)
        painter.drawText(line, LEFT, self._caption(maps, line.width()))

    def _points(self, samples: Samples, maps: Maps, theme: Theme) -> QPixmap:
        """Return the data points, painted once for the same data and theme."""
        ratio = self.devicePixelRatioF()
        key = (samples, maps.bounds, maps.axes, theme, ratio)
        if self._dots is not None and self._dots_of == key:
            return self._dots
        dots = QPixmap(QSize(*(round(side * ratio) for side in MAP)))
        dots.setDevicePixelRatio(ratio)
        dots.fill(Qt.GlobalColor.transparent)
        painter = QPainter(dots)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, *MAP)
        colours = shading_of(samples, theme).points(samples.labels)
        for number, row in enumerate(samples.inputs):
            test = number >= samples.train.stop
            painter.setPen(QPen(QColor("black" if test else "white"), 0.8))
            painter.setBrush(colours[number])
            at = on_box(box, maps.bounds, *(float(row[axis]) for axis in maps.axes))
            painter.drawEllipse(at, POINT, POINT)
        painter.end()
        self._dots, self._dots_of = dots, key
        return dots

    def _paint_place(self, painter: QPainter, box: QRectF, maps: Maps, theme: Theme) -> None:
        """Mark the sample with a ring, or the place that is tried out with a cross."""
        features = self._session.features
        if len(features) <= max(maps.axes):
            return
        at = on_box(box, maps.bounds, *(features[axis] for axis in maps.axes))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor("black"), 3.6), (theme.selection, 1.8)):
            painter.setPen(QPen(colour, width))
            if self._session.probe is None:
                painter.drawEllipse(at, RING, RING)
            else:
                painter.drawLine(at - QPointF(CROSS, 0), at + QPointF(CROSS, 0))
                painter.drawLine(at - QPointF(0, CROSS), at + QPointF(0, CROSS))

    def _paint_words(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        title, kind = self._names()
        line = QRectF(box.left(), box.top() - 1, box.width(), 20)
        taken = put(
            painter, line, LEFT, title, interface_font(13, QFont.Weight.DemiBold), theme.ink
        )
        line.setLeft(line.left() + taken + 6)
        put(painter, line, LEFT, kind, interface_font(12), theme.muted)
        rows = self._rows(theme)
        for number, (name, figure, colour) in enumerate(rows):
            line = QRectF(box.left(), box.top() + 28 + 22 * number, box.width(), 20)
            put(painter, line, LEFT, name, interface_font(12), theme.muted)
            put(painter, line, RIGHT, figure, number_font(13), colour)
        ramp = QRectF(box.left(), box.top() + 34 + 22 * len(rows), box.width(), 8)
        self._paint_scale(painter, ramp, theme)
        hint = QRectF(box.left(), box.bottom() - 17, box.width(), 18)
        put(painter, hint, LEFT, self._hint(), interface_font(11), theme.muted)

    def _rows(self, theme: Theme) -> list[tuple[str, str, QColor]]:
        """Return what is said line by line: a name, a number, and its colour."""
        result, node = self._session.result, self._node
        row = result.row.get(node)
        computed = row is not None and bool(result.computed[row])
        value = result.number(node)
        shown = text(value) if computed else "–"
        rows = [(_("out"), shown, theme.of_sign(value) if computed else theme.muted)]
        reached = row is not None and bool(result.reached[row])
        slope = text(result.slope(node)) if reached else "–"
        output = self._session.document.name(result.output) if result.output is not None else ""
        rows.append((text_before(output), slope, theme.backward))
        if self._maps is not None:
            scores = self._maps.scores[self._maps.nodes.index(node)]
            finite = scores[np.isfinite(scores)]
            if len(finite):
                ends = f"{short(float(finite.min()))} … {short(float(finite.max()))}"
                rows.append((_("range"), ends, theme.muted))
        return rows

    def _paint_scale(self, painter: QPainter, ramp: QRectF, theme: Theme) -> None:
        table = colour_table(theme)
        gradient = QLinearGradient(ramp.topLeft(), ramp.topRight())
        for part, shade in ((0.0, 1), (0.5, SHADES // 2), (1.0, SHADES - 1)):
            gradient.setColorAt(part, QColor(*table[shade].tolist()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(gradient))
        painter.drawRoundedRect(ramp, 4, 4)
        link = ""
        if self._maps is not None:
            link = self._maps.links[self._maps.nodes.index(self._node)]
        line = QRectF(ramp.left(), ramp.bottom() + 2, ramp.width(), 16)
        sides = (LEFT, Qt.AlignmentFlag.AlignCenter, RIGHT)
        for side, said in zip(sides, SCALES.get(link, PLAIN_SCALE), strict=True):
            put(painter, line, side, said, number_font(11), theme.muted)

    # Words ---------------------------------------------------------------------------------------

    def _names(self) -> tuple[str, str]:
        """Return what the node is called, and where it belongs."""
        document, node = self._session.document, self._node
        if node not in document:
            return "", ""
        record = document.node(node)
        if record.is_leaf:
            return document.name(node), _("feature")
        neuron = next(
            (one for one in document.ancestry(record.group) if _is(document, one, "neuron")), None
        )
        if neuron is None:
            return document.name(node), ""
        around = document.groups[neuron].group
        layer = document.groups[around].label if around is not None else ""
        return called(document, neuron), layer

    def _hint(self) -> str:
        """Say what a double-click does here."""
        document, item = self._session.document, self._item
        if item not in document.groups:
            return _("Drag its number to try other places")
        count = len(document.members(item))
        said = ngettext(
            "Double-click to open its {count} scalar",
            "Double-click to open its {count} scalars",
            count,
        )
        return said.format(count=count)

    def _caption(self, maps: Maps, width: float) -> str:
        """Say which features span the plane, and where the others are."""
        across, up = (self._feature(axis) for axis in maps.axes)
        said = _("{across} across, {up} up").format(across=across, up=up)
        if len(self._session.features) > 2:
            said = _("{words}, the others as now").format(words=said)
        metrics = QFontMetricsF(interface_font(11))
        return metrics.elidedText(said, Qt.TextElideMode.ElideRight, width)

    def _feature(self, index: int) -> str:
        for node in self._session.document.nodes():
            if node.is_leaf and node.role == "feature" and node.index == index and node.label:
                return node.label
        return f"x{index + 1}"


def _is(document: Document, group: int, template: str) -> bool:
    return document.groups[group].template == template


def text_before(output: str) -> str:
    """Return what a gradient is called: that of the output by this node."""
    return f"∂{output}" if output.replace("_", "").isalnum() else "∂"


def short(number: float) -> str:
    """Return a number in three figures."""
    return f"{number:.3g}".replace("-", "−") if isfinite(number) else text(number)


def on_box(box: QRectF, bounds: Bounds, x: float, y: float) -> QPointF:
    """Return where a place of the plane is in a box."""
    across = (x - bounds.left) / (bounds.right - bounds.left)
    up = (y - bounds.bottom) / (bounds.top - bounds.bottom)
    return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())


def put(
    painter: QPainter,
    line: QRectF,
    side: Qt.AlignmentFlag,
    said: str,
    font: QFont,
    colour: QColor,
) -> float:
    """Write words on a line, cut off at its end; return how wide they are."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, line.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(line, side, shown)
    return metrics.horizontalAdvance(shown)
