"""What is written on cards besides numbers: names, roles, symbols, titles and marks, as arrays.

Every different text is listed once, so that a network's thousand labels are a few pictures. Built
with the frame; the card painter draws them.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from math import inf

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from engine import ops
from engine.explain.groups import beside_name, port_name
from engine.explain.groups import title as title_of
from engine.graph.document import Document
from engine.graph.outside import Stub
from engine.graph.projection import Item, Projection
from engine.graph.records import Group, Node
from engine.ops import Op
from engine.ops.writing import RAISED
from playground.canvas.frame import style
from playground.canvas.frame.contents import Contents
from playground.canvas.frame.gates import bundle_name, gates_at
from playground.canvas.frame.style import Align, Face, Kind, TextStyle

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

LOCK, MARKS, BACKWARD = "lock", "marks", "backward"  # what is drawn by other means than a font
SUM, TERMS = "Σ", 2  # how a sum of more terms than these is written
LETTERS = 2  # from so many on a symbol is a word, such as "ln"
MOST_RAISED = 100  # exponents from here on are not written out
BADGE_DROP = 13.0
LOCK_ROOM = 15.0  # that a padlock takes from a title
NUMBERED = re.compile(r"[^\W\d]+ (\d+)")  # a word and a number
DIGIT = re.compile(r"\d")

MARK_WORDS = {
    "loss": _("loss"),
    "penalty": _("penalty"),
    "prediction": _("prediction"),
    "backward": _("backward"),
}
ROLE_WORDS = {
    "constant": _("value"),
    "parameter": _("param"),
    "feature": _("feature"),
    "target": _("target"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is drawn; `special` is "" or one of LOCK, MARKS, BACKWARD.

    `room` is how wide it may become, in scene units, when it is written larger from afar.
    """

    text: str
    style: TextStyle
    align: Align = Align.LEFT
    special: str = ""
    room: float = inf


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """All texts, shape (m,) each.

    Attributes:
        item: the item number; words: which of `texts`; place: from the item's corner, (m, 2).
        drop: how far its middle is from that of a card that shows nothing else.
        legible: the least zoom at which the text can be read; 0 for titles.
        folded, title: whether it is the title of a folded group, or any title.
        outside: whether it stands beside its card; look: which of `looks` it has.
    """

    item: Index
    words: Index
    place: Floats
    drop: Floats
    legible: Floats
    folded: Flags
    title: Flags
    outside: Flags
    look: Index
    texts: tuple[Words, ...]
    looks: tuple[TextStyle, ...]


Entry = tuple[Words, float, float]


def labels_of(
    document: Document,
    projection: Projection,
    kinds: NDArray[np.int8],
    faces: Index,
    contents: dict[int, Contents],
) -> Labels:
    """Write the cards of all items but frames and notes, which are painted with the ground."""
    numbers: dict[Words, int] = {}
    rows: list[tuple[float, ...]] = []
    known: dict[Hashable, list[tuple[int, float, float, float]]] = {}
    for place, (item, kind) in enumerate(zip(projection.items, kinds.tolist(), strict=True)):
        node = document.node(item.id) if item.kind == "node" else None
        key = None if node is None else (int(faces[place]), item.rect[2:], _look(node))
        lines = known.get(key) if key is not None else None
        if lines is None:
            lines = [
                (
                    numbers.setdefault(words, len(numbers)),
                    x,
                    y,
                    _middle(item, int(faces[place])) - y,
                )
                for words, x, y in _entries(
                    document, projection, item, Kind(kind), int(faces[place]), contents
                )
            ]
            if key is not None:
                known[key] = lines
        rows += [(place, *line) for line in lines]
    table = np.array(rows, np.float64).reshape(-1, 5)
    which: Index = table[:, 1].astype(np.int64)
    styles: dict[TextStyle, int] = {}
    found = [styles.setdefault(text.style, len(styles)) for text in numbers]
    look: Index = np.array(found, np.int64)[which]

    def told(values: list[float]) -> Floats:
        return np.array(values, np.float64)[look]

    title = told([float(one.least > 0) for one in styles]) > 0
    outside = told([float(one.outside) for one in styles]) > 0
    return Labels(
        table[:, 0].astype(np.int64),
        which,
        table[:, 2:4].copy(),
        drop=np.where(outside | ~title, 0.0, table[:, 4]),
        legible=np.where(title, 0.0, told([one.legible / one.pixels for one in styles])),
        folded=told([float(one is style.TITLE) for one in styles]) > 0,
        title=title,
        outside=outside,
        look=look,
        texts=tuple(numbers),
        looks=tuple(styles),
    )


