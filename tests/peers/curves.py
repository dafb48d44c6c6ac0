"""Training runs that PyTorch's own optimisers take as well: what they are, and our objectives.

All train 2-16-16-1 on moons for 200 steps. `make peers` has PyTorch take them and freezes what it
finds; the gate compares both runners with that.
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import accept
from engine.graph.document import Document
from engine.graph.initialise import BIAS, part
from engine.graph.models import Model, model_document
from engine.graph.records import DataSettings, TrainingSettings
from engine.train.batches import Batches
from engine.train.fitting import fitted
from engine.train.optimizers import OPTIMIZERS
from engine.train.samples import load_samples
from engine.train.settings import along
from engine.train.trainer import Trainer

RUN = Path(__file__).parent / "run_curves.py"
STEPS = 200
LOSSES = ("hinge", "cross_entropy", "squared_error")
RATES = {"sgd": 0.1, "momentum": 0.02, "nesterov": 0.02, "adagrad": 0.05}  # others: 0.005
SPECIAL: dict[str, dict[str, Any]] = {
    "linear": {"schedule": "linear", "schedule_steps": 150, "end_rate": 0.01},
    "cosine": {"schedule": "cosine", "schedule_steps": 200, "end_rate": 0.001},
    "stages": {"schedule": "step", "schedule_steps": 60, "step_factor": 0.5},
    "warm-up": {"schedule": "cosine", "schedule_steps": 190, "warmup_steps": 10},
    "warm-up only": {"warmup_steps": 30, "optimizer": "adam", "learning_rate": 0.01},
    "L1": {"l1": 1e-3},
    "L1 of weights": {"l1": 2e-3, "l2_scope": "weights", "batch": 10},
    "L2": {"l2": 1e-3, "optimizer": "adam", "learning_rate": 0.005},
    "L1 and L2": {"l1": 1e-4, "l2": 1e-3, "l2_scope": "weights", "optimizer": "momentum"},
    "norm": {"clip": "norm", "clip_limit": 0.1},
    "norm, batches": {"clip": "norm", "clip_limit": 0.5, "batch": 10, "l2": 1e-3},
    "value": {"clip": "value", "clip_limit": 0.01, "optimizer": "adagrad"},
    "sum": {"reduction": "sum", "learning_rate": 0.001, "batch": 10},
    "RMSProp with momentum": {"optimizer": "rmsprop", "momentum": 0.9, "learning_rate": 0.001},
    "other betas": {
        "optimizer": "adam",
        "learning_rate": 0.001,
        "beta1": 0.8,
        "beta2": 0.9,
        "epsilon": 1e-4,
    },
    "strong decay": {"optimizer": "adamw", "weight_decay": 0.5, "learning_rate": 0.01},
}
# Data of several classes, and numbers to come near to: with the models that fit them.
OTHERS: dict[str, tuple[DataSettings, dict[str, Any]]] = {
    "three classes": (DataSettings("spiral3", samples=90, noise=0.2), {}),
    "three classes, Adam": (
        DataSettings("yin_yang", samples=90),
        {"optimizer": "adam", "batch": 15, "learning_rate": 0.005},
    ),
    "six classes": (DataSettings("blobs", noise=0.1, classes=6), {"optimizer": "momentum"}),
    "a curve": (DataSettings("cubic"), {"learning_rate": 0.005}),
    "hills": (DataSettings("hills", noise=0.0), {"optimizer": "adam", "batch": 25}),
}


def cases() -> Iterator[tuple[str, Document, Model]]:
    """Return every run: its name, its document, and the model that this is.

    Runs whose rounding grows are not among them: AdaGrad makes a step of a gradient that is 0 but
    for rounding, as the hinge's can be over all points, and a large rate makes Adam chaotic.
    """
    plain = [
        (f"{key}, {batch or 'all'}", {"optimizer": key, "batch": batch})
        for key in OPTIMIZERS
        for batch in (None, 10)
    ]
    for k, (name, changed) in enumerate([*plain, *SPECIAL.items()]):
        rate = RATES.get(changed.get("optimizer", "sgd"), 0.005)
        settings = {"learning_rate": rate, **along(**changed)}
        model = Model(
            activation=("tanh", "relu")[k % 2],
            loss=LOSSES[(k + 1) % 3],
            training=TrainingSettings(**settings),
        )
        yield name, accept(model_document(model)), model
    for name, (data, changed) in OTHERS.items():
        rate = RATES.get(changed.get("optimizer", "sgd"), 0.005)
        settings = {"learning_rate": rate, **along(**changed)}
        wish = Model((8, 1), "tanh", data=data, training=TrainingSettings(**settings))
        fit = accept(fitted(wish))
        yield name, accept(model_document(fit)), fit


def record(document: Document, model: Model) -> dict[str, Any]:
    """Return a run as plain data, weights (units, inputs) and biases (units,) by layer."""
    samples = accept(load_samples(document.data, document.seeds))
    batch = model.training.batch or len(samples.targets)
    batches = Batches(len(samples.targets), batch, document.seeds.shuffle)
    widths = (model.features, *model.layers)
    weights = [np.zeros(shape) for shape in zip(widths[1:], widths, strict=False)]
    biases = [np.zeros(width) for width in widths[1:]]
    for node in document.nodes():
        if node.trainable:
            layer, unit, *place = node.slot
            if part(node) == BIAS:
                biases[layer][unit] = node.value
            else:
                weights[layer][unit, place[0]] = node.value
    return {
        "settings": asdict(model.training),
        "activation": model.activation,
        "loss": model.loss,
        "weights": [rows.tolist() for rows in weights],
        "biases": [row.tolist() for row in biases],
        "inputs": samples.inputs.tolist(),
        "labels": samples.targets[:, 0].tolist(),
        "batches": [batches.rows(step).tolist() for step in range(STEPS)],
    }


def ours(document: Document, runner: str) -> list[float]:
    """Return the objectives of a run, as the trainer takes it."""
    trainer = accept(Trainer.build(document, runner=runner))
    assert trainer.runner == runner
    trainer.advance(STEPS)
    return trainer.history.objective


def theirs(folder: Path, python: Path) -> dict[str, list[float]]:
    """Return the objectives of all runs, as PyTorch takes them."""
    path = folder / "curves.json"
    path.write_text(json.dumps({name: record(*case) for name, *case in cases()}), "utf-8")
    done = subprocess.run([python, RUN, path], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return json.loads(done.stdout)
