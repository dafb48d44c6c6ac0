"""The gradient doctor in the worker: examines the run that is under way, seldom while it goes on.

The workbench asks it whenever it tells news. At rest, after a problem too, everything that is new
is examined at once; while steps are taken once a second, for a few percent of the time at most.
Nothing here knows a thread or Qt.
"""

from collections.abc import Callable

from engine.graph.document import Document
from engine.train.doctor import Doctor, Report
from engine.train.trainer import Trainer

SECONDS = 1.0
SHARE = 0.03  # of the time at most is spent on it while steps are taken


class Examiner:
    """Has a doctor for each run.

    Attributes:
        examined: how often anything was examined, for those who count work.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.examined = 0
        self._clock = clock
        self.begin(Document())

    def begin(self, document: Document) -> None:
        """Begin with another run, of this document, or with other data."""
        self._document = document
        self._doctor: Doctor | None = None
        self._report: Report | None = None
        self._known: tuple[object, ...] = ()
        self._next = 0.0

    def report(self, trainer: Trainer | None, *, running: bool) -> Report | None:
        """Return the latest report, a new one if it is time for it; None if nothing is trained."""
        if trainer is None:
            return None
        begin = self._clock()
        where = _where(trainer)
        if _same(where, self._known) or (running and begin < self._next):
            return self._report
        if self._doctor is None:
            self._doctor = Doctor(self._document, trainer)
        self.examined += 1
        self._known = where
        self._report = self._doctor.examine(trainer)
        self._next = begin + max(SECONDS, (self._clock() - begin) / SHARE)
        return self._report


def _where(trainer: Trainer) -> tuple[object, ...]:
    """Return what tells one moment of a run from another."""
    problem = trainer.snapshot().problem
    return (trainer.parameters, trainer.settings, trainer.samples, problem)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
