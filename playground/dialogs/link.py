"""The question which link of TensorFlow Playground is to be opened, and what it would open."""

from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit, QWidget

from engine.errors import Refusal
from engine.exchange.links import HOST, LONGEST_LINK, Link, is_link, notes, read_link, told
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label

WIDTH = 560
LINES = 4  # of what is said of a link: the dialog does not grow under the mouse


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
        self.setMinimumWidth(WIDTH)
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
        self.remarks.setMinimumHeight(LINES * self.remarks.fontMetrics().lineSpacing())
        self.body.addWidget(self.field)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.remarks)
        self.body.addStretch(1)
        self.add_button("", _("&Cancel"))
        self._button = self.add_button("open", _("&Open"), go=True)
        self.field.textChanged.connect(self._judge)
        self.field.setText(proposed.strip() if is_link(proposed) else "")
        self.field.selectAll()
        self.field.setFocus()
        self._judge()

    def _judge(self) -> None:
        """Say what the link in the field would open, or why it is none."""
        text = self.field.text().strip()
        found = read_link(text) if text else None
        self.link = found if isinstance(found, Link) else None
        self._button.setEnabled(self.link is not None)
        self.summary.setText(" ")
        if isinstance(found, Link):
            self.summary.setText(told(found))
            self.remarks.setText(notes(found))
        else:
            self.remarks.setText(str(found) if isinstance(found, Refusal) else "")
