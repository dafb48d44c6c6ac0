"""Typed ranges: "-5..5", "-5, 5", "0 to pi"; the ends are typed numbers of their own."""

import re
from gettext import gettext as _

from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.exchange.syntax import shown
from engine.graph.records import Span
from engine.graph.spans import is_span

BETWEEN = re.compile(r"\s*(?:\.\.|…|,|;|\bto\b)\s*")


def parse_span(text: str) -> Span | Refusal:
    """Return the range that a text means, the lower end first, whichever end was typed first."""
    ends = BETWEEN.split(text.strip())
    numbers = [parse_number(end) for end in ends] if len(ends) == 2 and all(ends) else []
    low, high = numbers or (None, None)
    if isinstance(low, float) and isinstance(high, float) and low != high:
        span = (min(low, high), max(low, high))
        if is_span(*span):
            return span
    return Refusal(
        _("“{text}” is not a range").format(text=shown(text)),
        "",
        _("Type its two ends, such as -5..5 or 0, 1"),
    )


def span_text(span: Span | None) -> str:
    """Return a range as it is typed; "" for none."""
    return "" if span is None else f"{span[0]:.12g}..{span[1]:.12g}"
