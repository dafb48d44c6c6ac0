"""The question before a template of a person's own is deleted."""

from gettext import gettext as _

from PySide6.QtWidgets import QPushButton, QWidget

from playground.dialogs.frame import FramedDialog


class DeleteTemplateDialog(FramedDialog):
    """Asks about a template by its name; the choice is "delete" or ""."""

    def __init__(self, name: str, file: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Delete the template “{name}”?").format(name=name),
            _(
                "Graphs that it was added to keep what they have. The file stays in the library "
                "folder as {file}~."
            ).format(file=file),
            parent,
        )
        self.setMinimumWidth(420)
        self.add_button("delete", _("&Delete"))
        cancel = self.add_button("", _("&Cancel"))
        if isinstance(cancel, QPushButton):
            cancel.setDefault(True)
        cancel.setFocus()
