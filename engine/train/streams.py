"""The stream that data are drawn from, by their seed.

Data sets draw from NumPy's `RandomState`.  Where the seed is a text, its uniform numbers and its
orders are those of TensorFlow Playground, so that the sets which ask for nothing else give the
points of a link.
"""

from typing import Any

import numpy as np
from numpy.random import RandomState

from engine.graph.streams import Seed, text_stream


class TextStream(RandomState):
    """The stream of a seed that is a text; what only NumPy can draw begins with the same text."""

    def __init__(self, seed: str) -> None:
        super().__init__([*seed.encode("utf-8", "surrogatepass"), 0])
        self._numbers = text_stream(seed)

    @property
    def drawn(self) -> int:
        """How many numbers were drawn."""
        return self._numbers.drawn

    def random_sample(self, size: Any = None) -> Any:
        """Return numbers from 0 to below 1, drawn in the order of rows."""
        if size is None:
            return self._numbers.random()
        shape = np.empty(size).shape
        count = int(np.prod(shape))
        return np.array([self._numbers.random() for _number in range(count)]).reshape(shape)

    def permutation(self, x: Any) -> Any:
        """Return 0, 1, ... x - 1 shuffled as dataset.ts of tensorflow/playground does."""
        order = np.arange(x)
        for left in range(x, 0, -1):
            picked = int(self._numbers.random() * left)
            order[[left - 1, picked]] = order[[picked, left - 1]]
        return order


def data_stream(seed: Seed) -> RandomState:
    """Return the stream of a seed of data."""
    return TextStream(seed) if isinstance(seed, str) else RandomState(seed)
