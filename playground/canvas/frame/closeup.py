"""What is written beside a node close up: its formula, its law, and who feeds each port.

Formulas are worked out only for what is in sight and close enough to be read, and kept until the
document changes. The close-up painter writes them; nothing here paints.
"""

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.explain import Explanation, describe
from engine.graph.document import Document
from engine.graph.geometry import PORT_SPREAD
from engine.graph.records import Node
from playground.canvas.frame import style
from playground.canvas.frame.build import Frame
from playground.canvas.frame.labels import Entry, Words, fitted
from playground.canvas.frame.style import Align, Kind

Flags = NDArray[np.bool_]

LINE = 12.0  # from one line below a node to the next
BADGE = 17.0  # what a mark below a node takes
FORMULA_WIDTH, PORT_WIDTH = 190.0, 64.0
PORT_LINE = (-7.0, -3.5)  # of a name, from the port
NAME_ROOM, BOTH_ROOM = 9.0, 19.0  # between two ports, for a name, and for a number below it


class CloseUp:
    """Writes the nodes of one frame."""

    def __init__(self, document: Document, frame: Frame) -> None:
        self._document = document
        self._frame = frame
        self._revision = -1
        self._known: dict[int, list[Entry]] = {}

    def entries(self, number: int) -> list[Entry]:
        """Return the texts of an item, from its corner; none unless it is an op."""
        if self._revision != self._document.revision:
            self._revision = self._document.revision
            self._known.clear()
        if number not in self._known:
            self._known[number] = self._write(number)
        return self._known[number]

    def _write(self, number: int) -> list[Entry]:
        frame = self._frame
        # What was deleted in this turn may be painted once more before there is another frame.
        if frame.kinds[number] != Kind.OP or int(frame.ids[number]) not in self._document:
            return []
        node = self._document.node(int(frame.ids[number]))
        width, height = frame.rects[number, 2:].tolist()
        told = describe(self._document, None, node.id)
        y = height + LINE + (BADGE if node.marks else 0.0)
        entries: list[Entry] = []
        for text, look in ((equation(told), style.FORMULA), (law(told), style.LAW)):
            if text:
                short = fitted(text, look, FORMULA_WIDTH)
                entries.append((Words(short, look, Align.CENTRE), width / 2, y))
                y += LINE
        return entries + self._ports(node, told)

    def _ports(self, node: Node, told: Explanation) -> list[Entry]:
        ports = self._frame.ports
        if between(len(node.ports)) < NAME_ROOM:
            return []
        op, entries = ops.get(node.op), []
        for place, given in enumerate(told.inputs):
            if (node.id, given.port) not in ports.first:
                continue  # it is new in this turn
            x, y = ports.offset[ports.first[node.id, given.port]].tolist()
            name = given.name
            if op is not None and not op.variadic and len(op.ports) > 1:
                own = op.ports[place]
                name = own if given.source is None else f"{own}: {name}"
            short = fitted(name, style.PORT, PORT_WIDTH)
            words = Words(short, style.PORT, Align.RIGHT)
            entries.append((words, x + PORT_LINE[0], y + PORT_LINE[1]))
        return entries


def equation(told: Explanation) -> str:
    """Return what a node is equal to, in the names of its inputs."""
    right = told.formula.partition(" = ")[2]
    return f"= {right}" if right else ""


def law(told: Explanation) -> str:
    """Return the law of the derivative of a node with one input; of others the ports say it."""
    if len(told.inputs) != 1 or not told.inputs[0].derivative:
        return ""
    return f"∂ = {told.inputs[0].derivative}"


def between(count: int) -> float:
    """Return how far two of so many ports are apart."""
    spread = style.RADII[Kind.OP] * 2 * PORT_SPREAD
    return spread if count < 2 else spread / (count - 1)


def told_at_ports(frame: Frame) -> Flags:
    """Tell along which wires the local derivative has room beside the port it ends at."""
    wires, ports = frame.wires, frame.ports
    inputs = np.bincount(ports.item[ports.port >= 0], minlength=len(frame))
    most = 1 + int(style.RADII[Kind.OP] * 2 * PORT_SPREAD / BOTH_ROOM)
    few: Flags = (frame.kinds[wires.end] == Kind.OP) & (inputs[wires.end] <= most)
    told: Flags = few & (wires.count == 1)
    return told
