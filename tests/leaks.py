"""What a test with Qt may leave running: nothing. Used by the fixture in conftest.

While a test runs, `start` of threads, timers and animations is wrapped to remember who started
what; afterwards whoever still runs is named, together with windows nobody closed. This must
never stop or close anything itself: hiding a leak would let the next test inherit it.
"""

import gc
import traceback
import weakref
from types import TracebackType
from typing import Self

import shiboken6
from PySide6.QtCore import QAbstractAnimation, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

REMEDIES = {
    QThread: "call quit() and wait() on it when its owner closes",
    QTimer: "call stop() on it when its owner closes, or give it a parent that is deleted",
    QAbstractAnimation: "call stop() on it when its owner closes",
}


class Leaks:
    """A context in which starts are recorded; `found` tells what still runs."""

    def __init__(self) -> None:
        self.started: dict[type, weakref.WeakKeyDictionary[QObject, str]] = {}
        self.originals: dict[type, object] = {}
        self.windows: set[QWidget] = set()

    def __enter__(self) -> Self:
        self.windows = set(open_windows())
        for kind in REMEDIES:
            self.started[kind] = weakref.WeakKeyDictionary()
            self.originals[kind] = kind.start
            kind.start = recorder(kind.start, self.started[kind])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for wrapped, original in self.originals.items():
            wrapped.start = original

    def found(self) -> list[str]:
        """Describe every leak in one line each, with its remedy."""
        deliver_deletions()
        return self.running() + self.stray()

    def running(self) -> list[str]:
        """Describe the threads, timers and animations that still run."""
        return [
            f"{type(one).__name__} started at {place} still runs: {REMEDIES[kind]}"
            for kind, started in self.started.items()
            for one, place in list(started.items())
            if shiboken6.isValid(one) and is_running(one)
        ]

    def stray(self) -> list[str]:
        """Describe the windows that were not there before; only garbage gets a second look."""
        if not self.new_windows():
            return []
        gc.collect()
        deliver_deletions()
        return [
            f"{window!r} is still there: hand it to qtbot.addWidget or give it a parent,"
            " and let nothing of the application hold it"
            for window in self.new_windows()
        ]

    def new_windows(self) -> list[QWidget]:
        return [window for window in open_windows() if window not in self.windows]


def recorder(start, started):
    """Wrap a `start` method so that it remembers the line that called it."""

    def recorded(self, *arguments):
        caller = traceback.extract_stack(limit=2)[0]
        started[self] = f"{caller.filename}:{caller.lineno}"
        return start(self, *arguments)

    return recorded


def is_running(one: QObject) -> bool:
    """Tell whether a thread, timer or animation is at work; a finished one is no leak."""
    if isinstance(one, QThread):
        return one.isRunning()
    if isinstance(one, QTimer):
        return one.isActive()
    return one.state() is QAbstractAnimation.State.Running


def open_windows() -> list[QWidget]:
    """List the top-level widgets without a parent."""
    return [window for window in QApplication.topLevelWidgets() if window.parent() is None]


def deliver_deletions() -> None:
    """Let `deleteLater` take effect; outside an event loop it would wait for ever."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
