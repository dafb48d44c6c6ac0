"""Document files: read whole after a look at what they are, written whole or not at all.

A save goes to a temporary file that takes the place of the old one in one step (QSaveFile); the
version before it stays as `name~`, and what was written is read back. A failure is a refusal in
words, and the old file is as it was.
"""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QSaveFile

from engine.errors import Refusal
from engine.files.format import MAX_BYTES


def load(path: Path, limit: int = MAX_BYTES) -> bytes | Refusal:
    """Return the bytes of a file, or why it cannot be read; one over the limit is not."""
    what = _("{name} cannot be opened").format(name=path.name or str(path))
    try:
        status = path.stat()
        why = strange(status)
        if not why and status.st_size > limit:
            why = _("the limit is {limit} MiB").format(limit=limit // 2**20)
        return Refusal(what, why) if why else path.read_bytes()
    except FileNotFoundError:
        return Refusal(what, _("there is no such file"))
    except (OSError, ValueError) as error:
        return Refusal(what, reason(error))


def save(path: Path, data: bytes) -> Refusal | None:
    """Write a document file, keeping the version before; None when all went well."""
    what = _("{name} was not saved").format(name=path.name or str(path))
    try:
        why = strange(path.stat())
        before = None if why else path.read_bytes()
    except FileNotFoundError:
        before, why = None, ""
    except (OSError, ValueError) as error:
        before, why = None, reason(error)
    if why:
        return Refusal(what, why, _("Save it under another name"))
    if before is not None and before != data:
        why = keep_version(path, before)
        if why:
            return Refusal(what, why, _("Save it in another folder"))
    why = write(path, data)
    if why:
        return Refusal(what, why, _("Save it under another name or in another folder"))
    return (
        None
        if reads_back(path, data)
        else Refusal(
            _("{name} was written, but reads back differently").format(name=path.name),
            _("the disk may be failing"),
            _("Save it on another disk; the version before is in {name}~").format(name=path.name),
        )
    )


def put_aside(path: Path) -> Refusal | None:
    """Take a file away, so that it is `name~` from now on; None when all went well."""
    try:
        path.replace(path.with_name(path.name + "~"))
    except (OSError, ValueError) as error:
        what = _("{name} was not deleted").format(name=path.name)
        return Refusal(what, reason(error))
    return None


def keep_version(path: Path, before: bytes) -> str:
    """Write the present content of a file to `name~`, as private as the file; "" or why not."""
    backup = path.with_name(path.name + "~")
    why = write(backup, before)
    if not why:
        with suppress(OSError):
            backup.chmod(stat.S_IMODE(path.stat().st_mode))
    return why


def write(path: Path, data: bytes) -> str:
    """Replace a file in one step; return "" or why it could not be done."""
    file = QSaveFile(str(path))
    written = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data)
    if written and file.commit():
        return ""
    return file.errorString() or _("the system gives no reason")


def export(path: Path, data: Callable[[], bytes], words: str = "") -> str | Refusal:
    """Write a file that is no document; return what is to be said of it, or why it is not."""
    why = write(path, data())
    if why:
        what = _("{name} was not written").format(name=path.name)
        return Refusal(what, why, _("Save it under another name or in another folder"))
    return words or _("{name} is written").format(name=path.name)


def reads_back(path: Path, data: bytes) -> bool:
    """Whether a file now holds exactly these bytes."""
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return False
    found = bytes(file.readAll().data())
    file.close()
    return found == data


def strange(status: os.stat_result) -> str:
    """Say why something in the file system is no document file, "" if it may be one."""
    if stat.S_ISDIR(status.st_mode):
        return _("it is a folder")
    return "" if stat.S_ISREG(status.st_mode) else _("it is no ordinary file")


def reason(error: OSError | ValueError) -> str:
    """Say why the system refused, in the system's words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
