"""Documents and pictures between commands and the disk.

A file is read only if it is an ordinary one of a bearable size; it is written beside its place
first and then moved there, so that the old file is whole until the new one is.
"""

import os
import stat
import tempfile
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path

from engine.files import newer_version, read, unsafe_to_replace, write
from engine.files.format import MAX_BYTES
from engine.graph.document import Document
from playground.commands.terminal import CommandError, Exit, complain, granted


def load(path: Path) -> Document:
    """Return the document of a file; CommandError says in a sentence why there is none."""
    document = granted(read(read_bytes(path)), Exit.BAD_DOCUMENT, str(path))
    warning = newer_version(document)
    if warning:
        complain(f"{path}: {warning}")
    return document


def check_target(document: Document, source: Path, target: Path) -> None:
    """Leave with a sentence if a document may not be written over the file it comes from."""
    if target.exists() and target.samefile(source):
        refusal = unsafe_to_replace(document, str(target))
        if refusal is not None:
            raise CommandError(str(refusal))


def save(document: Document, path: Path) -> None:
    """Write a document to a file, whole or not at all."""
    write_file(path, write(document))


def write_file(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file in one step; CommandError if that fails."""
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise CommandError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=_reason(error))
        ) from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file to replace, or those of a new one."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of an ordinary file that is no larger than the limit."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CommandError(_("{path} is not a file.").format(path=path))
        if status.st_size > most:
            limit = most // 2**20
            raise CommandError(
                _("{path}: the file is too large: the limit is {limit} MiB.").format(
                    path=path, limit=limit
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=_reason(error))
        ) from error


def _reason(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return reason[0].lower() + reason[1:]
