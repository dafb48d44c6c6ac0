"""`paths`: every path from a value to an output, its local derivatives, and the sum of all."""

import argparse
from gettext import gettext as _
from math import log10
from pathlib import Path
from typing import Any

from engine.errors import Refusal
from engine.explain.path_words import absence_words, law, lines
from engine.explain.paths import Ledger, Ways
from engine.explain.paths import Path as Way
from engine.graph.document import Document
from engine.run.plan import choose_output
from playground.commands.arguments import count
from playground.commands.documents import load
from playground.commands.eval import evaluated, finite, problems
from playground.commands.terminal import CommandError, Exit, granted, say, say_json, table

MOST = 20
WRITABLE = 1023  # binary digits of a count that readers of JSON can hold


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    parser.add_argument(
        "--from",
        dest="source",
        metavar="LABEL|#ID",
        required=True,
        help=_("the value where the paths begin"),
    )
    parser.add_argument(
        "--to",
        dest="output",
        metavar="LABEL|#ID",
        help=_("the value where they end; by default where going backward begins"),
    )
    parser.add_argument(
        "--most",
        metavar="N",
        type=count,
        default=MOST,
        help=_("how many paths to list, the largest first ({most})").format(most=MOST),
    )
    parser.add_argument(
        "--sample",
        metavar="I",
        help=_(
            "the sample of the data that features and targets take their numbers from (counted"
            " from 0; by default the one chosen in the document)"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """List the largest paths and add all of them up."""
    document = load(arguments.file)
    if arguments.sample == "batch":
        words = _("--sample batch: local derivatives are those of one sample; give its number.")
        raise CommandError(words, Exit.BAD_USAGE)
    source = granted(document.find(arguments.source), about=f"--from {arguments.source}")
    output = granted(_output(document, arguments.output))
    result = evaluated(document, [], arguments.sample)
    ledger = Ways(document, source, output).ledger(result, arguments.most)
    found = problems(document, result)
    if arguments.json:
        say_json({**report(document, ledger), "problems": found})
        return Exit.FINE
    if ledger.count:
        say(table(lines(document, ledger), numbers=1))
    else:
        say(absence_words(document, source, output))
    for problem in found:
        say(problem["text"] + ".")
    return Exit.FINE


def _output(document: Document, text: str | None) -> int | Refusal:
    """Return the node that is named, else where going backward begins."""
    if text is not None:
        found = document.find(text)
        if isinstance(found, Refusal):
            raise CommandError(f"--to {text}: {found}", Exit.BAD_USAGE)
        return found
    output = choose_output(document)
    if output is None:
        return Refusal(
            _("There is no output to go to"),
            _("nothing is marked to go backward from, and the graph ends in more than one value"),
            _("Name one with --to"),
        )
    return output


def report(document: Document, ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as plain data; a count of hundreds of digits is None beside its size."""
    writable = ledger.count.bit_length() <= WRITABLE
    return {
        "from": _named(document, ledger.source),
        "to": _named(document, ledger.output),
        "count": ledger.count if writable else None,
        "log10_count": log10(ledger.count) if ledger.count else None,
        "sum": finite(ledger.total),
        "paths": [_plain(document, path) for path in ledger.paths],
        "rest": finite(ledger.rest),
    }


def _named(document: Document, node: int) -> dict[str, Any]:
    return {"id": node, "label": document.node(node).label}


def _plain(document: Document, path: Way) -> dict[str, Any]:
    return {
        "wires": [
            {
                "source": leg.source,
                "target": leg.wire[0],
                "port": leg.wire[1],
                "formula": law(document, leg),
                "local": finite(leg.local),
            }
            for leg in path.legs
        ],
        "product": finite(path.product),
    }
