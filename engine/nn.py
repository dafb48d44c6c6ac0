"""Neurons, layers and multi-layer perceptrons made of `Value`s, with micrograd's interface.

Weights are drawn from Python's own `random`, in micrograd's order, so that a program which seeds
it gets micrograd's networks. The canvas has its own templates; this is for programs.
"""

import random
from collections.abc import Iterable, Sequence

from engine.value import Number, Value


class Module:
    """Anything with parameters."""

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters."""
        for parameter in self.parameters():
            parameter.grad = 0

    def parameters(self) -> list[Value]:
        """Return the numbers that training changes."""
        return []


class Neuron(Module):
    """A weighted sum of `nin` inputs plus a bias, then an activation unless `nonlin` is false.

    `activation` names the op after the sum. The bias starts at 0, or is drawn after the weights
    if `random_bias` is set; draws are uniform between −1 and 1.
    """

    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: str = "relu",
        random_bias: bool = False,
    ) -> None:
        self.w = [Value(random.uniform(-1, 1)) for _ in range(nin)]
        self.b = Value(random.uniform(-1, 1) if random_bias else 0)
        self.nonlin = nonlin
        self.activation = activation

    def __call__(self, x: Iterable[Number]) -> Value:
        total = sum((w * value for w, value in zip(self.w, x, strict=False)), self.b)
        return getattr(total, self.activation)() if self.nonlin else total

    def parameters(self) -> list[Value]:
        """Return the weights, then the bias."""
        return [*self.w, self.b]

    def __repr__(self) -> str:
        name = {"relu": "ReLU"}.get(self.activation, self.activation.title())
        return f"{name if self.nonlin else 'Linear'}Neuron({len(self.w)})"


class Layer(Module):
    """`nout` neurons that read the same `nin` inputs; a single one answers without a list."""

    def __init__(
        self,
        nin: int,
        nout: int,
        nonlin: bool = True,
        *,
        activation: str = "relu",
        random_bias: bool = False,
    ) -> None:
        self.neurons = [
            Neuron(nin, nonlin, activation=activation, random_bias=random_bias)
            for _ in range(nout)
        ]

    def __call__(self, x: Sequence[Number]) -> Value | list[Value]:
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self) -> list[Value]:
        """Return the parameters of neuron after neuron."""
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer of [{', '.join(map(str, self.neurons))}]"


class MLP(Module):
    """Layers in a row: micrograd's own, with ReLU everywhere but in the last, linear layer."""

    def __init__(self, nin: int, nouts: Sequence[int]) -> None:
        last = len(nouts) - 1
        sizes = zip((nin, *nouts), nouts, strict=False)
        self.layers = [Layer(n, nout, nonlin=k != last) for k, (n, nout) in enumerate(sizes)]

    @classmethod
    def lecture(cls, nin: int, nouts: Sequence[int]) -> "MLP":
        """Return the lecture notebook's network: tanh in every layer, and random biases."""
        network = cls.__new__(cls)
        sizes = zip((nin, *nouts), nouts, strict=False)
        network.layers = [Layer(n, nout, activation="tanh", random_bias=True) for n, nout in sizes]
        return network

    def __call__(self, x: Sequence[Number]) -> Value | list[Value]:
        out: Value | Sequence[Number] = x
        for layer in self.layers:
            out = layer([out] if isinstance(out, Value) else out)
        return out  # type: ignore[return-value]

    def parameters(self) -> list[Value]:
        """Return the parameters of layer after layer."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(str, self.layers))}]"
