"""The log of a run: under which settings and on which data it was trained from which step on.

The trainer writes it whenever something comes into force; the chart and the command line read its
marks. However often settings change, it stays bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from gettext import gettext as _
from itertools import pairwise

from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.graph.settings import SETTINGS
from engine.train.datasets import DATASETS
from engine.train.settings import applies, words

MOST = 100

Marks = tuple[tuple[int, str], ...]

# What a mark calls the settings of the data that are told with a number.
DATA = {
    "samples": _("Samples"),
    "classes": _("Classes"),
    "noise": _("Noise"),
    "test_share": _("Test share"),
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a step depends on besides the numbers of the graph."""

    training: TrainingSettings
    data: DataSettings
    seeds: Seeds


class Log:
    """Conditions by the step they came into force at, ascending; the first are those of the start.

    A mark is a step and what was different from then on, in words. Where there is no room for
    more, the two entries that follow each other most closely become one.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[int, Conditions]] = []
        self._marks: Marks | None = ()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def now(self) -> Conditions:
        """What is in force."""
        return self._entries[-1][1]

    def note(self, step: int, conditions: Conditions) -> None:
        """Write down what is in force from a step on; what was for later is forgotten."""
        earlier = [entry for entry in self._entries if entry[0] < step]
        if not earlier or earlier[-1][1] != conditions:
            earlier.append((step, conditions))
        if len(earlier) > MOST:
            gaps = [later[0] - entry[0] for entry, later in pairwise(earlier[1:])]
            del earlier[1 + gaps.index(min(gaps))]
        self._entries, self._marks = earlier, None

    def marks(self, upto: int | None = None) -> Marks:
        """Return the steps at which something changed, and what, up to a step if one is given."""
        if self._marks is None:
            changes = pairwise(self._entries)
            told = ((step, told_change(one, other)) for (_at, one), (step, other) in changes)
            self._marks = tuple((step, text) for step, text in told if text)
        if upto is None or not self._marks or self._marks[-1][0] <= upto:
            return self._marks
        return tuple(mark for mark in self._marks if mark[0] <= upto)


def told_change(before: Conditions, after: Conditions) -> str:
    """Say in a few words what is different, "" if it is nothing that means anything."""
    parts = [*_training_words(before.training, after.training), *_data_words(before, after)]
    return ", ".join(parts)


def _training_words(before: TrainingSettings, after: TrainingSettings) -> Iterator[str]:
    for field in fields(TrainingSettings):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if SETTINGS[field.name].ends:
            continue  # it changes no step
        if old != new and (applies(field.name, after) or applies(field.name, before)):
            yield _arrow(
                SETTINGS[field.name].label, _value(field.name, old), _value(field.name, new)
            )


def _data_words(before: Conditions, after: Conditions) -> Iterator[str]:
    old, new = before.data, after.data
    if old.generator != new.generator or (old.table is None) != (new.table is None):
        yield _arrow(_("Data"), _source(old), _source(new))
        return
    if (old.table, old.features, old.target) != (new.table, new.features, new.target):
        yield _("other points")
    elif before.seeds.data != after.seeds.data:
        yield _arrow(_("Data seed"), before.seeds.data, after.seeds.data)
    for name, label in DATA.items():
        if getattr(old, name) != getattr(new, name):
            yield _arrow(label, f"{getattr(old, name):.6g}", f"{getattr(new, name):.6g}")
    if before.seeds.shuffle != after.seeds.shuffle:
        yield _arrow(_("Shuffle seed"), before.seeds.shuffle, after.seeds.shuffle)


def _arrow(label: str, old: object, new: object) -> str:
    return f"{label} {old} → {new}"


def _source(data: DataSettings) -> str:
    if data.table is not None:
        return _("a table")
    known = DATASETS.get(data.generator or "")
    return known.title if known is not None else _("none")


def _value(name: str, value: object) -> str:
    if value is None:
        return SETTINGS[name].none
    if SETTINGS[name].is_word:
        return dict(words(name)).get(str(value), str(value))
    return f"{value:.6g}"
