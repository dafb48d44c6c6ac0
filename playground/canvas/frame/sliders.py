"""The sliders of a frame as arrays: which leaves have one, over which range, and where knobs are.

Built with the frame from the document. The card painter draws them, `Parts` finds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.document import Document
from engine.graph.projection import Item

Floats = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sliders:
    """All sliders, shape (s,) each: item numbers, and the ends of their ranges."""

    item: Index
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.item)

    def parts(self, numbers: Floats) -> Floats:
        """Return how far along its slider each number is, 0 to 1; beyond an end it is at it."""
        within = np.clip(numbers, self.low, self.high)
        parts: Floats = (within - self.low) / (self.high - self.low)
        return parts


def sliders_of(document: Document, items: Sequence[Item]) -> Sliders:
    """List the sliders of all visible leaves."""
    rows = []
    for number, item in enumerate(items):
        span = document.node(item.id).span if item.kind == "node" else None
        if span is not None:
            rows.append((number, *span))
    table = np.array(rows, np.float64).reshape(-1, 3)
    return Sliders(table[:, 0].astype(np.int64), table[:, 1].copy(), table[:, 2].copy())
