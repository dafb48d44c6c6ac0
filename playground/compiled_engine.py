"""Brings the compiled engine into the program: compiled in a process of its own, loaded once.

A first compilation takes tens of seconds, so a child process does it and leaves the machine code
in the user's cache folder; NumPy serves meanwhile.  Loading is done by a thread, after the window
was painted.  Where anything is in the way, NumPy goes on serving, and one sentence says so.
"""

import shutil
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QThread, QTimer, Signal

import engine
from engine.run import compiled

if TYPE_CHECKING:
    from engine.errors import Refusal

PATIENCE = 1_500  # milliseconds after the start: first the person gets a window that answers
COMPILE = (
    "import sys; from engine.run.compiled import load; "
    "problem = load(sys.argv[1]); sys.stderr.write(str(problem or '')); sys.exit(bool(problem))"
)
DONE = "compiled"  # marks a folder in which a child has put everything


class CompiledEngine(QObject):
    """Makes the compiled runner ready; lives in the main thread.

    Attributes:
        compiling: carries the one sentence that says what serves meanwhile.
        ready: emitted once, when training can use it.
        missing: carries the one sentence that says it cannot be had.
    """

    compiling = Signal(str)
    ready = Signal()
    missing = Signal(str)

    def __init__(self, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE)
        self._wait.timeout.connect(self.begin)
        self._child = QProcess(self)
        self._child.finished.connect(self._on_compiled)
        self._child.errorOccurred.connect(self._on_trouble)
        self._loader = _Loader(self)
        self._loader.finished.connect(self._on_loaded)
        self._closed = False
        self._compiled = False

    def start(self) -> None:
        """Begin a little later."""
        self._wait.start()

    def begin(self) -> None:
        """Load what is in the cache, or have it compiled first."""
        if compiled.is_loaded():
            self.ready.emit()
            return
        try:
            self._folder = self._cache / "kernels" / compiled.fingerprint()
            self._folder.mkdir(parents=True, exist_ok=True)
        except Exception as problem:  # noqa: BLE001 - no Numba, no folder: NumPy does it all
            self._say(type(problem).__name__)
            return
        if (self._folder / DONE).exists():
            self._load()
        else:
            self._compile()

    def close(self) -> None:
        """Stop compiling; a thread that loads is waited for."""
        self._closed = True
        self._wait.stop()
        if self._child.state() != QProcess.ProcessState.NotRunning:
            self._child.kill()
            self._child.waitForFinished(2_000)
        self._loader.wait()

    def _compile(self) -> None:
        self._compiled = True
        self.compiling.emit(_("Training runs on NumPy while the engine is compiled, once"))
        surroundings = QProcessEnvironment.systemEnvironment()
        surroundings.insert("PYTHONPATH", str(Path(engine.__file__).parents[1]))
        self._child.setProcessEnvironment(surroundings)
        self._child.start(sys.executable, ["-c", COMPILE, str(self._folder)])

    def _on_compiled(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._closed:
            return
        if code or status is not QProcess.ExitStatus.NormalExit:
            self._say(_("compiling failed"))
            return
        try:
            (self._folder / DONE).touch()
        except OSError as problem:
            self._say(type(problem).__name__)
            return
        self._load()

    def _on_trouble(self, error: QProcess.ProcessError) -> None:
        if not self._closed and error is QProcess.ProcessError.FailedToStart:
            self._say(_("compiling failed"))

    def _load(self) -> None:
        self._loader.folder = str(self._folder)
        self._loader.start()

    def _on_loaded(self) -> None:
        if self._closed:
            return
        if self._loader.refusal is None:
            self.ready.emit()
        elif not self._compiled:
            # Machine code that is damaged, or made on another processor: once more, from nothing.
            shutil.rmtree(self._folder, ignore_errors=True)
            self.begin()
        else:
            self.missing.emit(str(self._loader.refusal))

    def _say(self, why: str) -> None:
        self.missing.emit(str(compiled.unavailable(why)))


class _Loader(QThread):
    """Loads the kernels from the cache; `refusal` says afterwards what was in the way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = ""
        self.refusal: Refusal | None = None

    def run(self) -> None:
        """Load; to compile here would stop the window."""
        self.refusal = compiled.load(self.folder, compiling=False)
