"""`why`: say why a value or a gradient is what it is, as the window's card does."""

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import Any

from engine.explain.questions import Answer, Question, Sentence, Written
from engine.explain.why import answer, as_text
from engine.train.samples import load_samples
from playground.commands.documents import load
from playground.commands.eval import evaluated, finite
from playground.commands.terminal import Exit, granted, say, say_json


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the document"))
    parser.add_argument(
        "--node",
        metavar="LABEL|#ID",
        required=True,
        help=_("the node, by its label or its id, such as w1 or #7"),
    )
    about = parser.add_mutually_exclusive_group()
    about.add_argument(
        "--grad",
        dest="about",
        action="store_const",
        const="gradient",
        default="gradient",
        help=_("why its gradient is what it is (the default)"),
    )
    about.add_argument(
        "--value",
        dest="about",
        action="store_const",
        const="value",
        help=_("why its value is what it is"),
    )
    parser.add_argument(
        "--set",
        metavar="LABEL=NUMBER",
        action="append",
        default=[],
        help=_("give a value another number first, such as a=1/3; #7=2 names it by its id"),
    )
    parser.add_argument(
        "--sample",
        metavar="I|batch",
        help=_(
            "the sample of the data that is looked at (counted from 0; by default the one chosen"
            " in the document), or the gradients of the whole batch"
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("write JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Answer the question."""
    document = load(arguments.file)
    node = granted(document.find(arguments.node), about=f"--node {arguments.node}")
    result = evaluated(document, arguments.set, arguments.sample)
    batch = None
    if arguments.sample == "batch":
        batch = granted(load_samples(document.data, document.seeds), Exit.BAD_DOCUMENT)
    told = answer(document, result, Question(arguments.about, node), batch)
    if arguments.json:
        say_json(report(told))
    else:
        say(as_text(told))
    return Exit.FINE


def report(told: Answer) -> dict[str, Any]:
    """Return an answer as plain data; numbers that are not finite are None."""
    return {
        "question": _asked(told.question),
        "words": told.words,
        "lines": [
            {
                "through": line.through,
                "names": _written(line.names),
                "numbers": _written(line.numbers),
            }
            for line in told.lines
        ],
        "sentences": [_said(sentence) for sentence in told.sentences],
        "disappeared": [_said(sentence) for sentence in told.gone],
    }


def _asked(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {"about": question.about, "node": question.node}
    return asked if question.port is None else {**asked, "port": question.port}


def _written(formula: Written) -> dict[str, Any]:
    symbols = [
        _asked(one.question) | ({} if one.number is None else {"number": finite(one.number)})
        for one in formula.symbols
    ]
    return {"plain": formula.plain, "latex": formula.latex, "symbols": symbols}


def _said(sentence: Sentence) -> dict[str, Any]:
    onward = None if sentence.onward is None else _asked(sentence.onward)
    return {"text": sentence.text, "onward": onward}
