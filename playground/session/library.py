"""The library: the folder with the templates of a person's own, a file each.

It reads the folder when it is told to and whenever something in there changes, so that several
windows offer the same; what it has read stands in `playground.widgets.mine`.  A file that is no
template is named in one sentence and left alone.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from gettext import gettext as _
from itertools import count
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from engine.errors import Refusal
from engine.files.own import MAX_BYTES, read_own, write_own
from engine.graph.own import OwnTemplate, check_name
from playground import storage
from playground.widgets.mine import MINE, put_out

SUFFIX = ".json"
MOST_FILES = 500
SETTLED = 100  # milliseconds until a folder in which much happens is read

Stamp = tuple[int, int]  # when a file was changed, and its size


class Library(QObject):
    """Keeps a person's templates in a folder; without one it has none and keeps none.

    Attributes:
        folder: where the files are; it is made when it is read first.
        changed: other templates are there than before.
        complained: carries the sentence about a file that cannot be used, once for each.
    """

    changed = Signal()
    complained = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._known: dict[Path, tuple[Stamp, OwnTemplate | Refusal]] = {}
        self._offered: list[OwnTemplate] = []
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED)
        self._settling.timeout.connect(self.read)
        self._watcher.directoryChanged.connect(self._await)

    def read(self) -> None:
        """Read what is new or changed in the folder, and offer what is there."""
        if self.folder is not None:
            with suppress(OSError):  # who saves a template is told why it fails
                self.folder.mkdir(parents=True, exist_ok=True)
        before = self._known
        self._known = {}
        for path, stamp in self._files():
            if path in before and before[path][0] == stamp:
                self._known[path] = before[path]
                continue
            found = read_file(path)
            self._known[path] = stamp, found
            if isinstance(found, Refusal):
                self.complained.emit(str(found))
        self._watch()
        templates = [t for _stamp, t in self._known.values() if isinstance(t, OwnTemplate)]
        if templates != self._offered:
            self._offered = templates
            put_out(templates)
            self.changed.emit()

    def save(self, template: OwnTemplate) -> Refusal | None:
        """Write a template to the file of its key; the version before stays as `name~`."""
        if self.folder is None:
            return Refusal(_("There is no folder for templates"))
        refusal = storage.save(self._path(template.key), write_own(template))
        if refusal is None:
            self.read()
        return refusal

    def rename(self, key: str, name: str) -> Refusal | None:
        """Give a template another name; its file is called after the first one it had."""
        template = MINE.get(key)
        refusal = check_name(name) if template is not None else gone()
        if refusal is not None or template is None:
            return refusal
        if any(one.name == name and one.key != key for one in MINE.values()):
            return Refusal(
                _("There is already a template called “{name}”").format(name=name),
                "",
                _("Choose another name"),
            )
        renamed = OwnTemplate(key, name, template.piece, template.inputs)
        return self.save(renamed)

    def delete(self, key: str) -> Refusal | None:
        """Offer a template no longer; its file stays as `name~`."""
        if self.folder is None or key not in MINE:
            return gone()
        refusal = storage.put_aside(self._path(key))
        self.read()
        return refusal

    def key_for(self, name: str) -> str:
        """Return the key of the template called so, or a new one made of the name."""
        same = next((one.key for one in MINE.values() if one.name == name), None)
        if same is not None:
            return same
        stem = re.sub(r"[^\w.+-]+", "-", name).strip("-.") or "template"
        taken = {path.stem.casefold() for path in self._known}
        tries = (stem if k == 1 else f"{stem}-{k}" for k in count(1))
        return next(key for key in tries if key.casefold() not in taken)

    def close(self) -> None:
        """Watch nothing any more, and offer nothing."""
        self._settling.stop()
        watched = self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        put_out(())

    def _await(self, _folder: str) -> None:
        self._settling.start()

    def _path(self, key: str) -> Path:
        return (self.folder or Path()) / f"{key}{SUFFIX}"

    def _files(self) -> Iterator[tuple[Path, Stamp]]:
        """Yield the files that may be templates, by name."""
        if self.folder is None:
            return
        with suppress(OSError):
            for path in sorted(self.folder.glob(f"*{SUFFIX}"))[:MOST_FILES]:
                with suppress(OSError):  # it has just gone
                    status = path.stat()
                    yield path, (status.st_mtime_ns, status.st_size)

    def _watch(self) -> None:
        """Watch the folder, which another window may write to, from the first look at it on."""
        if self.folder is not None and not self._watcher.directories() and self.folder.is_dir():
            self._watcher.addPath(str(self.folder))


def read_file(path: Path) -> OwnTemplate | Refusal:
    """Return the template in a file; the sentence why there is none names the file."""
    data = storage.load(path, MAX_BYTES)
    if isinstance(data, Refusal):
        return data
    found = read_own(data, path.stem)
    if isinstance(found, Refusal):
        what = _("The template {name} cannot be used").format(name=path.name)
        why = f"{found.what[:1].lower()}{found.what[1:]}"
        return Refusal(what, why, _("Delete the file, or save the template anew"))
    return found


def gone() -> Refusal:
    """Return the refusal about a template that is there no more."""
    return Refusal(_("This template is there no more"), "", _("Save it anew"))
