"""Compare every gradient with central differences, all at once, knowing a kink from a mistake.

Each lane of one tape nudges one leaf, so that a check of all parameters costs a few runs.

At a kink (relu at 0, a tie of max) the slopes from the left and from the right differ; the
gradient is then right if it lies between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.graph.document import Document
from engine.run.compiler import compile_plan
from engine.run.evaluate import evaluate
from engine.run.plan import ancestors
from engine.run.tape import Array, Tape

Verdict = Literal["ok", "kink", "wrong", "not finite"]
# Central differences of float64 are good to about the two-thirds power of its precision.
STEP = 6e-6
TOLERANCE = 1e-5
ROOM = 2**22  # numbers that a tape may hold at a time


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """One leaf's gradient, analytic and numeric; `error` is relative to max(1, |numeric|)."""

    node: int
    analytic: float
    numeric: float
    error: float
    verdict: Verdict


def check_gradients(
    document: Document,
    nodes: Sequence[int] | None = None,
    *,
    tamper: dict[int, float] | None = None,
) -> list[GradientCheck]:
    """Check d output / d leaf for `nodes`, by default for all leaves the output depends on.

    `tamper` adds to the analytic gradients, so that a test can see a mistake being found.
    """
    result = evaluate(document)
    if result.output is None:
        return []
    if nodes is None:
        nodes = [
            n.id for n in document.nodes() if n.is_leaf and bool(result.reached[result.row[n.id]])
        ]
    steps = [STEP * max(1.0, abs(document.node(n).value)) for n in nodes]
    nudged = _nudged(document, result.output, nodes, steps)
    return [
        _check(n, step, row, result.slope(n) + (tamper or {}).get(n, 0.0))
        for n, step, row in zip(nodes, steps, nudged.tolist(), strict=True)
    ]


def _check(node: int, step: float, outputs: Sequence[float], analytic: float) -> GradientCheck:
    low, middle, high = outputs
    left, right = (middle - low) / step, (high - middle) / step
    numeric = (high - low) / (2 * step)
    if not np.isfinite([analytic, numeric]).all():
        return GradientCheck(node, analytic, numeric, float("nan"), "not finite")
    scale = max(1.0, abs(numeric))
    error = abs(analytic - numeric) / scale
    # Away from a kink the one-sided slopes differ by the second derivative times the step.
    bend = abs(right - left) / scale
    slack = TOLERANCE * max(scale, abs(middle))
    if error <= TOLERANCE * max(1.0, abs(middle) / scale):
        return GradientCheck(node, analytic, numeric, error, "ok")
    between = min(left, right) - slack <= analytic <= max(left, right) + slack
    verdict: Verdict = "kink" if between and bend > TOLERANCE else "wrong"
    return GradientCheck(node, analytic, numeric, error, verdict)


def _nudged(
    document: Document, output: int, nodes: Sequence[int], steps: Sequence[float]
) -> Array:
    """Return the output with each node a step lower, as it is, a step higher: (nodes, 3)."""
    part = ancestors(document, (output,))
    plan = compile_plan(document, part, output, (), wide=True, swept=frozenset(nodes))
    outputs = np.empty((len(nodes), 3))
    lanes = max(1, ROOM // len(plan.ids) // 3)
    for first in range(0, len(nodes), lanes):
        here = slice(first, first + lanes)
        count = len(nodes[here])
        tape = Tape(plan, 3 * count)
        tape.load(document)
        for lane, (node, step) in enumerate(zip(nodes[here], steps[here], strict=True)):
            if node in plan.row:
                tape.values(node)[3 * lane] -= step
                tape.values(node)[3 * lane + 2] += step
        tape.forward()
        outputs[here] = np.broadcast_to(tape.values(output), 3 * count).reshape(-1, 3)
    return outputs
