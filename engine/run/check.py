"""Compare every gradient with central differences, knowing a kink from a mistake.

At a kink (relu at 0, a tie of max) the slopes from the left and from the right differ; the
gradient is then right if it lies between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.graph.document import Document
from engine.run.evaluate import Plans, evaluate, make_plans

Verdict = Literal["ok", "kink", "wrong", "not finite"]
# Central differences of float64 are good to about the two-thirds power of its precision.
STEP = 6e-6
TOLERANCE = 1e-5


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
    plans = make_plans(document)
    result = evaluate(document, plans=plans)
    if result.output is None:
        return []
    if nodes is None:
        nodes = [
            n.id for n in document.nodes() if n.is_leaf and bool(result.reached[result.row[n.id]])
        ]
    return [
        _check(document, plans, result.output, n, result.slope(n) + (tamper or {}).get(n, 0.0))
        for n in nodes
    ]


def _check(
    document: Document, plans: Plans, output: int, node: int, analytic: float
) -> GradientCheck:
    at = document.node(node).value
    step = STEP * max(1.0, abs(at))
    low, middle, high = (
        _output_at(document, plans, output, node, x) for x in (at - step, at, at + step)
    )
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


def _output_at(document: Document, plans: Plans, output: int, node: int, number: float) -> float:
    numbers = (np.array([node]), np.array([number]))
    return evaluate(document, plans=plans, numbers=numbers).number(output)
