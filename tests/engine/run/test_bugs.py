"""Planted bugs: what each does by a second implementation, that each is caught, and is named."""

import random
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.exchange.program import insert_text
from engine.files import read, write
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.run import bugs
from engine.run.bugs import BUGS, Ground, alike, hide, planted, shows, why_silent
from engine.run.check import checkable, checks, step_downhill
from engine.run.evaluate import evaluate
from engine.run.symptoms import SYMPTOMS, Evidence, suspicions
from engine.run.trace import RIGHT, Broken
from resources import read_bytes
from tests.engine.random_graphs import random_graph

RATE = 0.1


def example(name: str) -> bytes:
    return read_bytes(f"examples/{name}.mgp")


def typed(text: str, **numbers: float) -> Document:
    document = Document()
    document.apply(accept(insert_text(document, text, (0.0, 0.0))))
    for label, number in numbers.items():
        document.apply(accept(set_value(document, accept(document.find(label)), number)))
    return document


def ground_of(document: Document) -> Ground:
    return Ground(document, evaluate(document), RATE)


def shown_by(ground: Ground, *keys: str):
    return ground.traced(planted(keys, ground)).result()


def evidence(ground: Ground, *keys: str) -> Evidence:
    """Check every node of what the bugs make of a graph."""
    rules = planted(keys, ground)
    shown = ground.traced(rules).result()
    gradients = {node: shown.slope(node) for node in checkable(ground.base)}
    found = {one.node: one for one in checks(ground.document, ground.base, gradients)}
    step = step_downhill(ground.document, ground.base, shown, RATE * rules.stride)
    return Evidence(ground.document, ground.base, shown, found, step)


def named(document: Document, result, *labels: str) -> list[float]:
    return [result.slope(accept(document.find(label))) for label in labels]


# What each does


def test_overwriting_gives_a_plus_a_a_gradient_of_1():
    ground = ground_of(typed("b = a + a", a=3.0))
    assert named(ground.document, ground.base, "a") == [2.0]
    assert named(ground.document, shown_by(ground, "overwrite"), "a") == [1.0]


def test_overwriting_lets_the_last_part_win():
    ground = ground_of(typed("d = a*b; e = a + b; f = d*e", a=-2.0, b=3.0))
    assert named(ground.document, ground.base, "a", "b") == [-3.0, -8.0]
    [a, b] = named(ground.document, shown_by(ground, "overwrite"), "a", "b")
    assert a in (-6.0, 3.0)
    assert b in (-6.0, -2.0)


@pytest.mark.parametrize("seed", range(20))
def test_each_bug_does_what_a_plain_program_with_it_does(seed):
    ground = ground_of(random_graph(seed))
    for key in ("overwrite", "zero_grad", "order", "sign"):
        shown, expected = shown_by(ground, key), plain_program(ground, key)
        for node, gradient in expected.items():
            assert shown.slope(node) == pytest.approx(gradient, rel=1e-9, nan_ok=True), key


def plain_program(ground: Ground, key: str) -> dict[int, float]:
    """Return the gradients of a pass in a few lines, over the local derivatives of the tape."""
    document, base = ground.document, ground.base
    gradients = dict.fromkeys(checkable(base), 0.0)
    inputs = {
        node: [
            (port, s)
            for port, s in zip(document.node(node).ports, document.inputs(node), strict=True)
        ]
        for node in gradients
        if not document.node(node).is_leaf
    }
    seen: list[int] = []

    def fire(node: int) -> None:
        last = inputs[node][-1]
        for port, source in inputs[node]:
            share = base.partial[base.edge_row[(node, port)]] * gradients[node]
            if (
                key == "sign"
                and document.node(node).op == ground.turned
                and (port, source) == last
            ):
                share = -share
            gradients[source] = share if key == "overwrite" else gradients[source] + share

    def recurse(node: int) -> None:
        if node in inputs and node not in seen:
            seen.append(node)
            fire(node)
            for _port, source in inputs[node]:
                recurse(source)

    for _pass in range(2 if key == "zero_grad" else 1):
        gradients |= dict.fromkeys(inputs, 0.0)  # ops are made anew for every pass
        gradients[base.output] = 1.0
        with np.errstate(all="ignore"):
            if key == "order":
                recurse(base.output)
            else:
                for node in ground.right.backward_order:
                    fire(node)
    return gradients


def test_single_precision_keeps_seven_digits_of_every_number():
    ground = ground_of(accept(read(example("tanh-neuron"))))
    shown = shown_by(ground, "float32")
    assert shown.value.tolist() == shown.value.astype(np.float32).tolist()
    np.testing.assert_allclose(shown.gradient, ground.base.gradient, rtol=1e-6, atol=1e-7)
    assert shown.gradient.tolist() != ground.base.gradient.tolist()


def test_without_going_backward_there_is_no_gradient_at_all():
    ground = ground_of(random_graph(4))
    shown = shown_by(ground, "backward")
    assert not shown.gradient.any()
    assert shown.reached.tolist() == ground.base.reached.tolist()  # it is 0, and not unknown


def test_recursion_breaks_the_rule_that_a_node_waits():
    ground = ground_of(accept(read(example("tanh-from-exp"))))
    steps = ground.traced(planted(["order"], ground)).steps
    assert any(breach.rule is Broken.TOO_EARLY for step in steps for breach in step.broken)