def _middle(item: Item, face: int) -> float:
    """Return how far down a title stands that is all a card shows: in its middle, above maps."""
    return style.MAPPED_TITLES.get(face, item.rect[3] / 2)


def _look(node: Node) -> tuple[Hashable, ...]:
    """Return all that the texts of a node depend on: those of equal nodes are written once."""
    attributes = tuple(node.attributes.items())
    many = len(node.ports) > TERMS
    return (node.op, node.label, node.role, node.frozen, node.marks, attributes, many)


def _entries(
    document: Document,
    projection: Projection,
    item: Item,
    kind: Kind,
    face: int,
    contents: dict[int, Contents],
) -> list[Entry]:
    width, height = item.rect[2:]
    if kind in style.BACKING:
        return []
    if kind is Kind.STUB:
        return _outside(document, projection, item)
    if face == Face.MAPPED_TILE:
        return _below(contents[item.id], width, height)
    if kind in (Kind.TILE, Kind.CARD):
        inside = contents[item.id]
        lock = LOCK_ROOM if inside.is_locked else 0.0
        if kind is Kind.TILE:
            entries = _tile(document.groups[item.id], width - lock)
        else:
            entries = _card(document, projection, item, inside, lock)
        if lock:
            y = style.TILE_TITLE_LINE if kind is Kind.TILE else style.TITLE_LINE
            entries.append((Words("", style.ROLE, Align.RIGHT, LOCK), width - style.PAD, y))
        return entries + _badge(inside.marks, width, height)
    node = document.node(item.id)
    entries = _leaf(node, width) if kind is Kind.LEAF else _pill(node, width)
    return entries + _badge(set(node.marks), width, height)


def _leaf(node: Node, width: float) -> list[Entry]:
    room, role = width - 2 * style.PAD, ROLE_WORDS[node.role]
    entries = []
    if not node.label:  # what has no name is called what it is, so that it has a title from afar
        entries.append((Words(role, style.NAMELESS, room=room), style.PAD, style.LABEL_LINE))
        role = ""
    elif node.role == "constant":
        role = ""
    if node.label:
        short = fitted(node.label, style.LABEL, room - measured(role, style.ROLE) - 6)
        entries.append((Words(short, style.LABEL, room=room), style.PAD, style.LABEL_LINE))
    if role:
        entries.append((Words(role, style.ROLE, Align.RIGHT), width - style.PAD, style.LABEL_LINE))
    if node.frozen:
        lock = Words("", style.ROLE, Align.RIGHT, LOCK)
        entries.append((lock, width - style.PAD, style.SLOPE_PLACES[Kind.LEAF].y))
    return entries


def _pill(node: Node, width: float) -> list[Entry]:
    op = ops.get(node.op)
    symbol = symbol_of(op, node) if op is not None else node.op
    is_word = len(symbol) >= LETTERS and symbol.isascii() and symbol.isalpha()
    look = style.WORD if is_word else style.SYMBOL
    symbol = fitted(symbol, look, width - 2 * style.PAD)
    words = Words(symbol, look, Align.CENTRE, room=width - style.PAD)
    entries = [(words, width / 2, style.SYMBOL_LINE)]
    if node.label:
        name = fitted(node.label, style.NAME, width + 40)
        above = Words(name, style.NAME, Align.CENTRE, room=width + 40)
        entries.append((above, width / 2, style.NAME_LINE))
    return entries


def symbol_of(op: Op, node: Node) -> str:
    """Return an op's symbol; a raised attribute in it is shown as its number, if that is short.

    A sum of many terms is written as one, where + is between two.
    """
    symbol = SUM if op.key == "add" and len(node.ports) > TERMS else op.symbol
    for attribute, number in zip(op.attributes, op.defaults(node.attributes), strict=True):
        raised = attribute.name.translate(RAISED)
        if float(number).is_integer() and abs(number) < MOST_RAISED and raised != attribute.name:
            symbol = symbol.replace(raised, str(int(number)).translate(RAISED))
    return symbol


def _tile(group: Group, width: float) -> list[Entry]:
    room = width - 16.0
    title = fitted(group.label, style.TITLE, room)
    return [(Words(title, style.TITLE, room=room), 9.0, style.TILE_TITLE_LINE)]


