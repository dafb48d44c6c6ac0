"""Journals: every edit since the last save on the disk, so that a crash costs one at most.

A session keeps one `Journal`, locked while it lives; what a dead session left behind is
`Remains`, found by `Recovery` at the next start. A clean end removes the journal, so nothing is
ever offered without need. A disk that refuses ends the journal with a sentence, never the work.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLockFile

from engine.errors import Refusal
from engine.files.journal import checkpoint_line, edit_line, header_line, read_header, replay
from engine.graph.document import Document
from engine.graph.edits import Edit
from playground.storage.files import reason

JOURNAL, LOCK, DISCARDED = ".journal", ".lock", ".discarded"
KEPT_SECONDS = 7 * 24 * 3600


class Journal:
    """The journal of this session; its file begins with the first edit after a save.

    `begin` names the document that the next edits start from. The other methods return a refusal
    once when the disk says no; until the next `begin` nothing is written then.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{os.getpid()}-{uuid4().hex[:8]}{JOURNAL}"
        self._lock = lock_of(self.path)
        self._header: bytes | None = None
        self._file: BinaryIO | None = None

    def begin(self, base: bytes, path: Path | None, *, at_once: bool = False) -> Refusal | None:
        """Forget what was written and start from a document of these bytes.

        `path` is where it is saved. With `at_once` its file exists from now on, because the
        document itself is unsaved work.
        """
        self._remove()
        self._header = header_line(base, str(path or ""))
        return self._write(b"") if at_once else None

    def append(self, edit: Edit) -> Refusal | None:
        """Write down an edit; a session killed from now on has it."""
        return self._line(lambda: edit_line(edit))

    def checkpoint(self, ids: NDArray[np.int64], values: NDArray[np.float64]) -> Refusal | None:
        """Write down what training has reached."""
        return self._line(lambda: checkpoint_line(ids, values))

    def flush(self) -> None:
        """Bring what is written to the disk itself, as far as the system allows."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def finish(self) -> None:
        """End without need of recovery."""
        self._remove()
        self._header = None
        self._lock.unlock()

    def leave(self) -> None:
        """End and leave the file to the next start."""
        self._close()
        self._header = None
        self._lock.unlock()

    def _line(self, make: Callable[[], bytes]) -> Refusal | None:
        writing = self._header is not None or self._file is not None
        return self._write(make()) if writing else None

    def _write(self, line: bytes) -> Refusal | None:
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write((self._header or b"") + line)
            self._file.flush()
            self._header = None
        except OSError as error:
            self._close()
            self._header = None
            return Refusal(
                _("Unsaved work cannot be kept for recovery"), reason(error), _("Save often")
            )
        return None

    def _open(self) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            raise OSError(_("its journal cannot be locked"))
        return self.path.open("wb")

    def _remove(self) -> None:
        self._close()
        remove(self.path)

    def _close(self) -> None:
        if self._file is not None:
            with suppress(OSError):  # what a full disk has refused already
                self._file.close()
            self._file = None


@dataclass(slots=True)
class Remains:
    """Unsaved work of a session that died, locked while it is looked at.

    Attributes:
        document: the work, replayed.
        path: where it was saved last, None if nowhere.
        time: when the last edit was written down.
    """

    document: Document
    path: Path | None
    time: datetime
    _journal: Path
    _lock: QLockFile

    def forget(self) -> None:
        """Remove it; the work is in another journal or file now."""
        remove(self._journal)
        self._lock.unlock()

    def discard(self) -> None:
        """Put it aside for seven days; it is offered no more."""
        set_aside(self._journal)
        self._lock.unlock()

    def leave(self) -> None:
        """Leave it to the next start."""
        self._lock.unlock()


class Recovery:
    """The folder of journals; `folder` need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def journal(self) -> Journal:
        """Return a new journal for this session."""
        return Journal(self.folder)

    def recoverable(self) -> list[Remains]:
        """Return what dead sessions left, the latest first; whoever gets it must end it."""
        self._purge()
        found = [self._examine(path) for path in self.folder.glob(f"*{JOURNAL}")]
        return sorted((one for one in found if one is not None), key=lambda one: one.time)[::-1]

    def _examine(self, journal: Path) -> Remains | None:
        lock = lock_of(journal)
        if not lock.tryLock(0):
            return None  # its session lives
        try:
            lines = journal.read_bytes().splitlines(keepends=True)
            moment = datetime.fromtimestamp(journal.stat().st_mtime)  # noqa: DTZ006 - for people
        except OSError:
            lock.unlock()
            return None
        header = read_header(lines[0] if lines else b"")
        document = replay(lines)
        if isinstance(header, Refusal) or isinstance(document, Refusal):
            set_aside(journal)
            lock.unlock()
            return None
        path = Path(header.path) if header.path else None
        return Remains(document, path, moment, journal, lock)

    def _purge(self) -> None:
        """Remove what was discarded seven days ago."""
        for path in self.folder.glob(f"*{DISCARDED}"):
            try:
                old = time.time() - path.stat().st_mtime > KEPT_SECONDS
            except OSError:
                continue
            if old:
                remove(path)


def lock_of(journal: Path) -> QLockFile:
    """Return the lock of a journal; that of a dead process can be taken over."""
    lock = QLockFile(str(journal.with_suffix(LOCK)))
    lock.setStaleLockTime(0)
    return lock


def set_aside(journal: Path) -> None:
    """Rename a journal so that it is not offered again, and date it for the purge."""
    with suppress(OSError):  # a folder that allows no renaming allows no offering either
        os.utime(journal.replace(journal.with_suffix(DISCARDED)))


def remove(path: Path) -> None:
    """Remove a file, or leave it if the system refuses."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
