"""Pictures of the canvas for other programs: SVG, PNG and PDF, painted by the canvas's painter.

The picture dialog, the clipboard and `main.py export` call it. A picture shows values as they are,
folded as the canvas is, with nothing selected; in SVG and PDF shapes stay shapes and text stays
text. The same motif gives the same bytes. Needs a `QApplication`, which may be without a screen.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from gettext import gettext as _
from math import ceil, floor, sqrt

import numpy as np
from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, QUuid
from PySide6.QtGui import QColor, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import View
from engine.graph.verbs import delete
from engine.graph.visible import crowded
from engine.run.result import Result
from engine.train.maps import Maps
from playground.canvas.frame.build import build_frame
from playground.canvas.frame.readings import Reader
from playground.canvas.frame.routes import pieces_of
from playground.canvas.painting.painter import PainterItem
from playground.canvas.painting.picture import Picture
from playground.theme import Theme

FORMATS = ("png", "svg", "pdf")
SCALES = (1, 2, 4)
MARGIN = 32.0  # scene units around everything: names stand above their cards
MOST_SIDE = {"png": 16_384, "svg": 100_000, "pdf": 19_000}  # pixels; a PDF's page: 200 inches
MOST_PIXELS = 40_000_000  # of a PNG
DOTS = 96  # pixels of the screen in an inch
DOCUMENT_ID = QUuid("{6d696372-6f67-7261-6420-706c61796772}")  # else a PDF has one of chance
WRITTEN = re.compile(rb"(/CreationDate \(D:)\d{14}[^)]*")
EMPTY = re.compile(rb"<g\b[^>]*>\s*</g>\s*")
FAMILY = re.compile(rb'font-family="([^",]+)"')


@dataclass(frozen=True, slots=True, eq=False)
class Motif:
    """What is pictured: a part of the scene, `zoom` pixels a scene unit at scale 1."""

    picture: Picture
    area: QRectF
    zoom: float = 1.0

    @property
    def size(self) -> QSizeF:
        """How large it is at scale 1, in pixels."""
        return self.area.size() * self.zoom


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that is painted, its size in pixels, and what is to be said about it."""

    painted: QImage | bytes
    size: QSize
    words: str = ""

    def data(self) -> bytes:
        """Return the bytes of its file; may take seconds, and may be called in any thread."""
        return self.painted if isinstance(self.painted, bytes) else _png(self.painted)


def motif_of(
    document: Document,
    folded: frozenset[int],
    result: Result,
    theme: Theme,
    chosen: Collection[int] | None = None,
    within: int | None = None,
    mappable: frozenset[int] = frozenset(),
    maps: Maps | None = None,
) -> Motif | Refusal:
    """Return everything as a motif, or only the chosen items with the wires between them.

    With `within` everything is what is inside that group; `mappable` nodes show their maps.
    Refuses a document without anything to see, and one with too much.
    """
    shown = document if chosen is None else alone(document, chosen)
    refusal = crowded(shown, View(folded=folded, current_group=within))
    if refusal is not None:
        return refusal
    frame = build_frame(shown, folded, within, mappable)
    if not len(frame):
        return Refusal(
            _("There is nothing to picture"),
            _("the canvas is empty") if chosen is None else _("nothing is selected"),
        )
    picture = Picture(shown, frame, Reader(frame).read(result), theme)
    picture.grounded = False
    picture.maps = maps
    return Motif(picture, bounds(picture).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))


def alone(document: Document, chosen: Collection[int]) -> Document:
    """Return a copy with only these items and what is in them, at the places they have."""
    kept: set[int] = set()
    for item in chosen:
        kept |= document.subgroups(item) if item in document.groups else {item}
    kept |= {node.id for node in document.nodes() if node.group in kept}
    for item in tuple(kept):
        kept.update(document.ancestry(document.record(item).group))
    twin = document.copy()
    everything = (*(node.id for node in twin.nodes()), *twin.groups, *twin.notes)
    surplus = [item for item in everything if item not in kept]
    edit = delete(twin, surplus, ())
    if not isinstance(edit, Refusal):
        twin.apply(edit)
    return twin


