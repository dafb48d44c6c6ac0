"""What a person sees when something in the program broke; the work is already in the journal."""

from gettext import gettext as _

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from playground.dialogs.frame import FramedDialog
from playground.theme import number_font


class CrashDialog(FramedDialog):
    """Shows one error; the choice is "continue", "copy" (save a copy of the work) or "quit".

    `sentence` says what happened in words, `details` is the trace for a report.
    """

    def __init__(self, sentence: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Something broke in the program"),
            _(
                "{sentence} Your work is safe in the journal. You can go on, but save a copy"
                " first: what just failed may fail again."
            ).format(sentence=sentence),
            parent,
        )
        self.setMinimumWidth(560)
        self._details = details
        self.body.addWidget(trace_view(details))
        copy = QPushButton(_("Copy the &details"), self)
        copy.setObjectName("details")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        self.body.addWidget(copy)
        self.add_button("quit", _("&Quit"))
        self.add_button("continue", _("&Go on"))
        self.add_button("copy", _("&Save a copy…"), go=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def trace_view(details: str) -> QPlainTextEdit:
    """Show the trace, read only."""
    view = QPlainTextEdit(details)
    view.setReadOnly(True)
    view.setFont(number_font(12))
    view.setMinimumHeight(160)
    view.setAccessibleName(_("Details of the error"))
    return view
