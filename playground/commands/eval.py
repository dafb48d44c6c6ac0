"""`eval`: compute every value and gradient of a document, with other numbers if asked."""

import argparse
import math
from gettext import gettext as _
from pathlib import Path
from typing import Any

from engine.exchange.expressions import parse_number
from engine.graph.document import Document
from engine.graph.properties import set_value
from engine.run.evaluate import evaluate
from engine.run.result import Result
from engine.run.tape import encode
from engine.train.samples import Samples, load_samples
from playground.commands.documents import load
from playground.commands.terminal import CommandError, Exit, granted, say, say_json, table

FED = ("feature", "target")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    declare_numbers(parser)
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Evaluate the document and print every node."""
    document = load(arguments.file)
    result = evaluated(document, arguments.set, arguments.sample)
    if arguments.json:
        say_json(report(document, result))
    else:
        print_words(document, result)
    return Exit.FINE


def declare_numbers(parser: argparse.ArgumentParser, *, batch: bool = True) -> None:
    """Declare `--set` and `--sample`, as `evaluated` takes them; maybe of one sample alone."""
    parser.add_argument(
        "--set",
        metavar="LABEL=NUMBER",
        action="append",
        default=[],
        help=_("give a value another number, such as a=1/3; #7=2 names it by its id"),
    )
    one = _(
        "the sample of the data that features and targets take their numbers from (counted"
        " from 0; by default the one chosen in the document)"
    )
    whole = _("{sample}, or the gradients of the whole batch").format(sample=one)
    parser.add_argument(
        "--sample", metavar="I|batch" if batch else "I", help=whole if batch else one
    )


def evaluated(document: Document, settings: list[str], sample: str | None) -> Result:
    """Return the result with these `LABEL=NUMBER` settings at a sample, or over the "batch".

    The document's leaves take the numbers.
    """
    samples = granted(load_samples(document.data, document.seeds), Exit.BAD_DOCUMENT)
    row = chosen_row(document, samples, sample)
    if samples is not None and row is not None:
        feed(document, samples, row)
    over_batch = sample == "batch"
    for setting in settings:
        change_number(document, setting, fixed=over_batch)
    if not over_batch:
        return evaluate(document)
    return evaluate(document, data=samples, scope="batch")


def chosen_row(document: Document, samples: Samples | None, sample: str | None) -> int | None:
    """Return the row of the data to show; None without data."""
    if samples is None:
        if sample is not None:
            raise CommandError(
                _("--sample {sample}: the document has no data.").format(sample=sample),
                Exit.BAD_USAGE,
            )
        return None
    if sample is None or sample == "batch":
        return min(document.view.sample, len(samples) - 1)
    if sample.isascii() and sample.isdigit() and int(sample) < len(samples):
        return int(sample)
    raise CommandError(
        _("--sample is a number from 0 to {last} or batch, not {sample}.").format(
            last=len(samples) - 1, sample=sample
        ),
        Exit.BAD_USAGE,
    )


def feed(document: Document, samples: Samples, row: int) -> None:
    """Give features and targets the numbers of one sample."""
    for node in document.nodes():
        if node.is_leaf and node.role in FED:
            numbers = samples.inputs if node.role == "feature" else samples.targets
            column = 0 if node.encoding == "one-hot" else node.index
            if column < numbers.shape[1]:
                number = encode(numbers[row, column], node.encoding, node.index)
                document.apply(granted(set_value(document, node.id, float(number))))


def change_number(document: Document, setting: str, *, fixed: bool) -> None:
    """Carry out one `LABEL=NUMBER`; `fixed` says that the data decides features and targets."""
    label, equals, text = setting.partition("=")
    if not equals:
        raise CommandError(
            _("--set takes LABEL=NUMBER, not {setting}.").format(setting=setting), Exit.BAD_USAGE
        )
    about = f"--set {setting}"
    node = granted(document.find(label), about=about)
    if fixed and document.node(node).role in FED:
        raise CommandError(
            _("{about}: over the batch, {label} takes its numbers from the data.").format(
                about=about, label=label
            ),
            Exit.BAD_USAGE,
        )
    number = granted(parse_number(text), about=about)
    document.apply(granted(set_value(document, node, number), about=about))


def report(document: Document, result: Result) -> dict[str, Any]:
    """Return the result as plain data; numbers that are not finite are None and a problem."""
    nodes = []
    for node in document.nodes():
        row = result.row[node.id]
        nodes.append(
            {
                "id": node.id,
                "label": node.label,
                "op": node.op,
                "data": finite(result.value[row]),
                "grad": finite(result.gradient[row]),
                "reached": bool(result.reached[row]),
                "inputs": list(document.inputs(node.id)),
            }
        )
    return {"output": result.output, "nodes": nodes, "problems": problems(document, result)}


def finite(number: float) -> float | None:
    """Return a number as JSON can hold it."""
    return float(number) if math.isfinite(number) else None


def problems(document: Document, result: Result) -> list[dict[str, Any]]:
    """Return why numbers are missing: where they first went wrong, by node."""
    found = {p.node: (p.reason, p.text) for p in result.problems}
    for node in document.nodes():
        row = result.row[node.id]
        if node.id not in found:
            if not result.computed[row]:
                found[node.id] = _not_computed(document, node.id)
            elif math.isfinite(result.value[row]) and not math.isfinite(result.gradient[row]):
                reason = _("its gradient is {value}").format(value=float(result.gradient[row]))
                text = _("The gradient of {name} is not finite")
                found[node.id] = (reason, text.format(name=document.name(node.id)))
    return [
        {"node": node, "reason": reason, "text": text}
        for node, (reason, text) in sorted(found.items())
    ]


def _not_computed(document: Document, node: int) -> tuple[str, str]:
    missing = None in document.inputs(node)
    reason = _("an input has no wire") if missing else _("something before it is not computed")
    text = _("{name} is not computed: {reason}")
    return reason, text.format(name=document.name(node), reason=reason)


def print_words(document: Document, result: Result) -> None:
    """Print a line for each node, then the problems."""
    rows = [("id", _("node"), _("op"), _("value"), _("gradient"))]
    for node in document.nodes():
        row = result.row[node.id]
        value = f"{result.value[row]:.10g}" if result.computed[row] else "–"
        gradient = f"{result.gradient[row]:.10g}" if result.reached[row] else "–"
        rows.append((f"#{node.id}", node.label, node.op, value, gradient))
    say(table(rows, numbers=2))
    if result.output is None:
        say(_("Choose an output to see gradients."))
    for problem in problems(document, result):
        say(problem["text"] + ".")
