"""What a question lights on the canvas: the number it is about, and the wires that make it so."""

from math import isfinite

from engine.explain.questions import Question, spelled
from engine.graph.document import Wire
from playground.session import Session
from playground.session.lit import Lit

MOST_WIRES = 40  # that are lit
MOST_CHIPS = 8  # that say their local derivatives: a pile of them says nothing


def lights_of(session: Session, question: Question, *, alone: bool = False) -> Lit:
    """Return what to light for a question; `alone` lights no wires around a node."""
    document = session.document
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
    wires = _ways_back(session, node)
    told = len(wires) <= MOST_CHIPS
    words = {wire: _factor(session, wire) if told else "" for wire in wires}
    return Lit(frozenset({node}), words)


def _ways_back(session: Session, node: int) -> list[Wire]:
    """Return the wires that bring a gradient; of an only way, those it came along before, too."""
    document, result = session.document, session.result
    found: list[Wire] = []
    here: int | None = node
    while here is not None and len(found) < MOST_WIRES:
        brought = [
            wire
            for wire in document.consumers(here)
            if (row := result.row.get(wire[0])) is not None and result.reached[row]
        ]
        if found and len(brought) > 1:
            break
        found += brought[:MOST_WIRES]
        here = brought[0][0] if len(brought) == 1 else None
    return found


def _factor(session: Session, wire: Wire) -> str:
    """Return the local derivative of a wire as its chip says it."""
    row = session.result.edge_row.get(wire)
    local = float("nan") if row is None else float(session.result.partial[row])
    return f"×{spelled(local)}" if isfinite(local) else ""
