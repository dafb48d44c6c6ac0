"""How large things are written and where they stand on a card, in scene units.

One unit is one pixel at 100 %. The frame builder reads the places, the painters the text styles;
sizes of cards and ports stand in `engine.graph.geometry`. Nothing here paints.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QFont

from playground.theme import interface_font, number_font


class Kind(IntEnum):
    """What an item looks like."""

    LEAF = 0
    OP = 1
    TILE = 2  # a folded neuron
    CARD = 3  # any other folded group
    STUB = 4  # what is wired to the group one is in
    FRAME = 5  # an unfolded group
    AREA = 6  # a frame that somebody drew
    NOTE = 7


class Face(IntEnum):
    """How numbers are written on an item: by its kind, or below or beside its map."""

    LEAF = Kind.LEAF
    OP = Kind.OP
    TILE = Kind.TILE
    CARD = Kind.CARD
    STUB = Kind.STUB
    MAPPED_TILE = 5
    MAPPED_LEAF = 6
    MAPPED_CARD = 7


class Align(IntEnum):
    """Which part of a text stands at its place."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size in scene units, weight, whether digits have equal width, the colour's role.

    Below `legible` pixels on the screen the text is not drawn at all. A title keeps `least`
    pixels on the screen as long as a card has titles; other texts have 0 and fade away. A symbol
    is `whole` or smaller, never cut off. What is `outside` does not stand on its card, and what
    lies `over_wires` is set off from them.
    """

    name: str
    pixels: float
    weight: QFont.Weight = QFont.Weight.Normal
    digits: bool = False
    role: str = "ink"
    legible: float = 5.6
    least: float = 0.0
    whole: bool = False
    outside: bool = False
    over_wires: bool = False

    def font(self) -> QFont:
        """Return the font at 100 %; painters scale it, so it must not be hinted."""
        make = number_font if self.digits else interface_font
        font = make(round(self.pixels), self.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


SMALLEST = 7.0  # pixels on the screen of words that come after name and numbers

LABEL = TextStyle("label", 12, role="muted", least=9.0)
NAMELESS = TextStyle("nameless", 12, role="dim", least=9.0)
ROLE = TextStyle("role", 11, role="dim", legible=SMALLEST)
VALUE = TextStyle("value", 16, QFont.Weight.Medium, digits=True)
SLOPE = TextStyle("slope", 12, digits=True, role="backward")
SYMBOL = TextStyle("symbol", 19, least=12.0, whole=True)
WORD = TextStyle("word", 15, least=10.5, whole=True)
PILL_VALUE = TextStyle("pill value", 13, QFont.Weight.Medium, digits=True)
PILL_SLOPE = TextStyle("pill slope", 11, digits=True, role="backward")
NAME = TextStyle("name", 12, role="muted", least=8.5, outside=True)
TITLE = TextStyle("title", 12, QFont.Weight.DemiBold, least=10.0)
COUNT = TextStyle("count", 12, role="muted")
DETAIL = TextStyle("detail", 11, role="dim", legible=SMALLEST)
CARD_VALUE = TextStyle("card value", 20, QFont.Weight.Medium, digits=True)
MAP_VALUE = TextStyle("map value", 11, QFont.Weight.Medium, digits=True, outside=True)
MAP_SLOPE = TextStyle("map slope", 9, digits=True, role="backward", outside=True)
LEAF_VALUE = TextStyle("leaf value", 12, QFont.Weight.Medium, digits=True)
LEAF_SLOPE = TextStyle("leaf slope", 10, digits=True, role="backward")
GATE = TextStyle("gate", 10, role="muted", legible=SMALLEST)
GATE_VALUE = TextStyle("gate value", 10, QFont.Weight.Medium, digits=True)
GATE_SLOPE = TextStyle("gate slope", 9, digits=True, role="backward")
OUTSIDE_VALUE = TextStyle("outside value", 12, QFont.Weight.Medium, digits=True)
OUTSIDE_SLOPE = TextStyle("outside slope", 10, digits=True, role="backward")
OUTSIDE = TextStyle("outside", 11, role="muted", least=9.0)
BADGE = TextStyle("badge", 10, QFont.Weight.Medium, role="muted", legible=SMALLEST, outside=True)
FORMULA = TextStyle("formula", 9, role="muted", outside=True)
LAW = TextStyle("law", 8, role="backward", outside=True)
PORT = TextStyle("port", 7, role="muted", outside=True, over_wires=True)
PORT_SLOPE = TextStyle("port slope", 7, digits=True, role="backward")
CHIP = TextStyle("chip", 11, digits=True, role="backward")
GHOST = TextStyle("ghost", 11, digits=True, role="muted")


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a card shows a number: the baseline's point, from the corner of the card.

    `room` is how wide it may become with more figures; with 0 it has no more.
    """

    style: TextStyle
    x: float
    y: float
    align: Align = Align.LEFT
    room: float = 0.0


