"""Documents to export, the programs that they become, and how these are run and compared.

The gate runs plain Python, and micrograd's programs with this engine; `make peers` runs the
published micrograd and PyTorch, and freezes what PyTorch computes.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import Refusal, accept
from engine.exchange.exporters.learning import Learning
from engine.exchange.exporters.micrograd import Micrograd
from engine.exchange.exporters.plain_python import PlainPython
from engine.exchange.exporters.script import Script
from engine.exchange.exporters.torch import Torch
from engine.files.reader import read
from engine.graph import properties, verbs
from engine.graph.depths import folded_at
from engine.graph.document import Document
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, TrainingSettings
from engine.train.fitting import fitted
from engine.train.trainer import Trainer
from tests.engine.random_graphs import random_graph

ROOT = Path(__file__).parents[2]
RUN = Path(__file__).parent / "run_programs.py"
STAND_IN = Path(__file__).parent / "stand_in"
EXAMPLES = sorted((ROOT / "resources" / "examples").glob("*.mgp"))
SCRIPTS: dict[str, type[Script]] = {"micrograd": Micrograd, "python": PlainPython, "torch": Torch}
RANDOM = 200
STEPS = 50


@dataclass(frozen=True, eq=False)
class Program:
    """One document as a program: where its numbers are, and what they must be."""

    name: str
    script: Script
    text: str
    steps: int

    @property
    def paths(self) -> dict[int, str]:
        """How the program calls each node that can be seen from outside."""
        return {**self.script.module.text, **self.script.shared}

    def record(self) -> dict[str, Any]:
        """What the process that runs it needs to know."""
        paths = {str(node): path for node, path in self.paths.items()}
        return {"name": self.name, "text": self.text, "paths": paths, "steps": self.steps}


def documents() -> Iterator[tuple[str, Document, frozenset[int]]]:
    """Return every example at several depths, and random documents flat and folded."""
    for path in EXAMPLES:
        document = accept(read(path.read_bytes()))
        folds = {"scalars": frozenset(), "seen": document.view.folded}
        folds["whole"] = folded_at(document, 0)
        for name, folded in folds.items():
            if name == "scalars" or folded:
                yield f"{path.stem}, {name}", document, folded
    for seed in range(RANDOM):
        document = grouped(random_graph(seed), seed)
        yield f"random {seed}, scalars", document, frozenset()
        yield f"random {seed}, folded", document, frozenset(document.groups)


def grouped(document: Document, seed: int) -> Document:
    """Put some nodes in groups, and some of these in others."""
    draw = random.Random(seed)
    for _round in range(draw.randint(1, 5)):
        ids = [node.id for node in document.nodes() if node.group is None] + [
            group.id for group in document.groups.values() if group.group is None
        ]
        first = draw.randrange(len(ids))
        chosen = set(ids[first : first + draw.randint(2, 12)])
        if draw.random() < 0.3:
            chosen = set(draw.sample(ids, min(len(ids), 4)))
        made = verbs.group(document, chosen, draw.choice(["part", "def", "a b", "x"]))
        if not isinstance(made, Refusal):
            document.apply(made)
    return document


def for_torch() -> Iterator[tuple[str, Document, frozenset[int]]]:
    """Return what is frozen: all examples, all random documents flat and some folded, networks."""
    for name, document, folded in documents():
        words = name.split()
        if words[0] != "random" or words[-1] == "scalars" or words[1].endswith("0,"):
            yield name, document, folded
    yield from networks()


def networks() -> Iterator[tuple[str, Document, frozenset[int]]]:
    """Return networks of all activations and losses, whole and after surgery, at all depths."""
    losses = ("hinge", "cross_entropy", "squared_error")
    for k, activation in enumerate(("relu", "tanh", "sigmoid", "softplus", "leaky_relu")):
        training = TrainingSettings(
            learning_rate=0.1 * (k + 1),
            schedule=("constant", "linear", "cosine", "step", "linear")[k],
            warmup_steps=(0, 0, 0, 0, 3)[k],
            order=("shuffled", "fixed")[k == 3],
            end_rate=0.01,
            schedule_steps=7,
            l2=1e-3 * k,
            l2_scope=("all", "weights")[k % 2],
            reduction=("mean", "sum")[k == 2],
            batch=(None, 32)[k % 2],
        )
        model = Model((4, 3, 1), activation, losses[k % 3], training=training)
        document = accept(model_document(model))
        for depth in range(4):
            yield f"{activation}, depth {depth}", document, folded_at(document, depth)
        [product] = [
            n.id for n in document.nodes() if n.op == "mul" and n.slot == (1, 1, 2, "product")
        ]
        cut = document.copy()
        cut.apply(accept(verbs.delete(cut, {product})))
        yield f"{activation}, cut", cut, folded_at(cut, 0)
        frozen = document.copy()
        weights = {n.id for n in frozen.nodes() if n.slot and n.slot[0] == 0 and n.is_leaf}
        frozen.apply(accept(properties.set_frozen(frozen, weights, True)))
        yield f"{activation}, partly frozen", frozen, folded_at(frozen, 0)
    for key in ("spiral3", "blobs", "sine", "hills"):
        training = TrainingSettings(learning_rate=0.05, batch=16)
        data = DataSettings(key, samples=60, noise=0.1, classes=4)
        fit = accept(fitted(Model((4, 1), "tanh", data=data, training=training)))
        document = accept(model_document(fit))
        for depth in range(4):
            yield f"{key}, depth {depth}", document, folded_at(document, depth)


def programs(
    kind: str, cases: Iterable[tuple[str, Document, frozenset[int]]], steps: int = STEPS
) -> list[Program]:
    """Return the programs of one kind."""
    made = []
    for name, document, folded in cases:
        script = SCRIPTS[kind](document, folded)
        text = script.write()
        trains = isinstance(script.learning, Learning) and kind != "python"
        made.append(Program(name, script, text, steps if trains else 0))
    return made


def run(
    kind: str, made: Iterable[Program], folder: Path, python: Path = Path(sys.executable)
) -> dict[str, Any]:
    """Run programs in a fresh process; without an interpreter given, micrograd is this engine."""
    path = folder / f"{kind}.json"
    path.write_text(json.dumps([program.record() for program in made]), "utf-8")
    own = {"PYTHONPATH": os.pathsep.join(map(str, (STAND_IN, ROOT)))}
    environment = {**os.environ, **(own if python == Path(sys.executable) else {})}
    done = subprocess.run(
        [python, RUN, path, kind], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return json.loads(done.stdout)


def losses_of(program: Program) -> list[float]:
    """Return the objective of each step's batch, as the trainer measures it."""
    trainer = accept(Trainer.build(program.script.document))
    found = []
    for step in range(program.steps):
        objective = trainer._tapes.batch(trainer.batches.rows(step))
        found.append(objective.measure(trainer.parameters, trainer._terms).objective)
        trainer.advance(1)
    return found


def near(found: float, wanted: float, within: float = 1e-9) -> bool:
    """Whether numbers are the same within the tolerance, relative to at least 1."""
    if found == wanted or (found != found and wanted != wanted):
        return True
    return abs(found - wanted) <= within * max(1.0, abs(wanted))


def differences(made: Iterable[Program], found: dict[str, Any]) -> list[str]:
    """Return what differs from the document, in words.

    PyTorch's rules for nan are its own, so gradients of documents that hold one are not compared.
    """
    wrong = []
    for program in made:
        lenient = isinstance(program.script, Torch) and program.script.careful
        result = program.script.result
        for key, (value, gradient) in found[program.name]["numbers"].items():
            node = int(key)
            wanted = result.number(node), result.slope(node)
            if not near(value, wanted[0]):
                wrong.append(f"{program.name}: {program.paths[node]} {value}, not {wanted[0]}")
            elif gradient is not None and not lenient and not near(gradient, wanted[1]):
                wrong.append(
                    f"{program.name}: grad of {program.paths[node]} {gradient}, not {wanted[1]}"
                )
    return wrong
