"""When a run ends by itself: at an epoch, at a step, or as soon as it is good, or gets no better.

The window's worker and the command line make a `Watch`, take no more steps at a time than it lets
them, and ask it after each portion.  Conditions are a table; their limits are settings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS
from engine.train.snapshot import Snapshot
from engine.train.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `loss` and `accuracy` are those that are watched.

    `stale` counts the epochs since the loss last fell by more than the least progress.
    """

    step: int
    epoch: int
    loss: float
    accuracy: float | None
    stale: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A condition; `name` is the setting of its limit.

    `ahead` tells how many steps may be taken before it has to be looked at, `words` why it ended
    a run, with the watched points as {points}.
    """

    name: str
    holds: Callable[[Progress, float], bool]
    words: Callable[[Progress, float], str]
    ahead: Callable[[Trainer, float], int]


@dataclass(frozen=True, slots=True)
class Stopped:
    """Which condition ended a run, by the name of its setting, and a sentence that says it."""

    name: str
    text: str


def _to_epoch_end(trainer: Trainer, _limit: float) -> int:
    return trainer.batches.to_epoch(trainer.step, trainer.epoch + 1)


def _asked(_progress: Progress, _limit: float) -> str:
    return _("as asked")


def _no_progress(_progress: Progress, limit: float) -> str:
    count = int(limit)
    return ngettext(
        "the {{points}} loss has not fallen for {count:,} epoch",
        "the {{points}} loss has not fallen for {count:,} epochs",
        count,
    ).format(count=count)


STOPS = (
    Stop(
        "until_epoch",
        lambda at, limit: at.epoch >= limit,
        _asked,
        lambda trainer, limit: trainer.batches.to_epoch(trainer.step, int(limit)),
    ),
    Stop(
        "until_step",
        lambda at, limit: at.step >= limit,
        _asked,
        lambda trainer, limit: max(int(limit) - trainer.step, 0),
    ),
    Stop(
        "until_loss",
        lambda at, limit: at.loss <= limit,
        lambda at, _limit: _("the {{points}} loss is down to {loss:.4g}").format(loss=at.loss),
        _to_epoch_end,
    ),
    Stop(
        "until_accuracy",
        lambda at, limit: at.accuracy is not None and at.accuracy >= limit,
        lambda at, _limit: _("{share:.1%} of the {{points}} points are right").format(
            share=at.accuracy
        ),
        _to_epoch_end,
    ),
    Stop("until_plateau", lambda at, limit: at.stale >= limit, _no_progress, _to_epoch_end),
)


class Watch:
    """Looks whether a run has come to where its settings say that it ends.

    Epoch and step are met exactly; loss, accuracy and progress are looked at when an epoch is
    complete, whatever portions the steps are taken in. A loss makes progress when it is less than
    the least so far by more than `least_progress`, as Keras's EarlyStopping has it; the least so
    far is, at first, the loss where watching begins.

    What holds already when watching begins ends nothing, so that a run can be gone on with;
    `at_once` lets that count, too. Other settings of stopping begin the watch anew.
    """

    def __init__(self, trainer: Trainer, *, at_once: bool = False) -> None:
        self._trainer = trainer
        self._at_once = at_once
        self._begin(trainer.snapshot())

    def _begin(self, snapshot: Snapshot) -> None:
        self._settings = wanted(self._trainer.settings)
        self._seen = snapshot.step
        self._least, self._stale = self._loss(snapshot), 0
        at = self._progress(snapshot)
        self._open = [
            (stop, limit)
            for stop in STOPS
            if (limit := getattr(self._trainer.settings, stop.name)) is not None
            and (self._at_once or not stop.holds(at, limit))
        ]

    def most(self, steps: int) -> int:
        """Return how many of so many steps may be taken before the next look."""
        if wanted(self._trainer.settings) != self._settings:
            self._begin(self._trainer.snapshot())
        ahead = (stop.ahead(self._trainer, limit) for stop, limit in self._open)
        return min((steps, *(n for n in ahead if n > 0)))

    def look(self, snapshot: Snapshot) -> Stopped | None:
        """Return what ends the run here, None if it goes on."""
        trainer = self._trainer
        complete = _to_epoch_end(trainer, 0.0) == trainer.batches.in_epoch
        if complete and snapshot.step > self._seen:
            self._count(snapshot)
        at = self._progress(snapshot)
        for stop, limit in self._open:
            if (complete or stop.ahead is not _to_epoch_end) and stop.holds(at, limit):
                return Stopped(stop.name, self._sentence(stop.words(at, limit), at))
        return None

    def _count(self, snapshot: Snapshot) -> None:
        self._seen = snapshot.step
        loss = self._loss(snapshot)
        if loss < self._least - self._trainer.settings.least_progress:
            self._least, self._stale = loss, 0
        else:
            self._stale += 1

    def _progress(self, snapshot: Snapshot) -> Progress:
        return progress(self._trainer.settings, snapshot, self._stale)

    def _loss(self, snapshot: Snapshot) -> float:
        return watched_loss(snapshot, self._trainer.settings)

    def _sentence(self, why: str, at: Progress) -> str:
        tested = tests(self._trainer.settings, self._trainer.snapshot())
        points = _("test") if tested else _("training")
        words = _("Stopped at epoch {epoch:,}: {why}")
        if self._trainer.samples is None:
            words = _("Stopped at step {step:,}: {why}")
        return words.format(epoch=at.epoch, step=at.step, why=why.format(points=points))


def conditions(settings: TrainingSettings) -> bool:
    """Whether anything is to end training."""
    return any(getattr(settings, stop.name) is not None for stop in STOPS)


def reached(settings: TrainingSettings, snapshot: Snapshot) -> bool:
    """Whether all that is to end training holds already, so that nothing would end it."""
    limits = [(stop, getattr(settings, stop.name)) for stop in STOPS]
    at = progress(settings, snapshot)
    asked = [(stop, limit) for stop, limit in limits if limit is not None]
    return bool(asked) and all(stop.holds(at, limit) for stop, limit in asked)


def progress(settings: TrainingSettings, snapshot: Snapshot, stale: int = 0) -> Progress:
    """Return how far a run is, on the points that are watched."""
    accuracy = snapshot.test_accuracy if tests(settings, snapshot) else snapshot.train_accuracy
    loss = watched_loss(snapshot, settings)
    return Progress(snapshot.step, snapshot.epoch, loss, accuracy, stale)


def tests(settings: TrainingSettings, snapshot: Snapshot) -> bool:
    """Whether test points are watched: there are some, and nothing else is wished."""
    return snapshot.test_loss is not None and settings.watched == "test"


def wanted(settings: TrainingSettings) -> tuple[object, ...]:
    """Return the settings that say when training ends."""
    return tuple(getattr(settings, one.name) for one in SETTINGS.values() if one.ends)


def watched_loss(snapshot: Snapshot, settings: TrainingSettings) -> float:
    """Return the loss on the points that are watched."""
    tested = snapshot.test_loss if tests(settings, snapshot) else None
    return snapshot.train_loss if tested is None else tested
