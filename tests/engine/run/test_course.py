"""Courses against the tape and against `Value`s fired by hand, on random graphs."""

import random

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.graph.verbs import disconnect
from engine.run.course import Course
from engine.run.evaluate import evaluate
from engine.run.mirror import to_values
from engine.run.trace import Broken, Trace
from tests.engine.random_graphs import random_graph

CHUNK, CHUNKS = 50, 10


def course_of(document: Document) -> Course:
    return Course(Trace(document, evaluate(document)))


def same(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-10, atol=1e-12, equal_nan=True))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_accumulates_over_all_steps_is_the_gradient_of_the_tape(chunk):
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        course = course_of(random_graph(seed, size=20))
        base = course.trace.base
        sums = dict.fromkeys(base.ids.tolist(), 0.0)
        while (step := course.step()) is not None:
            if step.phase == "start":
                sums[step.node] = 1.0
            for part in step.parts:
                sums[part.source] += part.brought
        assert course.is_over
        for node, total in sums.items():
            if base.computed[base.row[node]]:
                assert same(total, base.slope(node)), (seed, node)
                assert same(course.trace.gradient(node), base.slope(node)), (seed, node)


@pytest.mark.parametrize("seed", range(60))
def test_any_order_by_hand_gives_what_values_fired_in_that_order_give(seed):
    document, draw = random_graph(seed, size=15), random.Random(seed)
    course = course_of(document)
    course.finish()
    course.step()
    values = to_values(document)
    values[course.trace.output].grad = 1.0
    order = list(course.trace.backward_order)
    draw.shuffle(order)
    order += [draw.choice(course.trace.forward_order) for _again in range(3)]
    for node in order:
        course.do("backward", node)
        values[node]._backward()
        for one, value in values.items():
            assert same(course.trace.gradient(one), value.grad), (seed, node, one)
    assert course.is_over


@pytest.mark.parametrize("seed", range(20))
def test_nothing_broken_in_any_order_that_is_ready_and_something_in_every_other(seed):
    document, draw = random_graph(seed, size=12), random.Random(seed)
    course = course_of(document)
    course.finish()
    course.step()
    waiting = set(course.trace.backward_order)
    while waiting:
        node = draw.choice(sorted(waiting))
        ready = course.trace.is_ready("backward", node)
        step = course.do("backward", node)
        rules = {breach.rule for breach in step.broken}
        assert (Broken.TOO_EARLY in rules) == (not ready)
        waiting.discard(node)


@pytest.mark.parametrize("seed", range(30))
def test_going_anywhere_and_back_is_as_if_one_had_gone_there_directly(seed):
    document, draw = random_graph(seed), random.Random(seed)
    course = course_of(document)
    for _move in range(12):
        place = draw.randrange(len(course.schedule))
        course.go_to(place)
        fresh = course_of(document)
        fresh.go_to(place)
        assert course.taken == fresh.taken
        assert course.next == fresh.next == place + 1
        assert course.done() == place + 1
        one, other = course.trace.result(), fresh.trace.result()
        for name in ("value", "gradient", "computed", "reached", "contribution"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        for node in course.trace.forward_order:
            np.testing.assert_array_equal(course.history(node)[1:], fresh.history(node)[1:])


@pytest.mark.parametrize("seed", range(30))
def test_stepping_over_nodes_together_breaks_no_rule_and_ends_in_the_same_gradients(seed):
    document, draw = random_graph(seed), random.Random(seed)
    course = course_of(document)
    nodes = list(course.trace.forward_order)
    together = set(draw.sample(nodes, len(nodes) // 3))
    moves = 0
    while not course.is_over:
        moves += 1
        assert course.over(together if course.schedule[course.next][1] in together else ())
    assert moves < len(course.schedule)
    assert not any(step.broken for step in course.trace.steps)
    for node in nodes:
        assert same(course.trace.gradient(node), course.trace.base.slope(node))
    while course.taken:
        course.back(together)
    assert course.next == 0
    assert not course.trace.result().computed.any()


@pytest.mark.parametrize("seed", range(20))
def test_running_to_a_node_stops_as_soon_as_its_value_or_its_whole_gradient_is_there(seed):
    course = course_of(random_graph(seed))
    trace = course.trace
    node = random.Random(seed).choice(trace.backward_order)
    assert course.run_to([node])
    assert course.latest.node == node
    assert course.latest.phase == "forward"
    assert course.run_to([node])
    assert course.latest.phase == "backward"
    assert same(trace.gradient(node), trace.base.slope(node))
    assert not course.run_to([node])


def test_finishing_a_phase_stops_between_forward_and_backward():
    course = course_of(random_graph(5))
    course.step()
    course.finish()
    assert course.next == course.forward
    assert course.trace.result().computed.all()
    course.finish()
    assert course.is_over
    course.finish()
    assert course.step() is None


def test_what_has_no_value_takes_no_step():
    document = random_graph(5)
    node = next(node for node in document.nodes() if not node.is_leaf)
    document.apply(accept(disconnect(document, node.id, node.ports[0])))
    course = course_of(document)
    course.finish()
    for phase in ("forward", "start", "backward"):
        assert course.do(phase, node.id) is None
    assert len(course.taken) == course.forward


def test_a_pass_over_other_numbers_of_one_graph_is_what_a_new_one_would_be():
    compared = 0
    for seed in range(60):
        document = random_graph(seed, size=15)
        course = course_of(document)
        course.finish()
        for leaf in [node for node in document.nodes() if node.is_leaf][:2]:
            document.apply(accept(set_value(document, leaf.id, 0.75)))
        base = evaluate(document)
        assert course.trace.base.is_like(base)
        known, new = course.afresh(base), Course(Trace(document, base))
        assert known.schedule == new.schedule
        assert sum(1 for _step in known.again(course.taken)) == len(course.taken)
        for one in (known, new):
            one.finish()
            one.finish()
        one, other = known.trace.result(), new.trace.result()
        np.testing.assert_array_equal(one.value, other.value)
        np.testing.assert_array_equal(one.gradient, other.gradient)
        compared += len(known.schedule)
    assert compared > 1_000


def test_the_numbers_of_another_graph_are_not_alike():
    assert not evaluate(random_graph(2)).is_like(evaluate(random_graph(3, size=30)))


def test_a_document_without_nodes_is_over_at_once():
    course = course_of(Document())
    assert course.is_over
    assert course.step() is None
    assert course.back() is None
    assert not course.run_to([7])


def test_a_result_of_a_pass_says_what_is_still_waited_for():
    course = course_of(random_graph(2))
    base = course.trace.base
    assert course.trace.result().value_waits.sum() == base.computed.sum()
    course.finish()
    half = course.trace.result()
    assert not half.value_waits.any()
    np.testing.assert_array_equal(half.gradient_waits, base.reached & base.computed)
    course.finish()
    assert not course.trace.result().gradient_waits.any()
    assert base.value_waits is None
