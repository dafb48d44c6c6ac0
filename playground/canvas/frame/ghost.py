"""What a few numbers were before they began to change, to be shown beside what they are now."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import State
from playground.canvas.frame.readings import Readings

MOST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """Old numbers of g items, shape (g,) each; `named` tells above which a name floats.

    `hidden` are those of values that no item shows, by their ids.
    """

    items: NDArray[np.int64]
    values: NDArray[np.float64]
    named: NDArray[np.bool_]
    hidden: dict[int, float] = field(default_factory=dict)


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
    shown = frame.shows[items].tolist()
    named = [not (n := document.node(node)).is_leaf and bool(n.label) for node in shown]
    return Ghost(items, readings.value[items].copy(), np.array(named, bool), hidden)