# Value and gradient on each face.
VALUE_PLACES: dict[int, NumberPlace] = {
    Face.LEAF: NumberPlace(VALUE, 12, 43, room=88),
    Face.OP: NumberPlace(PILL_VALUE, 46, 42, Align.CENTRE, room=76),
    Face.TILE: NumberPlace(PILL_VALUE, 10, 43, room=56),
    Face.CARD: NumberPlace(CARD_VALUE, 211, 113, Align.RIGHT, room=96),
    Face.STUB: NumberPlace(OUTSIDE_VALUE, 11, 36),
    Face.MAPPED_TILE: NumberPlace(MAP_VALUE, 36, 85, Align.CENTRE, room=84),
    Face.MAPPED_LEAF: NumberPlace(LEAF_VALUE, 12, 42, room=56),
    Face.MAPPED_CARD: NumberPlace(CARD_VALUE, 211, 113, Align.RIGHT, room=96),
}
SLOPE_PLACES: dict[int, NumberPlace] = {
    Face.LEAF: NumberPlace(SLOPE, 12, 61, room=88),
    Face.OP: NumberPlace(PILL_SLOPE, 46, 57, Align.CENTRE, room=58),
    Face.TILE: NumberPlace(PILL_SLOPE, 10, 58, room=58),
    Face.CARD: NumberPlace(PILL_SLOPE, 211, 129, Align.RIGHT, room=96),
    Face.STUB: NumberPlace(OUTSIDE_SLOPE, 129, 36, Align.RIGHT),
    Face.MAPPED_TILE: NumberPlace(MAP_SLOPE, 36, 94, Align.CENTRE, room=84),
    Face.MAPPED_LEAF: NumberPlace(LEAF_SLOPE, 12, 58, room=56),
    Face.MAPPED_CARD: NumberPlace(PILL_SLOPE, 211, 129, Align.RIGHT, room=96),
}
# The local derivative beside a port, from where the wire ends.
PORT_PLACE = NumberPlace(PORT_SLOPE, -7, 9.5, Align.RIGHT)
# The numbers beside the ports of a folded group, from where a port is: what comes in (the value
# first) and what leads out (the value last).
GATE_PLACES = (
    NumberPlace(GATE_VALUE, 13, 9, Align.LEFT),
    NumberPlace(GATE_SLOPE, 104, 9, Align.RIGHT),
    NumberPlace(GATE_VALUE, -13, 9, Align.RIGHT),
    NumberPlace(GATE_SLOPE, -104, 9, Align.LEFT),
)
# Of these faces the numbers have no colours by their sign.
UNSIGNED_FACES = (Face.OP,)

PAD = 12.0
LABEL_LINE = 21.0
SYMBOL_LINE = 24.0
NAME_LINE = -8.0
TITLE_LINE = 21.0
DETAIL_LINE = 38.0
COUNT_LINE = 53.0
OUTPUT_LINE = -19.0  # of the name of the only output, from its port
GATE_NAME, GATE_ALONE, GATE_ROOM = -2.0, 4.0, 92.0  # of a name above numbers, or of a bundle's
CARD_PAD = 13.0
OUTSIDE_LINE, OUTSIDE_PAD = 18.0, 11.0
TILE_TITLE_LINE = 21.0
# What a badge is further down where numbers stand below a tile.
MAPPED_BADGE_DROP = 24.0
# Maps on cards, from afar, beside a name alone, and beside all that is written on them: the map on
# a feature's card (x, y, width, height), and where those on a folded layer or network begin.
LEAF_MAPS = ((8.0, 36.0, 96.0, 40.0), (8.0, 30.0, 96.0, 46.0), (70.0, 30.0, 32.0, 32.0))
CARD_MAPS = (62.0, 34.0)
MAPPED_TITLES: dict[int, float] = {
    Face.MAPPED_LEAF: 17.0,
    Face.MAPPED_CARD: 30.0,
}  # the middle of a name above maps, from afar
# The bar of a leaf shows how large its gradient is among all, to either side of the middle.
BAR_LINE = 71.0
BAR_HALF = 44.0
BAR_HEIGHT = 3.0
# A slider lies in its place; the mouse takes hold of it within a little more than the knob.
KNOB_RADIUS = 5.0
KNOB_REACH = 9.0
# What a number was before stands above the card, and above the name of an op.
GHOST_LINE = -8.0
GHOST_OVER_NAME = -24.0
QUOTIENT_LINE = 17.0  # of ΔL/h, below the card that is nudged

RADII = {Kind.LEAF: 10.0, Kind.OP: 33.0, Kind.TILE: 11.0, Kind.CARD: 12.0, Kind.FRAME: 14.0}
RADII |= {Kind.AREA: 14.0, Kind.NOTE: 8.0, Kind.STUB: 9.0}
# What lies behind wires and cards, and is painted with the ground.
BACKING = (Kind.FRAME, Kind.AREA, Kind.NOTE)
GRID = 24.0
PORT_RADIUS = 4.5
