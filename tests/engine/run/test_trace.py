"""Steps against the tape: what a pass adds up node by node is what is computed at once."""

import random

import numpy as np
import pytest

from engine.errors import Refusal
from engine.run.evaluate import evaluate
from engine.run.trace import Broken, Trace
from tests.engine.random_graphs import random_edit, random_graph


def finished(document):
    base = evaluate(document)
    trace = Trace(document, base)
    for _step in trace.run():
        pass
    return base, trace


@pytest.mark.parametrize("seed", range(60))
def test_all_steps_together_give_the_values_and_gradients_of_the_tape(seed):
    base, trace = finished(random_graph(seed))
    result = trace.result()
    assert np.array_equal(result.computed, base.computed)
    assert np.array_equal(result.reached, base.reached)
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(result.value, base.value, rtol=1e-13)
        np.testing.assert_allclose(result.gradient, base.gradient, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", range(15))
def test_however_a_graph_was_edited_all_that_has_a_value_comes_after_its_inputs(seed):
    document, draw = random_graph(seed, size=15), random.Random(seed)
    for _edit in range(40):
        edit = random_edit(document, draw)
        if not isinstance(edit, Refusal):
            document.apply(edit)
    base, trace = finished(document)
    place = {node: k for k, node in enumerate(trace.forward_order)}
    assert set(place) == set(base.ids[base.computed].tolist())
    for source, target, _port in document.edges():
        assert target not in place or place[source] < place[target]
    result = trace.result()
    np.testing.assert_array_equal(result.computed, base.computed)
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(result.value, base.value, rtol=1e-13)
        np.testing.assert_allclose(result.gradient, base.gradient, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_stepping_back_to_the_start_undoes_everything(seed):
    document = random_graph(seed)
    base = evaluate(document)
    trace = Trace(document, base)
    seen = [trace.result()]
    seen.extend(trace.result() for _step in trace.run())
    while trace.steps:
        told, now = seen.pop(), trace.result()
        for name in ("value", "gradient", "computed", "reached", "partial", "contribution"):
            np.testing.assert_array_equal(getattr(told, name), getattr(now, name))
        trace.back()
    assert trace.back() is None
    assert trace.fired == ()


def test_no_step_of_the_right_order_breaks_a_rule():
    for seed in range(20):
        _base, trace = finished(random_graph(seed))
        assert not any(step.broken for step in trace.steps)


def test_firing_too_early_loses_what_comes_later_and_is_told():
    document = random_graph(3)
    base = evaluate(document)
    trace = Trace(document, base)
    for node in trace.forward_order:
        trace.compute(node)
    trace.start(trace.output)
    early = next(n for n in trace.backward_order if n != trace.output)
    step = trace.fire(early)
    assert Broken.TOO_EARLY in {breach.rule for breach in step.broken}
    again = trace.fire(early)
    assert Broken.TWICE in {breach.rule for breach in again.broken}


def test_a_value_waits_for_its_inputs():
    trace = Trace(random_graph(1), evaluate(random_graph(1)))
    assert trace.compute(trace.forward_order[-1]) is None
    assert not trace.steps
