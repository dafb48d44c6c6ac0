"""The dialog before the canvas is saved as a picture: what, how, and how it will look.

The handler of exports shows it and paints what it previews. Knows nothing of the canvas.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import gettext as _

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from playground.dialogs.frame import FramedDialog
from playground.widgets.labels import label
from playground.widgets.segments import Segments

PREVIEW = QSize(520, 300)
TITLE_WIDTH = 96
FORMATS = (
    ("png", _("PNG"), _("Pixels, for screens and documents of any program")),
    (
        "svg",
        _("SVG"),
        _("Shapes and text, sharp at any size, for the web and drawings"),
    ),
    ("pdf", _("PDF"), _("A page of shapes and text, for print and for papers")),
)
EXTENTS = (
    ("all", _("Everything"), _("The whole graph, folded as it is")),
    ("selection", _("Selection"), _("What is selected, and the wires between")),
    ("view", _("In view"), _("What the canvas shows just now, as large as there")),
)
SCALES = (
    (1, _("1×"), _("As many pixels as on the canvas at 100 %")),
    (2, _("2×"), _("Twice as many, for fine screens")),
    (4, _("4×"), _("Four times as many, for print")),
)
THEMES = (
    ("", _("As the window")),
    ("dark", _("Dark")),
    ("light", _("Light")),
    ("contrast-dark", _("High contrast, dark")),
    ("contrast-light", _("High contrast, light")),
)


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """What kind of picture is wanted; a theme of "" is that of the window."""

    form: str = "png"
    extent: str = "all"
    scale: int = 2
    theme: str = ""
    transparent: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """How a picture will look, and what is to be said about it: its size, or why there is none."""

    image: QImage | None
    words: str


class PictureDialog(FramedDialog):
    """Asks for a `PictureChoice`; the choice of a button is "save", "copy" or ""."""

    def __init__(
        self,
        wanted: PictureChoice,
        extents: Iterable[str],
        preview: Callable[[PictureChoice, QSize], Preview],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Save a picture"), parent=parent)
        self._preview = preview
        self._view = QLabel(self)
        self._view.setFixedSize(PREVIEW)
        self._view.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._view.setProperty("surface", "preview")
        self._view.setAccessibleName(_("Preview"))
        self.words = label(tone="dim")
        self.words.setWordWrap(True)
        self.formats = self._switch(FORMATS, wanted.form)
        self.extents = self._switch(EXTENTS, wanted.extent)
        self.scales = self._switch(SCALES, wanted.scale)
        there = frozenset(extents)
        for action in self.extents.actions():
            action.setEnabled(action.data() in there)
        self.theme = QComboBox(self)
        self.theme.setToolTip(_("The colours of the picture"))
        for name, title in THEMES:
            self.theme.addItem(title, name)
        self.theme.setCurrentIndex(max(self.theme.findData(wanted.theme), 0))
        self.transparent = QCheckBox(_("&Transparent background"), self)
        self.transparent.setToolTip(_("Leave out the background, to lay the picture on another"))
        self.transparent.setChecked(wanted.transparent)
        self.body.addWidget(self._view)
        self.body.addWidget(self.words)
        for title, part in (
            (_("Format"), Segments(self.formats.actions(), self)),
            (_("What"), Segments(self.extents.actions(), self)),
            (_("Size"), Segments(self.scales.actions(), self)),
            (_("Theme"), self.theme),
            ("", self.transparent),
        ):
            self.body.addLayout(_row(title, part))
        self.add_button("", _("Cance&l"))
        self.copy = self.add_button("copy", _("&Copy"))
        self.save = self.add_button("save", _("&Save…"), go=True)
        self._follow()
        for group in (self.formats, self.extents, self.scales):
            group.triggered.connect(self._follow)
        self.theme.currentIndexChanged.connect(self._follow)
        self.transparent.toggled.connect(self._follow)
        self.save.setFocus()

    def wanted(self) -> PictureChoice:
        """Return what is chosen now."""
        return PictureChoice(
            self.formats.checkedAction().data(),
            self.extents.checkedAction().data(),
            self.scales.checkedAction().data(),
            self.theme.currentData(),
            self.transparent.isChecked(),
        )

    def _switch(self, rows: Iterable[tuple[object, str, str]], chosen: object) -> QActionGroup:
        group = QActionGroup(self)
        for key, title, tip in rows:
            action = QAction(title, group)
            action.setData(key)
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setChecked(key == chosen)
        if group.checkedAction() is None:
            group.actions()[0].setChecked(True)
        return group

    def _follow(self) -> None:
        """Show how what is chosen will look."""
        wanted = self.wanted()
        for action in self.scales.actions():
            action.setEnabled(wanted.form == "png")
        preview = self._preview(wanted, PREVIEW * self.devicePixelRatioF())
        if preview.image is None:
            self._view.setPixmap(QPixmap())
        else:
            self._view.setPixmap(QPixmap.fromImage(preview.image))
        self.words.setText(preview.words)
        for button in (self.copy, self.save):
            button.setEnabled(preview.image is not None)


def _row(title: str, part: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    name = label(title, "muted")
    name.setFixedWidth(TITLE_WIDTH)
    row.addWidget(name)
    row.addWidget(part)
    row.addStretch(1)
    return row
