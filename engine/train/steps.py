"""One step downhill: what is made of a gradient, up to the parameters that come after it.

The trainer takes steps and tells what a step would do by the same function; the compiled kernels
have their own, and tests hold them against each other. Nothing here knows samples or a document.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.graph.records import TrainingSettings
from engine.train.objective import Terms
from engine.train.optimizers import Optimizer, State

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


def stepped(
    optimizer: Optimizer,
    parameters: Numbers,
    gradient: Numbers,
    rate: float,
    state: State,
    settings: TrainingSettings,
    terms: Terms,
) -> tuple[Numbers, State]:
    """Return parameters (P,) and state after a step with a gradient (P,) that is not clipped."""
    used = clipped(gradient, terms)
    after, remembered = optimizer.step(parameters, used, rate, state, settings)
    if not terms.truncates:
        return after, remembered
    after, dead = truncated(parameters, after, state.dead, rate, terms)
    return after, replace(remembered, dead=dead)


def clipped(gradient: Numbers, terms: Terms) -> Numbers:
    """Return the gradient as a step uses it.

    As torch.nn.utils do: shortened to limit / (norm + 1e-6) of itself if it is longer than the
    limit, or each number cut where its size exceeds it.
    """
    if terms.clip == "norm":
        factor = terms.limit / (float(np.sqrt(gradient @ gradient)) + 1e-6)
        return gradient if factor >= 1.0 else gradient * factor
    if terms.clip == "value":
        return np.clip(gradient, -terms.limit, terms.limit)
    return gradient


def truncated(
    before: Numbers, after: Numbers, dead: Flags | None, rate: float, terms: Terms
) -> tuple[Numbers, Flags]:
    """Return the parameters after a step and L1, and which of them are at 0 for ever.

    L1 takes rate * alpha off the size that a parameter had before the step; one that this alone
    takes across 0 becomes 0 and dead.  Those that were dead stay as they are.  Compare Langford,
    Li and Zhang 2009, equation 5, and tensorflow/playground, nn.ts, updateWeights.
    """
    shrunk = after - rate * terms.lasso * np.sign(before)
    crossed = after * shrunk < 0.0
    numbers = np.where(crossed, 0.0, shrunk)
    return (
        (numbers, crossed) if dead is None else (np.where(dead, before, numbers), dead | crossed)
    )
