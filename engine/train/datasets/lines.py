"""Data sets of one feature and a number to come near to: points along a line or a curve."""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _

import numpy as np
from numpy.random import RandomState

from engine.train.datasets.record import Dataset, Drawn, Numbers

REACH = 5.0  # the feature runs from minus it to it


def along(
    curve: Callable[[Numbers], Numbers], samples: int, noise: float, stream: RandomState
) -> Drawn:
    """Draw points along a curve; noise moves them up or down, by so much on average."""
    x = stream.uniform(-REACH, REACH, samples)
    return x[:, None], curve(x) + stream.normal(scale=noise, size=samples)


def line(x: Numbers) -> Numbers:
    """Return x/5."""
    return x / REACH


def step(x: Numbers) -> Numbers:
    """Return -1 left of 0, and 1 from there on."""
    return np.where(x < 0.0, -1.0, 1.0)


def cubic(x: Numbers) -> Numbers:
    """Return x³/50 - x/2, which crosses 0 at -5, 0 and 5."""
    return x**3 / 50.0 - x / 2.0


def _record(
    key: str, title: str, description: str, curve: Callable[[Numbers], Numbers]
) -> Dataset:
    return Dataset(
        key,
        title,
        description,
        partial(along, curve),
        default_samples=100,
        default_noise=0.1,
        classes=0,
        features=1,
        sorted=False,
    )


CURVES = (
    _record("line", _("line"), _("x/5: a single linear neuron tells it"), line),
    _record("sine", _("sine"), _("sin x over one and a half waves"), np.sin),
    _record("step", _("step"), _("From −1 to 1 at once: weights have to become large"), step),
    _record("cubic", _("cubic"), _("x³/50 − x/2: up, down and up again"), cubic),
)
