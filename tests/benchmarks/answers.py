"""Times what answers the questions about gradients, without a window; `insight.py` asks for it.

The graphs are moons, with 337 parameters, and the sketch of 1,000 scalars. Nothing is timed before
its numbers agreed with the tape's, and times are of the processor.
"""

import json
import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from engine.errors import accept
from engine.explain.paths import Ways
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.run.check import checks
from engine.run.evaluate import evaluate, make_plans
from engine.run.modes import Passes, in_turns, pull_back, push_forward
from engine.run.result import Result
from engine.run.sweep import Sweep
from tests.benchmarks.graphs import scalars
from tests.benchmarks.sketch import busy

MOST_PATHS, POINTS, MANY, FEW = 10, 400, 1_000, 7
LEAST, MOST = -2.0, 2.0  # of the curve
Figures = dict[str, float]


def moons() -> tuple[Document, Result]:
    """Return the moons document, and what it computes of one sample."""
    document = accept(model_document(Model()))
    return document, evaluate(document)


def paths() -> Figures:
    """Rank the paths from a feature to the loss, and sum all of them."""
    document, result = moons()
    [feature] = [node.id for node in document.nodes() if node.role == "feature" and not node.index]
    output = result.output
    assert output is not None
    ledger = Ways(document, feature, output).ledger(result, MOST_PATHS)
    agree([ledger.total], [result.slope(feature)])
    seconds = busy(lambda: Ways(document, feature, output).ledger(result, MOST_PATHS))
    return {"paths": seconds, "paths, count": ledger.count}


def curve() -> Figures:
    """Sweep one of 1,000 scalars over many places, ready made and with the making."""
    document = scalars(MANY)
    result = evaluate(document)
    places = np.linspace(LEAST, MOST, POINTS)
    assert result.output is not None
    [first] = [node.id for node in document.nodes() if node.is_leaf][:1]

    def build() -> Sweep:
        return accept(Sweep.build(document, result, result.output, (first,)))

    sweep = build()
    agree(sweep.at(np.array([result.number(first)])).slope[0], [result.slope(first)])
    return {
        "curve": busy(lambda: sweep.at(places)),
        "curve, first": busy(lambda: build().at(places)),
    }


def check() -> Figures:
    """Check the gradient of every parameter of moons against differences."""
    document, result = moons()
    shown = {node.id: result.slope(node.id) for node in document.nodes() if node.trainable}
    found = list(checks(document, result, shown))
    assert all(one.verdict in ("ok", "kink") for one in found)
    return {"check": busy(lambda: list(checks(document, result, shown)), repeats=FEW)}


def modes() -> Figures:
    """Go forward once for each parameter of moons, and backward once."""
    document = accept(model_document(Model()))
    plan = make_plans(document).single
    result = evaluate(document)
    parameters = [node.id for node in document.nodes() if node.trainable]
    output = result.output
    assert output is not None
    forward = partial(in_turns, push_forward, plan, result.value, parameters)
    backward = partial(pull_back, plan, result.value, (output,))
    told, back = list(forward()), backward()
    agree(slopes(told, plan.row[output]), [result.slope(node) for node in parameters])
    agree(
        back.derivative[[plan.row[node] for node in parameters], 0], slopes(told, plan.row[output])
    )
    return {
        "parameters": len(parameters),
        "forward": busy(lambda: list(forward())),
        "forward, one": busy(lambda: push_forward(plan, result.value, parameters[:1])),
        "reverse": busy(backward),
        "forward, multiplications": sum(int(one.multiplications.sum()) for one in told),
        "reverse, multiplications": int(back.multiplications.sum()),
    }


def slopes(told: Sequence[Passes], row: int) -> list[float]:
    """Return what each pass of forward mode found for a row."""
    return [number for one in told for number in one.derivative[row].tolist()]


def agree(ours: Sequence[float], tape: Sequence[float]) -> None:
    """Hold numbers against those of the tape before anything is timed."""
    for one, other in zip(ours, tape, strict=True):
        assert math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12), (one, other)


def measure() -> Figures:
    """Measure everything."""
    return {**paths(), **curve(), **check(), **modes()}


if __name__ == "__main__":
    print(json.dumps(measure()))
