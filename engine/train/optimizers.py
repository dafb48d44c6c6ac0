"""How a gradient changes the parameters: one record each, in one table.

The trainer calls `step` and keeps the state between steps.  A body is written once, for one
parameter, in the bare names that bodies of ops use: here it runs on NumPy's vectors, and
`python -m engine.train.optimizers` writes `engine/run/kernels/updates.py`, where it is compiled.
Nothing here knows a graph: parameters are a vector.

The rules are PyTorch's (torch.optim), with its defaults.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.records import TrainingSettings
from engine.ops import arrays
from engine.ops.arrays import power, sqrt
from engine.ops.record import Body, bind

Numbers = NDArray[np.float64]
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What an optimiser remembers: after how many updates, and its vectors (P,), read-only.

    `dead` flags the parameters (P,) that truncated L1 has taken to 0, None if there is none yet.
    """

    updates: int
    vectors: tuple[Numbers, ...]
    dead: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What a rule remembers at a moment of a run, so that the run can go on from there."""

    rule: "Optimizer"
    state: State

    def titled(self) -> dict[str, Numbers]:
        """Return the vectors (P,) by their titles for people."""
        return dict(zip(self.rule.titles, self.state.vectors, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optimizer:
    """A rule for a step.

    `body(p, gradient, rate, step, *state, *settings)` returns the parameter after the step and
    each number of its state; `step` counts from 1.  `formula` says the same in text, statements
    in order, `;` between them.  `state` names what is remembered of each parameter, all 0 at
    first, as the formula does; `titles` names it for people.  `settings` are the training
    settings that the body reads, in order, with what they are unless somebody says otherwise.
    """

    key: str
    title: str
    formula: str
    body: Body
    state: Texts = ()
    titles: Texts = ()
    settings: Mapping[str, float] = field(default_factory=dict)
    _bound: Callable[..., tuple[Numbers, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Bind the body once, for arrays."""
        object.__setattr__(self, "_bound", bind(self.body, arrays))

    def start(self, count: int) -> State:
        """Return the state before the first step of `count` parameters."""
        return State(0, tuple(_read_only(np.zeros(count)) for _name in self.state))

    def resume(self, state: State, other: "Optimizer", count: int) -> State:
        """Return the state to go on with after another optimiser: its own, where it fits.

        It fits if both remember the same; else this one begins as at the first step.
        """
        if self.state == other.state:
            return state
        return replace(self.start(count), dead=state.dead)

    def given(self, training: TrainingSettings) -> tuple[float, ...]:
        """Return the numbers that the settings give to the body."""
        return tuple(float(getattr(training, name)) for name in self.settings)

    def step(
        self,
        parameters: Numbers,
        gradient: Numbers,
        rate: float,
        state: State,
        training: TrainingSettings,
    ) -> tuple[Numbers, State]:
        """Return the parameters (P,) and the state after a step; what is given stays as it is."""
        updates = state.updates + 1
        after, *vectors = self._bound(
            parameters, gradient, rate, float(updates), *state.vectors, *self.given(training)
        )
        return after, State(updates, tuple(map(_read_only, vectors)))


def _read_only(vector: Numbers) -> Numbers:
    vector.flags.writeable = False
    return vector


def _sgd(p: Any, gradient: Any, rate: Any, step: Any) -> Any:
    """torch.optim.SGD."""
    return (p - rate * gradient,)


def _momentum(p: Any, gradient: Any, rate: Any, step: Any, velocity: Any, momentum: Any) -> Any:
    """torch.optim.SGD(momentum): the rate stands outside the velocity, without dampening."""
    velocity = momentum * velocity + gradient
    return p - rate * velocity, velocity


def _nesterov(p: Any, gradient: Any, rate: Any, step: Any, velocity: Any, momentum: Any) -> Any:
    """torch.optim.SGD(momentum, nesterov=True): looks ahead by one more share of the velocity."""
    velocity = momentum * velocity + gradient
    return p - rate * (gradient + momentum * velocity), velocity


def _rmsprop(
    p: Any,
    gradient: Any,
    rate: Any,
    step: Any,
    squares: Any,
    velocity: Any,
    decay: Any,
    momentum: Any,
    epsilon: Any,
) -> Any:
    """torch.optim.RMSprop, not centred: epsilon is added to the root, nothing is corrected."""
    squares = decay * squares + (1 - decay) * gradient * gradient
    velocity = momentum * velocity + gradient / (sqrt(squares) + epsilon)
    return p - rate * velocity, squares, velocity


