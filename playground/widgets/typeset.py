"""Formulas set as outlines, crisp at any zoom: LaTeX in, painter paths out.

ziamath lays them out. A part of a formula that has a colour #00000k is symbol k, so that whoever
paints knows where it lies, and can give it the colour of the theme. Nothing is painted here.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle, islice
from threading import Event
from xml.etree.ElementTree import Element

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QTransform

from playground.theme import interface_font

REST = 0  # the number of what is no symbol
KEPT = 512
FOREIGN = re.compile(r"[^\u0000-\u024f\u0370-\u03ff\u1d00-\u22ff\u2c7c]")
LARGE = (r"\sum", r"\prod")  # around which ziamath stretches brackets without end
STRETCHED = ((r"\left", r"\bigl"), (r"\right", r"\bigr"))
CHANGE = r"\partial"  # in braces it stands as close to what changes as a letter does
DECIMAL = re.compile(r"(?<=\\color\{#)(\w{6})\}\{(-?\d+(?:\.\d+)?)(?=\})")
TOKEN = re.compile(r"[A-Z]|-?[\d.]+(?:e-?\d+)?")

LOADING = Event()
"""Set while somebody has ziamath loaded beside the window, by `load`: nobody waits for it then."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """A formula whose baseline is at y = 0.

    `parts` are outlines with the number of their symbol; one that is used twice has two. `equals`
    is where its first equals sign begins, None without one: by it lines stand below each other.
    """

    bounds: QRectF
    parts: tuple[tuple[int, QPainterPath], ...]
    equals: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Glyph:
    """A glyph, or a line, of a layout: which symbol it is of, its outline and where that goes."""

    symbol: int
    outline: QPainterPath
    move: QTransform
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    bounds: QRectF
    glyphs: tuple[_Glyph, ...]


def typeset(latex: str, size: float, plain: str = "") -> Typeset:
    """Set LaTeX whose letters are `size` pixels.

    What cannot be set, such as names in letters that the mathematical font lacks, is written as
    the plain text instead; so is everything while `LOADING`. All digits are equally wide, so that
    numbers that change while a network trains are set in the layout of those before.
    """
    return _written(plain, size) if LOADING.is_set() else _set(latex, size, plain)


def load() -> Typeset:
    """Load ziamath and its font, as the first formula would; from any thread."""
    return _set(r"\frac{1}{2}", 20.0, "")


@lru_cache(maxsize=KEPT)
def _set(latex: str, size: float, plain: str) -> Typeset:
    if not latex or FOREIGN.search(plain):
        return _written(plain, size)
    try:
        found = _live(latex, size)
        return _joined(_lay_out(latex, size)) if found is None else found
    except Exception as error:  # noqa: BLE001 - names may be anything
        log.info("cannot typeset %s: %r", latex, error)
        return _written(plain, size)


def _written(text: str, size: float) -> Typeset:
    """Write plain text in the font of the interface."""
    path = QPainterPath()
    path.addText(0.0, 0.0, interface_font(round(size * 0.8)), text)
    return Typeset(path.boundingRect(), ((REST, path),) if text else ())


def _live(latex: str, size: float) -> Typeset | None:
    """Set the numbers of symbols into a layout of zeros; None if that has other places."""
    digits: dict[int, str] = {}
    for colour, number in DECIMAL.findall(latex):
        digits[int(colour, 16)] = number.replace(".", "").lstrip("-")
    layout = _lay_out(DECIMAL.sub(_zeros, latex), size)
    zero, raised, outlines = _digits()
    keys = [(glyph.symbol, glyph.key) for glyph in layout.glyphs]
    if any((symbol, raised) in keys or (symbol, zero) not in keys for symbol in digits):
        return None  # digits of exponents are not equally wide
    left = {symbol: cycle(some) for symbol, some in digits.items()}
    glyphs = [
        replace(glyph, outline=outlines[int(next(left[glyph.symbol]))])
        if glyph.key == zero and glyph.symbol in left
        else glyph
        for glyph in layout.glyphs
    ]
    return _joined(_Layout(layout.bounds, tuple(glyphs)))


def _zeros(found: re.Match[str]) -> str:
    return found[1] + "}{" + re.sub(r"\d", "0", found[2])


@lru_cache(maxsize=1)
def _digits() -> tuple[str, str, tuple[QPainterPath, ...]]:
    """Return the key of the glyph of 0, that of a 0 in an exponent, the outlines of all digits."""
    [*glyphs] = (_lay_out(str(digit), 20.0).glyphs[0] for digit in range(10))
    raised = _lay_out("x^0", 20.0).glyphs[1]
    return glyphs[0].key, raised.key, tuple(glyph.outline for glyph in glyphs)


@lru_cache(maxsize=1)
def _equals_sign() -> str:
    """Return the key of the glyph of an equals sign."""
    return _lay_out("=", 20.0).glyphs[0].key


def _joined(layout: _Layout) -> Typeset:
    parts: list[tuple[int, QPainterPath]] = []
    for glyph in layout.glyphs:
        if not parts or parts[-1][0] != glyph.symbol:
            parts.append((glyph.symbol, QPainterPath()))
        parts[-1][1].addPath(glyph.move.map(glyph.outline))
    signs = (one for one in layout.glyphs if (one.symbol, one.key) == (REST, _equals_sign()))
    equals = next((sign.move.map(sign.outline).boundingRect().left() for sign in signs), None)
    return Typeset(layout.bounds, tuple(parts), equals)


# What ziamath draws ------------------------------------------------------------------------------


@lru_cache(maxsize=KEPT)
def _lay_out(latex: str, size: float) -> _Layout:
    from ziamath.zmath import Latex  # here, since it takes a while, and many ask nothing

    latex = latex.replace(CHANGE, f"{{{CHANGE}}}")
    if any(large in latex for large in LARGE):
        for stretched, fixed in STRETCHED:
            latex = latex.replace(stretched, fixed)
    drawing = Latex(latex, size=size, margin=0.0).svgxml()
    left, top, width, height = map(float, drawing.attrib["viewBox"].split())
    return _Layout(QRectF(left, top, width, height), tuple(_glyphs(drawing)))


def _glyphs(drawing: Element) -> Iterator[_Glyph]:
    """Go through glyphs and lines in the order in which they are drawn."""
    shapes = {symbol.attrib["id"]: symbol for symbol in drawing.iter("symbol")}
    for part in drawing:
        number = _symbol(part.get("fill", ""))
        if part.tag == "use":
            key = part.attrib["href"].removeprefix("#")
            yield _placed(number, key, part.attrib, shapes[key])
        elif part.tag == "rect":
            line = QPainterPath()
            line.addRect(*(float(part.attrib[side]) for side in ("x", "y", "width", "height")))
            yield _Glyph(number, line, QTransform())


def _symbol(fill: str) -> int:
    return int(fill[1:], 16) if fill.startswith("#") else REST


def _placed(number: int, key: str, at: Mapping[str, str], shape: Element) -> _Glyph:
    """Return a glyph where it is used: its own box goes into the box that is told."""
    left, top, width, _height = map(float, shape.attrib["viewBox"].split())
    scale = float(at["width"]) / width if width else 1.0
    move = QTransform.fromTranslate(float(at["x"]), float(at["y"]))
    move.scale(scale, scale).translate(-left, -top)
    path = shape.find("path")  # a space has none
    outline = QPainterPath() if path is None else _path(path.attrib["d"])
    return _Glyph(number, outline, move, key)


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
