"""The kernels' products of matrices are NumPy's, whatever the sizes, and touch nothing else."""

from collections.abc import Iterator
from itertools import product
from types import ModuleType

import numpy as np
import pytest

from engine.run.program import LINE, buffer

BEHIND = 777.0
# Rows around a block's height, lanes around a vector's width, and what is left to BLAS.
SIZES = [
    *product((1, 2, 3, 4, 5, 9), (1, 2, 4, 7), (1, 3, 4, 8, 10, 16, 17, 33)),
    (50, 60, 1),
    (50, 60, 600),
]
Found = tuple[np.ndarray, np.ndarray, np.ndarray]  # a product, what it should be, its terms' sizes


@pytest.fixture
def dense(kernels: None) -> ModuleType:
    from engine.run.kernels import dense as module

    return module


class Layer:
    """A layer's numbers in flat buffers as a machine keeps them, a mark behind each matrix."""

    def __init__(self, n: int, m: int, lanes: int, stream: np.random.Generator) -> None:
        self.sizes = (n, m, lanes)
        shapes = {"weights": (n, m), "bias": (n, 1), "signals": (m, lanes), "sums": (n, lanes)}
        self.at: dict[str, int] = {}
        end = 0
        for name, (rows, columns) in shapes.items():
            self.at[name] = end
            end += rows * columns + 1
        self.shapes = shapes
        self.value, self.slope = buffer(end, BEHIND), buffer(end, BEHIND)
        for name, shape in shapes.items():
            for flat in (self.value, self.slope):
                self.matrix(flat, name)[:] = stream.normal(size=shape)

    def matrix(self, flat: np.ndarray, name: str) -> np.ndarray:
        rows, columns = self.shapes[name]
        return flat[self.at[name] :][: rows * columns].reshape(rows, columns)

    def marks(self) -> Iterator[float]:
        for flat, (name, (rows, columns)) in product(
            (self.value, self.slope), self.shapes.items()
        ):
            yield float(flat[self.at[name] + rows * columns])

    def products(self, dense: ModuleType) -> Iterator[Found]:
        """Return all three products, each with what NumPy says and the sum of its terms' sizes."""
        value, slope, at = self.value, self.slope, self.at
        weights, bias, signals = (self.matrix(value, k) for k in ("weights", "bias", "signals"))
        upstream = self.matrix(slope, "sums")
        for offset, added in ((at["bias"], bias), (-1, 0.0 * bias)):
            dense.multiply(value, at["weights"], at["signals"], offset, at["sums"], *self.sizes)
            size = np.abs(weights) @ np.abs(signals) + np.abs(added)
            yield self.matrix(value, "sums").copy(), weights @ signals + added, size
        dense.correlate(slope, at["sums"], value, at["signals"], at["weights"], *self.sizes)
        size = np.abs(upstream) @ np.abs(signals.T)
        yield self.matrix(slope, "weights"), upstream @ signals.T, size
        dense.multiply_transposed(
            value, at["weights"], slope, at["sums"], slope, at["signals"], *self.sizes
        )
        size = np.abs(weights.T) @ np.abs(upstream)
        yield self.matrix(slope, "signals"), weights.T @ upstream, size


def test_a_buffer_begins_with_a_line_of_the_cache() -> None:
    for count in range(40):
        room = buffer(count, 2.5)
        assert room.ctypes.data % (8 * LINE) == 0 or not count
        assert room.tolist() == [2.5] * count


@pytest.mark.parametrize("lanes", sorted({size[2] for size in SIZES}))
def test_products_are_those_of_numpy(dense: ModuleType, lanes: int) -> None:
    stream = np.random.default_rng(lanes)
    for n, m, _lanes in [size for size in SIZES if size[2] == lanes]:
        layer = Layer(n, m, lanes, stream)
        for found, expected, size in layer.products(dense):
            assert (np.abs(found - expected) <= 1e-13 * size).all(), (n, m, lanes)
        assert set(layer.marks()) == {BEHIND}


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_not_finite_stays_in_its_sample(dense: ModuleType, number: float) -> None:
    """Vectors reach over several samples, and the last one over the end of the row."""
    for bad, lanes in product(range(11), (11, 8, 16)):
        if bad >= lanes:
            continue
        layer = Layer(5, 3, lanes, np.random.default_rng(bad))
        layer.matrix(layer.value, "signals")[:, bad] = number
        layer.matrix(layer.value, "weights")[:] = 1.0
        [sums, *_others] = [found for found, _expected, _size in layer.products(dense)]
        assert np.isfinite(sums).all(axis=0).tolist() == [k != bad for k in range(lanes)]


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_lies_behind_the_last_sample_is_not_summed(dense: ModuleType, number: float) -> None:
    for lanes in (1, 3, 9, 11):
        layer = Layer(5, 3, lanes, np.random.default_rng(lanes))
        for flat in (layer.value, layer.slope):
            for name in ("signals", "sums"):
                rows, columns = layer.shapes[name]
                flat[layer.at[name] + rows * columns] = number
        assert all(np.isfinite(found).all() for found, _expected, _size in layer.products(dense))
