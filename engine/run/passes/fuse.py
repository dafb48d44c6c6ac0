"""Find sums of products: chains of adds become one sum, and its products become its terms.

A node is absorbed by the sum it feeds if nobody else reads it.  A term is a coefficient, which is
one number whatever the samples, times a signal.
"""

from dataclasses import dataclass

import numpy as np

from engine.run.passes.wiring import Flags, Wiring

ONE = -1  # the coefficient of a term without one
Term = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """What is left after fusing: `alive` rows, and the terms (coefficient, signal) of each sum."""

    wiring: Wiring
    alive: Flags
    terms: dict[int, list[Term]]
    uses: list[int]


def fuse(wiring: Wiring, *, sums: bool) -> Fused:
    """Drop what nothing depends on; with `sums`, turn adds and their products into sums."""
    alive = _alive(wiring)
    ends = wiring.ends()
    used = wiring.source[alive[ends]]
    uses = np.bincount(used, minlength=wiring.rows)
    seeds = [*wiring.penalties, *wiring.keep.tolist()]
    np.add.at(uses, seeds + ([] if wiring.output is None else [wiring.output]), 1)
    if not sums:
        return Fused(wiring, alive, {}, uses.tolist())
    absorbed = _absorbed(wiring, alive, uses, ends)
    roots = np.flatnonzero(alive & (wiring.op == wiring.code("add")) & ~absorbed)
    expand = _Expansion(wiring, absorbed)
    terms = {root: expand.terms(root) for root in roots.tolist()}
    return Fused(wiring, alive & ~absorbed, terms, uses.tolist())


def _alive(wiring: Wiring) -> Flags:
    alive = [False] * wiring.rows
    for row in (*wiring.penalties, *wiring.keep.tolist()):
        alive[row] = True
    if wiring.output is not None:
        alive[wiring.output] = True
    first, source = wiring.first.tolist(), wiring.source.tolist()
    for row in range(wiring.rows - 1, -1, -1):
        if alive[row]:
            for edge in range(first[row], first[row + 1]):
                alive[source[edge]] = True
    return np.array(alive, dtype=np.bool_)


def _absorbed(wiring: Wiring, alive: Flags, uses: np.ndarray, ends: np.ndarray) -> Flags:
    """Return which adds and products live on as terms of the sum they feed."""
    add, mul = wiring.code("add"), wiring.code("mul")
    reader = np.zeros(wiring.rows, dtype=np.int64)
    here = alive[ends]
    reader[wiring.source[here]] = ends[here]
    seeded = np.zeros(wiring.rows, dtype=np.bool_)
    marks = [*wiring.penalties, *wiring.keep.tolist()]
    seeded[marks + ([] if wiring.output is None else [wiring.output])] = True
    alone = alive & (uses == 1) & ~seeded & (wiring.op[reader] == add)
    alone &= wiring.wide[reader] == wiring.wide
    products = np.flatnonzero(alone & (wiring.op == mul))
    sides = wiring.first[products]
    both_wide = wiring.wide[wiring.source[sides]] & wiring.wide[wiring.source[sides + 1]]
    absorbed: Flags = alone & (wiring.op == add)
    absorbed[products[~both_wide]] = True
    return absorbed


class _Expansion:
    """Writes out sums, term by term in port order, without recursion."""

    def __init__(self, wiring: Wiring, absorbed: Flags) -> None:
        self._first = wiring.first.tolist()
        self._source = wiring.source.tolist()
        self._wide = wiring.wide.tolist()
        self._is_sum = (absorbed & (wiring.op == wiring.code("add"))).tolist()
        self._is_product = (absorbed & (wiring.op == wiring.code("mul"))).tolist()

    def terms(self, root: int) -> list[Term]:
        source, first = self._source, self._first
        terms: list[Term] = []
        waiting = source[first[root] : first[root + 1]][::-1]
        while waiting:
            row = waiting.pop()
            if self._is_sum[row]:
                waiting += source[first[row] : first[row + 1]][::-1]
            elif self._is_product[row]:
                left, right = source[first[row]], source[first[row] + 1]
                terms.append((right, left) if self._wide[left] else (left, right))
            else:
                terms.append((ONE, row))
        return terms
