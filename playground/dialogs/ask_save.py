"""The question before unsaved work would be lost."""

from gettext import gettext as _

from PySide6.QtWidgets import QWidget

from playground.dialogs.frame import FramedDialog


class AskSaveDialog(FramedDialog):
    """Asks about a document by its name; the choice is "save", "discard" or ""."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Save {name}?").format(name=name),
            _("It has changes that are in no file yet."),
            parent,
        )
        self.setMinimumWidth(420)
        self.add_button("discard", _("&Discard"))
        self.add_button("", _("&Cancel"))
        self.add_button("save", _("&Save"), go=True).setFocus()
