"""How a gradient changes the parameters: one record each, in one table.

The trainer calls `update` once a step, and keeps the state between steps.  Nothing here knows a
graph: parameters are a vector.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
State = tuple[Numbers, ...]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule for a step.

    `start` makes the state for a number of parameters.  `update` gets parameters (P,), gradient
    (P,), learning rate and state; it returns the new parameters as a new vector and may change
    the state in place.
    """

    key: str
    title: str
    formula: str
    start: Callable[[int], State]
    update: Callable[[Numbers, Numbers, float, State], Numbers]


def _no_state(_parameters: int) -> State:
    return ()


def _sgd(parameters: Numbers, gradient: Numbers, rate: float, _state: State) -> Numbers:
    return parameters - rate * gradient


_TABLE = (Optimizer("sgd", _("gradient descent"), "p = p - rate*gradient", _no_state, _sgd),)
OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({o.key: o for o in _TABLE})
