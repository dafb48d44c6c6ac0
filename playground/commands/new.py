"""`new`: make a document with a network, its loss and its data.

The defaults are micrograd's demo: its moons, its weights, its loss, its schedule.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

from engine.errors import Refusal
from engine.graph.models import FEATURES, Model, loss_names, model_document
from engine.graph.records import L2_SCOPES, REDUCTIONS, DataSettings, Seeds
from engine.graph.templates import activations
from engine.train.datasets import DATASETS
from engine.train.samples import load_samples
from engine.train.schedules import SCHEDULES
from playground.commands.documents import save
from playground.commands.terminal import Exit, granted, say, say_json

DEMO = Model()
# Name, words, a conversion or the words to choose from, default.
Option = tuple[str, str, Any, Any]


def widths(text: str) -> tuple[int, ...]:
    """Return the widths of "2,16,16,1"."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        words = _("widths are whole numbers with commas, such as 2,16,16,1, not {text}")
        raise argparse.ArgumentTypeError(words.format(text=text)) from None


MARKS: Mapping[Any, str] = {int: "N", float: "X", widths: "N,N,…"}


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, each with micrograd's demo as its default."""
    parser.add_argument(
        "-o", "--output", metavar="OUT.mgp", type=Path, required=True, help=_("the file to write")
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))
    for title, options in (
        (_("the network and its loss"), network_options()),
        (_("the data"), data_options()),
        (_("the training"), training_options()),
    ):
        group = parser.add_argument_group(title)
        for name, words, kind, default in options:
            shown = words if default is None else f"{words} (%(default)s)"
            values: dict[str, Any] = {"choices": kind}
            if callable(kind):
                values = {"type": kind, "metavar": MARKS[kind]}
            group.add_argument(name, default=default, help=shown, **values)


def network_options() -> list[Option]:
    """Return the options about the graph."""
    layers = ",".join(map(str, (FEATURES, *DEMO.layers)))
    return [
        ("--template", _("the kind of network"), ["mlp"], "mlp"),
        ("--layers", _("the number of inputs and the units of each layer"), widths, layers),
        ("--activation", _("of all layers but the last"), activations(), DEMO.activation),
        ("--loss", _("the loss of one sample"), loss_names(), DEMO.loss),
    ]


def data_options() -> list[Option]:
    """Return the options about the samples and all seeds."""
    data, seed = DEMO.data, DEMO.seeds.data
    return [
        ("--dataset", _("the data set"), list(DATASETS), data.generator),
        ("--samples", _("how many points"), int, data.samples),
        ("--noise", _("how far they stray"), float, data.noise),
        ("--test-share", _("the share kept from training, to test"), float, data.test_share),
        ("--seed", _("of the data, the first weights and the order of batches"), int, seed),
    ]


def training_options() -> list[Option]:
    """Return the options about training."""
    its = DEMO.training
    return [
        ("--learning-rate", _("the first learning rate"), float, its.learning_rate),
        ("--schedule", _("how the learning rate goes on"), list(SCHEDULES), its.schedule),
        ("--end-rate", _("where a linear schedule ends"), float, its.end_rate),
        ("--schedule-steps", _("the steps until it ends"), int, its.schedule_steps),
        ("--l2", _("the penalty: X times the sum of squared parameters"), float, its.l2),
        ("--l2-scope", _("whether that counts biases, too"), L2_SCOPES, its.l2_scope),
        ("--reduction", _("of the losses of a batch"), REDUCTIONS, its.reduction),
        ("--batch", _("the samples of one step; all if not given"), int, its.batch),
    ]


def run(arguments: argparse.Namespace) -> int:
    """Make the document and write it."""
    model = granted(model_of(arguments))
    granted(load_samples(model.data, model.seeds))
    document = granted(model_document(model))
    save(document, arguments.output)
    parameters = sum(node.trainable for node in document.nodes())
    if arguments.json:
        say_json({"file": str(arguments.output), "nodes": len(document), "parameters": parameters})
    else:
        say(
            _("Wrote {path}: {nodes:,} nodes, {parameters:,} parameters.").format(
                path=arguments.output, nodes=len(document), parameters=parameters
            )
        )
    return Exit.FINE


def model_of(arguments: argparse.Namespace) -> Model | Refusal:
    """Return the model that the arguments describe."""
    if arguments.layers[0] != FEATURES:
        return Refusal(
            _("The first layer is the input"),
            _("the data has {count} features").format(count=FEATURES),
            _("Write the widths as 2,16,16,1"),
        )
    return Model(
        layers=arguments.layers[1:],
        activation=arguments.activation,
        loss=arguments.loss,
        data=DataSettings(
            arguments.dataset, arguments.samples, arguments.noise, arguments.test_share
        ),
        seeds=Seeds(arguments.seed, arguments.seed, arguments.seed),
        training=replace(
            DEMO.training,
            **{name: getattr(arguments, name) for name in TRAINING},
        ),
    )


TRAINING = (
    "learning_rate",
    "schedule",
    "end_rate",
    "schedule_steps",
    "l2",
    "l2_scope",
    "reduction",
    "batch",
)
