"""Aiming with a wire in the hand: which port or card it would end at, and why it cannot.

The wiring gestures ask with every move of the mouse. Ports pull the wire within reach; elsewhere
the whole card is meant. The words come from the engine's rules.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.rules import can_connect, downstream, targets_allowed
from playground.canvas.frame.ports import NEW, OUT
from playground.canvas.frame.style import BACKING
from playground.canvas.gestures.base import Stage
from playground.canvas.parts import Port

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]
Point = tuple[float, float]

MAGNET = 26.0  # pixels from which a port pulls
ON_PORT = 9.0  # pixels within which a taken port is what is meant


@dataclass(frozen=True, slots=True)
class Aim:
    """What the wire would end at.

    `node` and `port` are the document's, a port of None the first free one; `number` is the item
    in the frame and `point` where the wire snaps to, if it does.
    """

    node: int
    port: int | None
    number: int
    point: Point | None = None
    refusal: Refusal | None = None


class Aiming:
    """Finds the other end of a wire in a document that is without it; subclasses say which.

    `open` flags the ports that pull, `taken` those that are refused when they are meant.
    """

    def __init__(self, stage: Stage, document: Document) -> None:
        self._parts = stage.parts
        self._reach = stage.reach
        self._document = document
        self._frame = stage.scene.picture.frame
        self.open: Flags = np.zeros(len(self._frame.ports), bool)
        self.taken: Flags = np.zeros(len(self._frame.ports), bool)

    def allowed(self) -> Index:
        """Return the numbers of the items where the wire may end."""
        raise NotImplementedError

    def at(self, point: QPointF) -> Aim | None:
        """Return what is aimed at from a point of the scene, None over nothing."""
        near = self._parts.port_near(point, self._reach(MAGNET), self.open)
        taken = self._parts.port_near(point, self._reach(ON_PORT), self.taken)
        hit = self._parts.hit_at(point)
        if taken is not None and (near is None or near.item != taken.item):
            return self._at_port(taken)
        if near is not None and (hit is None or near.item == hit.id or self._is_frame(hit.id)):
            return self._at_port(near)
        if hit is None or self._is_frame(hit.id):
            return None
        return self._at_card(hit.id, hit.number)

    def _is_frame(self, item: int) -> bool:
        return self._parts.kind(item) in BACKING

    def _at_port(self, port: Port) -> Aim:
        wanted = port.port if port.port >= 0 else None
        return self._judged(port.node, wanted, self._frame.index[port.item], port.point)

    def _at_card(self, item: int, number: int) -> Aim:
        """Aim at a whole card; what stands behind a folded group is the subclass's to say."""
        node = self._behind(item) if item in self._document.groups else item
        if node is not None:
            return self._judged(node, None, number, None)
        refusal = Refusal(
            _("The ports of {name} are hidden").format(name=self._document.groups[item].label),
            _("it is folded"),
            _("Unfold it with a double-click first"),
        )
        return Aim(item, None, number, None, refusal)

    def _behind(self, group: int) -> int | None:
        """Return the one node of a folded group that the wire can end at."""
        raise NotImplementedError

    def _judged(self, node: int, port: int | None, number: int, point: Point | None) -> Aim:
        raise NotImplementedError


class ToInput(Aiming):
    """The wire begins at `source` and wants an input; `own` is the one it was pulled off."""

    def __init__(
        self, stage: Stage, document: Document, source: int, own: tuple[int, int] | None = None
    ) -> None:
        super().__init__(stage, document)
        self._source = source
        self._nodes = targets_allowed(document, source)
        ports = self._frame.ports
        free = ~ports.wired | (ports.port == NEW)
        self.open = np.isin(ports.node, list(self._nodes)) & free & (ports.port != OUT)
        if own in ports.first:
            self.open[ports.first[own]] = True
        # An n-ary op takes the wire at its next port, wherever it is aimed at.
        growing = np.isin(ports.node, ports.node[ports.port == NEW])
        self.taken = ports.wired & (ports.port >= 0) & ~self.open & ~growing

    def allowed(self) -> Index:
        """Return the numbers of the items that could take the wire."""
        index = self._frame.index
        found = sorted(index[node] for node in self._nodes if node in index)
        return np.array(found, np.int64)

    def _behind(self, group: int) -> int | None:
        return None

    def _judged(self, node: int, port: int | None, number: int, point: Point | None) -> Aim:
        refusal = can_connect(self._document, self._source, node, port)
        return Aim(node, port, number, point, refusal)


class ToOutput(Aiming):
    """The wire ends in `target`, at `port` or the first free one, and wants an output."""

    def __init__(
        self, stage: Stage, document: Document, target: int, port: int | None = None
    ) -> None:
        super().__init__(stage, document)
        self._end = (target, port)
        ports = self._frame.ports
        possible = set(document.graph.nodes) - downstream(document, target)
        self.open = np.isin(ports.node, list(possible)) & (ports.port == OUT) & ~ports.shared

    def allowed(self) -> Index:
        """Return the numbers of the items that could feed the target."""
        return np.unique(self._frame.ports.item[self.open])

    def _behind(self, group: int) -> int | None:
        outputs = self._frame.contents[group].outputs
        return outputs[0] if len(outputs) == 1 else None

    def _judged(self, node: int, port: int | None, number: int, point: Point | None) -> Aim:
        refusal = can_connect(self._document, node, *self._end)
        return Aim(node, None, number, point, refusal)
