"""`train`: train a document; print its losses, and save it and picture its boundary if asked."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.graph.document import Document
from engine.graph.initialise import initial_parameters
from engine.graph.properties import set_seeds, set_training
from engine.graph.streams import Seed
from engine.train.doctor import Doctor, Finding
from engine.train.stops import STOPS, Stopped, Watch, conditions
from engine.train.trainer import Snapshot, Trainer
from playground.commands import compiled_engine
from playground.commands.arguments import count, positive, seed
from playground.commands.check import finding_words, plain_finding
from playground.commands.documents import check_target, load, save
from playground.commands.picture import check_picture, write_picture
from playground.commands.settings import declare_settings, given_settings
from playground.commands.terminal import Exit, complain, granted, say, say_json, say_written

STEPS = 100
MOST_STEPS = 100_000
PARTS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What a training run has done."""

    trainer: Trainer
    snapshot: Snapshot
    seconds: float
    stopped: Stopped | None = None
    findings: tuple[Finding, ...] = ()


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=_("the document"))
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--steps",
        type=count,
        metavar="N",
        help=_("updates of the parameters at most (100, or 100,000 where a condition is to stop)"),
    )
    length.add_argument(
        "--epochs",
        type=count,
        metavar="N",
        help=_("how often every sample is learned from, at most"),
    )
    add(
        "--seed",
        type=seed,
        metavar="S",
        help=_("draw the data and the order of batches from another seed"),
    )
    add("--init", type=seed, metavar="S", help=_("draw the first weights anew, from this seed"))
    add(
        "--record-every",
        type=positive,
        default=1,
        metavar="K",
        help=_("record the losses every K steps or epochs, whichever was asked for (1)"),
    )
    add(
        "--runner",
        choices=("numpy", "numba"),
        default="numpy",
        help=_("what computes: NumPy, at once, or compiled code, faster for many steps (numpy)"),
    )
    add("--json", action="store_true", help=_("write JSON"))
    add("--save", type=Path, metavar="OUT.mgp", help=_("write the trained document"))
    add("--picture", type=Path, metavar="OUT.png", help=_("write a picture of the boundary"))
    declare_settings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train the document and report."""
    document = load(arguments.file)
    if arguments.save is not None:
        check_target(document, arguments.file, arguments.save)
    reseed(document, arguments.seed, arguments.init)
    given = given_settings(arguments)
    document.apply(granted(set_training(document, **given)))
    if arguments.picture is not None:
        check_picture(document)
    runner = compiled_engine.load() if arguments.runner == "numba" else "numpy"
    done = trained(
        document, arguments.steps, arguments.epochs, arguments.record_every, runner=runner
    )
    if arguments.save is not None:
        save(document, arguments.save)
    if arguments.picture is not None:
        write_picture(document, arguments.picture)
    if arguments.json:
        say_json(report(done))
    else:
        say(words(done))
        say_written(arguments.save, arguments.picture)
    if done.snapshot.problem is not None:
        rate = document.training.learning_rate
        advice = _("Take a --learning-rate smaller than {rate:g}.").format(rate=rate)
        complain(f"{done.snapshot.problem.text}. {advice}")
        return Exit.BAD_DOCUMENT
    asked = {stop.name for stop in STOPS} & given.keys()
    if asked and done.stopped is None:
        complain(_("What was to stop training was not reached."))
        return Exit.NOT_REACHED
    return Exit.FINE


def reseed(document: Document, data: Seed | None, init: Seed | None) -> None:
    """Take the data and the batches, or the first weights, from other seeds.

    Batches are shuffled by numbers only.
    """
    if data is not None:
        both = {"data": data} if isinstance(data, str) else {"data": data, "shuffle": data}
        document.apply(granted(set_seeds(document, **both), about="--seed"))
    if init is not None:
        document.apply(granted(set_seeds(document, init=init), about="--init"))
        document.apply(initial_parameters(document))


def trained(
    document: Document,
    steps: int | None,
    epochs: int | None,
    record_every: int = 1,
    runner: str = "numpy",
) -> Run:
    """Train a document and write the parameters into it; shows a bar on a terminal.

    It ends after so many steps, or before where the document says that training ends.
    """
    trainer = granted(Trainer.build(document, record_every, runner), Exit.BAD_DOCUMENT)
    total = steps
    if total is None:
        total = MOST_STEPS if conditions(document.training) else STEPS
    if epochs is not None:
        total = epochs * trainer.batches.in_epoch
        trainer.history.every = record_every * trainer.batches.in_epoch
    trainer.history.losses.capacity = max(trainer.history.losses.capacity, total + 2)
    seconds = 0.0
    doctor = Doctor(document, trainer)
    doctor.examine(trainer)
    with progress(total) as bar:
        size = max(1, total // PARTS) if bar is not None else total  # many if somebody watches
        watch, snapshot = Watch(trainer, at_once=True), trainer.snapshot()
        stopped = watch.look(snapshot)
        while snapshot.step < total and stopped is None and snapshot.problem is None:
            start = time.perf_counter()
            snapshot = trainer.advance(watch.most(min(size, total - snapshot.step)))
            seconds += time.perf_counter() - start
            stopped = watch.look(snapshot)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=snapshot.step, loss=snapshot.objective)
    findings = doctor.examine(trainer).findings
    document.apply(trainer.edit(_("Train {steps} steps").format(steps=snapshot.step)))
    return Run(trainer, snapshot, seconds, stopped, findings)


@contextmanager
def progress(total: int) -> Iterator[Progress | None]:
    """Show a bar on standard error while the block runs; None if that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn(_("training")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(_("objective") + " {task.fields[loss]:.4g}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task("", total=total, loss=float("nan"))
        yield bar


def report(done: Run) -> dict[str, Any]:
    """Return a run as plain data."""
    snapshot, history = done.snapshot, done.trainer.history
    data: dict[str, Any] = {
        "steps": snapshot.step,
        "epochs": snapshot.epoch,
        "seconds": done.seconds,
        "train_loss": snapshot.train_loss,
        "test_loss": snapshot.test_loss,
        "objective": snapshot.objective,
        "accuracy": snapshot.accuracy,
        "train_accuracy": snapshot.train_accuracy,
        "test_accuracy": snapshot.test_accuracy,
        "train_r2": snapshot.train_r2,
        "test_r2": snapshot.test_r2,
        "history": {
            "train_loss": history.train_loss,
            "test_loss": history.test_loss,
            "objective": history.objective,
        },
    }
    data["findings"] = [plain_finding(finding) for finding in done.findings]
    if done.stopped is not None:
        data["stopped"] = {"by": done.stopped.name, "text": done.stopped.text}
    if snapshot.problem is not None:
        data["problem"] = {"node": snapshot.problem.node, "text": snapshot.problem.text}
    return data


def words(done: Run) -> str:
    """Return a run in words."""
    snapshot = done.snapshot
    lines = [
        _("{steps:,} steps ({epochs:,} epochs) in {seconds:.3g} s").format(
            steps=snapshot.step, epochs=snapshot.epoch, seconds=done.seconds
        ),
        _("objective {objective:.6g}, train loss {loss:.6g}").format(
            objective=snapshot.objective, loss=snapshot.train_loss
        ),
    ]
    if snapshot.test_loss is not None:
        lines[-1] += _(", test loss {loss:.6g}").format(loss=snapshot.test_loss)
    if snapshot.train_accuracy is not None:
        lines.append(_("accuracy {share:.1%}").format(share=snapshot.train_accuracy))
    if snapshot.test_accuracy is not None:
        lines[-1] += _(", on test points {share:.1%}").format(share=snapshot.test_accuracy)
    if snapshot.train_r2 is not None:
        lines.append(_("R² {share:.4f}").format(share=snapshot.train_r2))
        if snapshot.test_r2 is not None:
            lines[-1] += _(", on test points {share:.4f}").format(share=snapshot.test_r2)
    if done.stopped is not None:
        lines.append(done.stopped.text)
    lines += [finding_words(finding) for finding in done.findings if finding.severity != "mild"]
    return "\n".join(lines)
