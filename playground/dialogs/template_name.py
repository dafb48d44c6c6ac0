"""The question what a template of a person's own is called."""

from collections.abc import Collection
from gettext import gettext as _

from PySide6.QtWidgets import QLineEdit, QWidget

from engine.graph.own import LONGEST_NAME
from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label


class TemplateNameDialog(FramedDialog):
    """Asks for a name; the choice is "save" or "". `taken` are names that would be replaced."""

    def __init__(
        self,
        headline: str,
        words: str,
        proposed: str,
        taken: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(headline, words, parent)
        self.setMinimumWidth(420)
        self._taken = taken
        self._field = QLineEdit(proposed, self)
        self._field.setAccessibleName(_("Name of the template"))
        self._field.setToolTip(_("What the tile in the palette says"))
        self._field.setMaxLength(LONGEST_NAME)
        self._field.selectAll()
        self._field.textChanged.connect(self._judge)
        self._warning = label(tone="dim")
        self._warning.setWordWrap(True)
        self.body.addWidget(self._field)
        self.body.addWidget(self._warning)
        self.add_button("", _("&Cancel"))
        self._button = self.add_button("save", _("&Save"), go=True)
        self._field.setFocus()
        self._judge(proposed)

    @property
    def name(self) -> str:
        """What was typed."""
        return " ".join(self._field.text().split())

    def _judge(self, _text: str) -> None:
        self._button.setEnabled(bool(self.name))
        replaced = self.name in self._taken
        words = _("There is a template called so; it will be replaced.")
        self._warning.setText(words if replaced else " ")
