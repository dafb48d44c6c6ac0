"""The engine's figures: a step beside its peers, compiling, live numbers, probe, window."""

import random
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

import engine
from engine import Value
from engine.errors import accept
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import LEAF
from engine.graph.tidy import chores, done
from engine.nn import MLP
from engine.run import compiled
from engine.run.check import check_gradients
from engine.run.compiled import CompiledRunner
from engine.run.descender import Descender, Descent
from engine.run.evaluate import evaluate, make_plans
from engine.run.machine import Machine, make_program
from engine.run.plan import display_plan, training_plan
from engine.run.probe import Probe
from engine.train.datasets import DATASETS
from tests.benchmarks import window
from tests.benchmarks.documents import chain_free, network
from tests.benchmarks.graphs import scalars
from tests.benchmarks.measure import Row, below, median
from tests.benchmarks.peers.micrograd_values import network_steps
from tests.benchmarks.plot import plot
from tests.benchmarks.rivals import compare
from tests.benchmarks.task import TASKS, Task

WIDE = Model(layers=(16, 24, 1))  # about 1,000 scalars
CACHE = Path(__file__).parents[2] / "build" / "kernels"
# What each peer may take at most: ours over theirs.
GOALS = {
    TASKS[0].name: {"JAX fused loop": 0.8, "PyTorch eager": 1 / 40},
    TASKS[1].name: {"JAX fused loop": 0.8, "PyTorch eager": 1 / 40},
    TASKS[2].name: {"JAX fused loop": 0.3},
    TASKS[3].name: {"NumPy by hand": 0.7, "PyTorch eager": 1 / 3},
    TASKS[4].name: {"NumPy by hand": 0.6, "PyTorch eager": 1.0},
}


def rows() -> list[Row]:
    """Measure everything."""
    folder = CACHE / compiled.fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    accept(compiled.load(str(folder)))
    found: list[Row] = []
    for task in TASKS:
        found += compare(task, *ours(task), GOALS[task.name])
    return (
        found + compiling() + live() + probing() + values() + scaling() + tidying() + window.rows()
    )


def ours(task: Task) -> tuple[list[float], Callable[[], float]]:
    """Return the losses of ten steps, and what measures the median seconds of a step."""
    document = network(task)
    plan = accept(training_plan(document))
    inputs, labels = task.data()

    def machine() -> Machine:
        made = Machine(plan, make_program(plan), task.lanes, CompiledRunner)
        made.load(document)
        made.set_samples(inputs, labels[:, None])
        return made

    def descent(steps: int) -> Descent:
        decay = np.full(len(plan.parameters), task.alpha)
        return Descent(np.full(steps, task.rate), decay, True, np.ones(steps, np.bool_))

    checked = Descender(machine(), None).take(descent(10)).records[2].tolist()
    timed, work = Descender(machine(), None), descent(task.steps)
    return checked, lambda: median(lambda: timed.take(work), task.steps)


def compiling() -> list[Row]:
    """Time the plans of moons, and of the largest network, with the room it takes."""
    moons = accept(model_document(Model()))
    display = median(lambda: display_plan(moons))
    training = median(lambda: make_program(accept(training_plan(moons))))
    large = network(TASKS[4])
    start = time.perf_counter()
    make_program(accept(training_plan(large)))
    seconds, room = time.perf_counter() - start, most_room(large)
    return [
        below("moons: display plan", display, 10e-3),
        below("moons: training plan and program", training, 30e-3),
        Row(
            f"784-100-50-1: compile {len(large):,} nodes",
            seconds,
            goal="<= 5 s, < 1 GB",
            passed=seconds <= 5.0 and room < 1e9,
            remark=f"{room / 1e6:.0f} MB at most, beside the document",
        ),
    ]


