"""Which training settings mean something beside the others, and what comes with a choice.

The panel's form and the command line ask.  The optimisers' and the schedules' records say which
settings they read; all others are read whatever is chosen.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS
from engine.train.optimizers import OPTIMIZERS, Optimizer
from engine.train.schedules import SCHEDULES, Schedule

CHOICES: Mapping[str, Mapping[str, Optimizer] | Mapping[str, Schedule]] = MappingProxyType(
    {"optimizer": OPTIMIZERS, "schedule": SCHEDULES}
)


def words(name: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a setting may be and their titles, () if it is a number."""
    if name in CHOICES:
        return tuple((key, record.title) for key, record in CHOICES[name].items())
    setting = SETTINGS[name]
    return tuple((str(word), str(word)) for word in setting.allowed if setting.is_word)


def applies(name: str, training: TrainingSettings) -> bool:
    """Whether a setting is read, as the others are."""
    if not SETTINGS[name].applies(training):
        return False
    readers = [choice for choice in CHOICES if any(name in r for r in _read(choice))]
    return not readers or any(
        name in CHOICES[choice][getattr(training, choice)].settings
        for choice in readers
        if getattr(training, choice) in CHOICES[choice]
    )


def along(**changed: Any) -> dict[str, Any]:
    """Return a change of settings with those that another optimiser brings, unless given."""
    optimizer = OPTIMIZERS.get(changed.get("optimizer", ""))
    return {**(optimizer.settings if optimizer is not None else {}), **changed}


def _read(choice: str) -> Iterator[tuple[str, ...]]:
    return (tuple(record.settings) for record in CHOICES[choice].values())
