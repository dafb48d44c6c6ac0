"""The classic mistakes in an autograd engine, one record each, to be planted in a pass on purpose.

A bug is a way to make other `Rules` of the right ones, so that several can be planted together.
The lab of the window and the tests read the table. Nothing here writes to a document or to the
tape: whoever plants a bug traces a copy of the numbers by these rules.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from gettext import gettext as _
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.run.check import step_downhill
from engine.run.result import Array, Result
from engine.run.rules import RIGHT, Partials, Rules
from engine.run.trace import Trace

MOST = 3_000  # nodes: a pass goes node by node, and is done again whenever a number changes
FAR = 6  # powers of ten by which a step is made too long at most
SAME = 1e-9  # two numbers that differ by less, relative to 1 or to themselves, look the same
Silences: TypeAlias = Mapping[str, Refusal | None]
"""By the key of each bug, why it does not show; None if it does."""


@dataclass(frozen=True)
class Ground:
    """What a bug is planted in: a document, an evaluation of it, and the length of its steps."""

    document: Document
    base: Result
    rate: float

    @cached_property
    def right(self) -> Trace:
        """The whole pass without a bug."""
        return self.traced(RIGHT)

    def traced(self, rules: Rules) -> Trace:
        """Return the whole pass by these rules."""
        trace = Trace(self.document, self.base, rules)
        for _step in trace.run():
            pass
        return trace

    @cached_property
    def turned(self) -> str:
        """The op whose derivative gets the wrong sign: a rare one near the output, "" for none."""
        document, right = self.document, self.right
        found = [n for n in right.backward_order if right.inputs(n) and self._matters(n)]
        counts = Counter(document.node(node).op for node in found)
        return min(counts, key=lambda key: counts[key], default="")

    @cached_property
    def stride(self) -> float:
        """By how much a step must be longer so that it ends higher; 1 if that does not happen."""
        right = self.right.result()
        for power in range(1, FAR + 1):
            step = step_downhill(self.document, self.base, right, self.rate * 10.0**power)
            if step is not None and step.is_too_long:
                return 10.0**power
        return 1.0

    def _matters(self, node: int) -> bool:
        """Whether the last input of an op gets something from it that is not 0."""
        port, _source = self.right.inputs(node)[-1]
        share = self.right.result().contribution[self.base.edge_row[(node, port)]]
        return bool(share != 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """One classic mistake.

    Attributes:
        key: its name in code; title: what it is called.
        right, wrong: the lines as micrograd has them, and as the bug does.
        does: one sentence what it does; found: how it shows; hint: where to look, for a learner.
        silent: why it changes nothing where it does not.
        example: the bundled example that shows it.
        planted: makes rules with the bug of rules without.
    """

    key: str
    title: str
    right: str
    wrong: str
    does: str
    found: str
    hint: str
    silent: str
    example: str
    planted: Callable[[Rules, Ground], Rules]

    def lines(self, ground: Ground | None) -> tuple[str, str]:
        """Return the right and the wrong lines, about what is in the graph."""
        names = _names(ground)
        return self.right.format(**names), self.wrong.format(**names)


def planted(keys: Iterable[str], ground: Ground) -> Rules:
    """Return the rules with these bugs in them."""
    rules = RIGHT
    for key in BUGS:
        if key in set(keys):
            rules = BUGS[key].planted(rules, ground)
    return rules


def shows(bug: Bug, ground: Ground) -> bool:
    """Whether a bug changes any number of the graph, or the outcome of a step."""
    rules = bug.planted(RIGHT, ground)
    if rules.stride != 1.0:
        return True
    if rules == RIGHT:
        return False
    return not _alike(ground.right.result(), ground.traced(rules).result())


def alike(first: str, second: str, ground: Ground) -> bool:
    """Whether two bugs cannot be told apart by any number of the graph."""
    one, other = (planted([key], ground) for key in (first, second))
    if one.stride != other.stride:
        return False
    results = [ground.traced(rules).result() for rules in (one, other)]
    return _alike(*results)


def why_silent(bug: Bug, ground: Ground) -> Refusal | None:
    """Return why a bug does not show in this graph, or cannot be planted; None if it does."""
    refusal = too_large(ground.document)
    if refusal is not None:
        return refusal
    if shows(bug, ground):
        return None
    return Refusal(_("“{title}” does not show here").format(title=bug.title), bug.silent)


def too_large(document: Document) -> Refusal | None:
    """Return why no bug can be planted in a graph of very many nodes."""
    count = len(document)
    if count <= MOST:
        return None
    return Refusal(
        _("This graph is too large to plant a bug in"),
        _("a pass goes node by node, and {count:,} are more than {most:,}").format(
            count=count, most=MOST
        ),
        _("Open an example"),
    )


def silences(ground: Ground) -> Silences:
    """Find out of each bug why it does not show; that takes a pass for each."""
    return {key: why_silent(bug, ground) for key, bug in BUGS.items()}


def hide(silent: Silences, draw: random.Random, besides: str = "") -> str | Refusal:
    """Choose a bug that is not silent, another one than last time if there is one."""
    found = [key for key, refusal in silent.items() if refusal is None]
    if not found:
        [reason, *others] = dict.fromkeys(silent.values())
        if reason is not None and not others:
            return reason  # the same of all
        return Refusal(
            _("No bug shows here"),
            _("nothing in this graph has a gradient"),
            _("Choose an output, or open an example"),
        )
    return draw.choice([key for key in found if key != besides] or found)


# What the bugs do --------------------------------------------------------------------------------


def _overwritten(_before: float, part: float) -> float:
    return part


def _of_the_last_pass(trace: Trace) -> Mapping[int, float]:
    """Return what the leaves' gradients are after a pass by the same rules."""
    rules = replace(trace.rules, leftovers=RIGHT.leftovers)
    earlier = Ground(trace.document, trace.base, 0.0).traced(rules)
    return {n: earlier.gradient(n) for n in earlier.forward_order if not earlier.inputs(n)}


