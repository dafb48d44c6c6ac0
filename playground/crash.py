"""When something breaks: hooks for what nobody caught, and the log.

`CrashGuard` hears of every exception that escapes a slot, a painter, a thread or a destructor,
and of Qt's own messages. It logs them, lets the registered callbacks bring the work to safety,
and announces each failure once, in the main thread, however often it repeats. The start-up
shows the dialog; nothing here may know a window or a document.
"""

import logging
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

RECENT = 50
LOG_BYTES = 1_000_000
OLD_LOGS = 3
# A failure that comes back after this long is news again; until then it is the same trouble.
SILENT_SECONDS = 60.0
# Between two dialogs about different failures, so that a storm of them can be clicked away.
QUIET_SECONDS = 5.0

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

# What platform plugins without a window system say of themselves.
HARMLESS = ("This plugin does not support ",)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that nobody caught.

    `sentence` is for people, `details` for a report, `signature` tells repetitions.
    """

    sentence: str
    details: str
    signature: tuple[str, str, int]


def failure_of(error: BaseException, where: str = "") -> Failure:
    """Describe an exception; `where` says what it happened in, as Qt or Python knows it."""
    frames = traceback.extract_tb(error.__traceback__)
    place, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
    kind = type(error).__name__
    trace = "".join(traceback.format_exception(error))
    return Failure(f"{kind}: {error}.", f"{where}\n{trace}".lstrip(), (kind, place, line))


class CrashGuard(QObject):
    """Catches what nobody caught; created in the main thread, hears all threads.

    Attributes:
        failed: carries a `Failure`, in the main thread and once for each.
        rescues: called before `failed`, each on its own; they bring the work to safety.
    """

    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.rescues: list[Callable[[], None]] = []
        self._clock = clock
        self._lock = threading.Lock()
        self._last_seen: dict[tuple[str, str, int], float] = {}
        self._presenting = False
        self._quiet_until = float("-inf")
        self._before: tuple[Any, Any, Any, Any] | None = None
        # Queued, so that a failing painter has returned before a dialog opens.
        self._arrived.connect(self._present, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Put the hooks in place."""
        messages = qInstallMessageHandler(self._hear_qt)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook, messages)
        sys.excepthook = self._hear
        threading.excepthook = self._hear_thread
        sys.unraisablehook = self._hear_unraisable

    def uninstall(self) -> None:
        """Put back the hooks that were there before."""
        if self._before is None:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook, messages = self._before
        qInstallMessageHandler(messages)
        self._before = None

    def report(self, error: BaseException, where: str = "") -> None:
        """Take note of an exception, from any thread."""
        failure = failure_of(error, where)
        if self._is_news(failure):
            log.error("%s\n%s", failure.sentence, failure.details)
            self._arrived.emit(failure)

    def _is_news(self, failure: Failure) -> bool:
        now = self._clock()
        with self._lock:
            last = self._last_seen.get(failure.signature, float("-inf"))
            self._last_seen[failure.signature] = now
        return now - last > SILENT_SECONDS

    def _present(self, failure: Failure) -> None:
        self._rescue()
        if self._presenting or self._clock() < self._quiet_until:
            return
        self._presenting = True
        try:
            self.failed.emit(failure)
        finally:
            self._presenting = False
            self._quiet_until = self._clock() + QUIET_SECONDS

    def _rescue(self) -> None:
        for rescue in self.rescues:
            try:
                rescue()
            except Exception:
                log.exception("a rescue failed")

    def _hear(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _hear_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value, f"thread {args.thread.name if args.thread else '?'}")

    def _hear_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self.report(args.exc_value, f"{args.err_msg or 'ignored in'} {args.object!r}")

    def _hear_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        place = f" ({context.file}:{context.line})" if context.file else ""
        name = f"qt.{context.category}" if context.category else "qt"
        level = logging.DEBUG if text.startswith(HARMLESS) else LEVELS[kind]
        logging.getLogger(name).log(level, "%s%s", text, place)


class RecentActions(logging.Handler):
    """Remembers the last 50 things that were logged, to stand in a report."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=RECENT)
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first line of a record."""
        self._lines.append(self.format(record).split("\n", 1)[0])

    def lines(self) -> list[str]:
        """Return what is remembered, the latest last."""
        return list(self._lines)


class Log:
    """The log of a run: a file that rotates, warnings on the terminal, and the last actions."""

    def __init__(self, folder: Path) -> None:
        self.recent = RecentActions()
        self._handlers: list[logging.Handler] = [self.recent]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handlers.append(log_file(folder / "playground.log"))
        except OSError as error:
            log.warning("there will be no log file: %s", error)
        if sys.stderr is not None:  # a Windows program without a console has none
            terminal = logging.StreamHandler()
            terminal.setLevel(logging.WARNING)
            self._handlers.append(terminal)
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.INFO)
        for handler in self._handlers:
            root.addHandler(handler)

    def close(self) -> None:
        """Let go of the file and of the root logger."""
        root = logging.getLogger()
        root.setLevel(self._level)
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()


def log_file(path: Path) -> logging.Handler:
    """Open a log file that is turned over before it grows past a megabyte."""
    handler = RotatingFileHandler(
        path, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", errors="replace"
    )
    form = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
    handler.setFormatter(logging.Formatter(form))
    return handler
