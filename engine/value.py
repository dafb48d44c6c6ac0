"""A number that remembers where it came from, and can tell how everything before it matters.

This is the teaching autograd, with micrograd's interface: programs written for micrograd run
with it. It is meant to be read; speed is the tape's business, and the tape is held against it.
Derivatives come from the op table, so nothing here knows one by heart.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeAlias

from engine import ops
from engine.ops import OPS, Op
from engine.ops.scalars import exp, power, tanh

Number: TypeAlias = "Value | float"


class Value:
    """One scalar: its `data`, its gradient `grad`, and the `inputs` it was computed from.

    Whole numbers stay whole, anything else becomes a float. Arithmetic never raises: 1/0 is an
    infinity and log(-1) is nan. Every op of the table is a method: `x.sin()`, `x.max(y, z)`.
    `_op` is the symbol of the op that made the number, `_rule` its record. A number made by
    hand has no rule, but may be given a function of its own as `_backward`.
    """

    __slots__ = ("_attributes", "_op", "_own_backward", "_rule", "data", "grad", "inputs", "label")

    def __init__(
        self,
        data: float,
        _children: Iterable["Value"] = (),
        _op: str = "",
        label: str = "",
        _rule: Op | None = None,
        _attributes: Sequence[float] = (),
    ) -> None:
        self.data: float = data if type(data) is int else float(data)
        self.grad: float = 0
        self.inputs = tuple(_children)
        self.label = label
        self._op = _op
        self._rule = _rule
        self._attributes = _attributes
        self._own_backward: Callable[[], Any] | None = None

    def __add__(self, other: Number) -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+", _rule=OPS["add"])

    def __mul__(self, other: Number) -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*", _rule=OPS["mul"])

    def __pow__(self, other: Number) -> "Value":
        if isinstance(other, Value):
            return Value.apply(OPS["pow"], (self, other))
        raised = power(self.data, other)
        return Value(raised, (self,), f"**{other}", _rule=OPS["power"], _attributes=(other,))

    def relu(self) -> "Value":
        """Return max(self, 0)."""
        return Value(max(self.data, 0), (self,), "ReLU", _rule=OPS["relu"])

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent."""
        return Value(tanh(self.data), (self,), "tanh", _rule=OPS["tanh"])

    def exp(self) -> "Value":
        """Return e to this power."""
        return Value(exp(self.data), (self,), "exp", _rule=OPS["exp"])

    def __neg__(self) -> "Value":
        return self * -1

    def __sub__(self, other: Number) -> "Value":
        return self + (-other)

    def __truediv__(self, other: Number) -> "Value":
        return self * (other**-1 if isinstance(other, Value) else power(other, -1))

    def __radd__(self, other: float) -> "Value":
        return self + other

    def __rmul__(self, other: float) -> "Value":
        return self * other

    def __rsub__(self, other: float) -> "Value":
        return other + (-self)

    def __rtruediv__(self, other: float) -> "Value":
        return other * self**-1

    def __rpow__(self, other: float) -> "Value":
        return Value(other) ** self

    def backward(self) -> None:
        """Add to every `grad` before this number how fast this number changes with it.

        Gradients add up from call to call; set them to 0 first if that is not wanted.
        """
        self.grad = 1
        for value in reversed(self._sorted()):
            value._backward()

    @property
    def _backward(self) -> Callable[[], Any]:
        """The step of the chain rule at this number alone; a program may put in its own."""
        return self._own_backward or self._chain

    @_backward.setter
    def _backward(self, function: Callable[[], Any]) -> None:
        self._own_backward = function

    def _chain(self) -> None:
        """Add this number's gradient, times the local derivative, to that of each input."""
        if self._rule is None:
            return
        numbers = [value.data for value in self.inputs]
        partials = self._rule.scalar.partials(numbers, self.data, self._attributes)
        for value, slope in zip(self.inputs, partials, strict=True):
            value.grad += slope * self.grad

    def _sorted(self) -> list["Value"]:
        """Return this number and all before it, inputs first; without recursion, however deep."""
        done: list[Value] = []
        seen: set[Value] = set()
        todo = [(self, False)]
        while todo:
            value, inputs_are_done = todo.pop()
            if inputs_are_done:
                done.append(value)
            elif value not in seen:
                seen.add(value)
                todo.append((value, True))
                todo.extend((source, False) for source in value.inputs)
        return done

    def zero_grad(self) -> None:
        """Forget this number's own gradient."""
        self.grad = 0

    @property
    def _prev(self) -> set["Value"]:
        """The inputs without order or repetition, as micrograd keeps them."""
        return set(self.inputs)

    @staticmethod
    def apply(op: Op, inputs: Sequence["Value"], attributes: Sequence[float] = ()) -> "Value":
        """Return the result of an op of the table; attributes not given take their defaults."""
        attributes = tuple(attributes) or op.defaults()
        data = op.scalar.forward([value.data for value in inputs], attributes)
        return Value(data, inputs, op.key, _rule=op, _attributes=attributes)

    def __getattr__(self, name: str) -> Callable[..., "Value"]:
        """Offer every op of the table as a method."""
        op = ops.get(name)
        if op is None:
            raise AttributeError(f"'Value' object has no attribute {name!r}")
        return partial(_call, op, self)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *OPS})

    def __repr__(self) -> str:
        return f"Value(data={self.data}, grad={self.grad})"


def as_value(number: Number) -> Value:
    """Return the number as a `Value`, itself if it is one."""
    return number if isinstance(number, Value) else Value(number)


def _call(op: Op, *arguments: Any, **named: float) -> Value:
    """Apply an op to its inputs, followed by its attributes by place or by name."""
    count = len(arguments) if op.variadic else len(op.ports)
    inputs, rest = arguments[:count], arguments[count:]
    names = [attribute.name for attribute in op.attributes]
    if len(inputs) < count or len(rest) > len(names) or not named.keys() <= set(names):
        takes = ", ".join((*op.ports, *names))
        raise TypeError(f"{op.key} takes {takes}")
    chosen = {**dict(zip(names, rest, strict=False)), **named}
    return Value.apply(op, [as_value(number) for number in inputs], op.defaults(chosen))
