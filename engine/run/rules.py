"""How a pass is done: each decision is a field, and a planted bug is one put differently.

`trace` goes by them, `bugs` has the ones that are wrong on purpose.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.run.trace import Trace

Partials = Sequence[float]


def _plus(before: float, part: float) -> float:
    return before + part


def _as_it_is(number: float) -> float:
    return number


def _right_partials(_op: str, partials: Partials) -> Partials:
    return partials


def _right_order(trace: "Trace") -> Sequence[int]:
    return trace.backward_order


def _zeros(trace: "Trace") -> Mapping[int, float]:
    return {}


@dataclass(frozen=True, slots=True)
class Rules:
    """How a pass is done. Each field is one decision; a bug is `replace(rules, field=...)`.

    Attributes:
        add: what becomes of a gradient (first) when a part (second) arrives.
        rounded: what is kept of any number that is computed.
        partials: the local derivatives used for an op (its key), given the right ones.
        order: the ops in the order in which they fire, the output's first.
        leftovers: gradients that nodes have before the pass begins, 0 for all others.
        starts: whether going backward is done at all.
        stride: how many times too long a step downhill is, which no number of the pass shows.
    """

    add: Callable[[float, float], float] = _plus
    rounded: Callable[[float], float] = _as_it_is
    partials: Callable[[str, Partials], Partials] = _right_partials
    order: "Callable[[Trace], Sequence[int]]" = _right_order
    leftovers: "Callable[[Trace], Mapping[int, float]]" = _zeros
    starts: bool = True
    stride: float = 1.0


RIGHT = Rules()
