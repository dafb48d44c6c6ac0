"""Who we are: the name, the version, the licence, and what the program stands on."""

import platform
from gettext import gettext as _
from importlib import metadata

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from playground.dialogs.frame import FramedDialog
from playground.icons import application_icon
from playground.widgets.labels import label, number

DISTRIBUTION = "micrograd-playground"
ICON = 48


class AboutDialog(FramedDialog):
    """Shows the versions that a report of a problem should name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Micrograd Playground"),
            _(
                "Build graphs of scalars, see every value and gradient, and train them. After"
                " micrograd and the lecture “The spelled-out intro to neural networks and"
                " backpropagation” by Andrej Karpathy. Free software under the MIT licence."
            ),
            parent,
        )
        self.setFixedWidth(440)
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(ICON, ICON))
        self.head.insertWidget(0, picture)
        for name, version in versions():
            row = QHBoxLayout()
            row.addWidget(label(name, "dim"))
            row.addWidget(number(version, "dim"))
            self.body.addLayout(row)
        self.add_button("close", _("&Close"), go=True)


def versions() -> list[tuple[str, str]]:
    """Name what runs here, with versions."""
    return [
        (_("Version"), own_version()),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("NumPy", metadata.version("numpy")),
    ]


def own_version() -> str:
    """Return the version that was installed; a checkout that was not installed says so."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return _("from a checkout")
