"""What a few numbers were before they began to change, to be shown beside what they are now."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from playground.canvas.frame.build import Frame
from playground.canvas.frame.digits import State
from playground.canvas.frame.readings import Readings

MOST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """Old numbers of g items, shape (g,) each; `named` tells above which a name floats."""

    items: NDArray[np.int64]
    values: NDArray[np.float64]
    named: NDArray[np.bool_]


def ghost_of(
    document: Document, frame: Frame, readings: Readings, nodes: Iterable[int]
) -> Ghost | None:
    """Keep the numbers of the first few nodes that can be seen; None if there are none."""
    owner = frame.projection.owner
    numbers = []
    for node in dict.fromkeys(nodes):
        number = frame.index.get(owner.get(node, node))
        if (
            number is not None
            and frame.shows[number] == node
            and readings.value_state[number] == State.NUMBER
        ):
            numbers.append(number)
    items = np.array(numbers[:MOST], np.int64)
    if not len(items):
        return None
    shown = frame.shows[items].tolist()
    named = [not (n := document.node(node)).is_leaf and bool(n.label) for node in shown]
    return Ghost(items, readings.value[items].copy(), np.array(named, bool))
