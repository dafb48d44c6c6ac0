"""Checks what is shown beside the window, as often as it changes and no more.

The page of the gradient check owns one. The thread gets copies, and looks between two slices
whether it is still wanted; how far it is, is asked ten times a second.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from gettext import gettext as _
from types import MappingProxyType

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.explain.checked import sorted_by_error
from engine.graph.document import Document
from engine.run.check import (
    GradientCheck,
    StepCheck,
    checkable,
    checks,
    movable,
    step_downhill,
)
from engine.run.evaluate import Data
from engine.run.result import Result
from engine.run.symptoms import Evidence, Suspicion, suspicions
from playground.session import Session
from playground.session.aside import Aside

SOON, TELLING = 60, 100  # milliseconds until a check begins, and between two looks how far it is
REST = 3  # times as long as a check took, the window has its processor for itself


def _leaves(document: Document, base: Result) -> list[int]:
    return [node for node in checkable(base) if document.node(node).is_leaf]


def _all(_document: Document, base: Result) -> list[int]:
    return checkable(base)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which nodes are checked, and what the switch says."""

    title: str
    tip: str
    nodes: Callable[[Document, Result], list[int]]


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {
        "parameters": Scope(
            _("Parameters"),
            _("Check what training changes; in a graph without parameters, every leaf"),
            movable,
        ),
        "leaves": Scope(_("Leaves"), _("Check every value that nothing is wired to"), _leaves),
        "all": Scope(_("All nodes"), _("Check every node that the output depends on"), _all),
    }
)


@dataclass(slots=True)
class Progress:
    """How far the thread is; `cancelled` ends it at the next look."""

    done: int = 0
    total: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be checked, as copies that nobody else changes."""

    document: Document
    base: Result
    shown: Result
    scope: str
    rate: float
    data: Data | None = None
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out; `checks` begin with what disagrees most."""

    task: Task
    checks: tuple[GradientCheck, ...]
    step: StepCheck | None
    suspicions: tuple[Suspicion, ...]


class Checker(QObject):
    """Follows a session while it is `awake`; lives in the main thread.

    Attributes:
        told: carries `Findings`.
        moved: it has begun, come further or stopped.
        runs: how many checks came to their end, for those who count work.
        scope: the key of what is checked; rate: the length of the step that is tried, None for
            the learning rate of the document.
    """

    told = Signal(object)
    moved = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs = 0
        self.scope = "parameters"
        self.rate: float | None = None
        self._asked: object = None
        self._session = session
        self._awake = False
        self._task: Task | None = None
        self._known: object = None
        self._took = 0
        self._clock = QElapsedTimer()
        self._timer, self._looks = QTimer(self), QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._looks.setInterval(TELLING)
        self._looks.timeout.connect(self.moved)
        self._aside = Aside(self)
        self._aside.done.connect(self._take)
        session.result_changed.connect(self.follow)
        session.tracing.changed.connect(self.follow)
        session.training.state_changed.connect(self.follow)

    @property
    def is_busy(self) -> bool:
        """Whether a check is under way or about to begin."""
        return self._timer.isActive() or self._aside.is_busy

    @property
    def progress(self) -> Progress | None:
        """How far the check under way is, None if there is none."""
        return self._task.progress if self._task is not None and self._aside.is_busy else None

    @property
    def is_current(self) -> bool:
        """Whether what was told last is about what is shown."""
        return self._known == self._state()

    def wake(self, *, up: bool) -> None:
        """Check while somebody looks, and do nothing at all while nobody does."""
        self._awake = up
        if up:
            self.follow()
        else:
            self.cancel()

    def choose(self, scope: str) -> None:
        """Check other nodes."""
        self.scope = scope
        self.cancel()
        if self._awake:
            self.check_now()

    def try_rate(self, rate: float | None) -> None:
        """Try a step of another length, None for the learning rate of the document."""
        self.rate = rate
        self.follow()

    def follow(self) -> None:
        """Check soon, if anything is not as it was; not while training, which never rests."""
        if not self._awake or self._timer.isActive() or self.is_current:
            return
        if self._aside.is_busy or self._session.training.running:
            self.moved.emit()
            return
        rested = self._clock.elapsed() if self._clock.isValid() else 0
        self._timer.start(max(SOON, REST * self._took - rested))
        self.moved.emit()

    def check_now(self) -> None:
        """Check what is shown at this moment, also while training."""
        self._aside.forget()
        self._begin()

    def cancel(self) -> None:
        """Stop what is under way."""
        self._timer.stop()
        self._looks.stop()
        if self._task is not None:
            self._task.progress.cancelled = True
        self._aside.forget()
        self.moved.emit()

    def close(self) -> None:
        """Check nothing more."""
        self._awake = False
        self.cancel()
        self._aside.close()

    def _state(self) -> object:
        session = self._session
        step = session.document.training.learning_rate if self.rate is None else self.rate
        return (id(session.result), self.scope, step * session.tracing.rules.stride)

    def _begin(self) -> None:
        session = self._session
        session.flush()  # so that document and result are of one moment
        self._asked = self._state()
        self._timer.stop()
        document, base, shown = session.document.copy(), session.live.result, session.result
        if base.output is None:
            self._known = self._asked
            self._task = Task(document, base, shown, self.scope, 0.0)
            self.told.emit(Findings(self._task, (), None, ()))
            self.moved.emit()
            return
        rate = document.training.learning_rate if self.rate is None else self.rate
        self._task = Task(
            document,
            base,
            shown,
            self.scope,
            rate * session.tracing.rules.stride,
            session.batch,
        )
        self._clock.start()
        self._aside.start(partial(examine, self._task))
        self._looks.start()
        self.moved.emit()

    def _take(self, findings: Findings) -> None:
        self._looks.stop()
        self._known, self._took = self._asked, self._clock.restart()
        self.runs += 1
        self.told.emit(findings)
        self.moved.emit()
        self.follow()


def examine(task: Task) -> Findings | None:
    """Check the nodes of a task; if any is wrong, all of them, to see where it begins."""
    document, base, shown = task.document, task.base, task.shown
    wanted = SCOPES[task.scope].nodes(document, base)
    found = _checked(task, wanted)
    if found is None:
        return None
    step = step_downhill(document, base, shown, task.rate, task.data)
    seen = {one.node: one for one in found}
    if any(one.verdict == "wrong" for one in found):
        others = _checked(task, [node for node in checkable(base) if node not in seen])
        if others is None:
            return None
        seen |= {one.node: one for one in others}
    evidence = Evidence(document, base, shown, seen, step)
    # Over the batch no local derivative is that of one sample: only the step can be judged.
    said = [one for one in suspicions(evidence) if task.data is None or one.key == "rate"]
    return Findings(task, tuple(sorted_by_error(found)), step, tuple(said))


def _checked(task: Task, nodes: list[int]) -> list[GradientCheck] | None:
    """Check nodes; None if that was cancelled."""
    found, progress = list[GradientCheck](), task.progress
    progress.total += len(nodes)
    shown = {node: task.shown.slope(node) for node in nodes}
    for check in checks(task.document, task.base, shown, task.data):
        if progress.cancelled:
            return None
        found.append(check)
        progress.done += 1
    return found
