"""`check`: validate a document, compare its gradients with differences, find units at rest."""

import argparse
from collections import Counter
from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from itertools import groupby
from pathlib import Path

import numpy as np

from engine.errors import Refusal
from engine.explain.checked import verdict
from engine.graph.document import Document
from engine.run.check import GradientCheck, Verdict, check_gradients
from engine.run.evaluate import evaluate
from engine.run.plan import training_plan
from engine.run.result import Result
from engine.run.units import Fault, Kind, unit_faults
from engine.train.doctor import Doctor, Finding
from engine.train.objective import make_terms
from engine.train.samples import Samples, load_samples
from engine.train.tapes import Tapes
from engine.train.trainer import Trainer
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
    base = evaluate(document)
    checks = check_gradients(document)
    faults = faults_over(document, samples)
    findings = findings_at_rest(document)
    wrong = [check for check in checks if check.verdict == "wrong"]
    if arguments.json:
        say_json(
            {
                "ok": not wrong,
                "checks": [_plain(document, check) for check in checks],
                "problems": found,
                "faults": [{"kind": f.kind, "node": f.node, "text": f.text} for f in faults],
                "findings": [plain_finding(finding) for finding in findings],
            }
        )
    else:
        print_words(document, base, checks, [problem["text"] for problem in found])
        print_faults(faults)
        for finding in findings:
            if finding.key not in OF_NODES and finding.severity != "mild":
                say(finding_words(finding))
    if wrong:
        names = ", ".join(document.name(check.node) for check in wrong)
        complain(_("Gradients are wrong at {names}.").format(names=names))
    return Exit.BAD_DOCUMENT if wrong else Exit.FINE


def faults_over(document: Document, samples: Samples | None) -> tuple[Fault, ...]:
    """Return what goes wrong over the training samples, if there is something to train on them."""
    plan = training_plan(document)
    if isinstance(plan, Refusal) or samples is None or not plan.fed:
        return ()
    objective = Tapes(document, plan, samples).whole
    terms = make_terms(document, plan, document.training)
    parameters = objective.tape.parameters()
    with np.errstate(all="ignore"):
        objective.measure(parameters, terms)
        objective.gradient(parameters, terms)
    return unit_faults(document, objective.tape)


OF_NODES = frozenset({"not finite", "dead", "saturated"})  # said node by node, as faults


def findings_at_rest(document: Document) -> tuple[Finding, ...]:
    """Return what the gradient doctor finds before a step, nothing if nothing can be trained."""
    trainer = Trainer.build(document)
    if isinstance(trainer, Refusal):
        return ()
    return Doctor(document, trainer).examine(trainer).findings


def plain_finding(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data."""
    return {
        "key": finding.key,
        "severity": finding.severity,
        "step": finding.step,
        "text": finding.text,
        "why": finding.why,
        "items": list(finding.items),
    }


def finding_words(finding: Finding) -> str:
    """Return a finding in a sentence."""
    words = _("{title}: {text}; {why}.")
    return words.format(
        title=finding.diagnosis.title, text=finding.text.rstrip("."), why=finding.why
    )


def _plain(document: Document, check: GradientCheck) -> dict[str, object]:
    return {
        "id": check.node,
        "label": document.node(check.node).label,
        "analytic": finite(check.analytic),
        "numeric": finite(check.numeric),
        "error": finite(check.error),
        "verdict": check.verdict,
        "kink": check.kink,
    }


SHOWN = 5  # faults of one kind
MORE: Mapping[Kind, str] = {
    "dead": _("{count} more are dead"),
    "saturated": _("{count} more are saturated"),
    "vanishing": _("{count} more gradients vanish"),
}
VERDICTS: Mapping[Verdict, str] = {
    "ok": _("right"),
    "kink": _("at a kink"),
    "wrong": _("wrong"),
    "not finite": _("not finite"),
}


def print_words(
    document: Document, base: Result, checks: list[GradientCheck], found: list[str]
) -> None:
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
                VERDICTS[check.verdict] if check.kink is None else verdict(document, base, check),
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


def print_faults(faults: tuple[Fault, ...]) -> None:
    """Print the first faults of each kind, and how many more there are."""
    for kind, members in groupby(faults, key=lambda fault: fault.kind):
        texts = [fault.text for fault in members]
        if len(texts) > SHOWN:
            texts[SHOWN:] = [MORE[kind].format(count=len(texts) - SHOWN)]
        for text in texts:
            say(f"{text}.")
