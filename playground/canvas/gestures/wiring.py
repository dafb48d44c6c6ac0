"""Wiring: a wire is drawn from an output or an input, moved to another end, or pulled off."""

from gettext import gettext as _

import numpy as np
from PySide6.QtCore import Qt

from engine.errors import Refusal, accept
from engine.graph.document import Document, Wire
from engine.graph.edits import Edit
from engine.graph.verbs import connect, disconnect, resource, rewire
from playground.canvas.frame.ports import OUT
from playground.canvas.gestures.aim import Aim, Aiming, ToInput, ToOutput
from playground.canvas.gestures.base import Gesture, Stage, Touch, Want
from playground.canvas.painting.picture import Draft, Floating
from playground.canvas.parts import Port
from playground.session.additions import Hooks

Point = tuple[float, float]


class Wiring(Gesture):
    """A wire in the hand, one end fixed; subclasses say which, and what letting go does.

    Attributes:
        aim: what it would end at just now.
    """

    cursor = Qt.CursorShape.CrossCursor
    scrolls = True
    words = ""

    def __init__(
        self, stage: Stage, start: Touch, aiming: Aiming, fixed: Point, node: int
    ) -> None:
        super().__init__(stage, start)
        self.aim: Aim | None = None
        self._aiming = aiming
        self._allowed = aiming.allowed()
        self._fixed = fixed
        self._number = stage.scene.picture.frame.number_of(node)
        self._hidden: int | None = None
        self._pulled = False
        self._draft: Draft | None = None

    def begin(self) -> None:
        """Say what can be done."""
        self.stage.hint(self.words)

    def move(self, touch: Touch) -> None:
        """Let the free end follow the mouse, or snap to what it is near."""
        if not self._pulled and not self.far(touch):
            return
        self._pulled = True
        self.aim = self._aiming.at(touch.scene)
        refusal = self.aim.refusal if self.aim is not None else None
        free = (touch.scene.x(), touch.scene.y())
        draft = self._draft = Draft(
            *self._ends(free),
            fixed=self._number,
            allowed=self._allowed,
            hidden=self._hidden,
            caught=self.aim.number if self.aim is not None else None,
            port=self.aim.point if self.aim is not None else None,
            refused=refusal is not None,
            open=self._aiming.open,
            free=free,
        )
        words = str(refusal) if refusal is not None else ""
        self.stage.show(Floating(draft=draft, words=words, at=free))
        self.stage.hint(words or self.words)

    def end(self, touch: Touch) -> None:
        """Make the edit that letting go here means, unless it was refused on the way."""
        aim, pulled = self.aim, self._pulled
        self.stage.show(Floating())
        if not pulled:
            self._clicked()
        elif aim is None:
            self._dropped_on_nothing(touch)
        else:
            self.stage.session.do(aim.refusal or self._edit(aim))

    def cancel(self) -> None:
        """Let go of the wire; nothing has changed."""
        self.stage.show(Floating())

    def _ends(self, free: Point) -> tuple[Point, Point]:
        """Return where the wire in the hand begins and ends."""
        return self._fixed, free

    def _edit(self, aim: Aim) -> Edit | Refusal:
        raise NotImplementedError

    def _dropped_on_nothing(self, touch: Touch) -> None:
        """Without something to look for, nothing happens."""

    def _search(self, touch: Touch, hooks: Hooks) -> None:
        """Look for something new to wire; the wire in the hand stays until that is over."""
        self.stage.scene.search_wanted.emit(Want(touch.scene, hooks, self._draft))

    def _clicked(self) -> None:
        """The port was pressed and let go without a drag."""


class FromOutput(Wiring):
    """Draws a wire from an output to an input."""

    words = _("Drag to an input or onto an operation · over nothing adds one · Escape lets go")

    def __init__(self, stage: Stage, start: Touch, port: Port) -> None:
        aiming = ToInput(stage, stage.session.document, port.node)
        super().__init__(stage, start, aiming, port.point, port.node)
        self._source = port.node

    def _edit(self, aim: Aim) -> Edit | Refusal:
        return connect(self.stage.session.document, self._source, aim.node, aim.port)

    def _dropped_on_nothing(self, touch: Touch) -> None:
        self._search(touch, Hooks(sources=(self._source,), held=True))


