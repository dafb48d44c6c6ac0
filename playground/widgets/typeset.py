"""Formulas set as outlines, crisp at any zoom: LaTeX in, painter paths out.

ziamath lays them out. A part of a formula that has a colour #00000k is symbol k, so that whoever
paints knows where it lies, and can give it the colour of the theme. Nothing is painted here.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from xml.etree.ElementTree import Element

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QTransform

from playground.theme import interface_font

REST = 0  # the number of what is no symbol
KEPT = 512
FOREIGN = re.compile(r"[^\u0000-\u024f\u0370-\u03ff\u1d00-\u22ff\u2c7c]")
LARGE = (r"\sum", r"\prod")  # around which ziamath stretches brackets without end
STRETCHED = ((r"\left", r"\bigl"), (r"\right", r"\bigr"))
TOKEN = re.compile(r"[A-Z]|-?[\d.]+(?:e-?\d+)?")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """A formula whose baseline is at y = 0.

    `parts` are outlines with the number of their symbol; one that is used twice has two.
    """

    bounds: QRectF
    parts: tuple[tuple[int, QPainterPath], ...]


@lru_cache(maxsize=KEPT)
def typeset(latex: str, size: float, plain: str = "") -> Typeset:
    """Set LaTeX whose letters are `size` pixels.

    What cannot be set, such as names in letters that the mathematical font lacks, is written as
    the plain text instead.
    """
    if not latex or FOREIGN.search(plain):
        return _written(plain, size)
    from ziamath.zmath import (
        Latex,  # here, since it takes a while and most sessions begin without a formula
    )

    if any(large in latex for large in LARGE):
        for stretched, fixed in STRETCHED:
            latex = latex.replace(stretched, fixed)
    try:
        drawing = Latex(latex, size=size, margin=0.0).svgxml()
    except Exception as error:  # noqa: BLE001 - names may be anything
        log.info("cannot typeset %s: %r", latex, error)
        return _written(plain, size)
    parts: list[tuple[int, QPainterPath]] = []
    for number, outline in _outlines(drawing):
        if not parts or parts[-1][0] != number:
            parts.append((number, QPainterPath()))
        parts[-1][1].addPath(outline)
    left, top, width, height = map(float, drawing.attrib["viewBox"].split())
    return Typeset(QRectF(left, top, width, height), tuple(parts))


def _written(text: str, size: float) -> Typeset:
    """Write plain text in the font of the interface."""
    path = QPainterPath()
    path.addText(0.0, 0.0, interface_font(round(size * 0.8)), text)
    return Typeset(path.boundingRect(), ((REST, path),) if text else ())


def _outlines(drawing: Element) -> Iterator[tuple[int, QPainterPath]]:
    """Go through glyphs and lines, each with the number of its symbol."""
    glyphs = {symbol.attrib["id"]: symbol for symbol in drawing.iter("symbol")}
    for part in drawing:
        number = _symbol(part.get("fill", ""))
        if part.tag == "use":
            yield number, _placed(part.attrib, glyphs[part.attrib["href"].removeprefix("#")])
        elif part.tag == "rect":
            line = QPainterPath()
            line.addRect(*(float(part.attrib[side]) for side in ("x", "y", "width", "height")))
            yield number, line
        elif part.tag == "g":
            yield from _outlines(part)


def _symbol(fill: str) -> int:
    return int(fill[1:], 16) if fill.startswith("#") else REST


def _placed(at: Mapping[str, str], glyph: Element) -> QPainterPath:
    """Return a glyph where it is used: its own box goes into the box that is told."""
    left, top, width, _height = map(float, glyph.attrib["viewBox"].split())
    scale = float(at["width"]) / width if width else 1.0
    move = QTransform.fromTranslate(float(at["x"]), float(at["y"]))
    move.scale(scale, scale).translate(-left, -top)
    outline = QPainterPath()
    for path in glyph.iter("path"):
        outline.addPath(_path(path.attrib["d"]))
    return move.map(outline)


@lru_cache(maxsize=1024)
def _path(text: str) -> QPainterPath:
    """Read the outline of a glyph."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    draw: Mapping[str, tuple[int, Callable[..., None]]] = {
        "M": (2, path.moveTo),
        "L": (2, path.lineTo),
        "Q": (4, path.quadTo),
        "C": (6, path.cubicTo),
    }
    tokens = iter(TOKEN.findall(text))
    for letter in tokens:
        if letter == "Z":
            path.closeSubpath()
        else:
            count, line = draw[letter]
            line(*map(float, islice(tokens, count)))
    return path
