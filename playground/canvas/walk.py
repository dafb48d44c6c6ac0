"""Going from card to card by keyboard: along the wires, among siblings, and in reading order.

The arrow keys and the actions that step through the cards call it. What is reached is selected,
brought into sight and announced; the wires lead into open groups and out of them again.
"""

from collections.abc import Callable, Iterable
from gettext import gettext as _

import numpy as np

from engine.graph.document import Wire
from playground.canvas.frame.style import BACKING, Kind
from playground.canvas.gestures.base import Stage

SIDEWAYS = 2.0  # how much worse a card is that lies aside than one that lies farther on


class Walk:
    """Steps through what is visible on one canvas.

    `say` is told which card was reached.
    """

    def __init__(self, stage: Stage, say: Callable[[int], None]) -> None:
        self._stage = stage
        self._say = say
        self._trail: tuple[int, int] | None = None  # the last wire walked: from where to where

    # In reading order --------------------------------------------------------------------------

    def begin(self, *, forward: bool = True) -> None:
        """Select the first card, or the last, unless something visible is selected."""
        if self.current() is None:
            self.step(forward=forward)

    def step(self, *, forward: bool = True) -> bool:
        """Select the next card, or the one before; False if there is none."""
        order, current = self.order(), self.current()
        if current is None:
            place = 0 if forward else len(order) - 1
        else:
            place = order.index(current) + (1 if forward else -1)
        if not 0 <= place < len(order):
            return False
        self._reach(order[place])
        return True

    def end(self, *, last: bool) -> None:
        """Select the first card of all, or the last."""
        order = self.order()
        if order:
            self._reach(order[-1 if last else 0])

    def current(self) -> int | None:
        """Return the visible item that the keyboard is at, or that hides what it is at."""
        session, index = self._stage.session, self._stage.scene.picture.frame.index
        if session.current in index:
            return session.current
        chosen = [item for item in sorted(session.selection) if session.document.holds(item)]
        standing = (self._stage.scene.visible(item) for item in chosen)
        return next((item for item in standing if item in index), None)

    def order(self) -> list[int]:
        """Return what is visible, open groups included: left to right, upper before lower."""
        frame = self._stage.scene.picture.frame
        rows = zip(frame.rects[:, :2].tolist(), frame.ids.tolist(), strict=True)
        return [item for _place, item in sorted(rows) if item > 0]

    # Along the wires ---------------------------------------------------------------------------

    def go(self, across: int, down: int, *, extend: bool = False) -> None:
        """Go a step to the left or right along a wire, or up or down among siblings.

        With nothing selected it begins the walk; with `extend` what is reached joins the
        selection.
        """
        current = self.current()
        if current is None:
            self.begin(forward=across + down > 0)
            return
        before = self._trail if self._trail is not None and self._trail[1] == current else None
        came = before[0] if before is not None else None
        trail: int | None = current
        if across:
            reached = self._along(current, forward=across > 0, came=came)
        else:
            reached, trail = self._sibling(current, came, down), came
            if reached is None:
                reached, trail = self._nearest(current, down), None
        if reached is None:
            self._stage.hint(_nothing(across, down))
            return
        self._reach(reached, extend=extend)
        self._trail = (trail, reached) if trail is not None else None

    def next_wire(self) -> Wire | int | None:
        """Return the wire that comes next around a card, or its bias, None if it has none.

        They go around: wires into it by their ports, a folded neuron's bias, wires out of it.
        """
        picture = self._stage.scene.picture
        wires, biases = picture.frame.wires, picture.frame.biases
        rows = np.flatnonzero(picture.selected_wires).tolist()
        number = int(wires.end[rows[0]]) if rows else self._card()
        if number is None:
            return None
        into = sorted(
            np.flatnonzero(wires.end == number).tolist(),
            key=lambda row: (self._height(int(picture.frame.ids[wires.start[row]])), row),
        )
        if picture.frame.kinds[number] in (Kind.LEAF, Kind.OP):
            into = sorted(into, key=lambda row: self._place(number, int(wires.port[row])))
        around: list[Wire | int] = [*wires.keys(np.array(into, np.int64))]
        around += biases.node[biases.item == number].tolist()
        around += wires.keys(np.flatnonzero(wires.start == number))
        current: list[Wire | int] = [*wires.keys(np.array(rows[:1], np.int64)), *picture.hidden]
        place = around.index(current[0]) + 1 if current and current[0] in around else 0
        return around[place % len(around)] if around else None

    def _card(self) -> int | None:
        """Return the number of the selected card, or of that which hides the selected value."""
        session, frame = self._stage.session, self._stage.scene.picture.frame
        if len(session.selection) != 1:
            return None
        [item] = session.selection
        shown = self._stage.scene.visible(item)
        return None if shown is None else frame.index.get(shown)

    def _place(self, number: int, port: int) -> int:
        """Return the place of a port among those of a node."""
        node = self._stage.session.document.node(int(self._stage.scene.picture.frame.ids[number]))
        return node.ports.index(port)

    def _along(self, current: int, *, forward: bool, came: int | None) -> int | None:
        """Return what a wire leads to: whence one came, the first input, else the nearest."""
        there = self._fed(current) if forward else self._feeding(current)
        if came in there:
            return came
        if not forward and current in self._stage.session.document:
            return there[0] if there else None
        height = self._height(current)
        return min(there, key=lambda item: abs(self._height(item) - height), default=None)

    def _sibling(self, current: int, came: int | None, down: int) -> int | None:
        """Return the next one below or above among those the wires led to from where one came."""
        if came is None:
            return None
        fed = self._fed(came)
        family = fed if current in fed else self._feeding(came)
        order = sorted(set(family) | {current}, key=lambda item: (self._height(item), item))
        place = order.index(current) + down
        return order[place] if 0 <= place < len(order) else None

    def _nearest(self, current: int, down: int) -> int | None:
        """Return the nearest card above or below, wherever it belongs."""
        frame = self._stage.scene.picture.frame
        middles = frame.rects[:, :2] + frame.rects[:, 2:] / 2
        off = middles - middles[frame.index[current]]
        away = off[:, 1] * down
        cost = np.where(
            (away > 1) & ~np.isin(frame.kinds, (*BACKING, Kind.STUB)),
            away + SIDEWAYS * np.abs(off[:, 0]),
            np.inf,
        )
        best = int(cost.argmin())
        return int(frame.ids[best]) if np.isfinite(cost[best]) else None

    def _feeding(self, item: int) -> list[int]:
        """Return what feeds an item, in the order of its inputs."""
        wires = self._stage.scene.picture.frame.wires
        inside = self._numbers(item)
        rows = np.flatnonzero(np.isin(wires.end, inside) & ~np.isin(wires.start, inside))
        document = self._stage.session.document
        if item in document:
            place = {port: number for number, port in enumerate(document.node(item).ports)}
            rows = np.array(sorted(rows, key=lambda row: place[int(wires.port[row])]), np.int64)
        return self._ids(wires.start[rows])

    def _fed(self, item: int) -> list[int]:
        """Return what an item feeds."""
        wires = self._stage.scene.picture.frame.wires
        inside = self._numbers(item)
        rows = np.flatnonzero(np.isin(wires.start, inside) & ~np.isin(wires.end, inside))
        return self._ids(wires.end[rows])

    def _numbers(self, item: int) -> list[int]:
        """Return the numbers of an item and, if it is an open group, of what is in it."""
        frame = self._stage.scene.picture.frame
        number = frame.index[item]
        if frame.kinds[number] != Kind.FRAME:
            return [number]
        return [number, *frame.inside(number).tolist()]

    def _ids(self, numbers: Iterable[int]) -> list[int]:
        ids = self._stage.scene.picture.frame.ids
        return list(dict.fromkeys(item for n in numbers if (item := int(ids[n])) > 0))

    def _height(self, item: int) -> float:
        return self._stage.parts.rect(item).center().y()

    def _reach(self, item: int, *, extend: bool = False) -> None:
        session, scene, camera = self._stage.session, self._stage.scene, self._stage.camera
        self._trail = None
        session.set_selection(session.selection | {item} if extend else {item}, item)
        with camera.gliding():
            camera.bring(scene.bounds({item}), scene.bounds())
        camera.remember(session.document)
        self._say(item)


def _nothing(across: int, down: int) -> str:
    """Say that there is nothing in a direction, and what else takes one on."""
    if across:
        words = _("Nothing is fed from here") if across > 0 else _("Nothing feeds this")
    else:
        words = _("Nothing is below") if down > 0 else _("Nothing is above")
    return words + " · " + _("[ and ] go from card to card")