class FromInput(Wiring):
    """Draws a wire from a free input back to an output."""

    words = _("Drag to what should feed this input · over nothing adds it · Escape lets go")

    def __init__(self, stage: Stage, start: Touch, port: Port) -> None:
        self._target = (port.node, port.port if port.port >= 0 else None)
        aiming = ToOutput(stage, stage.session.document, *self._target)
        super().__init__(stage, start, aiming, port.point, port.node)

    def _ends(self, free: Point) -> tuple[Point, Point]:
        return free, self._fixed

    def _edit(self, aim: Aim) -> Edit | Refusal:
        return connect(self.stage.session.document, aim.node, *self._target)

    def _dropped_on_nothing(self, touch: Touch) -> None:
        self._search(touch, Hooks(target=self._target, held=True))


class MoveEnd(Wiring):
    """Pulls a wire off an input: to another one, or off for good."""

    words = _("Drag to another input · over nothing removes it · Shift-drag copies · Escape")

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        wires, document = stage.scene.picture.frame.wires, stage.session.document
        [self._wire] = wires.keys(np.array([row]))
        source = int(wires.source[row])
        aiming = ToInput(stage, without(document, self._wire), source, self._wire)
        super().__init__(stage, start, aiming, ends_of(stage, row)[0], source)
        self._hidden = row

    def _edit(self, aim: Aim) -> Edit | Refusal:
        return rewire(self.stage.session.document, self._wire, aim.node, aim.port)

    def _dropped_on_nothing(self, touch: Touch) -> None:
        self.stage.session.do(disconnect(self.stage.session.document, *self._wire))

    def _clicked(self) -> None:
        self.stage.session.set_selection(())
        self.stage.scene.select_wires({self._wire})


class CopyEnd(Wiring):
    """Draws a copy of a wire: to another input, from the same source; the wire stays."""

    words = _("Drag to another input · both are then fed by the same")

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        self._source = int(stage.scene.picture.frame.wires.source[row])
        aiming = ToInput(stage, stage.session.document, self._source)
        super().__init__(stage, start, aiming, ends_of(stage, row)[0], self._source)

    def _edit(self, aim: Aim) -> Edit | Refusal:
        return connect(self.stage.session.document, self._source, aim.node, aim.port)


class MoveStart(Wiring):
    """Lets a selected wire begin at another output."""

    words = _("Drag to what should feed this wire instead · Escape puts it back")

    def __init__(self, stage: Stage, start: Touch, row: int) -> None:
        wires, document = stage.scene.picture.frame.wires, stage.session.document
        [self._wire] = wires.keys(np.array([row]))
        aiming = ToOutput(stage, without(document, self._wire), self._wire[0])
        super().__init__(stage, start, aiming, ends_of(stage, row)[1], self._wire[0])
        self._hidden = row

    def _ends(self, free: Point) -> tuple[Point, Point]:
        return free, self._fixed

    def _edit(self, aim: Aim) -> Edit | Refusal:
        return resource(self.stage.session.document, self._wire, aim.node)


def without(document: Document, wire: Wire) -> Document:
    """Return a copy of a document that lacks a wire."""
    twin = document.copy()
    twin.apply(accept(disconnect(document, *wire)))
    return twin


def ends_of(stage: Stage, row: int) -> tuple[Point, Point]:
    """Return where a wire begins and ends in the scene."""
    picture = stage.scene.picture
    begin, finish = picture.frame.wires.ends(picture.corners())
    (x1, y1), (x2, y2) = begin[row].tolist(), finish[row].tolist()
    return (x1, y1), (x2, y2)


def wiring_at(stage: Stage, start: Touch, port: Port) -> Gesture:
    """Return the gesture that a press on a port begins."""
    wires = stage.scene.picture.frame.wires
    if port.port == OUT:
        rows = np.flatnonzero(stage.scene.picture.selected_wires).tolist()
        if len(rows) == 1 and wires.source[rows[0]] == port.node:
            return MoveStart(stage, start, rows[0])
        return FromOutput(stage, start, port)
    rows = np.flatnonzero((wires.target == port.node) & (wires.port == port.port)).tolist()
    if not rows:
        return FromInput(stage, start, port)
    copies = start.has(Qt.KeyboardModifier.ShiftModifier)
    return (CopyEnd if copies else MoveEnd)(stage, start, rows[0])