def _adam(
    p: Any,
    gradient: Any,
    rate: Any,
    step: Any,
    mean: Any,
    squares: Any,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
) -> Any:
    """torch.optim.Adam: both means corrected for their start at 0, epsilon beside the root."""
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient * gradient
    root = sqrt(squares) / sqrt(1 - power(beta2, step)) + epsilon
    return p - rate / (1 - power(beta1, step)) * mean / root, mean, squares


def _adamw(
    p: Any,
    gradient: Any,
    rate: Any,
    step: Any,
    mean: Any,
    squares: Any,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    weight_decay: Any,
) -> Any:
    """torch.optim.AdamW: Adam, after every parameter shrank by its share; the means know nothing.

    That decay is of all parameters, biases as well, and times the rate of the step.
    """
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient * gradient
    root = sqrt(squares) / sqrt(1 - power(beta2, step)) + epsilon
    shrunk = p - rate * weight_decay * p
    return shrunk - rate / (1 - power(beta1, step)) * mean / root, mean, squares


def _adagrad(p: Any, gradient: Any, rate: Any, step: Any, squares: Any, epsilon: Any) -> Any:
    """torch.optim.Adagrad: the sum starts at 0, epsilon is added to the root, the rate stays."""
    squares = squares + gradient * gradient
    return p - rate * gradient / (sqrt(squares) + epsilon), squares


ADAM = (
    "mean = beta1*mean + (1 - beta1)*gradient; squares = beta2*squares + (1 - beta2)*gradient**2; "
)
ADAM_STEP = "p = p - rate/(1 - beta1**step)*mean/(sqrt(squares)/sqrt(1 - beta2**step) + epsilon)"
VELOCITY = "velocity = momentum*velocity + gradient; "
MEANS = (_("mean of gradients"), _("mean of squares"))
BETAS = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
_TABLE = (
    Optimizer(
        key="sgd",
        title=_("SGD"),
        formula="p = p - rate*gradient",
        body=_sgd,
    ),
    Optimizer(
        key="momentum",
        title=_("Momentum"),
        formula=VELOCITY + "p = p - rate*velocity",
        body=_momentum,
        state=("velocity",),
        titles=(_("velocity"),),
        settings={"momentum": 0.9},
    ),
    Optimizer(
        key="nesterov",
        title=_("Nesterov"),
        formula=VELOCITY + "p = p - rate*(gradient + momentum*velocity)",
        body=_nesterov,
        state=("velocity",),
        titles=(_("velocity"),),
        settings={"momentum": 0.9},
    ),
    Optimizer(
        key="rmsprop",
        title=_("RMSProp"),
        formula=(
            "squares = decay*squares + (1 - decay)*gradient**2; "
            "velocity = momentum*velocity + gradient/(sqrt(squares) + epsilon); "
            "p = p - rate*velocity"
        ),
        body=_rmsprop,
        state=("squares", "velocity"),
        titles=(_("mean of squares"), _("velocity")),
        settings={"decay": 0.99, "momentum": 0.0, "epsilon": 1e-8},
    ),
    Optimizer(
        key="adam",
        title=_("Adam"),
        formula=ADAM + ADAM_STEP,
        body=_adam,
        state=("mean", "squares"),
        titles=MEANS,
        settings=BETAS,
    ),
    Optimizer(
        key="adamw",
        title=_("AdamW"),
        formula=ADAM + "p = p - rate*weight_decay*p; " + ADAM_STEP,
        body=_adamw,
        state=("mean", "squares"),
        titles=MEANS,
        settings={**BETAS, "weight_decay": 0.01},
    ),
    Optimizer(
        key="adagrad",
        title=_("AdaGrad"),
        formula=(
            "squares = squares + gradient**2; p = p - rate*gradient/(sqrt(squares) + epsilon)"
        ),
        body=_adagrad,
        state=("squares",),
        titles=(_("sum of squares"),),
        settings={"epsilon": 1e-10},
    ),
)
OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({o.key: o for o in _TABLE})


if __name__ == "__main__":
    from engine.run.kernels.generate import updates

    sys.stdout.write(updates(OPTIMIZERS.values()))
