"""A layered layout, left to right: cards and wires in, positions out.

The method is Sugiyama's: layers by the longest way, places in them by barycentres until wires
cross least, heights by least squares.  It is deterministic, and ties keep the order that cards
have now, so that a second run changes nothing it need not.  It knows no document; `tidy` lays out
documents with it, group by group.  Its work is arrays, since it runs beside the window.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.graph.geometry import PORT_SPREAD
from engine.graph.layers import Layered, layered
from engine.graph.records import Point

Floats = NDArray[np.float64]
Index = NDArray[np.int64]

GAP = 96.0  # between two layers
APART = 36.0  # between two cards of a layer
LANE = 16.0  # between a wire that passes a layer and what is beside it
BLOCK = 60.0  # between parts that no wire joins
SWEEPS = 12
RELAXATIONS = 11  # odd, so that the last one goes with the wires
MOST_ROUNDS = 8
IN_PLACE = 0.25  # the share of all cards that are where they belong, from which they stay
STRAIGHT = 4.0  # how much more a passing wire insists on its height than a card
WITHIN = 0.9  # how much of a place in a layer the inputs of one card take up


@dataclass(frozen=True, slots=True)
class Card:
    """Something to place: its size, and where its top-left corner is now.

    What `is_open` is shown larger than that; leaves do not stand in one column with it.
    """

    id: int
    width: float
    height: float
    x: float
    y: float
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Wire:
    """From a card to a card; `part` is where at the target it ends, 0 at the top, 1 below."""

    source: int
    target: int
    part: float = 0.5


def layout(cards: Sequence[Card], wires: Sequence[Wire]) -> dict[int, Point]:
    """Return where each card goes; what is in place already stays where it is.

    A wire that only begins or ends here does not join anything, but cards that have one and are
    joined to nothing stand below each other, as the neurons of a layer do; others fill rows.
    Laying out what is laid out changes nothing: it is done until it comes to what it had before.
    """
    if not cards:
        return {}
    placed = _placed(cards, wires)
    seen = [placed]
    while len(seen) < MOST_ROUNDS:
        placed = _placed([replace(c, x=placed[c.id][0], y=placed[c.id][1]) for c in cards], wires)
        if placed in seen:  # of several that lead to each other always the same one
            placed = min(seen[seen.index(placed) :], key=lambda found: sorted(found.items()))
            break
        seen.append(placed)
    return _settled(cards, placed)


def _placed(cards: Sequence[Card], wires: Sequence[Wire]) -> dict[int, Point]:
    """Return the corners of all cards, from about (0, 0)."""
    by_id = {card.id: card for card in sorted(cards, key=lambda card: (card.y, card.id))}
    joins = [w for w in wires if w.source in by_id and w.target in by_id and w.source != w.target]
    blocks, singles = _blocks(by_id, joins)
    placed: dict[int, Point] = {}
    down = width = 0.0
    for block in blocks:
        members = set(block)
        own = [wire for wire in joins if wire.source in members]
        at, (wide, high) = _block([by_id[item] for item in block], own)
        placed |= {item: (x, y + down) for item, (x, y) in at.items()}
        down += high + BLOCK
        width = max(width, wide)
    elsewhere = {end for wire in wires for end in (wire.source, wire.target)}
    for item in [item for item in singles if item in elsewhere]:
        placed[item] = (0.0, down)
        down += by_id[item].height + APART
    loose = [by_id[item] for item in singles if item not in elsewhere]
    return placed | _rows(loose, width, down)


def _blocks(by_id: Mapping[int, Card], wires: Sequence[Wire]) -> tuple[list[list[int]], list[int]]:
    """Return the parts that wires join, from top to bottom, and the cards without a wire."""
    near: dict[int, list[int]] = {item: [] for item in by_id}
    for wire in wires:
        near[wire.source].append(wire.target)
        near[wire.target].append(wire.source)
    seen: set[int] = set()
    blocks: list[list[int]] = []
    singles: list[int] = []
    for start in by_id:
        if start in seen:
            continue
        seen.add(start)
        block = [start]
        for item in block:
            new = [other for other in near[item] if other not in seen]
            block += dict.fromkeys(new)
            seen.update(new)
        if len(block) > 1:
            blocks.append(block)
        else:
            singles.append(start)
    return blocks, singles


def _block(cards: Sequence[Card], wires: Sequence[Wire]) -> tuple[dict[int, Point], Point]:
    """Lay out cards that wires join; return their corners from (0, 0), and the size."""
    chart = layered(cards, wires)
    order = _ordered(chart)
    middles = _heights(chart, order)
    tops = middles - chart.heights / 2
    across = _columns(chart)
    real = slice(0, len(cards))
    tops -= tops[real].min()
    size = (float((across + chart.widths)[real].max()), float((tops + chart.heights)[real].max()))
    ids = [card.id for card in chart.cards]
    corners = zip(across[real].tolist(), np.rint(tops[real]).tolist(), strict=True)
    return dict(zip(ids, corners, strict=True)), size


def _columns(chart: Layered) -> Floats:
    """Return the left edge of everything, centred in the column of its layer."""
    wide = np.zeros(chart.depth)
    np.maximum.at(wide, chart.layer, chart.widths)
    starts = np.concatenate(((0.0,), np.cumsum(wide + GAP)[:-1]))
    lefts: Floats = np.rint(starts[chart.layer] + (wide[chart.layer] - chart.widths) / 2)
    return lefts


def _ordered(chart: Layered) -> list[Index]:
    """Return the rows of each layer from top to bottom, as wires cross least."""
    order = [np.flatnonzero(chart.layer == layer) for layer in range(chart.depth)]
    order = [rows[np.lexsort((rows, chart.wish[rows]))] for rows in order]
    place = np.empty(len(chart.layer))
    for rows in order:
        place[rows] = np.arange(len(rows))
    best, least = order, _crossings(chart, place)
    for sweep in range(SWEEPS):
        if not least:
            break
        forward = sweep % 2 == 0
        order = list(order)
        for layer in range(1, chart.depth) if forward else range(chart.depth - 2, -1, -1):
            rows = order[layer]
            pull = _pull(chart, rows, place, forward=forward)
            order[layer] = rows = rows[np.argsort(pull, kind="stable")]
            place[rows] = np.arange(len(rows))
        crossings = _crossings(chart, place)
        if crossings < least:
            best, least = order, crossings
    return best


def _pull(chart: Layered, rows: Index, place: Floats, *, forward: bool) -> Floats:
    """Return the mean place of what each row is wired to; its own place without a wire."""
    starts, others, parts = chart.before if forward else chart.after
    low, high = starts[rows], starts[rows + 1]
    many = high - low
    taken = np.repeat(low - np.concatenate(((0,), np.cumsum(many)[:-1])), many)
    picked = taken + np.arange(int(many.sum()))
    # Where at the target a wire ends tells apart the sources of one target.
    at = place[others[picked]] + (0.0 if forward else WITHIN * (parts[picked] - 0.5))
    sums = np.bincount(np.repeat(np.arange(len(rows)), many), at, len(rows))
    pull: Floats = np.where(many > 0, sums / np.maximum(many, 1), place[rows])
    return pull


def _crossings(chart: Layered, place: Floats) -> int:
    """Count how many pairs of wires cross, by the bits of their ends' ranks."""
    source, target = chart.wires[:, 0], chart.wires[:, 1]
    begin = place[source]
    finish = place[target] + WITHIN * chart.parts
    layer = chart.layer[source]
    by_end = np.lexsort((begin, finish, layer))
    changed = np.ones(len(by_end), np.int64)
    changed[1:] = (np.diff(finish[by_end]) != 0) | (np.diff(layer[by_end]) != 0)
    rank = np.empty(len(by_end), np.int64)
    rank[by_end] = np.cumsum(changed) - 1
    rank = rank[np.lexsort((finish, begin, layer))]
    found = 0
    for bit in range(len(rank).bit_length()):
        groups = rank >> (bit + 1)
        together = np.argsort(groups, kind="stable")
        ones = (rank[together] >> bit) & 1
        before = np.cumsum(ones) - ones
        first = np.searchsorted(groups[together], groups[together])
        found += int(((before - before[first]) * (1 - ones)).sum())
    return found


