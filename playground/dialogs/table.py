"""The dialog before a table becomes the data: its first rows, the roles of its columns, what fits.

The handler of tables shows it, reads beside it and does what it answers. It opens while the table
is still being read; Cancel and Escape end the reading, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QProgressBar,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.errors import Refusal
from engine.exchange.sheets import Roles, Sheet, Taken, taken
from engine.graph.properties import MOST_TESTED
from engine.graph.streams import Seed
from playground.dialogs.frame import FramedDialog
from playground.widgets.fields import ChoiceField
from playground.widgets.labels import label, retone
from playground.widgets.sheet_view import FEATURE, IGNORED, MOST_COLUMNS, TARGET, SheetView

SIZE = (820, 620)
FIELD_WIDTH = 118
SHARES = 1_000  # steps of the bar
CLASSES, NUMBER = "classes", "number"


@dataclass(frozen=True, slots=True)
class Need:
    """What model the data need, in words, and whether to propose to make it."""

    words: str
    propose: bool


@dataclass(frozen=True, slots=True)
class TableChoice:
    """The table that is wanted, how it is used, and whether a model is made for it."""

    table: Taken
    standardise: bool
    test_share: float
    model: bool


class TableDialog(FramedDialog):
    """Asks how to use a table; the choice of the button is "use" or "".

    `need` says which model a table needs, `faint` is the colour of what is ignored, and `seed`
    draws the rows that are kept of too many.

    Attributes:
        header_wanted: the first row is to be read as names, or not; carries which.
    """

    header_wanted = Signal(bool)

    def __init__(
        self,
        name: str,
        need: Callable[[Taken, bool, float], Need],
        faint: QColor,
        seed: Seed = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, "", parent)
        self._need, self._faint, self._seed = need, faint, seed
        self._sheet: Sheet | None = None
        self._roles: list[str] = []
        self._taken: Taken | Refusal | None = None
        self._model_asked: bool | None = None
        self.about = label("", "muted")
        self.view = SheetView(self)
        self.view.chosen.connect(self._choose)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, SHARES)
        self.bar.setAccessibleName(_("How much is read"))
        self.kind = ChoiceField(
            _("How the target is learnt"),
            ((CLASSES, _("classes")), (NUMBER, _("a number"))),
        )
        self.kind.setToolTip(_("Tell classes apart, or come near to numbers"))
        self.header = self._box(_("The first row has &names"), _("Read the first row as names"))
        self.skip = self._box(
            _("&Leave out rows with gaps"), _("Use the other rows of columns with gaps")
        )
        self.standardise = self._box(
            _("&Standardise the features"),
            _("Shift and scale each feature to mean 0 and deviation 1; axes keep its units"),
        )
        self.share = QSpinBox(self)
        self.share.setRange(0, round(100 * MOST_TESTED))
        self.share.setSuffix(" %")
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.share.lineEdit().setTextMargins(0, 0, 6, 0)
        self.share.setAccessibleName(_("Test share"))
        self.share.setToolTip(_("The rows that are kept from training"))
        self.model = self._box("", _("Make a network that fits, in place of the one there is"))
        self.says = label("", "muted")
        self.says.setWordWrap(True)
        self._lay_out()
        self._connect()

    def _box(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setToolTip(tip)
        return box

    def _lay_out(self) -> None:
        reading = QWidget()
        middle = QVBoxLayout(reading)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(label(_("Reading…"), "muted"))
        middle.addWidget(self.bar)
        middle.addStretch(1)
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.view, 1)
        column.addLayout(self._options())
        column.addWidget(self.model)
        column.addWidget(self.says)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(reading)
        self._pages.addWidget(asking)
        self.body.addWidget(self.about)
        self.body.addWidget(self._pages, 1)
        self.add_button("", _("Cancel")).setToolTip(_("Leave everything as it is"))
        self._use = self.add_button("use", _("Use the table"), go=True)
        self._use.setToolTip(_("Make these rows the data"))
        self._use.setEnabled(False)
        self.resize(*SIZE)

    def _options(self) -> QGridLayout:
        """Put what concerns the rows at the left, what concerns training at the right."""
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, box in enumerate((self.header, self.standardise, self.skip)):
            grid.addWidget(box, row, 0)
        fields = ((_("Learn the target as"), self.kind), (_("Test share"), self.share))
        for row, (words, field) in enumerate(fields):
            name = label(words, "muted")
            name.setBuddy(field)
            field.setFixedWidth(FIELD_WIDTH)
            grid.addWidget(name, row, 1)
            grid.addWidget(field, row, 2)
        return grid

    def _connect(self) -> None:
        self.header.clicked.connect(self.header_wanted)
        self.skip.toggled.connect(self._weigh)
        self.standardise.toggled.connect(self._weigh)
        self.share.valueChanged.connect(self._weigh)
        self.kind.entered.connect(self._weigh)
        self.model.clicked.connect(self._ask_model)

    # What is shown -------------------------------------------------------------------------------

    def show_progress(self, share: float) -> None:
        """Show how much is read."""
        self._pages.setCurrentIndex(0)
        self._use.setEnabled(False)
        self.bar.setValue(round(share * SHARES))

    def show_sheet(
        self,
        sheet: Sheet,
        roles: Roles,
        made: Taken | Refusal | None = None,
        *,
        header: bool = True,
    ) -> None:
        """Show a table that was read, with proposed roles; `header` may be asked for anew.

        `made` is what comes of these roles if that is known already.
        """
        self._sheet = sheet
        self._roles = [IGNORED] * len(sheet.columns)
        for feature in roles.features:
            self._roles[feature] = FEATURE
        if roles.target is not None:
            self._roles[roles.target] = TARGET
        self.about.setText(about(sheet))
        self.header.setVisible(header)
        self.header.setChecked(sheet.header)
        self.kind.show_text(CLASSES if roles.classes else NUMBER)
        self.view.show_sheet(sheet, self._roles)
        self._pages.setCurrentIndex(1)
        self._weigh() if made is None or self.skip.isChecked() else self._tell(made)

    def wanted(self) -> TableChoice | None:
        """Return what is asked for, None if there is nothing that can be used."""
        if not isinstance(self._taken, Taken):
            return None
        return TableChoice(
            self._taken,
            self.standardise.isChecked(),
            self.share.value() / 100,
            self.model.isChecked(),
        )

    def _choose(self, column: int, role: str) -> None:
        """Give a column a role; there is one target, and the one before becomes a feature."""
        if role == TARGET:
            self._roles = [FEATURE if one == TARGET else one for one in self._roles]
        self._roles[column] = role
        self._weigh()

    def _ask_model(self, on: bool) -> None:
        self._model_asked = on

    def _weigh(self, _what: object = None) -> None:
        """Say what comes of the roles as they are."""
        if self._sheet is not None:
            skip = self.skip.isChecked()
            self._tell(taken(self._sheet, self._asked(), skip=skip, seed=self._seed))

    def _tell(self, made: Taken | Refusal) -> None:
        self.view.show_roles(self._roles, self._faint)
        self.kind.setEnabled(TARGET in self._roles)
        self.skip.setVisible(self._gaps(self._asked()) > 0 or self.skip.isChecked())
        self._taken = made
        self._use.setEnabled(isinstance(made, Taken))
        self.model.setVisible(isinstance(made, Taken))
        if isinstance(made, Refusal):
            retone(self.says, "problem")
            self.says.setText(str(made))
            self.says.show()
            return
        need = self._need(made, self.standardise.isChecked(), self.share.value() / 100)
        self.model.setText(need.words)
        asked = self._model_asked
        self.model.setChecked(need.propose if asked is None else asked)
        retone(self.says, "muted")
        self.says.setText(" ".join(f"{note}." for note in made.notes))
        self.says.setVisible(bool(made.notes))

    def _asked(self) -> Roles:
        features = tuple(k for k, role in enumerate(self._roles) if role == FEATURE)
        target = self._roles.index(TARGET) if TARGET in self._roles else None
        return Roles(features, target, self.kind.currentData() == CLASSES)

    def _gaps(self, roles: Roles) -> int:
        """Count the cells that cannot be used in the columns with a role."""
        if self._sheet is None:
            return 0
        chosen = [*roles.features, *([roles.target] if roles.target is not None else [])]
        return sum(self._sheet.columns[k].gaps for k in chosen if self._sheet.columns[k].usable)


def about(sheet: Sheet) -> str:
    """Say how large a table is, and how much of it is shown."""
    rows = ngettext("{count:,} row", "{count:,} rows", sheet.rows).format(count=sheet.rows)
    count = len(sheet.columns)
    columns = ngettext("{count:,} column", "{count:,} columns", count).format(count=count)
    words = f"{rows} · {columns}"
    if count > MOST_COLUMNS:
        words += " · " + _("the first {most} are shown").format(most=MOST_COLUMNS)
    elif sheet.rows > len(sheet.head):
        words += " · " + _("the first {most} rows are shown").format(most=len(sheet.head))
    return words
