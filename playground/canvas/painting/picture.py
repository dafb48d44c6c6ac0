"""What is to be painted just now: frame, numbers, selection, and what a gesture lets float.

The scene keeps it up to date, gestures write what they drag into it, the painter item reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from engine.explain.whose import share_words
from engine.graph.document import Document
from engine.graph.geometry import PADDING, TITLE_BAR
from engine.graph.notes import with_content
from engine.train.maps import Maps
from engine.train.shares import Shares
from playground.canvas.frame.build import Frame
from playground.canvas.frame.ghost import Ghost
from playground.canvas.frame.heat import UNREACHED, Heat
from playground.canvas.frame.paths import onward, unconcerned
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.routes import Pieces, pieces_of
from playground.canvas.frame.style import BACKING, Kind
from playground.canvas.frame.wires import Wires
from playground.canvas.painting.bodies import Ring
from playground.canvas.painting.cards import Emphasis
from playground.canvas.painting.leaving import Gliding
from playground.canvas.painting.wirework import Chosen
from playground.theme import Theme

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]
Point = tuple[float, float]

FEW = 4  # items whose own wires are shown


@dataclass(slots=True, eq=False)
class Draft:
    """A wire that is being dragged, as a curve from `begin` to `finish` in the scene.

    `fixed` is the item that the wire stays at, `hidden` the row of the wire it was before.
    `allowed` are the items it may end at, `caught`
    the one where it would; `port` is the point it snaps to. `open` flags the ports that pull, and
    `free` is where the hand is.
    """

    begin: Point
    finish: Point
    fixed: int
    allowed: Index
    hidden: int | None = None
    caught: int | None = None
    port: Point | None = None
    refused: bool = False
    open: Flags | None = None
    free: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A wire whose bend is in the hand: its row, all points it passes through, which is held."""

    row: int
    points: Floats
    held: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be dropped: the kind of card, its corner and size in the scene, its name."""

    kind: Kind
    rect: tuple[float, float, float, float]
    text: str


@dataclass(frozen=True, slots=True)
class Into:
    """Another group that what is carried goes into; None is the top."""

    group: int | None


@dataclass(slots=True, eq=False)
class Floating:
    """What a gesture lets float over the graph; `words` are said beside the point `at`.

    `blade` is a cut through the scene and `cut` the wires that go; `joins` are where wires would
    close, as begin and end, (k, 2, 2); `landing` is the wire that something would be inserted on.
    `into` is the group that what is carried would leave its own for. `lasso` is a line of points
    (n, 2) in the scene, `guides` and `gaps` are lines (n, 4).
    """

    draft: Draft | None = None
    band: QRectF | None = None
    lasso: Floats | None = None
    guides: Floats | None = None
    gaps: Floats | None = None
    preview: Preview | None = None
    route: Route | None = None
    blade: tuple[Point, Point] | None = None
    cut: Index | None = None
    joins: Floats | None = None
    landing: int | None = None
    into: Into | None = None
    words: str = ""
    at: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Whose gradient it is: the sample that is shown, and the shares of all; None until told."""

    sample: int
    shares: Shares | None

    def words(self, parameter: int) -> str:
        """Say what the sample adds to the gradient of a parameter; "" if that is not known."""
        return "" if self.shares is None else share_words(self.shares, self.sample, parameter)


@dataclass(frozen=True, slots=True, eq=False)
class Lights:
    """What is lit: item numbers, rows of wires and the words of their chips, "" for none.

    `captions` are words below items, by their numbers; `faint` has the rows of those that step
    back behind the others.
    """

    items: Index
    wires: Mapping[int, str]
    forward: bool = False
    captions: Mapping[int, str] = field(default_factory=dict)
    faint: Index = field(default_factory=lambda: np.zeros(0, np.int64))


UNLIT = Lights(np.zeros(0, np.int64), MappingProxyType({}))


