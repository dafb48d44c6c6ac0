"""What the tooltip says at a point: about a port, a card, or a wire and what flows through it.

The view asks; the words about cards are in `tips`.
"""

from gettext import gettext as _
from math import isfinite

from PySide6.QtCore import QPointF

from engine import ops
from engine.explain import describe
from engine.graph.document import Document, Wire
from engine.run.result import Result
from playground.canvas.frame.ports import NEW, OUT
from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.choice import WIRE_REACH, port_at
from playground.canvas.parts import Port
from playground.canvas.tips import tip


def words_at(stage: Stage, point: QPointF) -> str:
    """Return what there is to say at a point of the scene, "" if nothing is."""
    document, result = stage.session.document, stage.session.result
    port = port_at(stage, point)
    if port is not None:
        return port_words(document, result, port)
    frame, hit = stage.scene.picture.frame, stage.parts.hit_at(point)
    if hit is not None:
        return tip(document, frame, result, hit.id)
    row = stage.parts.wire_at(point, stage.reach(WIRE_REACH))
    if row is None:
        return ""
    if frame.wires.count[row] > 1:
        words = _("{count} wires · unfold a group to take hold of one")
        return words.format(count=int(frame.wires.count[row]))
    return wire_words(document, result, (int(frame.wires.target[row]), int(frame.wires.port[row])))


def wire_words(document: Document, result: Result, wire: Wire) -> str:
    """Say what a wire joins, which number flows forward, and what flows back through it."""
    target, port = wire
    source = document.source(target, port)
    if source is None:
        return ""
    lines = [f"{document.name(source)} → {document.name(target)} · {input_name(document, wire)}"]
    value = result.number(source)
    if isfinite(value):
        lines.append(_("forward: {value}").format(value=f"{value:.6g}"))
    row = result.edge_row.get(wire)
    if row is not None and isfinite(result.partial[row]) and result.reached[result.row[target]]:
        words = _("backward: local {local} × upstream {upstream} = {contribution}")
        numbers = (result.partial[row], result.slope(target), result.contribution[row])
        local, upstream, contribution = (f"{float(number):.6g}" for number in numbers)
        lines.append(words.format(local=local, upstream=upstream, contribution=contribution))
    return "\n".join(lines)


def port_words(document: Document, result: Result, port: Port) -> str:
    """Say what a port is called and where it stands in the node's formula."""
    name = document.name(port.node)
    if port.port == OUT:
        return _("{name}, its output · drag to wire it").format(name=name)
    formula = describe(document, result, port.node).formula
    if port.port == NEW:
        return "\n".join(part for part in (_("one more input"), formula) if part)
    what = input_name(document, (port.node, port.port))
    source = document.source(port.node, port.port)
    fed = _("{input}, from {source}") if source is not None else _("{input}, free")
    first = fed.format(input=what, source=document.name(source) if source is not None else "")
    return "\n".join(part for part in (first, formula) if part)


def input_name(document: Document, wire: Wire) -> str:
    """Return what an input is called: its own name, or its number where an op takes any."""
    record = document.node(wire[0])
    place, op = record.ports.index(wire[1]), ops.get(record.op)
    if op is None or op.variadic or place >= len(op.ports):
        return _("input {number}").format(number=place + 1)
    return _("input {name}").format(name=op.ports[place])