def _depth_first(trace: Trace) -> Sequence[int]:
    """Return the ops as recursion meets them from the output on, each the first time."""
    order: dict[int, None] = {}
    waiting = [] if trace.output is None else [trace.output]
    while waiting:
        node = waiting.pop()
        inputs = trace.inputs(node)
        if inputs and node not in order:
            order[node] = None
            waiting += [source for _port, source in reversed(inputs)]
    return tuple(order)


def _turned(wanted: str, op: str, partials: Partials) -> Partials:
    """Turn the sign of the last input's derivative, of one op."""
    return (*partials[:-1], -partials[-1]) if op == wanted and partials else partials


@np.errstate(over="ignore")
def _single(number: float) -> float:
    return float(np.float32(number))


# The table --------------------------------------------------------------------------------------


def _sign(rules: Rules, ground: Ground) -> Rules:
    return replace(rules, partials=partial(_turned, ground.turned)) if ground.turned else rules


_TABLE = (
    Bug(
        key="overwrite",
        title=_("= in place of +="),
        right="self.grad += out.grad",
        wrong="self.grad = out.grad",
        does=_("Each part of a gradient takes the place of those that came before."),
        found=_("What goes into several places has the gradient of one of them alone."),
        hint=_("Look at a value with several wires: is its gradient the sum of what they bring?"),
        silent=_("no value has two wires that both bring something"),
        example="same-value-twice",
        planted=lambda rules, _ground: replace(rules, add=_overwritten),
    ),
    Bug(
        key="zero_grad",
        title=_("Gradients not set to 0"),
        right="for p in parameters:\n    p.grad = 0.0\nloss.backward()",
        wrong="loss.backward()",
        does=_("The second pass adds to the gradients that the first one left in the leaves."),
        found=_("Gradients of leaves are twice as large as the slope, those of ops are right."),
        hint=_("Compare the gradient of a leaf with what its wires bring: what was there before?"),
        silent=_("no leaf has a gradient other than 0"),
        example="chain",
        planted=lambda rules, _ground: replace(rules, leftovers=_of_the_last_pass),
    ),
    Bug(
        key="order",
        title=_("Recursion without topological order"),
        right="for node in reversed(topo):\n    node._backward()",
        wrong=(
            "def go(node):\n    seen.add(node)\n    node._backward()\n"
            "    for n in node._prev - seen:\n        go(n)"
        ),
        does=_("A node passes its gradient on before all of its consumers have added to it."),
        found=_("Gradients are off behind an op that goes into several places; its own is right."),
        hint=_("Step backward: does every node wait until all its consumers have fired?"),
        silent=_("no op goes into two places that fire at different times"),
        example="tanh-from-exp",
        planted=lambda rules, _ground: replace(rules, order=_depth_first),
    ),
    Bug(
        key="sign",
        title=_("A wrong sign in a derivative"),
        right="# {op}\n{input}.grad += ({slope}) * out.grad",
        wrong="# {op}\n{input}.grad -= ({slope}) * out.grad",
        does=_("The derivative of one op has its sign turned."),
        found=_(
            "All gradients behind one kind of op have the wrong sign, those before are right."
        ),
        hint=_(
            "Go back from the output: at which op does the first gradient point the wrong way?"
        ),
        silent=_("nothing is passed back that is not 0"),
        example="tanh-neuron",
        planted=_sign,
    ),
    Bug(
        key="float32",
        title=_("Single precision"),
        right="self.data = float(data)",
        wrong="self.data = np.float32(data)",
        does=_("Every number keeps 24 binary digits of 53."),
        found=_("Everything is right to seven digits and no further."),
        hint=_("Look at the size of the differences, not at where they are."),
        silent=_("24 binary digits hold every number of this graph"),
        example="tanh-neuron",
        planted=lambda rules, _ground: replace(rules, rounded=_single),
    ),
    Bug(
        key="backward",
        title=_("Backward never called"),
        right="loss.backward()\nprint(a.grad)",
        wrong="print(a.grad)",
        does=_("Values are computed, and going backward is never begun."),
        found=_("Every gradient is 0, the output's as well."),
        hint=_("Which gradient does every backward pass begin with?"),
        silent=_("no node has a gradient"),
        example="chain",
        planted=lambda rules, _ground: replace(rules, starts=False),
    ),
    Bug(
        key="rate",
        title=_("A learning rate too high"),
        right="p.data += -{rate:g} * p.grad",
        wrong="p.data += -{long:g} * p.grad",
        does=_("A step downhill is so long that it ends higher up."),
        found=_("Every gradient is right, and yet a step makes the output larger."),
        hint=_("If no gradient is wrong, what else decides where a step ends?"),
        silent=_("steps however long go down here"),
        example="quadratic-descent",
        planted=lambda rules, ground: replace(rules, stride=ground.stride),
    ),
)
BUGS: Mapping[str, Bug] = MappingProxyType({bug.key: bug for bug in _TABLE})


def _names(ground: Ground | None) -> dict[str, object]:
    """Return what the lines of a bug may name."""
    op = None if ground is None else ops.get(ground.turned)
    rate = 0.1 if ground is None else ground.rate
    return {
        "input": "self" if op is None else op.ports[-1],
        "slope": "1" if op is None else op.derivatives[-1],
        "op": "" if op is None else op.title,
        "rate": rate,
        "long": rate * (10.0 if ground is None else max(10.0, ground.stride)),
    }


def _alike(first: Result, second: Result) -> bool:
    return _same(first.value, second.value) and _same(first.gradient, second.gradient)


def _same(first: Array, second: Array) -> bool:
    with np.errstate(invalid="ignore"):
        near = np.abs(first - second) <= SAME * np.maximum(1.0, np.abs(first))
    return bool((near | (first == second) | (np.isnan(first) & np.isnan(second))).all())