def test_a_rate_too_high_leaves_every_gradient_right_and_goes_up():
    ground = ground_of(typed("L = (x - 3)**2", x=1.0))
    rules = planted(["rate"], ground)
    assert replace(rules, stride=1.0) == RIGHT
    step = step_downhill(ground.document, ground.base, ground.base, RATE * rules.stride)
    assert step.is_too_long


def test_bugs_are_planted_together():
    ground = ground_of(typed("b = a + a", a=3.0))
    assert named(ground.document, shown_by(ground, "overwrite", "zero_grad"), "a") == [1.0]
    assert named(ground.document, shown_by(ground, "zero_grad", "sign"), "a") == [0.0]
    assert planted([], ground) == RIGHT


# That each is caught


@pytest.mark.parametrize("first", range(0, 500, 50))
def test_on_random_graphs_whatever_changes_a_gradient_is_caught_and_silence_means_equality(first):
    sure: list[bool] = []  # of how many differences tell more than nine digits
    for seed in range(first, first + 50):
        ground = ground_of(random_graph(seed, size=20))
        base, before = ground.base, write(ground.document)
        right = evidence(ground).checks
        for key in BUGS:
            told = evidence(ground, key)
            for node, check in told.checks.items():
                if right[node].verdict != "ok":
                    continue  # there is no slope to compare with
                off = abs(told.shown.slope(node) - base.slope(node))
                changed = off > 1e-9 * max(1.0, abs(base.slope(node)))
                caught = check.verdict != "ok"
                scale = max(1.0, abs(base.slope(node)))
                assert caught or not changed or off <= 2 * check.allowed * scale, (seed, check)
                assert off > 0.0 or not caught, (seed, key, check)
                sure.append(check.allowed < 1e-9)
        assert write(ground.document) == before
    assert np.mean(sure) > 0.95


# That each is named


@pytest.mark.parametrize("key", BUGS)
def test_each_shows_in_its_example_and_is_named_there(key):
    document = accept(read(example(BUGS[key].example)))
    ground = Ground(document, evaluate(document), document.training.learning_rate)
    assert shows(BUGS[key], ground)
    found = suspicions(evidence(ground, key))
    assert [one.key for one in found][:1] == [key]
    assert "{" not in found[0].text


def test_on_random_graphs_the_planted_bug_nearly_always_comes_first():
    named_first = total = 0
    for seed in range(60):
        ground = ground_of(random_graph(seed, size=15))
        for key in BUGS:
            told = evidence(ground, key)
            if told.wrong:
                found = suspicions(told)
                total += 1
                named_first += bool(found) and found[0].key == key
    assert named_first > 0.95 * total


def test_nothing_is_suspected_of_what_is_right():
    for seed in range(30):
        assert not [
            s for s in suspicions(evidence(ground_of(random_graph(seed)))) if s.key != "rate"
        ]


def test_there_is_a_look_for_each_bug():
    assert {symptom.key for symptom in SYMPTOMS} == set(BUGS)


# Where one does not show


def test_a_bug_that_changes_nothing_says_why():
    ground = ground_of(typed("d = a*b", a=2.0, b=-3.0))
    refusal = why_silent(BUGS["overwrite"], ground)
    assert isinstance(refusal, Refusal)
    assert "no value has two wires" in str(refusal)
    assert why_silent(BUGS["backward"], ground) is None


def test_what_is_hidden_shows_and_is_another_one_than_last_time():
    ground = ground_of(typed("d = a*b", a=2.0, b=-3.0))
    draw = random.Random(1)
    chosen = {hide(ground, draw, "sign") for _time in range(40)}
    assert chosen == {key for key, bug in BUGS.items() if shows(bug, ground)} - {"sign"}


def test_nothing_is_hidden_where_nothing_shows():
    document = typed("a = 1; b = 2")
    assert isinstance(hide(ground_of(document), random.Random(0)), Refusal)


def test_in_a_very_large_graph_nothing_is_planted(monkeypatch):
    ground = ground_of(typed("d = a*b", a=2.0, b=-3.0))
    monkeypatch.setattr(bugs, "MOST", 2)
    for outcome in (why_silent(BUGS["backward"], ground), hide(ground, random.Random(0))):
        assert isinstance(outcome, Refusal)
        assert "3 are more than 2" in str(outcome)


def test_two_bugs_with_the_same_numbers_cannot_be_told_apart():
    ground = ground_of(typed("b = a + a", a=3.0))
    assert alike("sign", "sign", ground)
    assert not alike("sign", "overwrite", ground)
    assert not alike("rate", "overwrite", ground_of(typed("L = (x - 3)**2", x=1.0)))


@pytest.mark.parametrize("key", BUGS)
def test_the_wrong_line_is_another_than_the_right_one(key):
    ground = ground_of(accept(read(example("tanh-neuron"))))
    right, wrong = BUGS[key].lines(ground)
    assert right != wrong
    assert BUGS[key].lines(None)[0]
    assert "{" not in right + wrong


def test_a_wrong_sign_is_written_with_the_derivative_of_its_op():
    right, wrong = BUGS["sign"].lines(ground_of(accept(read(example("tanh-neuron")))))
    assert right.replace("+=", "-=") == wrong
    assert "out" in right
