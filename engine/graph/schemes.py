"""Init schemes: what the weights and biases of a new network are drawn from, one record each.

Templates draw by them, "New initial weights" draws again by them, and the argument `init` of
networks chooses one.  A draw takes from a stream what it needs, so that one stream in one order
gives one network.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from math import sqrt
from random import Random
from types import MappingProxyType

DrawWeight = Callable[
    [Random, int, int], float
]  # stream, inputs of the neuron, units of the layer
DrawBias = Callable[[Random], float]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the first numbers of a neuron are drawn."""

    key: str
    title: str
    weight: DrawWeight
    bias: DrawBias


def unit_weight(stream: Random, fan_in: int = 1, fan_out: int = 1) -> float:
    """Draw U(-1, 1): micrograd, nn.py."""
    return stream.uniform(-1.0, 1.0)


def glorot_weight(stream: Random, fan_in: int, fan_out: int) -> float:
    """Draw U(-r, r), r = sqrt(6 / (fan_in + fan_out)): Glorot and Bengio 2010, equation 16."""
    reach = sqrt(6.0 / (fan_in + fan_out))
    return stream.uniform(-reach, reach)


def kaiming_weight(stream: Random, fan_in: int, fan_out: int) -> float:
    """Draw N(0, 2 / fan_in): He, Zhang, Ren and Sun 2015, equation 10."""
    return stream.gauss(0.0, sqrt(2.0 / fan_in))


def playground_weight(stream: Random, fan_in: int, fan_out: int) -> float:
    """Draw U(-0.5, 0.5): tensorflow/playground, nn.ts, class Link."""
    return stream.uniform(-0.5, 0.5)


def zero(stream: Random) -> float:
    """Start a bias at 0, without a draw."""
    return 0.0


def no_weight(stream: Random, fan_in: int, fan_out: int) -> float:
    """Start a weight at 0, without a draw."""
    return 0.0


def tenth(stream: Random) -> float:
    """Start a bias at 0.1, without a draw: tensorflow/playground, nn.ts, class Node."""
    return 0.1


_TABLE = (
    Scheme("micrograd", _("micrograd: −1 to 1, biases 0"), unit_weight, zero),
    Scheme("lecture", _("lecture: −1 to 1, biases too"), unit_weight, unit_weight),
    Scheme("xavier", _("Xavier (Glorot), uniform"), glorot_weight, zero),
    Scheme("he", _("He (Kaiming), normal"), kaiming_weight, zero),
    Scheme("playground", _("TF Playground: −0.5 to 0.5, biases 0.1"), playground_weight, tenth),
    Scheme("zeros", _("zeros: all neurons of a layer alike"), no_weight, zero),
)
SCHEMES: Mapping[str, Scheme] = MappingProxyType({scheme.key: scheme for scheme in _TABLE})
MICROGRAD = "micrograd"  # also what files mean that name none


def scheme_names() -> tuple[str, ...]:
    """Return the keys of all schemes."""
    return tuple(SCHEMES)
