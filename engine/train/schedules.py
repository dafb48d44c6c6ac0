"""How the learning rate changes over the steps: one record each, in one table.

The trainer asks for the rate of every step; the panel draws it.  Before any of them the rate may
warm up, so rates are asked for by `learning_rate`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from engine.graph.records import TrainingSettings


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule for the learning rate: `rate(settings, step)` for step 0, 1, 2, ...

    At step 0 it is the rate of the settings.  `settings` are those that it reads beside that one.
    """

    key: str
    title: str
    formula: str
    rate: Callable[[TrainingSettings, int], float]
    settings: tuple[str, ...] = ()


def learning_rate(settings: TrainingSettings, step: int) -> float:
    """Return the learning rate of a step, step 0 being the first.

    While warming up it is k/(w + 1) of the full rate in the k-th of w steps; then the schedule
    begins.
    """
    warm = settings.warmup_steps
    if step < warm:
        return settings.learning_rate * (step + 1) / (warm + 1)
    return SCHEDULES[settings.schedule].rate(settings, step - warm)


def learning_rates(settings: TrainingSettings, steps: range) -> list[float]:
    """Return the learning rates of many steps, in less time than one by one."""
    warm, rate = settings.warmup_steps, SCHEDULES[settings.schedule].rate
    rising = min(max(warm - steps.start, 0), len(steps))
    return [learning_rate(settings, step) for step in steps[:rising]] + [
        rate(settings, step - warm) for step in steps[rising:]
    ]


def _constant(settings: TrainingSettings, _step: int) -> float:
    return settings.learning_rate


def _linear(settings: TrainingSettings, step: int) -> float:
    """Go from the first rate to the last in `schedule_steps` steps, then stay.

    Written so that 1.0, 0.1 and 100 round as the 1.0 - 0.9*k/100 of micrograd's demo.
    """
    start, over = settings.learning_rate, settings.schedule_steps
    if step >= over:
        return settings.end_rate
    return start - (start - settings.end_rate) * step / over


def _step(settings: TrainingSettings, step: int) -> float:
    """Multiply by a factor after every `schedule_steps` steps: torch's StepLR."""
    stage = step // settings.schedule_steps
    try:
        return min(settings.learning_rate * settings.step_factor**stage, LARGEST)
    except OverflowError:
        return LARGEST if settings.learning_rate else 0.0


def _cosine(settings: TrainingSettings, step: int) -> float:
    """Go along half a cosine to the last rate, then stay: torch's CosineAnnealingLR until then."""
    start, end, over = settings.learning_rate, settings.end_rate, settings.schedule_steps
    if step >= over:
        return end
    return end + (start - end) * (1 + math.cos(math.pi * step / over)) / 2


LARGEST = 1e300  # what a factor above 1 may come to
OVER = ("end_rate", "schedule_steps")
_TABLE = (
    Schedule("constant", _("constant"), "rate", _constant),
    Schedule("linear", _("linear"), "rate - (rate - end)*min(step, over)/over", _linear, OVER),
    Schedule(
        "step",
        _("in steps"),
        "rate*factor**floor(step/over)",
        _step,
        ("step_factor", "schedule_steps"),
    ),
    Schedule(
        "cosine",
        _("cosine"),
        "end + (rate - end)*(1 + cos(3.141592653589793*min(step, over)/over))/2",
        _cosine,
        OVER,
    ),
)
SCHEDULES: Mapping[str, Schedule] = MappingProxyType({s.key: s for s in _TABLE})
