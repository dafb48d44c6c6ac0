"""Programs give the tape's numbers, whatever the passes, the lanes and the runner."""

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.document import Document
from engine.run.compiled import CompiledRunner
from engine.run.machine import Machine, MakeRunner, NumpyRunner, make_program
from engine.run.passes.lower import Passes
from engine.run.plan import probe_plan, training_plan
from engine.run.probe import Probe
from engine.run.program import Program
from engine.run.schedule import Plan
from engine.run.tape import Tape
from tests.engine.random_graphs import random_network

LANES = (1, 2, 7, 100)
PASSES = tuple(Passes(*flags) for flags in product((False, True), repeat=3))
RUNNERS: tuple[MakeRunner, ...] = (NumpyRunner, CompiledRunner)


@dataclass
class Numbers:
    """What a run gives: the loss by lane, and the gradients of the parameters."""

    loss: np.ndarray
    gradient: np.ndarray


def run(tape: Tape | Machine, document: Document, seed: int, nudge: float = 0.0) -> Numbers:
    """Go forward and backward over random samples; `nudge` moves all numbers, relatively."""
    stream = np.random.default_rng(seed)
    tape.load(document)
    tape.set_parameters(tape.parameters() * (1.0 + nudge))
    tape.set_samples(
        stream.normal(size=(tape.lanes, 3)) * (1.0 + nudge), stream.normal(size=(tape.lanes, 1))
    )
    tape.forward()
    tape.backward(1.0 / tape.lanes)
    assert tape.plan.output is not None
    return Numbers(tape.values(tape.plan.output).copy(), tape.parameter_gradient())


def close(one: np.ndarray, other: np.ndarray, tolerance: float) -> bool:
    """Whether numbers agree, relatively above 1; those that are not finite only have to be so."""
    finite = np.isfinite(other)
    if not (np.isfinite(one) == finite).all():
        return False
    scale = np.maximum(1.0, np.abs(other[finite]))
    return bool((np.abs(one[finite] - other[finite]) <= tolerance * scale).all())


def agree(seed: int) -> int:
    """Hold all programs of a random network against the tape; return for how many lane counts.

    Lane counts at which one ulp upsets the network do not count.
    """
    document = random_network(seed)
    plan = accept(training_plan(document))
    programs = [make_program(plan, passes=passes) for passes in PASSES]
    return sum(agree_over(lanes, document, programs, plan, seed) for lanes in LANES)


def agree_over(
    lanes: int, document: Document, programs: list[Program], plan: Plan, seed: int
) -> bool:
    tape = Tape(plan, lanes)
    expected = run(tape, document, seed)
    moved = run(tape, document, seed, nudge=2.0**-52)
    if not close(moved.loss, expected.loss, 1e-13):
        return False
    if not close(moved.gradient, expected.gradient, 1e-11):
        return False
    for passes, program in zip(PASSES, programs, strict=True):
        for runner in RUNNERS:
            machine = Machine(plan, program, lanes, runner)
            found = run(machine, document, seed)
            assert close(found.loss, expected.loss, 1e-12), (seed, lanes, passes, runner)
            assert close(found.gradient, expected.gradient, 1e-10), (seed, lanes, passes, runner)
            # Going again must not remember the last time.
            again = run(machine, document, seed)
            assert np.array_equal(again.gradient, found.gradient, equal_nan=True)
    return True


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("block", range(4))
def test_all_runners_agree_with_the_tape_on_random_networks_over_all_lanes(block: int) -> None:
    assert sum(agree(seed) for seed in range(block * 25, block * 25 + 25)) >= 23 * len(LANES)


@pytest.mark.soak
@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("block", range(10))
def test_all_runners_agree_with_the_tape_on_a_thousand_random_networks(block: int) -> None:
    assert sum(agree(seed) for seed in range(block * 100, block * 100 + 100)) > 90 * len(LANES)


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_probe_keeps_the_rows_that_are_asked_for(runner: MakeRunner) -> None:
    document = random_network(5)
    nodes = [node.id for node in document.nodes() if not node.is_leaf]
    plan = accept(probe_plan(document, nodes))
    keep = np.array(nodes[::2])
    tape, machine = Tape(plan, 7), Machine(plan, make_program(plan, keep), 7, runner)
    samples = np.random.default_rng(0).normal(size=(7, 3))
    for each in (tape, machine):
        each.load(document)
        each.set_samples(samples, np.zeros((7, 1)))
        each.forward()
    for node in keep.tolist():
        assert machine.values(node) == pytest.approx(tape.values(node), rel=1e-12, abs=1e-12)


def test_a_probe_measures_every_neuron_at_every_point() -> None:
    from engine.graph.models import Model, model_document

    document = accept(model_document(Model()))
    nodes = [node.id for node in document.nodes() if node.op == "relu"]
    points = np.random.default_rng(0).normal(size=(1100, 2))
    found = accept(Probe.build(document, nodes)).measure(points)
    tape = Tape(accept(probe_plan(document, nodes)), len(points))
    tape.load(document)
    tape.set_samples(points, np.ones((len(points), 1)))
    tape.forward()
    for row, node in enumerate(nodes[:32]):
        assert found[row] == pytest.approx(tape.values(node), rel=1e-12, abs=1e-12)


def test_layers_are_found_in_the_wires_and_their_weights_lie_together() -> None:
    from engine.graph.models import Model, model_document

    plan = accept(training_plan(accept(model_document(Model()))))
    program = make_program(plan)
    dense = [step for step in program.steps if step.kind == "dense"]
    assert [(step.count, len(step.sources[0])) for step in dense] == [(16, 2), (16, 16), (1, 16)]
    assert sorted(program.parameters.tolist()) == list(range(337))
    assert len(program.steps) == 8


def test_every_gradient_is_cleared_once_and_only_before_its_first_share() -> None:
    plan = accept(training_plan(random_network(11)))
    for passes in PASSES:
        program = make_program(plan, passes=passes)
        firsts: dict[int, int] = {}
        for step in program.steps:
            for slots, modes in zip(step.sources, step.modes, strict=True):
                for slot, mode in zip(slots.tolist(), modes.tolist(), strict=True):
                    firsts[slot] = firsts.get(slot, 0) + (mode == 2)
        assert set(firsts.values()) <= {0, 1}


def test_numbers_of_constants_can_change_without_lowering_again() -> None:
    document = random_network(3)
    plan = accept(training_plan(document))
    leaf = next(n for n in document.nodes() if n.is_leaf and n.role == "constant")
    tape, machine = Tape(plan, 2), Machine(plan, make_program(plan), 2)
    found = []
    for each in (tape, machine):
        run(each, document, 3)
        each.set_numbers(np.array([leaf.id]), np.array([math.pi]))
        each.forward()
        assert plan.output is not None
        found.append(each.values(plan.output).copy())
    assert close(found[1], found[0], 1e-12)
