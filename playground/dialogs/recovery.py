"""The offer to take up work that an earlier run could not save."""

from collections.abc import Sequence
from datetime import datetime
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtWidgets import QListWidget, QWidget

from playground.dialogs.frame import FramedDialog
from playground.storage import Remains


class RecoveryDialog(FramedDialog):
    """Lists what was left behind; the choice is "recover", "discard" or "" (ask again later).

    Attributes:
        offers: the remains it was given, in the order of the list.
    """

    def __init__(self, offers: Sequence[Remains], parent: QWidget | None = None) -> None:
        super().__init__(
            _("Recover work?"),
            _("The last run ended before it could save. What you had done is still here."),
            parent,
        )
        self.setMinimumWidth(460)
        self.offers = tuple(offers)
        self._list = QListWidget(self)
        self._list.addItems([describe(offer) for offer in self.offers])
        self._list.setCurrentRow(0)
        self._list.setAccessibleName(_("Work that can be recovered"))
        self._list.doubleClicked.connect(self._recover)
        self.body.addWidget(self._list)
        self.add_button("discard", _("&Discard"))
        self.add_button("", _("&Not now"))
        self._button = self.add_button("recover", _("&Recover work"), go=True)

    @property
    def offer(self) -> Remains:
        """The one that is chosen in the list."""
        return self.offers[self._list.currentRow()]

    def _recover(self) -> None:
        self._button.click()


def describe(offer: Remains) -> str:
    """Say in one line what was left behind and when."""
    name = offer.path.name if offer.path is not None else _("A graph never saved")
    count = len(offer.document)
    nodes = ngettext("{count} node", "{count} nodes", count).format(count=count)
    return f"{name}  ·  {nodes}  ·  {moment(offer.time)}"


def moment(time: datetime) -> str:
    """Write a time so that it can be told from others of the last weeks."""
    return time.strftime(_("%d %B, %H:%M"))
