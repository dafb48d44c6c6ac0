"""`trace`: print the steps of a pass in order, forward and backward, one node at a time."""

import argparse
import math
from gettext import gettext as _
from pathlib import Path
from typing import Any

from engine.explain.spoken import said
from engine.explain.steps import growth_words, sources
from engine.graph.document import Document
from engine.run.course import Course
from engine.run.trace import Part, Step, Trace
from playground.commands.documents import load
from playground.commands.eval import evaluated, finite, problems
from playground.commands.terminal import CommandError, Exit, say, say_json, table


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    parser.add_argument(
        "--sample",
        metavar="I",
        help=_(
            "the sample of the data that features and targets take their numbers from (counted"
            " from 0; by default the one chosen in the document)"
        ),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=_(
            "write JSON: steps in order, each with phase (forward, start or backward), id, label,"
            " op and number (the value, or the gradient that is sent on); backward also with the"
            " parts that inputs get: source, port, local, brought, before, after; a number that is"
            " not finite is null, and named under problems"
        ),
    )


def run(arguments: argparse.Namespace) -> int:
    """Take all steps and print them."""
    if arguments.sample == "batch":
        raise CommandError(
            _("--sample batch: a pass is about one sample; give its number."), Exit.BAD_USAGE
        )
    document = load(arguments.file)
    result = evaluated(document, [], arguments.sample)
    course = Course(Trace(document, result))
    if arguments.json:
        steps = []
        while (step := course.step()) is not None:
            steps.append(told(document, step))
        report = {"output": course.trace.output, "steps": steps}
        say_json(report | {"problems": problems(document, result) + _lost(document, course)})
    else:
        print_words(document, course)
        for problem in problems(document, result):
            say(problem["text"] + ".")
    return Exit.FINE


def told(document: Document, step: Step) -> dict[str, Any]:
    """Return a step as plain data."""
    record = document.node(step.node)
    data: dict[str, Any] = {
        "phase": step.phase,
        "id": step.node,
        "label": record.label,
        "op": record.op,
        "number": finite(step.number),
    }
    if step.phase == "backward":
        data["parts"] = [_part(part) for part in step.parts]
    return data


def _part(part: Part) -> dict[str, Any]:
    return {
        "source": part.source,
        "port": part.port,
        "local": finite(part.local),
        "brought": finite(part.brought),
        "before": finite(part.before),
        "after": finite(part.after),
    }


def _lost(document: Document, course: Course) -> list[dict[str, Any]]:
    """Name the wires along which something came to be that is not finite, by the fired node."""
    found = []
    for step in course.trace.steps:
        for part in step.parts:
            numbers = (part.local, part.brought, part.after)
            before = math.isfinite(step.number) and math.isfinite(part.before)
            if before and not all(map(math.isfinite, numbers)):
                words = _("What {name} sends to {source} is not finite")
                text = words.format(
                    name=document.name(step.node), source=document.name(part.source)
                )
                words = _("its local derivative is {local} and its gradient {gradient}")
                reason = words.format(local=part.local, gradient=step.number)
                found.append({"node": step.node, "reason": reason, "text": text})
    return found


def print_words(document: Document, course: Course) -> None:
    """Print a line for each step: what was computed, or how gradients have grown."""
    rows = [("", _("step"), _("node"), _("number"), _("what came of it"))]
    while (step := course.step()) is not None:
        count = str(len(course.trace.steps))
        name, words = document.name(step.node), _words(document, course, step)
        rows.append((count, step.phase, name, f"{step.number:.10g}", words))
    say(table(rows, numbers=0))
    if course.trace.output is None:
        say(_("Choose an output to see gradients."))


def _words(document: Document, course: Course, step: Step) -> str:
    """Say what a firing sent: "a.grad: 0 → −6 → −3 (1 × 3)"."""
    if step.phase != "backward":
        return ""
    parts = []
    for node in sources(step):
        sent = [part for part in step.parts if part.source == node]
        product = " + ".join(f"{said(part.local)} × {said(step.number)}" for part in sent)
        words = _("{name}.grad: {numbers} ({product})")
        grown = growth_words(course, node)
        parts.append(words.format(name=document.name(node), numbers=grown, product=product))
    return ", ".join(parts)
