"""Numbers to be shown beside those that cards have: what a few were before they began to change,
or what all that follows from a nudged value would be.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.run.nudge import Nudge, Nudged
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import BECOMES, WAS, State
from playground.canvas.frame.readings import Readings

MOST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """Other numbers of g items, shape (g,) each; `named` tells above which a name floats.

    `hidden` are those of values that no item shows, by their ids. `prefix` is the glyph before all
    of them, WAS or BECOMES. `quotient` is an item and what the output changes for its nudge, over
    that; None if nothing is nudged, or nothing is the output.
    """

    items: NDArray[np.int64]
    values: NDArray[np.float64]
    named: NDArray[np.bool_]
    hidden: dict[int, float] = field(default_factory=dict)
    prefix: int = WAS
    quotient: tuple[int, float] | None = None


def ghost_of(
    document: Document, frame: Frame, readings: Readings, nodes: Iterable[int]
) -> Ghost | None:
    """Keep the numbers of the first few nodes, seen or folded away; None if there are none."""
    owner = frame.projection.owner
    numbers, hidden = [], {}
    for node in dict.fromkeys(nodes):
        number = frame.index.get(owner.get(node, node))
        if (
            number is not None
            and frame.shows[number] == node
            and readings.value_state[number] == State.NUMBER
        ):
            numbers.append(number)
        elif node not in frame.index and readings.result is not None:
            hidden[node] = readings.result.number(node)
    items = np.array(numbers[:MOST], np.int64)
    if not len(items) and not hidden:
        return None
    return Ghost(items, readings.value[items].copy(), _named(document, frame, items), hidden)


def nudged_ghost(
    document: Document, frame: Frame, readings: Readings, nudge: Nudge, nudged: Nudged
) -> Ghost:
    """Return what all items would say with a value nudged, as far as they depend on it."""
    follows = readings.told(nudge.follows) & (readings.value_state == State.NUMBER)
    items = np.flatnonzero(follows)
    after, node = readings.numbers(nudged.value)[items], nudge.node
    item = frame.index.get(frame.projection.owner.get(node, node))
    shown = item is not None and frame.shows[item] == node
    hidden = {} if shown else {node: nudge.before + nudged.h}
    told = shown and not np.isnan(nudged.quotient)
    quotient = (int(item), nudged.quotient) if item is not None and told else None
    return Ghost(items, after, _named(document, frame, items), hidden, BECOMES, quotient)


def _named(document: Document, frame: Frame, items: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell above which of some items the name of an op floats."""
    nodes = map(document.node, frame.shows[items].tolist())
    return np.array([not node.is_leaf and bool(node.label) for node in nodes], bool)
