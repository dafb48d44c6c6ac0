"""What the tooltip says at a point: about a port, a card, or a wire and what flows through it.

The view asks; the words about cards and ports are in `tips`.
"""

from gettext import gettext as _
from math import isfinite

from PySide6.QtCore import QPointF

from engine import ops
from engine.explain.spoken import called
from engine.graph.document import Document, Wire
from engine.run.result import Result
from playground.canvas.frame.digits import text
from playground.canvas.gestures.base import Stage
from playground.canvas.gestures.choice import WIRE_REACH, number_at, port_at
from playground.canvas.painting.grips import spread
from playground.canvas.painting.picture import Picture
from playground.canvas.tips import Facts, facts, port_facts, small, stub_facts, typeset
from playground.widgets.numbers import written


def words_at(stage: Stage, point: QPointF) -> str:
    """Return what there is to say at a point of the scene as rich text, "" if nothing is."""
    told = _facts_at(stage, point)
    return "" if told is None else typeset(told, stage.scene.picture.theme)


def _facts_at(stage: Stage, point: QPointF) -> Facts | None:
    document, result = stage.session.document, stage.session.result
    frame, number = stage.scene.picture.frame, number_at(stage, point)
    if number is not None:
        return facts(document, frame, result, number)
    port = port_at(stage, point)
    if port is not None:
        return port_facts(document, result, port.node, port.port)
    hit = stage.parts.hit_at(point)
    row = stage.parts.wire_at(point, stage.reach(WIRE_REACH))
    if hit is not None:
        return facts(document, frame, result, hit.id)
    stub = stage.parts.stub_at(point)
    if stub is not None:
        return stub_facts(document, frame, result, stub)
    if row is None:
        return None
    if frame.wires.count[row] > 1:
        return band_facts(stage.scene.picture, row)
    if frame.wires.weight[row] >= 0:
        return weight_facts(stage.scene.picture, row)
    wire = (int(frame.wires.target[row]), int(frame.wires.port[row]))
    return wire_facts(document, result, wire)


def band_facts(picture: Picture, row: int) -> Facts:
    """Say what a band joins, how many wires it is, and what they weigh."""
    wires = picture.frame.wires
    told = spread(picture, row)
    line = _("weights: mean {mean}, from {least} to {most}")
    numbers = dict(zip(("mean", "least", "most"), map(text, told), strict=True)) if told else {}
    lines = (line.format(**numbers),) if told else ()
    count = _("{count} wires").format(count=f"{int(wires.count[row]):,}")
    action = _("A click takes all of them · unfold a group to take hold of one")
    return Facts(ends_named(picture, row), count, lines, (action,))


def weight_facts(picture: Picture, row: int) -> Facts:
    """Say what a wire into a folded neuron weighs, and what that makes of the number on it."""
    document, result, wires = picture.document, picture.readings.result, picture.frame.wires
    weight, source = int(wires.weight[row]), int(wires.source[row])
    record = document.node(weight)
    lines = []
    if result is not None:
        number, factor = result.number(source), result.number(weight)
        product = _("{value} × {weight} = {product}")
        lines.append(
            product.format(value=text(number), weight=text(factor), product=text(number * factor))
        )
        if result.reached[result.row[weight]]:
            lines.append(f"{small(document.name(weight))}: {text(result.slope(weight))}")
    kind = _("frozen weight {name}") if record.frozen else _("weight {name}")
    action = _("Click its chip or press Return to type it, drag the chip sideways to change it")
    return Facts(
        ends_named(picture, row), kind.format(name=document.name(weight)), tuple(lines), (action,)
    )


def ends_named(picture: Picture, row: int) -> str:
    """Name what a wire joins as it is seen."""
    frame, document = picture.frame, picture.document
    ends = (frame.ids[frame.wires.start[row]], frame.ids[frame.wires.end[row]])
    start, end = (called(document, int(end)) for end in ends)
    return f"{start} → {end}"


def wire_facts(document: Document, result: Result, wire: Wire) -> Facts | None:
    """Say what a wire joins, which number flows forward, and what flows back through it."""
    target, port = wire
    source = document.source(target, port)
    if source is None:
        return None
    lines = []
    value = result.number(source)
    if isfinite(value):
        lines.append(_("forward: {value}").format(value=written(value)))
    row = result.edge_row.get(wire)
    if row is not None and isfinite(result.partial[row]) and result.reached[result.row[target]]:
        words = _("backward: local {local} × upstream {upstream} = {contribution}")
        numbers = (result.partial[row], result.slope(target), result.contribution[row])
        local, upstream, contribution = (written(float(number)) for number in numbers)
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
