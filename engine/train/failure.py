"""Why a step failed: the node where a number or a gradient stopped being finite.

The trainer asks after a step that ended non-finite, and stops with what this says.
"""

from gettext import gettext as _

import numpy as np

from engine.graph.document import Document
from engine.run.diagnosis import first_problem
from engine.run.result import Problem
from engine.run.tape import Tape


def failed_forward(document: Document, tape: Tape, step: int) -> Problem:
    """Return the node nearest the leaves whose value is not finite, after a forward run."""
    first = first_problem(document, tape)
    if first is not None:
        return Problem(first.node, first.reason, _told(step, first.text), step)
    reason = _("the objective grew too large")
    node = tape.plan.output
    where = node if node is not None else int(tape.plan.ids[0])
    return Problem(where, reason, _told(step, reason), step)


def failed_backward(document: Document, tape: Tape, step: int) -> Problem:
    """Return the node nearest the loss whose gradient is not finite, after a backward run."""
    plan = tape.plan
    bad = np.concatenate([~np.isfinite(g).all(axis=1) for g in tape.gradient])
    nodes = set(plan.ids[bad].tolist())
    for node in sorted(nodes):
        consumers = {target for target, _port in document.consumers(node)}
        if not consumers & nodes:
            reason = _("the gradient of {name} is not finite").format(name=document.name(node))
            return Problem(node, reason, _told(step, reason), step)
    reason = _("the step of {name} grew too large").format(name=document.name(_largest(tape)))
    return Problem(_largest(tape), reason, _told(step, reason), step)


def _largest(tape: Tape) -> int:
    """Return the parameter with the steepest gradient."""
    steepest = int(np.argmax(np.abs(tape.parameter_gradient())))
    return int(tape.plan.parameters[steepest])


def _told(step: int, text: str) -> str:
    return _("Step {step}: {text}").format(step=step, text=text)
