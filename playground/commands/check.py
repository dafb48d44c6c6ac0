"""`check`: validate a document and compare its gradients with central differences."""

import argparse
from collections import Counter
from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from engine.graph.document import Document
from engine.run.check import GradientCheck, Verdict, check_gradients
from engine.train.samples import load_samples
from playground.commands.documents import load
from playground.commands.eval import chosen_row, evaluated, feed, finite, problems
from playground.commands.terminal import Exit, complain, granted, say, say_json, table


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Check the document; leave with 1 if a gradient is wrong."""
    document = load(arguments.file)
    samples = granted(load_samples(document.data, document.seeds), Exit.BAD_DOCUMENT)
    row = chosen_row(document, samples, None)
    if samples is not None and row is not None:
        feed(document, samples, row)
    found = problems(document, evaluated(document, [], None))
    checks = check_gradients(document)
    wrong = [check for check in checks if check.verdict == "wrong"]
    if arguments.json:
        say_json(
            {
                "ok": not wrong,
                "checks": [_plain(document, check) for check in checks],
                "problems": found,
            }
        )
    else:
        print_words(document, checks, [problem["text"] for problem in found])
    if wrong:
        names = ", ".join(document.name(check.node) for check in wrong)
        complain(_("Gradients are wrong at {names}.").format(names=names))
    return Exit.BAD_DOCUMENT if wrong else Exit.FINE


def _plain(document: Document, check: GradientCheck) -> dict[str, object]:
    return {
        "id": check.node,
        "label": document.node(check.node).label,
        "analytic": finite(check.analytic),
        "numeric": finite(check.numeric),
        "error": finite(check.error),
        "verdict": check.verdict,
    }


VERDICTS: Mapping[Verdict, str] = {
    "ok": _("right"),
    "kink": _("at a kink"),
    "wrong": _("wrong"),
    "not finite": _("not finite"),
}


def print_words(document: Document, checks: list[GradientCheck], found: list[str]) -> None:
    """Print a line for every gradient that is not plainly right, and the count of the others."""
    count = len(document)
    say(ngettext("{count} node, valid.", "{count} nodes, valid.", count).format(count=count))
    for text in found:
        say(f"{text}.")
    if not checks:
        say(_("There is no output, so there are no gradients to compare."))
        return
    special = [check for check in checks if check.verdict != "ok"]
    if special:
        rows = [(_("node"), _("verdict"), _("gradient"), _("difference quotient"))]
        rows += [
            (
                document.name(check.node),
                VERDICTS[check.verdict],
                f"{check.analytic:.10g}",
                f"{check.numeric:.10g}",
            )
            for check in special
        ]
        say(table(rows, numbers=2))
    tally = Counter(check.verdict for check in checks)
    say(
        _("Gradients compared with central differences: {tally}.").format(
            tally=", ".join(f"{tally[key]} {word}" for key, word in VERDICTS.items() if tally[key])
        )
    )
