"""What a gradient check found, in sentences: all of it in one, and each verdict in a few words."""

from collections import Counter
from collections.abc import Collection, Sequence
from gettext import gettext as _
from gettext import ngettext
from math import ceil, log10

from engine import ops
from engine.graph.document import Document
from engine.run.check import GradientCheck, StepCheck
from engine.run.result import Result

LEAST = 1e-15  # what errors of float64 are called at best


def summary(document: Document, checks: Collection[GradientCheck]) -> str:
    """Say in a sentence how many agree and how well, or how many do not and which most."""
    if not checks:
        return _("There is nothing to check: choose an output that depends on something")
    count, wrong = len(checks), [one for one in checks if one.verdict == "wrong"]
    if wrong:
        worst = max(wrong, key=lambda one: one.error)
        words = _("{wrong:,} of {count:,} disagree, the most: {name}")
        return words.format(wrong=len(wrong), count=count, name=document.name(worst.node))
    tally = Counter(one.verdict for one in checks)
    fine = tally["ok"]
    agreeing = max((one.error for one in checks if one.verdict == "ok"), default=0.0)
    words = ngettext("{n:,} gradient agrees to {error}", "{n:,} gradients agree to {error}", fine)
    said = [words.format(n=fine, error=rounded_up(agreeing))] if fine else []
    if tally["kink"]:
        words = ngettext("{n:,} is at a kink", "{n:,} are at a kink", tally["kink"])
        said.append(words.format(n=tally["kink"]))
    if tally["not finite"]:
        words = ngettext("{n:,} is not finite", "{n:,} are not finite", tally["not finite"])
        said.append(words.format(n=tally["not finite"]))
    return ", ".join(said)


def verdict(document: Document, base: Result, check: GradientCheck) -> str:
    """Say of one gradient how it compares, and where the kink is that it is at."""
    if check.verdict == "kink" and check.kink is not None:
        return _("at a kink: {where}").format(where=kink(document, base, check.kink))
    words = {
        "ok": _("agrees"),
        "kink": _("at a kink"),
        "wrong": _("disagrees"),
        "not finite": _("not finite"),
    }
    return words[check.verdict]


def kink(document: Document, base: Result, node: int) -> str:
    """Name an op that has a kink, and the inputs at which it has it, as in "relu h at 0"."""
    record = document.node(node)
    op = ops.get(record.op)
    numbers = [base.number(source) for source in document.inputs(node) if source is not None]
    return _("{op} {name} at {numbers}").format(
        op=record.op if op is None else op.title,
        name=document.name(node),
        numbers=", ".join(f"{number:.4g}" for number in numbers),
    )


def step_words(step: StepCheck) -> str:
    """Say what a step of gradient descent was promised to do, and what it did."""
    if step.is_too_long:
        words = _("The gradients promise {promised}, and the output goes up: {happened}.")
    else:
        words = _("The gradients promise {promised}; what happens is {happened}.")
    promised, happened = (
        f"{one:+.4g}".replace("-", "−") for one in (step.promised, step.happened)
    )
    return words.format(promised=promised, happened=happened)


def rounded_up(error: float) -> str:
    """Write an error as the power of ten that it is below, as in "1e-9"."""
    return f"1e{ceil(log10(max(error, LEAST)))}"


def sorted_by_error(checks: Sequence[GradientCheck]) -> list[GradientCheck]:
    """Return what disagrees first, the most before all, then what is special, then the rest."""
    rank = {"wrong": 0, "not finite": 1, "kink": 2, "ok": 3}
    return sorted(checks, key=lambda one: (rank[one.verdict], -(one.error or 0.0)))
