"""`new`: make a document with a network, its loss and its data.

The defaults are micrograd's demo: its moons, its weights, its loss, its schedule.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

from engine.errors import Refusal
from engine.graph.arguments import MOST_UNITS, activations
from engine.graph.models import Model, loss_names, model_document, outputs
from engine.graph.records import DataSettings, Seeds
from engine.graph.schemes import scheme_names
from engine.graph.streams import Seed
from engine.train.datasets import DATASETS
from engine.train.fitting import fitted
from playground.commands.arguments import decimal, network, one_of, seed, whole, widths
from playground.commands.documents import save
from playground.commands.settings import declare_settings, given_settings
from playground.commands.tables import declare_table, table_data
from playground.commands.terminal import Exit, granted, say, say_json

DEMO = Model()
# Name, words, a conversion or the words to choose from, default.
Option = tuple[str, str, Any, Any]


MARKS: Mapping[Any, str] = {
    whole: "N",
    decimal: "X",
    seed: "S",
    widths: "N,N,…",
    network: "'mlp N N … WORD'",
}


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments, each with micrograd's demo as its default."""
    parser.add_argument(
        "-o", "--output", metavar="OUT.mgp", type=Path, required=True, help=_("the file to write")
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))
    for title, options in (
        (_("the network and its loss"), network_options()),
        (_("the data"), data_options()),
    ):
        group = parser.add_argument_group(title)
        for name, words, kind, default in options:
            shown = words if default is None else f"{words} (%(default)s)"
            if callable(kind):
                values: dict[str, Any] = {"type": kind, "metavar": MARKS[kind]}
            else:
                values = {"type": one_of(kind), "choices": kind}
            group.add_argument(name, default=default, help=shown, **values)
    declare_table(parser)
    declare_settings(parser, DEMO.training)


def network_options() -> list[Option]:
    """Return the options about the graph."""
    return [
        (
            "--template",
            _("the network, as one would type it: what it says goes before the other options"),
            network,
            "mlp",
        ),
        (
            "--layers",
            _("the number of inputs and the units of each layer; if not given, two of 16 units"),
            widths,
            None,
        ),
        ("--activation", _("of all layers but the last"), activations(), DEMO.activation),
        ("--init", _("what the first weights are drawn from"), scheme_names(), DEMO.init),
        (
            "--loss",
            _("the loss of one sample; if not given, one that suits the data"),
            loss_names(),
            None,
        ),
    ]


def data_options() -> list[Option]:
    """Return the options about the samples and all seeds."""
    data, usual = DEMO.data, DEMO.seeds.data
    return [
        ("--dataset", _("the data set"), list(DATASETS), data.generator),
        ("--samples", _("how many points; if not given, the data set says"), whole, None),
        ("--noise", _("how far they stray; if not given, the data set says"), decimal, None),
        (
            "--classes",
            _("how many classes, where the data set leaves that open"),
            whole,
            data.classes,
        ),
        ("--test-share", _("the share kept from training, to test"), decimal, data.test_share),
        ("--seed", _("of the data, the first weights and the order of batches"), seed, usual),
    ]


def run(arguments: argparse.Namespace) -> int:
    """Make the document and write it."""
    model = granted(model_of(arguments))
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
    """Return the model that the arguments describe; what they leave out fits the data."""
    typed: Mapping[str, Any] = arguments.template.arguments
    model = fitted(
        Model(
            activation=typed.get("activation", arguments.activation),
            init=typed.get("init", arguments.init),
            data=table_data(arguments) or data_of(arguments),
            seeds=seeds_of(arguments.seed),
        )
    )
    if isinstance(model, Refusal):
        return model
    training = replace(model.training, **given_settings(arguments))
    model = replace(model, training=training)
    if arguments.loss is not None:
        layers = (*model.layers[:-1], outputs(arguments.loss, model.classes))
        model = replace(model, loss=arguments.loss, layers=layers)
    inputs, *units = arguments.layers or (model.features, *model.layers)
    layers = (typed.get("inputs", inputs), *typed.get("layers", units))
    return check_widths(layers, model) or replace(model, layers=layers[1:])


def seeds_of(seed: Seed) -> Seeds:
    """Return the seeds that a single one means; batches are shuffled by numbers only."""
    return Seeds(seed, seed) if isinstance(seed, str) else Seeds(seed, seed, seed)


def check_widths(layers: Sequence[int], model: Model) -> Refusal | None:
    """Return why these are no widths for a model; the first one is the number of inputs."""
    fit = (model.features, *model.layers)
    remedy = _("Write the inputs, then the units of each layer, as in {widths}").format(
        widths=",".join(map(str, fit))
    )
    if layers[0] != model.features:
        why = _("the data have {count} features").format(count=model.features)
        return Refusal(_("The first number of --layers is the number of inputs"), why, remedy)
    if len(layers) < 2 or layers[-1] != fit[-1]:
        why = (
            _("with this loss a network ends in one unit")
            if fit[-1] == 1
            else _("with this loss a network ends in one unit for each class")
        )
        what = _("The last number of --layers is {count}").format(count=fit[-1])
        return Refusal(what, why, remedy)
    if not all(1 <= width <= MOST_UNITS for width in layers):
        words = _("A layer has between 1 and {most:,} units").format(most=MOST_UNITS)
        return Refusal(words, "", remedy)
    return None


def data_of(arguments: argparse.Namespace) -> DataSettings:
    """Return the data that the arguments describe; what they leave out the data set says."""
    dataset, samples, noise = DATASETS[arguments.dataset], arguments.samples, arguments.noise
    return DataSettings(
        dataset.key,
        dataset.default_samples if samples is None else samples,
        dataset.default_noise if noise is None else noise,
        arguments.test_share,
        classes=arguments.classes,
    )
