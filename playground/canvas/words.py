"""What the tooltip says at a point: about a port, a card, or a wire and what flows through it.

The view asks; the words about cards and ports are in `tips`.
"""

from gettext import gettext as _
from math import isfinite

from PySide6.QtCore import QPointF

from engine import ops
from engine.graph.document import Document, Wire
from engine.run.result import Result
from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.choice import WIRE_REACH, port_at
from playground.canvas.tips import Facts, facts, port_facts, stub_facts, typeset


def words_at(stage: Stage, point: QPointF) -> str:
    """Return what there is to say at a point of the scene as rich text, "" if nothing is."""
    told = _facts_at(stage, point)
    return "" if told is None else typeset(told, stage.scene.picture.theme)


def _facts_at(stage: Stage, point: QPointF) -> Facts | None:
    document, result = stage.session.document, stage.session.result
    port = port_at(stage, point)
    if port is not None:
        return port_facts(document, result, port.node, port.port)
    frame, hit = stage.scene.picture.frame, stage.parts.hit_at(point)
    row = stage.parts.wire_at(point, stage.reach(WIRE_REACH))
    if hit is not None:
        return facts(document, frame, result, hit.id)
    stub = stage.parts.stub_at(point)
    if stub is not None:
        return stub_facts(document, frame, result, stub)
    if row is None:
        return None
    if frame.wires.count[row] > 1:
        words = _("{count} wires").format(count=int(frame.wires.count[row]))
        return Facts(words, "", (), (_("Unfold a group to take hold of one"),))
    wire = (int(frame.wires.target[row]), int(frame.wires.port[row]))
    return wire_facts(document, result, wire)


def wire_facts(document: Document, result: Result, wire: Wire) -> Facts | None:
    """Say what a wire joins, which number flows forward, and what flows back through it."""
    target, port = wire
    source = document.source(target, port)
    if source is None:
        return None
    lines = []
    value = result.number(source)
    if isfinite(value):
        lines.append(_("forward: {value}").format(value=f"{value:.6g}"))
    row = result.edge_row.get(wire)
    if row is not None and isfinite(result.partial[row]) and result.reached[result.row[target]]:
        words = _("backward: local {local} × upstream {upstream} = {contribution}")
        numbers = (result.partial[row], result.slope(target), result.contribution[row])
        local, upstream, contribution = (f"{float(number):.6g}" for number in numbers)
        lines.append(words.format(local=local, upstream=upstream, contribution=contribution))
    name = f"{document.name(source)} → {document.name(target)}"
    return Facts(name, input_name(document, wire), tuple(lines))


def input_name(document: Document, wire: Wire) -> str:
    """Return what an input is called: its own name, or its number where an op takes any."""
    record = document.node(wire[0])
    place, op = record.ports.index(wire[1]), ops.get(record.op)
    if op is None or op.variadic or place >= len(op.ports):
        return _("input {number}").format(number=place + 1)
    return _("input {name}").format(name=op.ports[place])
