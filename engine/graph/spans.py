"""Sliders of values: the verb that gives leaves a range, and the numbers a slider stops at.

A range bounds no number: what is typed or trained may lie beyond it, and the slider then rests at
its end.  The canvas draws sliders, the file format keeps their ranges.
"""

import math
from collections.abc import Iterable
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.records import Span

STOPS = 100  # on a slider, about
FINER = 10  # times as many


def set_span(document: Document, ids: Iterable[int], span: Span | None) -> Edit | Refusal:
    """Give leaves a slider over a range, lower end first; None takes it away."""
    if span is not None and not is_span(*span):
        return Refusal(
            _("A slider goes from a lower to a higher number"),
            _("{low:g} and {high:g} are none").format(low=span[0], high=span[1]),
        )
    changes = []
    for item in sorted(set(ids)):
        node = document.node(item)
        if not node.is_leaf:
            return Refusal(
                _("{name} has no slider").format(name=document.name(item)),
                _("it is computed from its inputs"),
                _("Give one to a value it is computed from"),
                (item,),
            )
        changes.append(Change("node", item, "span", node.span, span))
    title = _("Take a slider away")
    if span is not None:
        title = _("Slide from {low:g} to {high:g}").format(low=span[0], high=span[1])
    return Edit(title, tuple(c for c in changes if c.before != c.after))


def is_span(low: float, high: float) -> bool:
    """Whether a slider can go from one number to another."""
    return math.isfinite(low) and math.isfinite(high) and low < high and math.isfinite(high - low)


def step_of(span: Span, *, fine: bool = False) -> float:
    """Return how far apart a slider's stops are: a round number near a hundredth of its range.

    0 where doubles lie too far apart for one.
    """
    width = (span[1] - span[0]) / STOPS / (FINER if fine else 1)
    if width < 1e-300:
        return 0.0
    power: float = 10.0 ** math.floor(math.log10(width) + 1e-9)
    part = width / power
    nice = next(one for one in (1, 2, 5, 10) if part <= one * (1 + 1e-9))
    return power * nice


def stop_near(span: Span, number: float, *, fine: bool = False) -> float:
    """Return the stop of a slider nearest to a number: a round one, or an end of the range."""
    low, high = span
    if number <= low or number >= high:
        return low if number <= low else high
    step = step_of(span, fine=fine)
    stops = number / step if step else math.inf
    if not math.isfinite(stops) or abs(stops) > 2**52:
        return number
    places = min(max(0, math.ceil(-math.log10(step) - 1e-9)), 300)
    return min(max(round(round(stops) * step, places), low), high)


def suggested(number: float) -> Span:
    """Return a round range around 0 for a number that has none yet."""
    size = abs(number)
    if not 1 < size < 1e300:
        return (-1.0, 1.0)
    power: float = 10.0 ** math.floor(math.log10(size))
    high = next(one * power for one in (1, 2, 5, 10) if size <= one * power)
    return (-high, high)
