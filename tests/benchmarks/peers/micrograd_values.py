"""micrograd's algorithm, told again as faithfully as its measure needs.

A closure for each node, the inputs in a set, a recursive sort, everything built anew each step.
"""

from collections.abc import Callable
from typing import Any


class Scalar:
    """A number with a closure that passes its gradient on."""

    def __init__(self, data: float, _children: tuple = (), _op: str = "") -> None:
        self.data = data
        self.grad = 0
        self._backward: Callable[[], Any] = lambda: None
        self._prev = set(_children)
        self._op = _op

    def __add__(self, other: Any) -> "Scalar":
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data + other.data, (self, other), "+")

        def _backward() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other: Any) -> "Scalar":
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data * other.data, (self, other), "*")

        def _backward() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def relu(self) -> "Scalar":
        """Return max(self, 0)."""
        out = Scalar(max(self.data, 0), (self,), "ReLU")

        def _backward() -> None:
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self) -> None:
        """Pass gradients on, in an order found by recursion."""
        topo: list[Scalar] = []
        visited = set()

        def build_topo(v: "Scalar") -> None:
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        self.grad = 1
        for v in reversed(topo):
            v._backward()

    def __neg__(self) -> "Scalar":
        return self * -1

    def __radd__(self, other: Any) -> "Scalar":
        return self + other

    def __rmul__(self, other: Any) -> "Scalar":
        return self * other


def network_steps(task: Any, scalar: Callable[[float], Any] = Scalar) -> Callable:
    """Return what takes steps on a ReLU network, one scalar at a time, with a kind of scalar."""
    inputs, labels = task.data()
    layers = [
        ([[scalar(w) for w in row] for row in weights.tolist()], [scalar(b) for b in biases])
        for weights, biases in task.weights()
    ]
    parameters = [p for rows, biases in layers for row in rows for p in row]
    parameters += [p for _rows, biases in layers for p in biases]

    def score(sample: list) -> Any:
        signals = sample
        for k, (rows, biases) in enumerate(layers):
            sums = [
                sum((w * x for w, x in zip(row, signals, strict=True)), b)
                for row, b in zip(rows, biases, strict=True)
            ]
            signals = sums if k == len(layers) - 1 else [z.relu() for z in sums]
        return signals[0]

    def take(steps: int) -> list[float]:
        losses = []
        for _step in range(steps):
            scores = [score([scalar(x) for x in sample]) for sample in inputs.tolist()]
            gaps = [(1 + -y * s).relu() for y, s in zip(labels.tolist(), scores, strict=True)]
            loss = sum(gaps) * (1.0 / len(gaps)) + task.alpha * sum(p * p for p in parameters)
            for p in parameters:
                p.grad = 0
            loss.backward()
            for p in parameters:
                p.data -= task.rate * p.grad
            losses.append(loss.data)
        return losses

    return take
