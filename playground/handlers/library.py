"""A person's own templates: saved from the selection, renamed and deleted at their tiles."""

from gettext import gettext as _

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import Refusal
from engine.graph.own import own_template
from playground.dialogs.delete_template import DeleteTemplateDialog
from playground.dialogs.template_name import TemplateNameDialog
from playground.session import Session
from playground.session.library import SUFFIX, Library
from playground.widgets.catalogue import items
from playground.widgets.mine import MINE, own


class LibraryHandlers(QObject):
    """Saves through the library; `window` is what questions stand above.

    Attributes:
        help_wanted: carries the text of an item whose page is asked for at its tile.
    """

    help_wanted = Signal(str)

    def __init__(self, window: QWidget, session: Session, library: Library) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._library = library
        self._pointed = ""
        self._asked = ""

    def save(self) -> None:
        """Ask for a name and save what is selected as a template."""
        session = self._session
        chosen = sorted(session.selection)
        document, folded = session.document, session.view.folded
        groups = [document.groups[item].label for item in chosen if item in document.groups]
        proposed = groups[0] if len(chosen) == 1 and groups else ""
        # Whatever cannot be a template is refused before anybody has to think of a name.
        tried = own_template(document, chosen, folded, "", proposed or "x")
        if isinstance(tried, Refusal):
            session.do(tried)
            return
        name = self._ask(
            _("Save as template"),
            _("It appears in the palette under Mine, in the search and in the Add menu."),
            proposed,
        )
        if not name:
            return
        session.settle()  # what training has learned is saved, too
        key = self._library.key_for(name)
        template = own_template(session.document, chosen, folded, key, name)
        refusal = template if isinstance(template, Refusal) else self._library.save(template)
        self._say(refusal, _("“{name}” stands in the palette under Mine").format(name=name))

    def show_menu(self, text: str, place: QPoint) -> None:
        """Offer at a tile what can be done with what it stands for."""
        template = own(text)
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if template is not None:
            self._pointed = template.key
            menu.addAction(_("&Rename…"), self.rename)
            menu.addAction(_("&Delete…"), self.delete)
            menu.addSeparator()
            menu.addAction(_("Show the library &folder"), self.show_folder)
            menu.addSeparator()
        self._asked = text
        item = next((item for item in items() if item.text == text), None)
        title = "" if item is None else item.title.replace("&", "&&")
        menu.addAction(_("&Help on {title}").format(title=title), self._ask_help)
        menu.popup(place)

    def _ask_help(self) -> None:
        self.help_wanted.emit(self._asked)

    def rename(self) -> None:
        """Ask for another name of the template that was pointed at."""
        template = MINE.get(self._pointed)
        if template is None:
            return
        name = self._ask(_("Rename the template"), "", template.name, replaces=False)
        if name and name != template.name:
            refusal = self._library.rename(template.key, name)
            self._say(refusal, _("The template is called “{name}” now").format(name=name))

    def delete(self) -> None:
        """Delete the template that was pointed at, if the person is sure."""
        template = MINE.get(self._pointed)
        if template is None:
            return
        file = f"{template.key}{SUFFIX}"
        if DeleteTemplateDialog(template.name, file, self._window).ask() == "delete":
            words = _("“{name}” was deleted; its file is {file}~").format(
                name=template.name, file=file
            )
            self._say(self._library.delete(template.key), words)

    def show_folder(self) -> None:
        """Show the folder with the templates in the system's file manager."""
        folder = self._library.folder
        if folder is None or not folder.is_dir():
            self._session.do(
                Refusal(
                    _("There is no library folder yet"),
                    "",
                    _("Save a template first: select a group and choose Graph, Selected groups"),
                )
            )
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask(self, headline: str, words: str, proposed: str, *, replaces: bool = True) -> str:
        """Return the name that a person chose, "" if they thought better of it."""
        taken = {one.name for one in MINE.values()} if replaces else set()
        dialog = TemplateNameDialog(headline, words, proposed, taken, self._window)
        return dialog.name if dialog.ask() == "save" else ""

    def _say(self, refusal: Refusal | None, words: str) -> None:
        if refusal is not None:
            self._session.do(refusal)
        else:
            self._session.hinted.emit(words)
