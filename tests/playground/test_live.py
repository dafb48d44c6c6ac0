"""Live numbers: right after every kind of change, and with no more work than the change needs."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.properties import set_value
from engine.graph.records import DataSettings
from engine.graph.verbs import add_op, add_value, connect
from engine.run.evaluate import Plans, evaluate
from engine.run.schedule import Plan
from engine.train.samples import load_samples
from playground.live import Live


@pytest.fixture
def document() -> Document:
    """Make a*b with a = 2 and b = 3."""
    document = Document()
    document.apply(add_value(document, (0, 0), value=2.0))
    document.apply(add_value(document, (0, 100), value=3.0))
    document.apply(accept(add_op(document, "mul", (200, 50))))
    for source in (1, 2):
        document.apply(accept(connect(document, source, 3)))
    return document


@pytest.fixture
def live(qapp, document: Document) -> Live:
    return Live(document)


@pytest.fixture
def moons() -> Document:
    return accept(model_document(Model((3, 1), data=DataSettings("moons", samples=10))))


def work(live: Live) -> tuple[int, int]:
    return live.compilations, live.runs


def test_the_numbers_are_there_from_the_start(live):
    assert live.result.number(3) == 6.0
    assert live.result.slope(1) == 3.0


def test_a_hundred_changes_in_a_turn_are_one_run_without_compiling(live, document, qtbot):
    before = work(live)
    with qtbot.waitSignal(live.result_ready):
        for number in range(100):
            document.apply(accept(set_value(document, 1, number)))
            live.stale()
    qtbot.wait(1)
    assert work(live) == (before[0], before[1] + 1)
    assert live.result.number(3) == 297.0


def test_structure_and_numbers_in_one_turn_compile_once_and_run_once(live, document, qtbot):
    before = work(live)
    with qtbot.waitSignal(live.result_ready):
        document.apply(accept(add_op(document, "tanh", (300, 50))))
        live.stale(structural=True)
        document.apply(accept(connect(document, 3, 4)))
        live.stale(structural=True)
        live.stale()
    qtbot.wait(1)
    assert work(live) == (before[0] + 1, before[1] + 1)
    assert live.result.number(4) == np.tanh(6.0)


def test_flushing_when_nothing_is_stale_does_nothing(live):
    before = work(live)
    live.flush()
    assert work(live) == before


def test_trained_numbers_lie_over_the_document_and_leave_it_alone(live, document):
    live.set_overlay(np.array([1]), np.array([10.0]))
    live.flush()
    assert live.result.number(3) == 30.0
    assert document.node(1).value == 2.0
    live.clear_overlay()
    live.flush()
    assert live.result.number(3) == 6.0


def test_clearing_what_is_not_there_costs_no_run(live):
    before = work(live)
    live.clear_overlay()
    live.set_probe(None)
    live.flush()
    assert work(live) == before


def test_sample_scope_and_probe_feed_what_they_say(qapp, moons):
    live = Live(moons)
    samples = load_samples(moons.data, moons.seeds)
    live.watch(moons, samples)
    live.flush()
    first, second = (node.id for node in moons.nodes() if node.role == "feature")
    assert live.result.number(first) == samples.inputs[0, 0]
    live.set_probe((0.25, -0.5))
    live.flush()
    assert (live.result.number(first), live.result.number(second)) == (0.25, -0.5)
    assert live.probe == (0.25, -0.5)


@pytest.fixture
def over_batch(monkeypatch) -> list[Document]:
    """Note every evaluation over the batch."""
    counted: list[Document] = []
    plan_of = Plans.batch

    def counting(plans: Plans, document: Document) -> Plan:
        counted.append(document)
        return plan_of(plans, document)

    monkeypatch.setattr(Plans, "batch", counting)
    return counted


def test_snapshots_that_come_quickly_bring_gradients_of_the_batch_only_now_and_then(
    qapp, qtbot, moons, over_batch
):
    one = next(node.id for node in moons.nodes() if node.trainable)
    live = Live(moons)
    live.watch(moons, load_samples(moons.data, moons.seeds))
    moons.view = replace(moons.view, scope="batch")
    live.flush()
    at_rest = live.result.gradient
    for number in range(10):
        live.set_overlay(np.array([one]), np.array([float(number)]))
        live.flush()
        assert live.result.number(one) == number
    assert len(over_batch) == 2
    qtbot.waitUntil(lambda: not live._resting.isActive())
    live.set_overlay(np.array([one]), np.array([10.0]))
    live.flush()
    assert len(over_batch) == 3
    live.clear_overlay()
    live.flush()
    assert len(over_batch) == 4
    assert np.array_equal(live.result.gradient, at_rest, equal_nan=True)
    live.close()


def test_another_document_brings_its_own_numbers_and_forgets_probe_and_overlay(live, moons):
    live.watch(moons, load_samples(moons.data, moons.seeds))
    live.set_probe((1.0, 1.0))
    live.set_overlay(np.array([4]), np.array([3.0]))
    live.flush()
    fresh = accept(model_document(Model((2, 1))))
    live.watch(fresh)
    live.flush()
    assert live.probe is None
    assert np.array_equal(live.result.value, evaluate(fresh, sample=0).value, equal_nan=True)
    assert live.result.revision == fresh.revision
