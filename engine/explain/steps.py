"""The steps of a pass in words: what one did, why it was its turn, which rule a firing broke.

The strip, the order list and the command line say them. They only read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from math import isclose, isnan

from engine.explain.spoken import joined, said
from engine.graph.document import Document
from engine.run.course import Course
from engine.run.trace import Breach, Broken, Phase, Step, Trace

MOST_NAMES = 3
MOST_NUMBERS = 4
ARROW = " → "


@dataclass(frozen=True, slots=True)
class Wrong:
    """A node whose gradient is not what it should be."""

    node: int
    got: float
    right: float


def step_words(document: Document, course: Course, step: Step) -> str:
    """Say what a step did: "n = 0.8814", "o.grad = 1", "a.grad: 0 → −6 → −3"."""
    name = document.name(step.node)
    if step.phase == "forward":
        return _("{name} = {value}").format(name=name, value=said(step.number))
    if step.phase == "start":
        return _("{name}.grad = {value}").format(name=name, value=said(step.number))
    told = [gradient_words(document, course, node) for node in sources(step)]
    if not told:
        return _("{name} has no inputs to send to").format(name=name)
    return _shortened(told, " · ")


def gradient_words(document: Document, course: Course, node: int) -> str:
    """Say how a gradient has grown so far: "a.grad: 0 → −6 → −3"."""
    words = _("{name}.grad: {numbers}")
    return words.format(name=document.name(node), numbers=growth_words(course, node))


def growth_words(course: Course, node: int) -> str:
    """Return the numbers that a gradient has been, "0 → −6 → −3"; of many the latest."""
    numbers = [said(number) for number in course.history(node)]
    if len(numbers) > MOST_NUMBERS:
        numbers = ["…", *numbers[-2:]]
    return ARROW.join(numbers)


def sources(step: Step) -> list[int]:
    """Return the nodes that a firing sent something to, each once."""
    return list(dict.fromkeys(part.source for part in step.parts))


def many_words(name: str, steps: int, phase: Phase) -> str:
    """Say what several steps at once did to what is folded into a group."""
    if phase == "forward":
        words = ngettext(
            "{name}: {count} value is computed", "{name}: {count} values are computed", steps
        )
    else:
        words = ngettext("{name}: {count} node fired", "{name}: {count} nodes fired", steps)
    return words.format(name=name, count=f"{steps:,}")


def reason_words(
    document: Document, course: Course, step: Step, right: Mapping[int, float] | None = None
) -> str:
    """Say in a sentence why it was the turn of a step that broke no rule, and what it means.

    `right` are the gradients as they should be, if they are known.
    """
    name, trace = document.name(step.node), course.trace
    if step.phase == "forward":
        feeding = dict.fromkeys(source for _port, source in trace.inputs(step.node))
        inputs = _names(document, feeding)
        if not inputs:
            return _("{name} is a leaf: its value is given.").format(name=name)
        words = _("{name} can be computed, because {inputs} have values.")
        if len(feeding) == 1:
            words = _("{name} can be computed, because {inputs} has a value.")
        return words.format(name=name, inputs=inputs)
    if step.phase == "start":
        words = _("Going backward begins here: the gradient of {name} by itself is 1.")
        return words.format(name=name)
    consumers = trace.consumers(step.node)
    grown = [node for node in sources(step) if len(course.history(node)) > 2]
    if grown:
        words = _(
            "{names} feed more than one input: what each brings back is added (+=), not put in"
            " the place of what was there."
        )
        if len(grown) == 1:
            words = _(
                "{names} feeds more than one input: what each brings back is added (+=), not put"
                " in the place of what was there."
            )
        return words.format(names=_names(document, grown))
    if not consumers:
        words = _("{name} fires first: nothing that counts depends on it but itself.")
        return words.format(name=name)
    wrong = Wrong(step.node, step.number, (right or {}).get(step.node, step.number))
    words = _("It is the turn of {name}: all it feeds ({names}) has fired, so {number} is final.")
    if not _same(wrong.got, wrong.right):
        words = _(
            "It is the turn of {name}: all it feeds ({names}) has fired, but what was wrong there"
            " goes on: {number}."
        )
        number = wrong_words(document, wrong)
    else:
        number = _grad(document, step.node)
    return words.format(name=name, names=_names(document, consumers), number=number)


def breach_words(
    document: Document, step: Step, breach: Breach, right: Mapping[int, float] | None = None
) -> str:
    """Say in a sentence which rule a firing broke, and what is wrong because of it.

    `right` are the gradients as they should be, if they are known.
    """
    name, number = document.name(step.node), said(step.number)
    if breach.rule is Broken.NOT_COMPUTED:
        words = _("{name} fired before it had a value: its local derivatives are unknown.")
        return words.format(name=name)
    if breach.rule is Broken.NOTHING_ARRIVED:
        words = _("{name} fired although no gradient had come to it: it sent 0 to all its inputs.")
        return words.format(name=name)
    if breach.rule is Broken.TWICE:
        words = _(
            "{name} fired again: its inputs have its part more than once, since parts are added."
        )
        return words.format(name=name)
    names = _names(document, breach.nodes)
    off = None if right is None else right.get(step.node, step.number) - step.number
    if off is None or isnan(off) or _same(off, 0.0):
        words = ngettext(
            "{name} fired before {names} had sent its part: its gradient was {number} then.",
            "{name} fired before {names} had sent their parts: its gradient was {number} then.",
            len(breach.nodes),
        )
        return words.format(name=name, names=names, number=number)
    words = ngettext(
        "{name} fired before {names} had sent its part: its gradient was {number} then, and"
        " {missing} is missing below it.",
        "{name} fired before {names} had sent their parts: its gradient was {number} then, and"
        " {missing} is missing below it.",
        len(breach.nodes),
    )
    return words.format(name=name, names=names, number=number, missing=said(off))


def right_gradients(trace: Trace) -> dict[int, float]:
    """Return what the gradients are when every step is taken in order, by the right rules."""
    whole = Trace(trace.document, trace.base)
    for _step in whole.run():
        pass
    reached = trace.base.ids[trace.base.reached & trace.base.computed].tolist()
    return {node: whole.gradient(node) for node in reached}


def wrongs(trace: Trace, right: Mapping[int, float]) -> tuple[Wrong, ...]:
    """Return the nodes whose gradients are not the right ones, by id."""
    found = [Wrong(node, trace.gradient(node), number) for node, number in sorted(right.items())]
    return tuple(one for one in found if not _same(one.got, one.right))


def wrong_words(document: Document, wrong: Wrong) -> str:
    """Say what a gradient is and what it should be: "x1.grad is 0, not −1.5"."""
    words = _("{grad} is {got}, not {right}")
    grad = _grad(document, wrong.node)
    return words.format(grad=grad, got=said(wrong.got), right=said(wrong.right))


def remaining_words(course: Course) -> str:
    """Say how many nodes have still to fire, "" once all have."""
    left = len(course.schedule) - course.done()
    words = ngettext("{count} node has not fired yet.", "{count} nodes have not fired yet.", left)
    return words.format(count=f"{left:,}") if left else ""


def no_output_words() -> str:
    """Say why there is no way backward, and what to do."""
    return _(
        "Nothing goes backward: no output is chosen. Select the node to begin at and mark it"
        " with “Go backward from here” in the Graph menu (Ctrl+Shift+B)."
    )


def verdict_words(found: tuple[Wrong, ...], broken: int) -> str:
    """Say at the end whether the gradients are right."""
    if found:
        words = ngettext("{count} gradient is wrong:", "{count} gradients are wrong:", len(found))
        return words.format(count=f"{len(found):,}")
    if broken:
        return _("All gradients are right: what was broken changed none of them.")
    return _("All gradients are right: every node fired after all that it feeds.")


def _same(one: float, other: float) -> bool:
    both = isnan(one) and isnan(other)
    return both or isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def _grad(document: Document, node: int) -> str:
    return _("{name}.grad").format(name=document.name(node))


def _names(document: Document, nodes: Iterable[int]) -> str:
    return joined(map(document.name, dict.fromkeys(nodes)), MOST_NAMES)


def _shortened(parts: list[str], between: str) -> str:
    if len(parts) > MOST_NAMES:
        more = len(parts) - MOST_NAMES
        parts = [*parts[:MOST_NAMES], _("{count:,} more").format(count=more)]
    return between.join(parts)
