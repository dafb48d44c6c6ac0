"""The start and the end of the program: what is made in which order, and undone in reverse.

The command line calls `run`. This is the only place that wires the parts together: log and crash
hooks, settings and theme, session and recovery, window and interrupts. Nothing else may happen
here.
"""

import os
import signal
import socket
import sys
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path
from types import FrameType
from typing import NoReturn

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QLocale,
    QObject,
    QSocketNotifier,
    QStandardPaths,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QApplication

from playground.compiled_engine import CompiledEngine
from playground.crash import CrashGuard, Failure, Log
from playground.dialogs.crash import CrashDialog
from playground.dialogs.recovery import RecoveryDialog
from playground.garbage import GarbageCollector
from playground.icons import application_icon
from playground.main_window import MainWindow
from playground.panels.typesetter import Typesetter
from playground.session import Session
from playground.session.library import Library
from playground.settings import SIZE, THEME, Settings
from playground.storage import Recovery
from playground.theme import ThemeManager
from playground.training import lingers

NAME = "micrograd-playground"
BROKEN = 1
INTERRUPTED = 128  # plus the number of the signal, as shells count


def run(path: Path | None = None) -> int:
    """Open the window, with a document or the start page, and return the exit code."""
    choose_size()
    application = make_application()
    program = Program(application)
    try:
        program.start(path)
        code = application.exec()
    finally:
        program.close()
    if lingers():
        end_now(code)
    return code


def end_now(code: int) -> NoReturn:
    """End the process without Python's tidying up, which would destroy a thread that runs."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def choose_size() -> None:
    """Let Qt show everything at the size that was chosen; it asks once, before it starts.

    Who has set Qt's own variable for it knows better.
    """
    percent = Settings().read(SIZE)
    if percent != SIZE.default:
        os.environ.setdefault("QT_SCALE_FACTOR", str(percent / 100))


def make_application() -> QApplication:
    """Make the application object: its names, its icon, and numbers written with a point."""
    QCoreApplication.setApplicationName(NAME)
    QApplication.setApplicationDisplayName(_("Micrograd Playground"))
    QApplication.setDesktopFileName(NAME)
    QLocale.setDefault(QLocale.c())
    application = QApplication(sys.argv[:1])
    application.setWindowIcon(application_icon())
    return application


def data_folder() -> Path:
    """Return the folder for logs, journals and templates; it need not exist."""
    place = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(place))


def cache_folder() -> Path:
    """Return the folder for what can be made again, such as machine code; it need not exist."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))


class Program(QObject):
    """All that lives as long as the window; `close` ends it in reverse order."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self.garbage = GarbageCollector(self)
        self.log = Log(data_folder() / "logs")
        self.guard = CrashGuard(parent=self)
        self.guard.install()
        self.interrupts = Interrupts(self)
        self.interrupts.came.connect(self._end_at_once)
        self.settings = Settings(parent=self)
        self.themes = ThemeManager(self.settings.read(THEME), self)
        self.themes.dress(application)
        self.recovery = Recovery(data_folder() / "recovery")
        self.session = Session(self.recovery, self)
        self.guard.rescues.append(self.session.flush_journal)
        self.library = Library(data_folder() / "library", self)
        self.window = MainWindow(self.session, self.settings, self.themes, self.library)
        self.guard.failed.connect(self._show_failure)
        self.typesetter = Typesetter(self)
        self.typesetter.ready.connect(self.window.set_formulas)
        self.engine = CompiledEngine(cache_folder(), self)
        self.engine.ready.connect(self.session.training.use_compiled_engine)
        self.engine.ready.connect(self._announce_engine)
        self.engine.compiling.connect(self.window.status.show_news)
        self.engine.missing.connect(self.window.status.show_news)

    def start(self, path: Path | None) -> None:
        """Show the window with a document; the rest waits until it is painted."""
        self.session.open_example()
        if path is not None:
            self.window.files.open_path(str(path.absolute()))
        self.window.show()
        QTimer.singleShot(0, self.garbage.settle)
        QTimer.singleShot(0, self.library.read)
        QTimer.singleShot(0, self.offer_recovery)
        self.typesetter.start()
        self.engine.start()

    def offer_recovery(self) -> None:
        """Ask about the work of sessions that died, one after the other."""
        remains = self.recovery.recoverable()
        while remains:
            dialog = RecoveryDialog(remains, self.window)
            choice, chosen = dialog.ask(), dialog.offer
            dialog.deleteLater()
            if choice == "":
                break
            remains.remove(chosen)
            if choice == "recover":
                self.session.recover(chosen)
                break
            chosen.discard()
        for offer in remains:
            offer.leave()

    def close(self) -> None:
        """End everything; unsaved work the person did not give up is offered at the next start."""
        self.guard.failed.disconnect(self._show_failure)
        self.engine.close()
        self.typesetter.close()
        self.interrupts.close()
        self.window.hide()
        self.window.arranging.tidier.close()
        self.window.code.close_writer()
        self.window.studio.leave()
        self.window.exporting.close()
        self.session.close()
        self.library.close()
        self.settings.sync()
        # In this order and now: a garbage collector would take the session from under the window.
        shiboken6.delete(self.window)
        shiboken6.delete(self.session)
        self.guard.uninstall()
        self.log.close()
        self.garbage.close()

    def _announce_engine(self) -> None:
        self.window.status.show_news(_("Engine ready"))

    def _show_failure(self, failure: Failure) -> None:
        actions = "\n".join(self.log.recent.lines())
        details = f"{failure.details}\n{_('What was done before')}:\n{actions}"
        dialog = CrashDialog(failure.sentence, details, self.window)
        choice = dialog.ask()
        dialog.deleteLater()
        if choice == "copy":
            self.window.files.save_copy()
        elif choice == "quit":
            self._leave(BROKEN)

    def _end_at_once(self, number: int) -> None:
        self._leave(INTERRUPTED + number)

    def _leave(self, code: int) -> None:
        """End without a question; the next start offers what is unsaved."""
        try:
            self.session.close(keep_journal=True)
        finally:
            self._application.exit(code)


class Interrupts(QObject):
    """Turns Ctrl+C in the terminal, and the system's wish to end us, into a Qt signal.

    Python only notes a signal and waits for its interpreter to run, which Qt's loop does not
    let it; but it writes to a socket at once, and that wakes the loop.

    Attributes:
        came: carries the number of the signal.
    """

    came = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inner, self._outer = socket.socketpair()
        self._inner.setblocking(False)
        self._outer.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(self._outer.fileno(), warn_on_full_buffer=False)
        numbers = (signal.SIGINT, signal.SIGTERM)
        self._before = {number: signal.signal(number, ignore) for number in numbers}
        self._notifier = QSocketNotifier(self._inner.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        self._inner.close()
        self._outer.close()

    def _read(self) -> None:
        numbers = b""
        with suppress(BlockingIOError):  # the notifier may call once more than there is to read
            numbers = self._inner.recv(64)
        for number in numbers:
            self.came.emit(number)


def ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing where Python would; the socket has told the loop already."""