def _below(inside: Contents, width: float, height: float) -> list[Entry]:
    """Write what stands below a tile that is filled with a map: a padlock, and a badge."""
    entries = _badge(inside.marks, width, height + style.MAPPED_BADGE_DROP)
    if inside.is_locked:
        lock = Words("", style.ROLE, Align.RIGHT, LOCK)
        entries.append((lock, width, style.VALUE_PLACES[Face.MAPPED_TILE].y))
    return entries


def _card(
    document: Document, projection: Projection, item: Item, inside: Contents, lock: float
) -> list[Entry]:
    group, width = document.groups[item.id], item.rect[2]
    room = width - 2 * style.CARD_PAD
    title = fitted(group.label, style.TITLE, room - lock)
    lines = [line for line in (beside_name(group), inside.counts.words) if line]
    words = Words(title, style.TITLE, room=width - 18.0 - lock)
    entries = [(words, style.CARD_PAD, style.TITLE_LINE)]
    for line, y in zip(lines, (style.DETAIL_LINE, style.COUNT_LINE), strict=False):
        entries.append((Words(fitted(line, style.DETAIL, room), style.DETAIL), style.CARD_PAD, y))
    for gate in gates_at(document, projection, item):
        name = fitted(gate.name, style.GATE, style.GATE_ROOM)
        left, right = style.CARD_PAD, width - style.CARD_PAD
        x, align = (left, Align.LEFT) if gate.feeds else (right, Align.RIGHT)
        y = style.GATE_NAME if len(gate.nodes) == 1 else style.GATE_ALONE
        if not gate.feeds and len(inside.outputs) == 1:
            y = style.OUTPUT_LINE
        entries.append((Words(name, style.GATE, align), x, gate.at[1] + y))
    return entries


def _outside(document: Document, projection: Projection, item: Item) -> list[Entry]:
    """Write a stub: what it is called, and in place of a number how much it stands for."""
    stub, room = projection.stubs[item.id], item.rect[2] - 2 * style.OUTSIDE_PAD
    name, more = stub_words(document, projection, stub)
    title = Words(fitted(name, style.OUTSIDE, room), style.OUTSIDE, room=room)
    entries = [(title, style.OUTSIDE_PAD, style.OUTSIDE_LINE)]
    if more:
        detail = Words(fitted(more, style.DETAIL, room), style.DETAIL)
        entries.append((detail, style.OUTSIDE_PAD, style.VALUE_PLACES[Kind.STUB].y))
    return entries


def stub_words(document: Document, projection: Projection, stub: Stub) -> tuple[str, str]:
    """Return what a stub is called and, if it is no single node, how much it stands for."""
    around = document.ancestry(projection.within)
    if stub.only is not None:
        return port_name(document, stub.only, around), ""
    count = bundle_name(len(stub.nodes), 1, feeds=not stub.feeds)
    if stub.thing is None:
        return bundle_name(len(stub.nodes), 1, feeds=stub.feeds), ""
    return title_of(document.groups[stub.thing]), count


def _badge(marks: set[str], width: float, height: float) -> list[Entry]:
    if not marks:
        return []
    words = " · ".join(text for mark, text in MARK_WORDS.items() if mark in marks)
    special = BACKWARD if marks == {"backward"} else MARKS
    badge = Words(words, style.BADGE, Align.CENTRE, special)
    return [(badge, width / 2, height + BADGE_DROP)]


def brief(text: str) -> str:
    """Return the number alone of a text such as "neuron 12", which is cut to less than that."""
    numbered = NUMBERED.fullmatch(text)
    return numbered[1] if numbered else text


@lru_cache(maxsize=4096)
def fitted(text: str, look: TextStyle, width: float) -> str:
    """Return a text as far as it fits into a width; of a group's title the end stays, too.

    Where "neuron 12" has no room, its number stands alone.
    """
    metrics, mode = QFontMetricsF(look.font()), Qt.TextElideMode
    if look is not style.TITLE:
        return metrics.elidedText(text, mode.ElideRight, width)
    # Measured with digits of one width: of neuron 10 and 11 both are cut short, or neither.
    if brief(text) != text and metrics.horizontalAdvance(DIGIT.sub("0", text)) > width:
        return brief(text)
    return metrics.elidedText(text, mode.ElideMiddle, width)


@lru_cache(maxsize=256)
def measured(text: str, look: TextStyle) -> float:
    """Return the width of a text."""
    return QFontMetricsF(look.font()).horizontalAdvance(text)
