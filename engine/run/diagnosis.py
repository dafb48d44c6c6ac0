"""Why a number is not finite: the first nodes where it happened, in the words of their ops."""

from gettext import gettext as _

import numpy as np

from engine.graph.document import Document
from engine.graph.records import Node
from engine.run.compiler import known
from engine.run.result import Problem
from engine.run.schedule import NARROW, WIDE
from engine.run.tape import Array, Tape


def problems(document: Document, tape: Tape) -> tuple[Problem, ...]:
    """Return the nodes whose inputs are all finite and whose value is not, by id.

    Over lanes one sample is enough.
    """
    if all(np.isfinite(value).all() for value in tape.value):
        return ()
    plan = tape.plan
    found = []
    bad = [set(np.flatnonzero(~np.isfinite(value).all(axis=1)).tolist()) for value in tape.value]
    for section, offset in ((NARROW, 0), (WIDE, plan.narrow)):
        for row in bad[section]:
            node = int(plan.ids[row + offset])
            if plan.computed[row + offset]:
                lane = _first_bad_lane(document, tape, node)
                if lane is not None:
                    found.append(_describe(document, tape, node, lane))
    return tuple(sorted(found, key=lambda problem: problem.node))


def first_problem(document: Document, tape: Tape) -> Problem | None:
    """Return the problem nearest the leaves, of several the one of the lowest id."""
    depth = tape.plan.depths()
    found = problems(document, tape)
    return min(found, key=lambda p: (depth[tape.plan.row[p.node]], p.node), default=None)


def _first_bad_lane(document: Document, tape: Tape, node: int) -> int | None:
    """Return the first lane where a node went bad by its own doing."""
    own = ~np.isfinite(tape.values(node))
    for source in document.graph.pred[node]:
        own = own & np.isfinite(tape.values(source))
    lanes = np.flatnonzero(own)
    return int(lanes[0]) if len(lanes) else None


def _describe(document: Document, tape: Tape, node: int, lane: int) -> Problem:
    record = document.node(node)
    value = _at(tape.values(node), lane)
    if record.is_leaf:
        reason = _("its own number is not finite")
    else:
        inputs = [_at(tape.values(s), lane) for s in document.inputs(node) if s is not None]
        reason = _reason(record, inputs)
    text = _("{name} is {value}: {reason}").format(
        name=document.name(node), value=value, reason=reason
    )
    return Problem(node, reason, text)


def _reason(node: Node, inputs: list[float]) -> str:
    op = known(node)
    given = op.defaults(node.attributes)
    for rule in op.domain:
        if rule.condition(*inputs, *given):
            return rule.reason
    return _("the number grew too large")


def _at(values: Array, lane: int) -> float:
    return float(values[min(lane, len(values) - 1)])
