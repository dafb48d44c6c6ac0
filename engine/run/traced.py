"""A computation of `Value`s, traced once and rerun at the tape's speed.

Programs written for micrograd build a graph anew in every step; `trace` takes one such graph and
turns it into a program whose parameters can change.  The `Value`s are read when it is traced, and
written only by `write_back`.
"""

from collections.abc import Sequence

import numpy as np

from engine.errors import EngineError
from engine.ops import OPS
from engine.run import compiled
from engine.run.encode import plain_order
from engine.run.machine import NumpyRunner
from engine.run.passes.lower import lower
from engine.run.passes.wiring import LEAF, Wiring, wanted_rows
from engine.run.program import Array
from engine.run.schedule import Index
from engine.value import Value


class Traced:
    """A traced loss and its parameters; runs on compiled kernels if they are loaded by then.

    Attributes:
        parameters: their numbers (parameters,), in the order given; assign to change them.
        gradient: d loss / d parameters, as of the last `backward`.
        scalars: how many scalars were traced.
    """

    def __init__(self, loss: Value, parameters: Sequence[Value]) -> None:
        self._values = loss._sorted()
        row = {value: k for k, value in enumerate(self._values)}
        strangers = [value for value in parameters if value not in row or value.inputs]
        if strangers:
            raise EngineError(f"the loss depends on no leaf {strangers[0]!r}")
        self._given = list(parameters)
        self.scalars = len(self._values)
        rows = np.array([row[value] for value in parameters], dtype=np.int64)
        self._program = lower(_wiring(self._values, row, rows))
        self._slots: Index = self._program.slot[rows]
        usable = compiled.supports(self._program)
        self._compiled = compiled.CompiledRunner(self._program) if usable else None
        self._runner = self._compiled or NumpyRunner(self._program)
        self._value = np.zeros(self._program.narrow)
        self._gradient = np.zeros(self._program.narrow)
        self._value[self._program.one] = 1.0
        self._load()

    def _load(self) -> None:
        leaves = [k for k, value in enumerate(self._values) if not value.inputs]
        slots = self._program.slot[leaves]
        numbers = np.array([self._values[k].data for k in leaves], dtype=np.float64)
        self._value[slots[slots >= 0]] = numbers[slots >= 0]
        self._runner.once(self._value)

    @property
    def parameters(self) -> Array:
        """A copy of the parameters."""
        return self._value[self._slots]

    @parameters.setter
    def parameters(self, numbers: Array) -> None:
        self._value[self._slots] = numbers

    @property
    def gradient(self) -> Array:
        """A copy of the gradient."""
        return self._gradient[self._slots]

    def forward(self) -> float:
        """Return the loss at the parameters."""
        self._runner.forward(self._value, 1)
        return float(self._value[self._program.output])

    def backward(self) -> Array:
        """Return the gradient (parameters,) at the parameters of the last `forward`."""
        self._runner.backward(self._value, self._gradient, 1, 1.0)
        return self.gradient

    def step(self, rate: float) -> float:
        """Move the parameters downhill; return the loss before."""
        loss = self.forward()
        self._value[self._slots] -= rate * self.backward()
        return loss

    def steps(self, rates: Sequence[float]) -> Array:
        """Take a step for each rate, in one call if there are compiled kernels.

        Returns the loss before each; stops before a step that is not finite, with fewer losses.
        """
        if self._compiled is None:
            return np.array([self.step(rate) for rate in rates])
        flags = np.ones(len(rates), np.int64)
        order = plain_order(np.array(rates, np.float64), len(self._slots), flags)
        records = np.full((3, len(rates)), np.nan)
        over = self._compiled.lanes(self._value, self._gradient, 1)
        taken = self._compiled.descend(over, None, None, order, records)
        return records[0, :taken].copy()

    def write_back(self) -> None:
        """Write parameters and gradients into the `Value`s that were given."""
        numbers = zip(self.parameters.tolist(), self.gradient.tolist(), strict=True)
        for value, (number, slope) in zip(self._given, numbers, strict=True):
            value.data, value.grad = number, slope


def trace(loss: Value, parameters: Sequence[Value]) -> Traced:
    """Trace a loss once; EngineError if it does not depend on one of the parameters."""
    return Traced(loss, parameters)


def _wiring(values: list[Value], row: dict[Value, int], parameters: Index) -> Wiring:
    codes = {key: k for k, key in enumerate(OPS)}
    counts = np.fromiter((len(value.inputs) for value in values), dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])
    source = np.fromiter(
        (row[one] for value in values for one in value.inputs), np.int64, count=int(first[-1])
    )
    op = np.fromiter((_code(value, codes) for value in values), dtype=np.int64)
    attribute = np.full((len(values), max(len(o.attributes) for o in OPS.values())), np.nan)
    for k, value in enumerate(values):
        if value._attributes:
            attribute[k, : len(value._attributes)] = value._attributes
    trainable = np.zeros(len(values), dtype=np.bool_)
    trainable[parameters] = True
    return Wiring(
        keys=tuple(OPS),
        op=op,
        first=first,
        source=source,
        attribute=attribute,
        wide=np.zeros(len(values), dtype=np.bool_),
        trainable=trainable,
        wanted=wanted_rows(trainable, first, source),
        reached=np.ones(len(values), dtype=np.bool_),
        output=len(values) - 1,
        penalties=(),
        keep=np.zeros(0, dtype=np.int64),
    )


def _code(value: Value, codes: dict[str, int]) -> int:
    if not value.inputs:
        return LEAF
    if value._rule is None or value._own_backward is not None:
        raise EngineError(f"{value!r} has a derivative of its own and cannot be traced")
    return codes[value._rule.key]