@dataclass(slots=True, eq=False)
class Picture:
    """Everything the painter item needs.

    Attributes:
        shift: how far each item is dragged from its place, (n, 2).
        stretch: how much larger it is held than it is, (n, 2).
        selected: flags over the items; hovered, focused: item numbers.
        selected_wires: flags over the wires; hovered_wire: the row under the mouse.
        hovered_bias: the row of the bias under the mouse; hidden: the selected nodes that are
            folded away, whose chips are shown.
        bend: the row of the selected bend among those of all wires.
        ringed: the numbers of items with a quiet ring.
        near: flags over the wires that touch what is selected; flow: those and the way from
            there to the output.
        ghost: what numbers were before the gesture under way.
        heat: how hot everything is, None unless the heat view is on.
        asked: whose gradient it is, None unless that is asked.
        lights: what is lit for a while.
        maps: the maps on cards, as far as there are any yet.
        dims: whether what has nothing to do with the selection steps back; `rest` flags it.
        phase: how far the dots on the wires have come, None unless they flow.
        titled: whether open groups and frames say their names.
        grounded: whether the background and its grid lie under all of it.
        gliding: what is on its way to where it stands, None while nothing is.
    """

    document: Document
    frame: Frame
    readings: Readings
    theme: Theme
    shift: Floats = field(init=False)
    stretch: Floats = field(init=False)
    selected: Flags = field(init=False)
    selected_wires: Flags = field(init=False)
    ringed: Index = field(init=False)
    near: Flags = field(init=False)
    flow: Flags = field(init=False)
    hovered: int | None = None
    focused: int | None = None
    hovered_wire: int | None = None
    hovered_bias: int | None = None
    hidden: frozenset[int] = frozenset()
    bend: int | None = None
    ghost: Ghost | None = None
    floating: Floating = field(default_factory=Floating)
    _pieces: tuple[Frame, Floats, Pieces] | None = None
    heat: Heat | None = None
    asked: Asked | None = None
    lights: Lights = UNLIT
    maps: Maps | None = None
    dims: bool = False
    rest: Flags = field(init=False)
    phase: float | None = None
    titled: bool = True
    grounded: bool = True
    gliding: Gliding | None = None
    _known: object = None

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what belonged to another frame."""
        count, wires = len(self.frame), len(self.frame.wires)
        self.shift = np.zeros((count, 2))
        self.stretch = np.zeros((count, 2))
        self.selected = np.zeros(count, bool)
        self.selected_wires = np.zeros(wires, bool)
        self.ringed = np.zeros(0, np.int64)
        self.near = np.zeros(wires, bool)
        self.flow = np.zeros(wires, bool)
        self.rest = np.zeros(count, bool)
        self.hovered = self.focused = self.hovered_wire = self.bend = self.ghost = None
        self.hovered_bias = None
        self.gliding = None
        self.lights = UNLIT
        self._known = None
        self.floating = Floating()

    def corners(self) -> Floats:
        """Return the corners of all items, (n, 2), as they are while something is dragged."""
        corners: Floats = self.frame.rects[:, :2] + self.shift
        return corners

    def pieces(self) -> Pieces:
        """Return the curves of all wires, made anew only when something stands elsewhere."""
        known = self._pieces
        if known is None or known[0] is not self.frame or not np.array_equal(known[1], self.shift):
            pieces = pieces_of(self.frame.wires, self.corners())
            known = self._pieces = (self.frame, self.shift.copy(), pieces)
        return known[2]

    def rects(self) -> Floats:
        """Return all rectangles, (n, 4), as they are while something is dragged."""
        rects = self.frame.rects.copy()
        rects[:, :2] += self.shift
        rects[:, 2:] += self.stretch
        moved = np.flatnonzero(self.shift.any(axis=1))
        if len(moved) and self.gliding is None and self.floating.into is None:
            _grow_frames(self.frame, rects, moved)
        return rects

    def wires(self) -> Wires:
        """Return all wires, as they end in cards that have not their size yet."""
        wires = self.frame.wires
        if self.gliding is None:
            return wires
        growth = self.gliding.growth[:, None]
        return replace(
            wires,
            start_offset=wires.start_offset * growth[wires.start],
            end_offset=wires.end_offset * growth[wires.end],
        )

    def moving(self) -> Flags:
        """Tell which wires have an end that is being dragged."""
        wires = self.frame.wires
        dragged = (self.shift[:, 0] != 0) | (self.shift[:, 1] != 0)
        moving: Flags = dragged[wires.start] | dragged[wires.end]
        return moving

    def find_flow(self) -> None:
        """Find the wires of what is selected, a single item's way to the output, and the rest.

        New numbers seldom change any of it; then this does nothing.
        """
        wires, way = self.frame.wires, self.readings.reached
        known = (self.frame, self.dims, self.selected.tobytes(), way.tobytes())
        if known == self._known:
            return
        self._known = known
        count = int(self.selected.sum())
        self.near = np.zeros(len(wires), bool)
        self.rest = np.zeros(len(self.frame), bool)
        if 0 < count <= FEW:
            self.near = self.selected[wires.start] | self.selected[wires.end]
        self.flow = self.near.copy()
        if count == 1:
            self.flow |= onward(self.frame, self.selected, way)
        if count and self.dims:
            self.rest = unconcerned(self.frame, self._meant(), way)

    def _meant(self) -> Flags:
        """Return the flags of what is selected and of what lies in selected frames."""
        index = self.frame.index
        ids = self.frame.ids[self.selected].tolist()
        meant = self.selected.copy()
        meant[[index[item] for item in with_content(self.document, ids) if item in index]] = True
        return meant

    def chosen(self) -> Chosen:
        """Return which wires stand out, and which one is in the hand.

        While wires are lit, those of the selection step back, or one could not tell them apart.
        """
        wires = self.frame.wires
        hidden = np.zeros(len(wires), bool)
        rest = self.rest[wires.start] | self.rest[wires.end]
        if self.heat is not None:
            rest |= self.heat.wires == UNREACHED
        draft, route = self.floating.draft, self.floating.route
        if route is not None:
            hidden[route.row] = True
        if self.floating.cut is not None:
            hidden[self.floating.cut] = True
        if draft is not None and draft.hidden is not None:
            hidden[draft.hidden] = True
        alone = draft is None and not self.lights.wires
        flow = self.flow if alone else np.zeros_like(self.flow)
        return Chosen(flow, self.selected_wires, hidden, rest)

    def emphasis(self) -> Emphasis:
        """Return which cards stand out."""
        draft = self.floating.draft
        selected = self._cards(np.flatnonzero(self.selected))
        landing = self.floating.landing is not None
        rings = {
            Ring.FOUND: self._cards(self.ringed),
            (Ring.CAUGHT if landing else Ring.SELECTED): selected,
            (Ring.LIT_FORWARD if self.lights.forward else Ring.LIT): self._cards(
                self.lights.items
            ),
        }
        for ring, number in ((Ring.HOVERED, self.hovered), (Ring.FOCUSED, self.focused)):
            if number is not None:
                rings[ring] = self._cards(np.array([number]))
        if draft is None:
            return Emphasis(rings, self.rest if self.rest.any() else None, self.ghost)
        rings[Ring.ALLOWED] = self._cards(draft.allowed)
        if draft.caught is not None and not draft.refused:
            rings[Ring.CAUGHT] = np.array([draft.caught])
        faded = np.ones(len(self.frame), bool)
        faded[[draft.fixed, *draft.allowed.tolist()]] = False
        return Emphasis(rings, faded & ~self.selected)

    def _cards(self, numbers: Index) -> Index:
        cards: Index = numbers[~np.isin(self.frame.kinds[numbers], BACKING)]
        return cards


def _grow_frames(frame: Frame, rects: Floats, moved: Index) -> None:
    """Let open groups hold what is dragged within them, as they will when it is dropped."""
    carried = set(moved.tolist())
    waiting = sorted({int(p) for p in frame.parents[moved] if p >= 0 and p not in carried})
    while waiting:
        number = waiting.pop()  # the innermost comes last in paint order
        inside = rects[frame.parents == number]
        low = inside[:, :2].min(axis=0) - (PADDING, PADDING + TITLE_BAR)
        high = (inside[:, :2] + inside[:, 2:]).max(axis=0) + PADDING
        low = np.minimum(low, rects[number, :2])
        high = np.maximum(high, rects[number, :2] + rects[number, 2:])
        rects[number] = (*low, *(high - low))
        parent = int(frame.parents[number])
        if parent >= 0 and parent not in waiting:
            waiting = sorted({*waiting, parent})
