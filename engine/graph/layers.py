"""Layers for a layout: which column each card stands in, and the wires cut into single steps.

A wire that passes layers runs over a point in each of them; the wires of one source share theirs,
since they all begin at one port.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.graph.layout import Card, Wire

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
Near = tuple[Index, Index, Floats]  # starts of each row's slice, other ends, parts


@dataclass(frozen=True, slots=True, eq=False)
class Layered:
    """Cards first, then the points of wires that pass: n rows in all.

    Attributes:
        cards: in the order of their rows.
        layer: of each row, shape (n,); depth: how many there are.
        widths, heights: of each row, 0 for points.
        wish: the height it has now, for the order to begin with.
        wires: rows (source, target), shape (w, 2), each from one layer to the next.
        parts: where at the target each ends.
        before, after: the neighbours of each row in the layer before and after.
    """

    cards: "Sequence[Card]"
    layer: Index
    depth: int
    widths: Floats
    heights: Floats
    wish: Floats
    wires: Index
    parts: Floats
    before: Near
    after: Near

    @property
    def is_card(self) -> NDArray[np.bool_]:
        """Flags over the rows."""
        flags: NDArray[np.bool_] = np.arange(len(self.layer)) < len(self.cards)
        return flags


def layered(cards: "Sequence[Card]", wires: "Sequence[Wire]") -> Layered:
    """Give cards layers and cut wires into steps; of a circle of folded groups one is turned."""
    row = {card.id: number for number, card in enumerate(cards)}
    joins = sorted({(row[wire.source], row[wire.target], wire.part) for wire in wires})
    forward = _without_circles(cards, [(source, target) for source, target, _part in joins])
    layer = _clear_of_open(cards, _layers(len(cards), forward), forward)
    steps: list[tuple[int, int, float]] = []
    layers = layer.copy()
    wish = [card.y + card.height / 2 for card in cards]
    points: dict[tuple[int, int], int] = {}
    for (source, target), (_source, _target, part) in zip(forward, joins, strict=True):
        at = source
        for step in range(layer[source] + 1, layer[target]):
            point = points.get((source, step))
            if point is None:
                point = points[source, step] = len(layers)
                layers.append(step)
                share = (step - layer[source]) / (layer[target] - layer[source])
                wish.append(wish[source] + share * (wish[target] - wish[source]))
                steps.append((at, point, 0.5))
            at = point
        steps.append((at, target, part))
    table = np.array([step[:2] for step in steps], np.int64).reshape(-1, 2)
    parts = np.array([step[2] for step in steps])
    count, extra = len(layers), len(layers) - len(cards)
    return Layered(
        cards,
        np.array(layers, np.int64),
        max(layers) + 1,
        np.array([card.width for card in cards] + [0.0] * extra),
        np.array([card.height for card in cards] + [0.0] * extra),
        np.array(wish),
        table,
        parts,
        _near(count, table[:, 1], table[:, 0], parts),
        _near(count, table[:, 0], table[:, 1], parts),
    )


def _near(count: int, ends: Index, others: Index, parts: Floats) -> Near:
    order = np.lexsort((others, ends))
    starts = np.searchsorted(ends[order], np.arange(count + 1))
    return starts, others[order], parts[order]


def _without_circles(
    cards: "Sequence[Card]", wires: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Turn the wires that lead back to where a walk from left to right came from."""
    targets: list[list[int]] = [[] for _card in cards]
    for source, target in wires:
        targets[source].append(target)
    fed = {target for _source, target in wires}
    starts = sorted(
        range(len(cards)), key=lambda row: (row in fed, cards[row].x, cards[row].y, cards[row].id)
    )
    state = [0] * len(cards)  # 1 while on the way, 2 when all behind it is done
    back: set[tuple[int, int]] = set()
    for start in starts:
        if state[start]:
            continue
        state[start] = 1
        way = [(start, iter(targets[start]))]
        while way:
            here, rest = way[-1]
            for target in rest:
                if state[target] == 1:
                    back.add((here, target))
                elif not state[target]:
                    state[target] = 1
                    way.append((target, iter(targets[target])))
                    break
            else:
                state[here] = 2
                way.pop()
    return [(wire[1], wire[0]) if wire in back else wire for wire in wires]


def _layers(count: int, wires: Sequence[tuple[int, int]]) -> list[int]:
    """Return layers by the longest way; what has more targets than sources moves up to them."""
    sources: list[list[int]] = [[] for _row in range(count)]
    targets: list[list[int]] = [[] for _row in range(count)]
    for source, target in wires:
        sources[target].append(source)
        targets[source].append(target)
    missing = [len(found) for found in sources]
    order = [row for row in range(count) if not missing[row]]
    layer = [0] * count
    for row in order:
        for target in targets[row]:
            layer[target] = max(layer[target], layer[row] + 1)
            missing[target] -= 1
            if not missing[target]:
                order.append(target)
    for row in reversed(order):
        if len(targets[row]) > len(sources[row]):
            layer[row] = min(layer[target] for target in targets[row]) - 1
    return layer


def _clear_of_open(
    cards: "Sequence[Card]", layer: list[int], wires: Sequence[tuple[int, int]]
) -> list[int]:
    """Give leaves that share a layer with an open group one of their own, right of it.

    Else a target would stand below a network, wherever that ends, far from its loss.
    """
    fed = {target for _source, target in wires}
    crowded = {layer[row] for row, card in enumerate(cards) if card.is_open}
    leaves = {source for source, _target in wires if source not in fed}
    late = {row for row in leaves if layer[row] in crowded and not cards[row].is_open}
    moved = {layer[row] for row in late}
    return [
        at + sum(other < at for other in moved) + (row in late) for row, at in enumerate(layer)
    ]
