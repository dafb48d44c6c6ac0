"""The question which link of TensorFlow Playground is to be opened, and what it would open."""

from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit, QWidget

from engine.errors import Refusal
from engine.exchange.links import HOST, LONGEST_LINK, Link, is_link, notes, read_link, told
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label

WIDTH = 560


class LinkDialog(FramedDialog):
    """Asks for a link, and says below it what it would open; the choice is "open" or "".

    `proposed` is the text that it begins with, such as what is on the clipboard.

    Attributes:
        link: what was typed or pasted, None while it is no link.
    """

    def __init__(self, proposed: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Open a link"),
            _(
                "A link of TensorFlow Playground becomes a document with the same points, first"
                " weights and settings. Its losses follow the original."
            ),
            parent,
        )
        self.link: Link | None = None
        self.field = QLineEdit(self)
        self.field.setAccessibleName(_("Link"))
        self.field.setToolTip(_("The address that the browser shows, all of it"))
        self.field.setPlaceholderText(f"https://{HOST}/#…")
        self.field.setMaxLength(LONGEST_LINK)
        self.field.setClearButtonEnabled(True)
        self.summary = label()
        self.remarks = label(tone="dim")
        for words in (self.summary, self.remarks):
            words.setWordWrap(True)
        self.body.addWidget(self.field)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.remarks)
        self.add_button("", _("&Cancel"))
        self._button = self.add_button("open", _("&Open"), go=True)
        self.field.textChanged.connect(self._judge)
        text = proposed.strip() if is_link(proposed) else ""
        self.field.setText(text)
        self.field.setSelection(len(text), -len(text))  # all of it, seen from its beginning
        self.field.setFocus()
        self._judge()

    def _judge(self) -> None:
        """Say what the link in the field would open, or why it is none."""
        text = self.field.text().strip()
        found = read_link(text) if text else None
        self.link = found if isinstance(found, Link) else None
        self._button.setEnabled(self.link is not None)
        self.summary.setText(str(found) if isinstance(found, Refusal) else " ")
        self.remarks.setText("")
        if isinstance(found, Link):
            self.summary.setText(told(found))
            self.remarks.setText(notes(found))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.fit(WIDTH)
