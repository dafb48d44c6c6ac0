"""What a question lights on the canvas: the number it is about, and the wires that make it so."""

from math import isfinite

from engine.explain.questions import Question, spelled
from playground.session import Session
from playground.session.lit import Lit

MOST_WIRES = 40  # that are lit


def lights_of(session: Session, question: Question, *, alone: bool = False) -> Lit:
    """Return what to light for a question; `alone` lights no wires around a node."""
    document, result = session.document, session.result
    node, port = question.node, question.port
    if node not in document:
        return Lit()
    if port is not None:
        source = document.source(node, port)
        ends = frozenset({node} if source is None else {node, source})
        return Lit(ends, {(node, port): _factor(session, (node, port))})
    if alone:
        return Lit(frozenset({node}), forward=question.about == "value")
    if question.about == "value":
        wires = [(node, one) for one in document.wired(node)]
        return Lit(frozenset({node}), dict.fromkeys(wires[:MOST_WIRES], ""), forward=True)
    brought = [
        wire
        for wire in document.consumers(node)
        if (row := result.row.get(wire[0])) is not None and result.reached[row]
    ]
    return Lit(frozenset({node}), {wire: _factor(session, wire) for wire in brought[:MOST_WIRES]})


def _factor(session: Session, wire: tuple[int, int]) -> str:
    """Return the local derivative of a wire as its chip says it."""
    row = session.result.edge_row.get(wire)
    local = float("nan") if row is None else float(session.result.partial[row])
    return f"×{spelled(local)}" if isfinite(local) else ""
