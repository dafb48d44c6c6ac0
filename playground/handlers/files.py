"""The File menu: which document is open, and never losing work on the way to another."""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QDir, QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import Refusal
from engine.exchange.links import Link, is_link, notes, read_link
from playground.dialogs.ask_save import AskSaveDialog
from playground.dialogs.link import LinkDialog
from playground.handlers.tables import SUFFIXES, Tables, is_table_file
from playground.session import Session
from playground.settings import FOLDER, RECENT_FILES, Settings

SUFFIX = ".mgp"
FORBIDDEN = str.maketrans("", "", '<>:"/\\|?*')  # in names of files, somewhere or other


class Files:
    """Opens, saves and closes; `window` is what questions stand above.

    `warn` is told, so that it is seen for long, why a file was not opened or what is odd about it.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        settings: Settings,
        warn: Callable[[str], None],
        tables: Tables,
    ) -> None:
        self._window = window
        self._session = session
        self._settings = settings
        self._warn = warn
        self._tables = tables

    def new(self) -> None:
        """Start with an empty canvas."""
        if self.may_leave():
            self._session.new()

    def open(self) -> None:
        """Ask for a file and open it."""
        if not self.may_leave():
            return
        path, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Open a graph"), self._folder(), open_filters()
        )
        if path:
            self.open_path(path, asked=True)

    def open_path(self, path: str, *, asked: bool = False) -> bool:
        """Open a file; with `asked` the person has agreed to leave the document.

        A table becomes the data of the document that is open.
        """
        if is_table_file(path):
            # Who drags a file waits until the drop is over, and should not wait for a dialog.
            QTimer.singleShot(0, partial(self._tables.open_path, path))
            return True
        if not asked and not self.may_leave():
            return False
        if not self._opened(partial(self._session.open, Path(path))):
            return False
        self._remember(Path(path))
        return True

    def open_example(self, name: str) -> None:
        """Open a bundled example."""
        if self.may_leave():
            self._session.open_example(name)

    def open_link(self) -> None:
        """Ask for a link of TensorFlow Playground, the one on the clipboard first, and open it."""
        dialog = LinkDialog(QGuiApplication.clipboard().text(), self._window)
        if dialog.ask() == "open" and dialog.link is not None and self.may_leave():
            self._follow(dialog.link)

    def open_dropped(self, text: str) -> None:
        """Open the file or the link that was dropped, or say what is wrong with it."""
        if not is_link(text):
            self.open_path(text)
            return
        link = read_link(text)
        if isinstance(link, Refusal):
            self._warn(str(link))
        elif self.may_leave():
            self._follow(link)

    def _follow(self, link: Link) -> None:
        """Open a link; what is odd about it is seen for long."""
        if self._opened(partial(self._session.open_link, link)) and link.notes:
            self._warn(notes(link))

    def _opened(self, opening: Callable[[], bool]) -> bool:
        """Open something; why that fails is seen for long."""
        self._session.refused.connect(self._warn)
        try:
            return opening()
        finally:
            self._session.refused.disconnect(self._warn)

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._settings.write(RECENT_FILES, ())

    def save(self) -> bool:
        """Save to the document's file, asking for one if it has none."""
        if self._session.path is None:
            return self.save_as()
        return self._session.save()

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        path = self.ask_path(_("Save the graph"))
        if path is None or not self._session.save(path):
            return False
        self._remember(path)
        return True

    def save_copy(self) -> bool:
        """Ask for a file and save a copy to it, as after an error."""
        path = self.ask_path(_("Save a copy"))
        return path is not None and self._session.save_copy(path)

    def ask_path(self, title: str) -> Path | None:
        """Ask where to save; None if the person thought better of it."""
        proposed = self.proposed(SUFFIX)
        dialog = QFileDialog(self._window, title, str(proposed), filters())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(proposed.name)
        path = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
        dialog.deleteLater()
        return path

    def proposed(self, suffix: str) -> Path:
        """Return a file named after the document, beside its own or in the folder last used."""
        named = self._session.name.translate(FORBIDDEN)
        return (self._session.path or Path(self._folder(), named)).with_suffix(suffix)

    def close(self) -> None:
        """Leave the document for the one the program opens with."""
        if self.may_leave():
            self._session.open_example()

    def quit(self) -> None:
        """Close the window, which asks what is to be asked."""
        self._window.close()

    def may_leave(self) -> bool:
        """Offer to save what would be lost; False if the person wants to stay."""
        if not self._session.is_dirty:
            return True
        choice = AskSaveDialog(self._session.name, self._window).ask()
        return choice == "discard" or (choice == "save" and self.save())

    def _folder(self) -> str:
        return self._settings.read(FOLDER) or QDir.homePath()

    def _remember(self, path: Path) -> None:
        self._settings.remember_file(str(path.absolute()))
        self._settings.write(FOLDER, str(path.absolute().parent))


def opened_by(data: QMimeData) -> str:
    """Return what a drop opens: a link, or the path of one document or table; "" if nothing."""
    if is_link(data.text()):
        return data.text()
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if len(paths) != 1:
        return ""
    return paths[0] if paths[0].endswith(SUFFIX) or is_table_file(paths[0]) else ""


def filters() -> str:
    """Name the kinds of file in a file dialog."""
    return _("Graphs (*.mgp);;All files (*)")


def open_filters() -> str:
    """Name the kinds of file that can be opened."""
    tables = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    return _("Graphs and tables (*.mgp {tables});;All files (*)").format(tables=tables)
