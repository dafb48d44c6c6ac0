"""The chain rule as a sum over paths: how many lead from a node to an output, and the largest.

The path ledger and the command `paths` ask. Local derivatives are those of a result, which are of
one sample, whatever its gradients are of; nothing is derived anew. Paths are counted and summed
without being walked, and only those that are wanted are ever built: there may be 2**60.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as counted
from math import fsum, isfinite, log, nan

from engine.graph.document import Document, Wire
from engine.run.result import Result

Weight = tuple[int, int, float]
"""How large |product| is, to be compared and added: what is not finite weighs more than all that
is, a zero less; (wires that are not finite, minus the zeros, the logarithm of the others)."""
NOTHING: Weight = (0, 0, 0.0)
Choice = tuple[Weight, Wire]
Trail = tuple[Wire, "Trail"] | None


@dataclass(frozen=True, slots=True)
class Leg:
    """One wire of a path: where it starts and ends, and `local`, d target / d source."""

    source: int
    wire: Wire
    local: float


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a source to an output; two wires between the same nodes make two ways.

    `product` is that of its local derivatives, 1 of a path without wires.
    """

    legs: tuple[Leg, ...]
    product: float

    @property
    def wires(self) -> tuple[Wire, ...]:
        """Its wires as (target, port), the source's first; no other path has the same."""
        return tuple(leg.wire for leg in self.legs)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Some paths, the largest first, and what all add up to.

    Attributes:
        source, output: where all paths begin and end.
        count: how many there are, exactly.
        paths: the largest by the size of their product; what is not finite comes first.
        total: the sum over all paths, which is d output / d source.
    """

    source: int
    output: int
    count: int
    paths: tuple[Path, ...]
    total: float

    @property
    def more(self) -> int:
        """How many paths are not among `paths`."""
        return self.count - len(self.paths)

    @property
    def rest(self) -> float:
        """What the paths that are not among `paths` add up to."""
        if not self.more:
            return 0.0
        shown = [path.product for path in self.paths]
        return self.total - fsum(shown) if all(map(isfinite, shown)) else nan


class Ways:
    """All wires on any path from a source to an output; holds until the structure changes.

    Attributes:
        count: how many paths there are: 0 if the output does not depend on the source, 1 if it is
            the source itself.
        longest: how many wires the longest has.
        wires: the wires on them, with the nodes they start at.
    """

    def __init__(self, document: Document, source: int, output: int) -> None:
        self.source, self.output = source, output
        inside = _between(document, source, output)
        self._leaving = {
            node: tuple(wire for wire in document.consumers(node) if wire[0] in inside)
            for node in inside
        }
        self.wires = {wire: node for node, wires in self._leaving.items() for wire in wires}
        self._order = self._sorted()
        self.count = self._counted()
        self.longest = self._measured()

    def ledger(self, result: Result, most: int) -> Ledger:
        """Return the `most` largest paths, and the sum of all, with the numbers of a result."""
        if not self.count:
            return Ledger(self.source, self.output, 0, (), 0.0)
        rows, partial = result.edge_row, result.partial
        local = {wire: float(partial[rows[wire]]) if wire in rows else nan for wire in self.wires}
        paths = []
        trails = self._largest(self._choices(local))
        for _number, trail in zip(range(most), trails, strict=False):
            paths.append(self._path(trail, local))
        return Ledger(self.source, self.output, self.count, tuple(paths), self._total(local))

    def _sorted(self) -> list[int]:
        """Return the nodes, each after all that lead to it; the source is the only first one."""
        waits = dict.fromkeys(self._leaving, 0)
        for target, _port in self.wires:
            waits[target] += 1
        order = [self.source] if self._leaving else []
        for node in order:
            for target, _port in self._leaving[node]:
                waits[target] -= 1
                if not waits[target]:
                    order.append(target)
        return order

    def _counted(self) -> int:
        """Count the paths to each node; a count goes when it was passed on, as it may be long."""
        counts = dict.fromkeys(self._order, 0)
        counts[self.source] = 1 if self._order else 0
        for node in self._order:
            if node == self.output:
                break
            here = counts.pop(node)
            for target, _port in self._leaving[node]:
                counts[target] += here
        return counts.get(self.output, 0)

    def _measured(self) -> int:
        longest = dict.fromkeys(self._order, 0)
        for node in self._order:
            for target, _port in self._leaving[node]:
                longest[target] = max(longest[target], longest[node] + 1)
        return longest.get(self.output, 0)

    def _total(self, local: dict[Wire, float]) -> float:
        """Return d output / d source, going backward as the tape does."""
        slope = {self.output: 1.0}
        for node in reversed(self._order[:-1]):
            slope[node] = sum(local[wire] * slope[wire[0]] for wire in self._leaving[node])
        return slope[self.source]

    def _choices(self, local: dict[Wire, float]) -> dict[int, list[Choice]]:
        """Return for each node its wires, and how far each falls short of the best one there.

        The best has a shortfall of exactly 0: so rounding cannot lead a search astray.
        """
        best, found = {self.output: NOTHING}, dict[int, list[Choice]]()
        for node in reversed(self._order[:-1]):
            rated = [(_sum(_weight(local[w]), best[w[0]]), w) for w in self._leaving[node]]
            top = best[node] = max(weight for weight, _wire in rated)
            found[node] = [(_less(top, weight), wire) for weight, wire in rated]
        return found

    def _largest(self, choices: dict[int, list[Choice]]) -> Iterator[Trail]:
        """Go through all paths, the largest first.

        What waits is a beginning that leaves the best way once more, and by how much all its
        turnings fall short; it is followed along the best wires to the output.
        """
        number = counted()
        waiting: list[tuple[Weight, int, int, Trail]] = [
            (NOTHING, next(number), self.source, None)
        ]
        while waiting:
            short, _number, node, trail = heappop(waiting)
            while node != self.output:
                best = next(wire for less, wire in choices[node] if less == NOTHING)
                for less, wire in choices[node]:
                    if wire != best:
                        turning = (_sum(short, less), next(number), wire[0], (wire, trail))
                        heappush(waiting, turning)
                node, trail = best[0], (best, trail)
            yield trail

    def _path(self, trail: Trail, local: dict[Wire, float]) -> Path:
        legs, product = [], 1.0
        while trail is not None:
            wire, trail = trail
            legs.append(Leg(self.wires[wire], wire, local[wire]))
            product *= local[wire]
        return Path(tuple(reversed(legs)), product)


def _between(document: Document, source: int, output: int) -> set[int]:
    """Return the nodes on any path from a source to an output, both among them if there is one."""
    graph = document.graph
    after, waiting = {source}, [source]
    while waiting:
        new = [target for target in graph.succ[waiting.pop()] if target not in after]
        after.update(new)
        waiting += new
    if output not in after:
        return set()
    inside, waiting = {output}, [output]
    while waiting:
        earlier = graph.pred[waiting.pop()]
        new = [node for node in earlier if node in after and node not in inside]
        inside.update(new)
        waiting += new
    return inside


def _weight(local: float) -> Weight:
    if not isfinite(local):
        return 1, 0, 0.0
    return (0, 0, log(abs(local))) if local else (0, -1, 0.0)


def _sum(one: Weight, other: Weight) -> Weight:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _less(one: Weight, other: Weight) -> Weight:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]
