"""The record that says everything about one operation, and the kernels bound from its bodies.

Families declare records; the registry collects them; `Value`, the tape, the palette and the
explanations read them. A body is written once with bare names (`exp`, `where`, `divide`) and
runs on floats or on arrays according to the table its names are bound to.
A body may use only those names, arithmetic, comparisons, `len`, `range` and loops, so that it
can be compiled later; no consumer may keep a private fact about one op.
"""

import builtins
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.ops import arrays, scalars

N = TypeVar("N")
Body: TypeAlias = Callable[..., Any]
Point: TypeAlias = tuple[float, ...]
"""One point of an op's domain: its inputs in port order, then its attributes."""
Sampler: TypeAlias = Callable[[np.random.Generator, int], Point]
"""Draws a Point at which the op is smooth; the integer is how many inputs an n-ary op gets."""

OUTPUT = "out"
"""The name that the formulas of derivatives give to the op's own value."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A number that belongs to the op itself and gets no gradient, such as an exponent."""

    name: str
    title: str
    default: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Domain:
    """Numbers that have no finite answer: `condition(*inputs, *attributes)` is true of them."""

    condition: Callable[..., bool]
    reason: str


@dataclass(frozen=True, slots=True)
class Kernel(Generic[N]):
    """An op's two bodies bound to one kind of number. Never raises and never warns."""

    variadic: bool
    _forward: Body
    _partials: Body

    def forward(self, inputs: Sequence[N], attributes: Sequence[N | float] = ()) -> N:
        """Return the op's value; it may be one of the inputs itself, so do not write to it."""
        if self.variadic:
            return self._forward(inputs, *attributes)  # type: ignore[no-any-return]
        return self._forward(*inputs, *attributes)  # type: ignore[no-any-return]

    def partials(
        self, inputs: Sequence[N], output: N, attributes: Sequence[N | float] = ()
    ) -> tuple[N, ...]:
        """Return d(output)/d(input), one per input; constants may be plain numbers."""
        if self.variadic:
            return tuple(self._partials(inputs, output, *attributes))
        return self._partials(*inputs, output, *attributes)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Op:
    """Everything the project knows about one operation.

    Fixed arity: `forward(x, y, *attributes)` and `partials(x, y, out, *attributes) -> tuple`.
    Variadic: `forward(x, *attributes)` and `partials(x, out, *attributes) -> sequence`, where x
    is the sequence of all inputs and `ports` holds its one name.
    `formula` is plain infix text in port and attribute names. `derivatives` holds one text per
    port and may also use `out`; of a variadic op, one text for input `x_k`, in which `rest` is
    all inputs but that one. They state the general law; edge rules are in the bodies.
    `reference` is the op in terms of simpler ones, or None if it is elementary. `binary` is, of a
    variadic op, the op of two inputs that a chain of makes the same, or None if there is none.
    `effects` say per port what a change of that input does to the op here, `flat` why it may do
    nothing (what follows "for"); of a variadic op one text, for its input
    x. Both may hold the names of ports and `out`, their numbers (`x_value`), and `local`, the
    slope. What they do not say is said in general words.
    `special` points are edges: kinks, zeros, infinities. `replaces` lists retired keys.
    `torch` is what PyTorch says for it, in port and attribute names, where its formula would lose
    digits, overflow, or go wrong at a kink; without it, exports spell the formula.
    """

    key: str
    symbol: str
    title: str
    category: str
    ports: tuple[str, ...]
    formula: str
    derivatives: tuple[str, ...]
    intuition: str
    forward: Body
    partials: Body
    sampler: Sampler
    special: tuple[Point, ...] = ()
    variadic: bool = False
    minimum: int = 1
    attributes: tuple[Attribute, ...] = ()
    domain: tuple[Domain, ...] = ()
    reference: str | None = None
    binary: str | None = None
    replaces: tuple[str, ...] = ()
    torch: str = ""
    effects: tuple[str, ...] = ()
    flat: tuple[str, ...] = ()
    scalar: Kernel[float] = field(init=False)
    array: Kernel[NDArray[np.float64]] = field(init=False)
    loud: Kernel[NDArray[np.float64]] = field(init=False)
    """As `array`, for callers who silence NumPy's warnings themselves, around many calls."""

    def __post_init__(self) -> None:
        """Bind the bodies once, for floats and for arrays."""
        object.__setattr__(self, "scalar", self._bound(scalars, _same))
        object.__setattr__(self, "array", self._bound(arrays, np.errstate(all="ignore")))
        object.__setattr__(self, "loud", self._bound(arrays, _same))

    def _bound(self, module: types.ModuleType, wrap: Callable[[Body], Body]) -> Kernel[Any]:
        bodies = (wrap(bind(body, module)) for body in (self.forward, self.partials))
        return Kernel(self.variadic, *bodies)

    def names(self, inputs: Sequence[Any], attributes: Sequence[float] = ()) -> dict[str, Any]:
        """Pair port and attribute names with what is given; a variadic port gets all inputs."""
        values: Sequence[Any] = [tuple(inputs)] if self.variadic else inputs
        return {
            **dict(zip(self.ports, values, strict=True)),
            **dict(zip((a.name for a in self.attributes), attributes, strict=True)),
        }

    def defaults(self, chosen: Mapping[str, float] | None = None) -> tuple[float, ...]:
        """Return the attributes in order: those chosen by name, defaults for the others."""
        chosen = chosen or {}
        return tuple(chosen.get(a.name, a.default) for a in self.attributes)


def bind(body: Body, module: types.ModuleType) -> Body:
    """Return the function `body` with its bare names taken from a table module."""
    table = {name: getattr(module, name) for name in module.__all__}
    names = {**table, "__builtins__": builtins}
    return types.FunctionType(body.__code__, names, body.__name__)


def between(*ranges: tuple[float, float]) -> Sampler:
    """Return a sampler that draws each input, then each attribute, from its own range."""
    return lambda rng, _count: tuple(float(rng.uniform(low, high)) for low, high in ranges)


def several(low: float, high: float) -> Sampler:
    """Return a sampler for n-ary ops that draws as many inputs as asked from one range."""
    return lambda rng, count: tuple(map(float, rng.uniform(low, high, count)))


def _same(body: Body) -> Body:
    return body