def bounds(picture: Picture) -> QRectF:
    """Return what surrounds all items and wires of a picture, in the scene."""
    rects = picture.frame.rects
    curves = pieces_of(picture.frame.wires, picture.corners()).points.reshape(-1, 2)
    points = np.concatenate((rects[:, :2], rects[:, :2] + rects[:, 2:], curves))
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return QRectF(left, top, right - left, bottom - top)


def shot(
    motif: Motif, form: str, theme: Theme, scale: float = 1.0, *, transparent: bool = False
) -> Shot:
    """Paint a motif as one of `FORMATS`; `scale` is of a PNG's pixels.

    What would be larger than readers bear is made smaller, and the words say so.
    """
    wanted = scale if form == "png" else 1.0
    scale, words = _bounded(motif, form, wanted)
    size = _pixels(motif, scale)
    if form == "png":
        return Shot(image_of(motif, theme, scale, transparent=transparent), size, words)
    write = {"svg": _svg, "pdf": _pdf}[form]
    return Shot(write(motif, theme, scale, transparent), size, words)


def image_of(motif: Motif, theme: Theme, scale: float, *, transparent: bool = False) -> QImage:
    """Paint a motif into an image; from scale 1 on it tells as much as the screen, only finer."""
    ratio = max(1.0, scale)
    image = QImage(_pixels(motif, scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent if transparent else theme.background)
    _paint(motif, image, scale / ratio, theme)
    return image


def _pixels(motif: Motif, scale: float) -> QSize:
    size = motif.size * scale
    return QSize(max(1, ceil(size.width())), max(1, ceil(size.height())))


def _bounded(motif: Motif, form: str, wanted: float) -> tuple[float, str]:
    """Return the scale at which a picture is not too large, and what to say if it is another."""
    width, height = motif.size.width(), motif.size.height()
    most = min(wanted, MOST_SIDE[form] / max(width, height))
    if form == "png":
        most = min(most, sqrt(MOST_PIXELS / (width * height)))
    if most == wanted:
        return wanted, ""
    words = _("The graph is so large that it is pictured at {share} % of the size asked for.")
    return most, words.format(share=max(1, floor(100 * most / wanted)))


def _png(image: QImage) -> bytes:
    for set_dots in (image.setDotsPerMeterX, image.setDotsPerMeterY):
        set_dots(round(DOTS * image.devicePixelRatio() / 0.0254))
    buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _svg(motif: Motif, theme: Theme, scale: float, transparent: bool) -> bytes:
    buffer, generator, size = _buffer(), QSvgGenerator(), _pixels(motif, scale)
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS)
    generator.setSize(size)
    generator.setViewBox(QRectF(QPointF(), QSizeF(size)))
    generator.setTitle("Micrograd Playground")
    _paint(motif, generator, scale, theme, ground=None if transparent else theme.background)
    # Where the font is not installed, another one without serifs is next best.
    data, found = FAMILY.sub(rb'font-family="\1, sans-serif"', bytes(buffer.data().data())), 1
    while found:  # a group may become empty when one in it goes
        data, found = EMPTY.subn(b"", data)
    return data


def _pdf(motif: Motif, theme: Theme, scale: float, transparent: bool) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setCreator("Micrograd Playground")
    writer.setDocumentId(DOCUMENT_ID)
    points = QSizeF(_pixels(motif, scale)) * (72 / DOTS)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", exact))
    writer.setPageMargins(QMarginsF())
    _paint(motif, writer, scale, theme, ground=None if transparent else theme.background)
    return WRITTEN.sub(_undated, bytes(buffer.data().data()))


def _undated(found: "re.Match[bytes]") -> bytes:
    """Return a date of as many letters, since the file says where in it everything stands."""
    head, text = found[1], found[0]
    return head + b"20000101000000Z".ljust(len(text) - len(head), b"0")[: len(text) - len(head)]


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    return buffer


def _paint(
    motif: Motif, device: QPaintDevice, zoom: float, theme: Theme, ground: QColor | None = None
) -> None:
    """Paint the motif so that its corner is the device's, with `ground` all over below it."""
    picture, zoom = motif.picture, zoom * motif.zoom
    picture.theme = theme
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ground is not None:
        painter.fillRect(QRectF(0, 0, device.width(), device.height()), ground)
    painter.translate(-motif.area.left() * zoom, -motif.area.top() * zoom)
    painter.scale(zoom, zoom)
    PainterItem(picture).paint(painter, QStyleOptionGraphicsItem())
    painter.end()