def most_room(document: Document) -> int:
    """Return how many bytes compiling takes at most, beside the document itself."""
    tracemalloc.start()
    try:
        make_program(accept(training_plan(document)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def live() -> list[Row]:
    """Time one changed number in graphs of two sizes, and all gradient checks."""
    found = []
    for layers, limit in (((16, 24, 1), 0.2e-3), ((100, 60, 40, 1), 5e-3)):
        document = accept(model_document(Model(layers=layers)))
        plans = make_plans(document)
        [leaf, *_rest] = [node.id for node in document.nodes() if node.op == LEAF]
        seconds = median(
            lambda d=document, p=plans, n=leaf: evaluate(d, plans=p, changed=(n,)), repeats=99
        )
        found.append(below(f"one number changed, {len(document):,} nodes", seconds, limit))
    moons = accept(model_document(Model()))
    found.append(
        Row("moons: all gradients by differences", median(lambda: check_gradients(moons)))
    )
    return found


def probing() -> list[Row]:
    """Time 100 x 100 points through 2-16-16-1, keeping what every neuron says."""
    points = np.random.default_rng(0).uniform(-2, 3, size=(10_000, 2))
    found = []
    for activation, limit in (("relu", 3e-3), ("tanh", 5e-3)):
        document = accept(model_document(Model(activation=activation)))
        bends = [n.id for n in document.nodes() if n.op == activation][:32]
        probe = accept(Probe.build(document, [*bends, *document.marked("prediction")]))
        seconds = median(lambda p=probe: p.measure(points))
        found.append(below(f"100x100 points, all neurons, {activation}", seconds, limit))
    return found


def values() -> list[Row]:
    """Time a moons step in `Value`s, beside micrograd's algorithm, and traced."""
    task = TASKS[0]
    mine, theirs = network_steps(task, Value), network_steps(task)
    found, expected = mine(2), theirs(2)
    assert np.allclose(found, expected, rtol=1e-9), "Value and micrograd disagree"
    seconds, peer = (median(lambda t=take: t(1), repeats=7) for take in (mine, theirs))
    row = Row(
        "Value: one moons step", seconds, "micrograd", peer, "1", "<= 0.5x", seconds / peer <= 0.5
    )
    loss, parameters = moons_loss(100)
    traced = engine.compile(loss, parameters)
    step = median(lambda: traced.steps([1e-6] * 20), 20)
    name = f"engine.compile: a step of {traced.scalars:,} scalars"
    return [row, Row(name, step, "micrograd", peer, "1")]


def moons_loss(samples: int, hidden: int = 16) -> tuple[Value, list[Value]]:
    """Return the demo notebook's loss as micrograd code builds it, and the parameters."""
    random.seed(1337)
    model = MLP(2, [hidden, hidden, 1])
    inputs, labels = accept(DATASETS["moons"].generate(samples, 0.1, 1337))
    scores = [model([Value(x) for x in sample]) for sample in inputs.tolist()]
    losses = [(1 + -y * s).relu() for y, s in zip(labels.tolist(), scores, strict=True)]
    square = sum(p * p for p in model.parameters())
    return sum(losses) * (1.0 / samples) + 1e-4 * square, model.parameters()


def scaling() -> list[Row]:
    """Fit how the cost grows with size: a step of documents, and of traced programs."""
    found = []
    documents = [chain_free(width) for width in (2, 8, 25, 80, 250)]
    found.append(_slope("documents", [_document_step(d) for d in documents]))
    traced = [_traced_step(samples) for samples in (2, 16, 150, 1500)]
    found.append(_slope("traced programs", traced))
    return found


def tidying() -> list[Row]:
    """Measure laying out: 1,000 scalars beside each other, and a network opened to its scalars."""
    found = []
    for name, document in (
        ("tidy 1,000 scalars", scalars(1_000)),
        ("tidy a network of 1,000 scalars, all groups open", accept(model_document(WIDE))),
    ):
        seconds = median(lambda document=document: done(accept(chores(document))))
        found.append(below(f"{name}: {len(document):,} nodes", seconds, 1.0))
    return found


def _document_step(document: Document) -> tuple[int, float]:
    plan = accept(training_plan(document))
    machine = Machine(plan, make_program(plan), 10, CompiledRunner)
    machine.load(document)
    machine.set_samples(np.ones((10, 2)), np.ones((10, 1)))
    decay = np.zeros(len(plan.parameters))
    descender = Descender(machine, None)
    work = Descent(np.full(20, 1e-9), decay, True, np.ones(20, np.bool_))
    return len(document), median(lambda: descender.take(work), 20)


def _traced_step(samples: int) -> tuple[int, float]:
    loss, parameters = moons_loss(samples)
    traced = engine.compile(loss, parameters)
    return traced.scalars, median(lambda: traced.steps([1e-9] * 5), 5)


def _slope(what: str, points: list[tuple[int, float]]) -> Row:
    sizes, seconds = np.log10(np.array(points)).T
    slope = float(np.polyfit(sizes, seconds, 1)[0])
    told = ", ".join(f"{size:,}: {time * 1e6:.3g} µs" for size, time in points)
    return Row(
        f"cost against size, {what}",
        points[-1][1],
        goal="slope <= 1.1",
        passed=slope <= 1.1,
        remark=f"slope {slope:.2f}; {told}",
        plot=plot(points),
    )
