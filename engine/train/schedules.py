"""How the learning rate changes over the steps: one record each, in one table.

The trainer asks for the rate of every step; the panel draws it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from types import MappingProxyType

from engine.graph.records import TrainingSettings


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule for the learning rate: `rate(settings, step)` for step 0, 1, 2, ..."""

    key: str
    title: str
    formula: str
    rate: Callable[[TrainingSettings, int], float]


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


_TABLE = (
    Schedule("constant", _("constant"), "rate", _constant),
    Schedule("linear", _("linear"), "rate - (rate - end)*min(step, over)/over", _linear),
)
SCHEDULES: Mapping[str, Schedule] = MappingProxyType({s.key: s for s in _TABLE})