def _heights(chart: Layered, order: Sequence[Index]) -> Floats:
    """Return the middle of everything: as level with what it is wired to as order allows."""
    middle = np.empty(len(chart.layer))
    apart = []
    for rows in order:
        gaps = _gaps(chart, rows)
        apart.append(np.concatenate(((0.0,), np.cumsum(gaps))))
        middle[rows] = apart[-1] - apart[-1][-1] / 2
    weight = np.where(chart.is_card, 1.0, STRAIGHT)
    for sweep in range(RELAXATIONS):
        forward = sweep % 2 == 0
        both = sweep >= RELAXATIONS - 2
        for layer in range(chart.depth) if forward else range(chart.depth - 1, -1, -1):
            rows = order[layer]
            goal = _goal(chart, rows, middle, forward=forward, both=both)
            fitted = isotonic(goal - apart[layer], weight[rows])
            middle[rows] = fitted + apart[layer]
    return middle


def _goal(chart: Layered, rows: Index, middle: Floats, *, forward: bool, both: bool) -> Floats:
    goals = []
    for way, (starts, _others, _parts) in ((True, chart.before), (False, chart.after)):
        some = starts[rows + 1] > starts[rows]
        if way == forward or both:
            pull = _level(chart, rows, middle, forward=way)
            goals.append(np.where(some, pull, np.nan))
    with_wires = np.stack(goals)
    known = ~np.isnan(with_wires)
    count = known.sum(axis=0)
    mean = np.where(known, with_wires, 0.0).sum(axis=0) / np.maximum(count, 1)
    goal: Floats = np.where(count > 0, mean, middle[rows])
    return goal


