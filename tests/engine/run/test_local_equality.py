"""Graphs of every op on both runners: each number follows from the runner's own others.

However ill-conditioned a graph is, each node's value is its op applied to its inputs, and each
gradient the sum of what its readers send back.
"""

from collections.abc import Iterator

import numpy as np
import pytest

from engine.graph.document import Document
from engine.run.compiled import CompiledRunner
from engine.run.compiler import compile_plan, known
from engine.run.machine import Machine, MakeRunner, NumpyRunner, make_program
from engine.run.passes.lower import NONE
from engine.run.plan import ancestors, choose_output
from tests.engine.random_graphs import random_graph

LANES = (1, 2, 7, 100)
EXACT = 1e-13
pytestmark = pytest.mark.usefixtures("kernels")


def machines(document: Document, runner: MakeRunner, seed: int) -> Iterator[Machine]:
    """Run a document over several numbers of lanes, every leaf with a number of its own in each.

    No pass is on, so that each node keeps its number.
    """
    output = choose_output(document)
    assert output is not None
    part = ancestors(document, (output,))
    plan = compile_plan(
        document, part, output, (), wide=True, swept=frozenset(node.id for node in part)
    )
    program = make_program(plan, passes=NONE, only_parameters=False)
    stream = np.random.default_rng(seed)
    for lanes in LANES:
        machine = Machine(plan, program, lanes, runner)
        machine.load(document)
        for node in part:
            if node.is_leaf:
                machine.values(node.id)[1:] *= stream.uniform(0.5, 1.5, lanes - 1)
        machine.forward()
        machine.backward()
        yield machine


def check_values(document: Document, machine: Machine) -> None:
    for node in machine.plan.row:
        record = document.node(node)
        if record.is_leaf:
            continue
        op = known(record)
        inputs = [machine.values(source) for source in sources(document, node)]
        expected = op.array.forward(inputs, op.defaults(record.attributes))
        size = np.abs(expected) + np.sum(np.abs(inputs), axis=0)
        same(machine.values(node), np.broadcast_to(expected, machine.lanes), size)


def check_gradients(document: Document, machine: Machine) -> None:
    totals = {node: np.zeros(machine.lanes) for node in machine.plan.row}
    sizes = {node: np.zeros(machine.lanes) for node in machine.plan.row}
    for node in machine.plan.row:
        record = document.node(node)
        if record.is_leaf:
            continue
        op, ends = known(record), sources(document, node)
        inputs = [machine.values(source) for source in ends]
        given = op.defaults(record.attributes)
        partials = op.array.partials(inputs, machine.values(node), given)
        upstream = machine.gradients(node)
        for source, partial in zip(ends, partials, strict=True):
            totals[source] = totals[source] + partial * upstream
            # A derivative such as 1 - tanh² is as exact as the 1.
            sizes[source] = sizes[source] + np.maximum(1.0, np.abs(partial)) * np.abs(upstream)
    for node in machine.plan.row:
        if node != machine.plan.output:
            same(machine.gradients(node), totals[node], sizes[node])


def sources(document: Document, node: int) -> list[int]:
    return [source for source in document.inputs(node) if source is not None]


def same(found: np.ndarray, expected: np.ndarray, size: np.ndarray) -> None:
    """Whether numbers agree as well as the sizes of their terms allow, or are alike not finite."""
    finite = np.isfinite(size) & np.isfinite(expected)
    assert (np.abs(found - expected)[finite] <= EXACT * size[finite]).all()
    assert not np.isfinite(found[~np.isfinite(expected)]).any()


def check(seed: int, runner: MakeRunner) -> None:
    document = random_graph(seed)
    with np.errstate(all="ignore"):
        for machine in machines(document, runner, seed):
            check_values(document, machine)
            check_gradients(document, machine)


@pytest.mark.parametrize("block", range(4))
@pytest.mark.parametrize("runner", [NumpyRunner, CompiledRunner])
def test_every_number_follows_from_the_others(runner: MakeRunner, block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        check(seed, runner)


@pytest.mark.soak
@pytest.mark.parametrize("block", range(10))
@pytest.mark.parametrize("runner", [NumpyRunner, CompiledRunner])
def test_every_number_of_a_thousand_graphs_follows(runner: MakeRunner, block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        check(seed, runner)
