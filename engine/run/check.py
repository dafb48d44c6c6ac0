"""Compare every gradient with central differences, all at once, knowing a kink from a mistake.

Each lane nudges one node, so that a check of all parameters costs a few runs. The
differences of several steps are extrapolated to a step of 0 (Ridders, 1982), which brings them
close to the last digits of float64, and says how close: even single precision is told apart.

At a kink (relu at 0, a tie of max) the slopes from the left and from the right differ; the
gradient is then right if it lies between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.graph.document import Document
from engine.run.evaluate import Data, evaluate
from engine.run.response import Response
from engine.run.result import Array, Result
from engine.run.schedule import Step

Verdict = Literal["ok", "kink", "wrong", "not finite"]
# Central differences of float64 are good to about the two-thirds power of its precision.
STEP = 6e-6
TOLERANCE = 1e-5
# What is extrapolated: steps of 1/32 and down by fours, of the value's size if that is above 1.
STEPS = 2.0**-5 / 4.0 ** np.arange(5)
FINE = 1e-10  # what differs by less is the same
SURE = 10.0  # so many times as good as they say are differences believed to be
BENT = 4.0  # a bend that grows by less while steps grow by twenty is none of a smooth curve
JUMP = 1e-3  # a local derivative that changes by more over two steps has a kink between them


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """One node's gradient, analytic and numeric; `error` is relative to max(1, |numeric|).

    `allowed` is the error up to which they agree, as differences can tell no better here. `kink`
    is the op that has one here, None without.
    """

    node: int
    analytic: float
    numeric: float
    error: float
    verdict: Verdict
    allowed: float = TOLERANCE
    kink: int | None = None


@dataclass(frozen=True, slots=True)
class StepCheck:
    """A step of gradient descent: by how much the slope promised the output to change, and did."""

    rate: float
    promised: float
    happened: float

    @property
    def is_too_long(self) -> bool:
        """Whether it went down at first and ended higher, or nowhere."""
        return self.promised < 0.0 and not self.happened < 0.0


def check_gradients(
    document: Document,
    nodes: Sequence[int] | None = None,
    *,
    tamper: dict[int, float] | None = None,
) -> list[GradientCheck]:
    """Check d output / d node for `nodes`, by default for all leaves the output depends on.

    `tamper` adds to the analytic gradients, so that a test can see a mistake being found.
    """
    base = evaluate(document)
    if base.output is None:
        return []
    if nodes is None:
        nodes = [node for node in checkable(base) if document.node(node).is_leaf]
    shown = {node: base.slope(node) + (tamper or {}).get(node, 0.0) for node in nodes}
    return list(checks(document, base, shown))


def checkable(base: Result) -> list[int]:
    """Return the nodes that have a value and a gradient, by id."""
    return sorted(base.ids[base.reached & base.computed].tolist())


def checks(
    document: Document, base: Result, shown: Mapping[int, float], data: Data | None = None
) -> Iterator[GradientCheck]:
    """Check these gradients, by node, against differences of an evaluation that has an output.

    They come in the order of `shown`, a slice at a time, so that whoever asks can stop. With
    `data` they are those of the objective over the batch.
    """
    response = Response(document, base, data)
    nodes = list(shown)
    lanes = 2 * (len(STEPS) + 1)
    many = max(1, response.at_a_time // lanes)
    [middle] = response.outputs([{}])
    for first in range(0, len(nodes), many):
        here = nodes[first : first + many]
        sizes = [max(1.0, abs(base.number(node))) for node in here]
        moves = [
            {node: sign * size * step}
            for node, size in zip(here, sizes, strict=True)
            for step in (*STEPS, STEP)
            for sign in (-1.0, 1.0)
        ]
        outputs = response.outputs(moves).reshape(len(here), -1, 2)
        for node, size, ends in zip(here, sizes, outputs, strict=True):
            found = _check(node, size, ends, float(middle), shown[node])
            if found.verdict == "kink":
                kink = _kink(response, node, size * STEP)
                found = replace(found, kink=kink)
            yield found


def step_downhill(
    document: Document,
    base: Result,
    shown: Result,
    rate: float,
    data: Data | None = None,
) -> StepCheck | None:
    """Take a step against the gradients shown; None if nothing can be moved.

    What moves are the parameters, in a graph without any all leaves.
    """
    moved = movable(document, base)
    if base.output is None or not moved:
        return None
    slopes = {node: shown.slope(node) for node in moved}
    step = {node: -rate * slope for node, slope in slopes.items()}
    before, after = Response(document, base, data).outputs([{}, step]).tolist()
    return StepCheck(rate, -rate * sum(slope * slope for slope in slopes.values()), after - before)


def movable(document: Document, base: Result) -> list[int]:
    """Return the parameters that the output depends on; where there are none, the leaves."""
    leaves = [node for node in checkable(base) if document.node(node).is_leaf]
    return [node for node in leaves if document.node(node).trainable] or leaves


def _check(node: int, size: float, ends: Array, middle: float, analytic: float) -> GradientCheck:
    """Judge a gradient by the outputs (steps, 2) below and above, the step of `STEP` last."""
    with np.errstate(all="ignore"):
        slopes = (ends[:, 1] - ends[:, 0]) / (2 * size * np.append(STEPS, STEP))
        numeric, doubt = _extrapolated(slopes[:-1])
        sides = np.array([-1.0, 1.0]) * (ends - middle) / (size * np.append(STEPS, STEP))[:, None]
        left, right = sides[-1].tolist()
        bend, wider = np.abs(sides[-1, 1] - sides[-1, 0]), np.abs(sides[-2, 1] - sides[-2, 0])
    plain, coarser = float(slopes[-1]), float(slopes[-2])
    scale = max(1.0, abs(plain))
    slack = TOLERANCE * max(scale, abs(middle))
    allowed = max(FINE * scale, SURE * doubt)
    if not (doubt <= TOLERANCE * scale and abs(numeric - plain) <= slack):
        numeric, allowed = plain, slack
    if not np.isfinite([analytic, numeric]).all():
        return GradientCheck(node, analytic, numeric, float("nan"), "not finite")
    error = abs(analytic - numeric) / scale
    between = min(left, right) - slack <= analytic <= max(left, right) + slack
    # Away from a kink the one-sided slopes differ by the second derivative times the step.
    bent = bool(bend > JUMP * scale and wider < BENT * bend)
    unsettled = abs(plain - coarser) > JUMP * scale  # as of x**x at 0, which is infinitely steep
    verdict: Verdict = "ok" if error * scale <= allowed else "wrong"
    if (between and bent) or (
        verdict == "wrong" and (unsettled or (between and bend > TOLERANCE * scale))
    ):
        verdict = "kink"
    return GradientCheck(node, analytic, numeric, error, verdict, allowed / scale)


def _extrapolated(slopes: Array) -> tuple[float, float]:
    """Return the slope for a step of 0, from slopes for steps down by fours, and how far off."""
    best, doubt = float(slopes[-1]), float("inf")
    column = slopes
    for order in range(1, len(slopes)):
        power = 16.0**order
        finer = (power * column[1:] - column[:-1]) / (power - 1.0)
        doubts = np.maximum(np.abs(finer - column[1:]), np.abs(finer - column[:-1]))
        for slope, off in zip(finer.tolist(), doubts.tolist(), strict=True):
            if off < doubt:
                best, doubt = slope, off
        column = finer
    return best, doubt


def _kink(response: Response, node: int, step: float) -> int | None:
    """Return the first op whose slope jumps while a node goes by, else the first that does."""
    value = response.values([{node: -step}, {node: step}])
    with np.errstate(all="ignore"):
        for wanted in (_partials, _outputs):
            for one in response.plan.steps:
                for numbers in wanted(one, value):
                    low, high = np.split(numbers, 2, axis=1)
                    jumps = np.abs(high - low) > JUMP * np.maximum(1.0, np.abs(low))
                    if jumps.any():
                        row = one.start + int(np.argmax(jumps.any(axis=1)))
                        return int(response.plan.ids[row])
    return None


def _partials(step: Step, value: Array) -> list[Array]:
    inputs, output = step.inputs((value, value)), value[step.start : step.stop]
    partials = step.op.loud.partials(inputs, output, step.attributes)
    return [np.broadcast_to(partial, output.shape) for partial in partials]


def _outputs(step: Step, value: Array) -> list[Array]:
    return [value[step.start : step.stop]]