def _level(chart: Layered, rows: Index, middle: Floats, *, forward: bool) -> Floats:
    """Return the middle at which the wires of each row on one side would be level, on average."""
    starts, others, parts = chart.before if forward else chart.after
    low, high = starts[rows], starts[rows + 1]
    many = high - low
    picked = np.repeat(low - np.concatenate(((0,), np.cumsum(many)[:-1])), many)
    picked = picked + np.arange(int(many.sum()))
    owner = np.repeat(np.arange(len(rows)), many)
    target = rows[owner] if forward else others[picked]
    port = (parts[picked] - 0.5) * PORT_SPREAD * chart.heights[target]
    at = middle[others[picked]] + (-port if forward else port)
    sums = np.bincount(owner, at, len(rows))
    level: Floats = sums / np.maximum(many, 1)
    return level


def _gaps(chart: Layered, rows: Index) -> Floats:
    """Return how far the middles of neighbours in a layer are apart at least."""
    high = chart.heights[rows] / 2
    cards = chart.is_card[rows]
    room = np.where(cards[:-1] & cards[1:], APART, LANE)
    gaps: Floats = high[:-1] + high[1:] + room
    return gaps


def isotonic(goal: Floats, weight: Floats) -> Floats:
    """Return the ascending numbers nearest to `goal`: pool what is out of order (PAVA)."""
    means: list[float] = []
    weights: list[float] = []
    counts: list[int] = []
    for number, heavy in zip(goal.tolist(), weight.tolist(), strict=True):
        means.append(number)
        weights.append(heavy)
        counts.append(1)
        while len(means) > 1 and means[-2] > means[-1]:
            mean, total, count = means.pop(), weights.pop(), counts.pop()
            joined = weights[-1] + total
            means[-1] = (means[-1] * weights[-1] + mean * total) / joined
            weights[-1] = joined
            counts[-1] += count
    return np.repeat(means, counts)


def _rows(cards: Sequence[Card], width: float, down: float) -> dict[int, Point]:
    """Put cards without wires into rows, about as wide as the rest or as they are high."""
    area = sum((card.width + APART) * (card.height + APART) for card in cards)
    most = max(width, 1.5 * area**0.5)
    placed: dict[int, Point] = {}
    x = high = 0.0
    for card in cards:
        if x and x + card.width > most:
            x, down, high = 0.0, down + high + APART, 0.0
        placed[card.id] = (x, down)
        x += card.width + APART
        high = max(high, card.height)
    return placed


def _settled(cards: Sequence[Card], placed: Mapping[int, Point]) -> dict[int, Point]:
    """Put the whole where most of it is already; where nothing is in place, around its middle.

    So a card that is added or taken out moves only what has to make room for it.
    """
    size = np.array([(card.width, card.height) for card in cards])
    before = np.array([(card.x, card.y) for card in cards])
    after = np.array([placed[card.id] for card in cards])
    off = np.rint(_centre(before, size) - _centre(after, size))
    for axis in (0, 1):
        ways, counts = np.unique((before - after)[:, axis], return_counts=True)
        if counts.max() >= max(2.0, IN_PLACE * len(cards)):
            off[axis] = ways[counts.argmax()]
    places = map(tuple, (after + off).tolist())
    return dict(zip((card.id for card in cards), places, strict=True))


def _centre(corners: Floats, size: Floats) -> Floats:
    centre: Floats = (corners.min(axis=0) + (corners + size).max(axis=0)) / 2
    return centre
