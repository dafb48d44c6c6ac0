"""Paths in words: their nodes, laws and numbers, how many there are, and the whole ledger.

The path ledger shows them, copies them as text, and the command `paths` prints them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from itertools import groupby
from math import floor, log10
from typing import TypeVar

from engine.explain.node import describe_input
from engine.explain.paths import Ledger, Leg, Path
from engine.explain.spoken import called
from engine.graph.document import Document
from engine.ops.writing import POWER, RAISED, plain, strength

TITLES = (_("path"), _("local derivatives"), _("product"))
MOST_NODES = 9
"""Of a longer path the middle is left out."""
MOST_READ = 60  # wires of a path whose laws are all looked at
CASES = (" if ", "[")
HELD = re.compile(r"[\w/]*\([^()]*\)")  # "exp(x − y)" and "1/(e + 1)" need no brackets
COUNTED = 10**15
"""Larger counts are told by their power of ten."""
DOT, TIMES, DOTS = " · ", " × ", "…"
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DIGITS = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a path's product: its law, and the place of its wire on the path.

    Those left out have dots for a law and no place.
    """

    law: str
    place: int | None


def route(document: Document, path: Path, start: int, most: int = MOST_NODES) -> str:
    """Name the nodes of a path that begins at `start`, as in "a → e → L".

    Of two wires between the same nodes each arrow has its number: "a →₂ b". A path of more than
    `most` nodes is told by the groups it goes through, and of more than `most` the middle is left
    out.
    """
    long = len(path.legs) >= most
    steps = _by_groups(document, path) if long else [_step(document, leg) for leg in path.legs]
    told = [f"→ {DOTS}" if step is None else step for step in elided(steps, most - 1)]
    return " ".join([document.name(start), *told])


def _by_groups(document: Document, path: Path) -> list[str]:
    """Tell a path by the innermost groups it goes through, the output by its own name."""
    steps: list[str] = []
    for group, legs in groupby(path.legs[:-1], lambda leg: document.node(leg.wire[0]).group):
        if group is None:
            steps += [_step(document, leg) for leg in legs]
        else:
            steps.append(f"→ {called(document, group)}")
    return [*steps, _step(document, path.legs[-1])]


def _step(document: Document, leg: Leg) -> str:
    target, port = leg.wire
    wired = document.wired(target)
    ports = [one for one in document.node(target).ports if wired.get(one) == leg.source]
    number = str(ports.index(port) + 1).translate(LOWERED) if len(ports) > 1 else ""
    return f"→{number} {document.name(target)}"


def elided(parts: Sequence[T], most: int) -> list[T | None]:
    """Return the parts, None in place of the middle of more than `most`."""
    if len(parts) <= most:
        return [*parts]
    before = most // 2
    return [*parts[:before], None, *parts[len(parts) - (most - 1 - before) :]]


def factors(document: Document, path: Path, most: int = MOST_NODES) -> list[Factor]:
    """Return the factors of a path's product.

    Of more than `most`, first those go that are always 1, but for the last, then the middle.
    """
    places: Sequence[int] = range(len(path.legs))
    if most < len(places) <= MOST_READ:
        places = [place for place in places if law(document, path.legs[place]) != "1"] or [0]
    short = elided(places, most)
    laws = [DOTS if k is None else law(document, path.legs[k]) for k in short]
    held = laws if len(laws) == 1 else map(_held, laws)
    return [Factor(text, k) for text, k in zip(held, short, strict=True)]


def law(document: Document, leg: Leg) -> str:
    """Write the local derivative of a wire.

    What has several cases is the function's derivative by its name: "relu′(n)".
    """
    target, port = leg.wire
    text = describe_input(document, None, target, port).derivative or "?"
    if any(mark in text for mark in CASES):
        return f"{document.node(target).op}′({document.name(leg.source)})"
    return text


def _held(text: str) -> str:
    """Write a factor of several: in brackets, if it is a sum."""
    return text if HELD.fullmatch(text) or strength(text) >= POWER else f"({text})"


def law_words(factors: Sequence[Factor]) -> str:
    """Write a product in laws, as in "b · e"."""
    return DOT.join(factor.law for factor in factors)


def product_words(factors: Sequence[Factor], path: Path) -> str:
    """Write a product in laws and in numbers, as in "b · e = 3 × 1"."""
    told = [DOTS if one.place is None else number(path.legs[one.place].local) for one in factors]
    return " = ".join(dict.fromkeys((law_words(factors), TIMES.join(told))))


def number(value: float) -> str:
    """Write a number, as in "−1.5"."""
    return plain("x", {"x": value}, DIGITS)


def derivative(document: Document, source: int, output: int) -> str:
    """Name what all paths add up to, as in "∂L/∂a"."""
    return f"∂{_bound(document.name(output))}/∂{_bound(document.name(source))}"


def _bound(name: str) -> str:
    return name if strength(name) >= POWER else f"({name})"


def count_words(count: int) -> str:
    """Say how many paths there are; of very many, about how many."""
    if count < COUNTED:
        return ngettext("{count:,} path", "{count:,} paths", count).format(count=count)
    size = log10(count)
    power = str(floor(size)).translate(RAISED)
    words = _("about {mantissa:.2f} × 10{power} paths")
    return words.format(mantissa=10 ** (size - floor(size)), power=power)


def rest_words(ledger: Ledger) -> str:
    """Say how many paths are not shown, "" if all are."""
    if not ledger.more:
        return ""
    words = ngettext("the rest: {count}", "the rest: {count}, together", ledger.more)
    return words.format(count=count_words(ledger.more))


def sum_words(document: Document, ledger: Ledger) -> str:
    """Name the sum: over how many paths, and which derivative it is."""
    slope = derivative(document, ledger.source, ledger.output)
    if ledger.count == 1:
        return _("the one path = {slope}").format(slope=slope)
    return _("sum of {count} = {slope}").format(count=count_words(ledger.count), slope=slope)


def absence_words(document: Document, source: int, output: int) -> str:
    """Say that no path leads from a node to an output."""
    names = {"source": document.name(source), "output": document.name(output)}
    words = _("{output} does not depend on {source}: no path leads there, so the gradient is 0.")
    return words.format(**names)


def lines(document: Document, ledger: Ledger) -> list[tuple[str, str, str]]:
    """Return the ledger as a table: (path, local derivatives, product), the sum last."""
    found = [TITLES]
    for path in ledger.paths:
        told = product_words(factors(document, path), path)
        found.append((route(document, path, ledger.source), told, number(path.product)))
    if ledger.more:
        found.append((rest_words(ledger), "", number(ledger.rest)))
    found.append((sum_words(document, ledger), "", number(ledger.total)))
    return found
