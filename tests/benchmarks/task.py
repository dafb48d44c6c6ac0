"""One training task, the same for us and for every peer: layers, samples, weights, steps."""

from dataclasses import asdict, dataclass

import numpy as np

WEIGHT_SCALE = 1.0


@dataclass(frozen=True)
class Task:
    """A network and how it is trained: hinge loss, L2 on all parameters, plain descent.

    `layers` are all widths, the features first.  `steps` are taken in one call when timed.
    """

    name: str
    layers: tuple[int, ...]
    activation: str
    lanes: int
    steps: int
    rate: float = 1e-3
    alpha: float = 1e-4

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Return samples (lanes, features) and labels (lanes,) of -1 and 1."""
        stream = np.random.default_rng(1)
        inputs = stream.normal(size=(self.lanes, self.layers[0]))
        return inputs, np.where(inputs[:, 0] * inputs[:, 1] > 0, 1.0, -1.0)

    def weights(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return weights (n, m) and biases (n,) of each layer."""
        stream = np.random.default_rng(2)
        return [
            (stream.uniform(-1, 1, size=(n, m)) / np.sqrt(m), np.zeros(n))
            for m, n in zip(self.layers, self.layers[1:], strict=False)
        ]

    def record(self) -> dict[str, object]:
        """Return the fields, for another process."""
        return asdict(self)


TASKS = (
    Task("2-16-16-1 ReLU x100", (2, 16, 16, 1), "relu", 100, 1000),
    Task("2-8x6-1 tanh x10", (2, 8, 8, 8, 8, 8, 8, 1), "tanh", 10, 1000),
    Task("2-4-2-1 tanh x10", (2, 4, 2, 1), "tanh", 10, 5000),
    Task("64-100-10-1 ReLU x100", (64, 100, 10, 1), "relu", 100, 100),
    Task("784-100-50-1 ReLU x64", (784, 100, 50, 1), "relu", 64, 20),
)
