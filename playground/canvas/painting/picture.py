"""What is to be painted just now: frame, numbers, selection, and what a gesture lets float.

The scene keeps it up to date, gestures write what they drag into it, the painter item reads it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from engine.graph.document import Document
from engine.graph.geometry import PADDING, TITLE_BAR
from playground.canvas.frame.build import Frame
from playground.canvas.frame.heat import UNREACHED, Heat
from playground.canvas.frame.paths import onward, unconcerned
from playground.canvas.frame.readings import Readings
from playground.canvas.frame.style import Kind
from playground.canvas.painting.bodies import Ring
from playground.canvas.painting.cards import Emphasis
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
    the one where it would; `port` is the point it snaps to.
    """

    begin: Point
    finish: Point
    fixed: int
    allowed: Index
    hidden: int | None = None
    caught: int | None = None
    port: Point | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be dropped: the kind of card, its corner and size in the scene, its name."""

    kind: Kind
    rect: tuple[float, float, float, float]
    text: str


@dataclass(slots=True, eq=False)
class Floating:
    """What a gesture lets float over the graph; `words` are said beside the point `at`."""

    draft: Draft | None = None
    band: QRectF | None = None
    preview: Preview | None = None
    words: str = ""
    at: Point = (0.0, 0.0)


@dataclass(slots=True, eq=False)
class Picture:
    """Everything the painter item needs.

    Attributes:
        shift: how far each item is dragged from its place, (n, 2).
        selected: flags over the items; hovered, focused: item numbers.
        selected_wires: flags over the wires.
        near: flags over the wires that touch what is selected; flow: those and the way from
            there to the output.
        heat: how hot everything is, None unless the heat view is on.
        dims: whether what has nothing to do with the selection steps back; `rest` flags it.
        phase: how far the dots on the wires have come, None unless they flow.
    """

    document: Document
    frame: Frame
    readings: Readings
    theme: Theme
    shift: Floats = field(init=False)
    selected: Flags = field(init=False)
    selected_wires: Flags = field(init=False)
    near: Flags = field(init=False)
    flow: Flags = field(init=False)
    hovered: int | None = None
    focused: int | None = None
    floating: Floating = field(default_factory=Floating)
    heat: Heat | None = None
    dims: bool = False
    rest: Flags = field(init=False)
    phase: float | None = None
    _known: object = None

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what belonged to another frame."""
        count, wires = len(self.frame), len(self.frame.wires)
        self.shift = np.zeros((count, 2))
        self.selected = np.zeros(count, bool)
        self.selected_wires = np.zeros(wires, bool)
        self.near = np.zeros(wires, bool)
        self.flow = np.zeros(wires, bool)
        self.rest = np.zeros(count, bool)
        self.hovered = self.focused = self._known = None

    def corners(self) -> Floats:
        """Return the corners of all items, (n, 2), as they are while something is dragged."""
        corners: Floats = self.frame.rects[:, :2] + self.shift
        return corners

    def rects(self) -> Floats:
        """Return all rectangles, (n, 4), as they are while something is dragged."""
        rects = self.frame.rects.copy()
        rects[:, :2] += self.shift
        moved = np.flatnonzero(self.shift.any(axis=1))
        if len(moved):
            _grow_frames(self.frame, rects, moved)
        return rects

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
            self.rest = unconcerned(self.frame, self.selected, way)

    def chosen(self) -> Chosen:
        """Return which wires stand out, and which one is in the hand."""
        wires = self.frame.wires
        hidden = np.zeros(len(wires), bool)
        rest = self.rest[wires.start] | self.rest[wires.end]
        if self.heat is not None:
            rest |= self.heat.wires == UNREACHED
        draft = self.floating.draft
        if draft is None:
            return Chosen(self.flow, self.selected_wires, hidden, rest)
        if draft.hidden is not None:
            hidden[draft.hidden] = True
        return Chosen(np.zeros_like(hidden), self.selected_wires, hidden, rest)

    def emphasis(self) -> Emphasis:
        """Return which cards stand out."""
        draft = self.floating.draft
        rings = {Ring.SELECTED: self._cards(np.flatnonzero(self.selected))}
        for ring, number in ((Ring.HOVERED, self.hovered), (Ring.FOCUSED, self.focused)):
            if number is not None:
                rings[ring] = self._cards(np.array([number]))
        if draft is None:
            return Emphasis(rings, self.rest if self.rest.any() else None)
        rings[Ring.ALLOWED] = self._cards(draft.allowed)
        if draft.caught is not None and not draft.refused:
            rings[Ring.CAUGHT] = np.array([draft.caught])
        faded = np.ones(len(self.frame), bool)
        faded[[draft.fixed, *draft.allowed.tolist()]] = False
        return Emphasis(rings, faded & ~self.selected)

    def _cards(self, numbers: Index) -> Index:
        cards: Index = numbers[self.frame.kinds[numbers] != Kind.FRAME]
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
