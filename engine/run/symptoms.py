"""What the differences that a gradient check found look like: which classic mistake fits them.

It sees what a person sees: gradients as shown beside the slopes that differences give, and which
wires lead where. It never looks at how the gradients were made, so it says what fits and not what
is. The check of the window and the tests ask it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _

import numpy as np

from engine.graph.document import Document, Wire
from engine.run.check import FINE, TOLERANCE, GradientCheck, StepCheck
from engine.run.result import Result

NEAR = 1e-6  # of two numbers that should be the same by a rule, relative to the larger


@dataclass(frozen=True)
class Evidence:
    """All that was found out about the gradients shown.

    `true` is the evaluation that the values and local derivatives are from; `checks` has every
    node that was checked, the more the better.
    """

    document: Document
    true: Result
    shown: Result
    checks: Mapping[int, GradientCheck]
    step: StepCheck | None = None

    @cached_property
    def wrong(self) -> tuple[GradientCheck, ...]:
        """The checks that found a gradient wrong."""
        return tuple(one for one in self.checks.values() if one.verdict == "wrong")

    @cached_property
    def origins(self) -> tuple[GradientCheck, ...]:
        """Those of them with no wrong gradient behind: here it begins."""
        wrong = {one.node for one in self.wrong}
        return tuple(
            one
            for one in self.wrong
            if wrong.isdisjoint(target for target, _port in self.wires(one.node))
        )

    def wires(self, node: int) -> Sequence[Wire]:
        """Return the wires by which a gradient should come to a node, as (target, port)."""
        row, reached = self.true.row, self.true.reached
        return [wire for wire in self.document.consumers(node) if reached[row[wire[0]]]]

    def shares(self, node: int) -> Mapping[Wire, float]:
        """Return what each wire should bring: its local derivative times the slope behind it."""
        partial, edge = self.true.partial, self.true.edge_row
        return {
            wire: float(partial[edge[wire]]) * self.slope(wire[0]) for wire in self.wires(node)
        }

    def slope(self, node: int) -> float:
        """Return what the gradient of a node should be."""
        found = self.checks.get(node)
        return self.shown.slope(node) if found is None else found.numeric


@dataclass(frozen=True, slots=True)
class Symptom:
    """A look of the differences: the `key` of the bug that it fits, and a sentence.

    `seen` may use {names}, the nodes where it begins, and {op}, the kind of op behind them.
    """

    key: str
    seen: str
    fits: Callable[[Evidence], bool]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A bug that fits, in a sentence, and the nodes that it is said of."""

    key: str
    text: str
    nodes: tuple[int, ...]


def suspicions(evidence: Evidence) -> tuple[Suspicion, ...]:
    """Return what fits the differences, the most telling first; () if nothing known does."""
    found = [symptom for symptom in SYMPTOMS if symptom.fits(evidence)]
    nodes = tuple(one.node for one in evidence.origins)
    words = {
        "names": _listed([evidence.document.name(node) for node in nodes]),
        "op": turned_op(evidence) or "",
    }
    return tuple(Suspicion(one.key, one.seen.format(**words), nodes) for one in found)


def turned_op(evidence: Evidence) -> str | None:
    """Return the op whose last derivative, taken with the other sign, explains every origin."""
    origins = evidence.origins
    behind = [{_op(evidence, target) for target, _port in evidence.wires(o.node)} for o in origins]
    common: Collection[str] = set.intersection(*behind) if behind else ()
    for key in sorted(common):
        if all(_near(_with_sign_turned(evidence, o.node, key), o.analytic) for o in origins):
            return key
    return None


# What the differences may look like ------------------------------------------------------------


def _all_zero(evidence: Evidence) -> bool:
    """Whether nothing has a gradient."""
    checked = evidence.checks.values()
    return bool(evidence.wrong) and all(one.analytic == 0.0 for one in checked)


def _twice(evidence: Evidence) -> bool:
    """Whether leaves, and only they, have twice the slope."""
    record = evidence.document.node
    leaves = [one for one in evidence.checks.values() if record(one.node).is_leaf]
    return (
        bool(evidence.wrong)
        and all(record(one.node).is_leaf for one in evidence.wrong)
        and all(_near(one.analytic, 2 * one.numeric) for one in leaves if one.verdict != "kink")
    )


def _one_part(evidence: Evidence) -> bool:
    """Whether, where it begins, each node has what one of several wires brings."""
    return bool(evidence.origins) and all(
        len(evidence.wires(one.node)) > 1
        and any(_near(share, one.analytic) for share in evidence.shares(one.node).values())
        for one in evidence.origins
    )


def _too_early(evidence: Evidence) -> bool:
    """Whether, where it begins, each node feeds an op that several others wait for."""
    return bool(evidence.origins) and all(
        any(len(evidence.wires(target)) > 1 for target, _port in evidence.wires(one.node))
        for one in evidence.origins
    )


def _sign_turned(evidence: Evidence) -> bool:
    return bool(evidence.origins) and turned_op(evidence) is not None


def _coarse(evidence: Evidence) -> bool:
    """Whether all is right to seven digits, and every number is one of single precision."""
    shown = evidence.shown
    numbers = np.concatenate((shown.value[shown.computed], shown.gradient[shown.reached]))
    with np.errstate(over="ignore", invalid="ignore"):
        single = numbers.astype(np.float32).astype(np.float64)
    return (
        bool(evidence.wrong)
        and all(one.error <= TOLERANCE for one in evidence.wrong)
        and bool(np.array_equal(single, numbers, equal_nan=True))
    )


def _climbs(evidence: Evidence) -> bool:
    """Whether a step goes up although no gradient is wrong."""
    return not evidence.wrong and evidence.step is not None and evidence.step.is_too_long


SYMPTOMS = (
    Symptom(
        "backward",
        _("Every gradient is 0: was going backward ever begun?"),
        _all_zero,
    ),
    Symptom(
        "float32",
        _("Everything is right to about seven digits: are numbers kept in single precision?"),
        _coarse,
    ),
    Symptom(
        "zero_grad",
        _("Leaves have twice their slope, ops are right: was there still a gradient in them?"),
        _twice,
    ),
    Symptom(
        "overwrite",
        _("It begins at {names}, with several wires but the part of one: is it overwritten?"),
        _one_part,
    ),
    Symptom(
        "sign",
        _("It begins at {names}, as if the sign of a derivative of {op} were turned: is it?"),
        _sign_turned,
    ),
    Symptom(
        "order",
        _(
            "It begins at {names}, behind an op that several others feed gradient to: did that"
            " fire before all had?"
        ),
        _too_early,
    ),
    Symptom(
        "rate",
        _("The gradients are right, and yet a step goes up: is the learning rate too high?"),
        _climbs,
    ),
)


def _op(evidence: Evidence, node: int) -> str:
    return evidence.document.node(node).op


def _with_sign_turned(evidence: Evidence, node: int, key: str) -> float:
    """Return what a node's gradient is if the last input of such ops gets the other sign."""
    total = 0.0
    for (target, port), share in evidence.shares(node).items():
        record = evidence.document.node(target)
        total += -share if record.op == key and record.ports[-1] == port else share
    return total


def _near(first: float, second: float) -> bool:
    return abs(first - second) <= max(FINE, NEAR * max(abs(first), abs(second)))


def _listed(names: Sequence[str], most: int = 4) -> str:
    """Return names with commas, the first few of many."""
    more = [_("{count} more").format(count=len(names) - most)] if len(names) > most else []
    return ", ".join([*names[:most], *more])
