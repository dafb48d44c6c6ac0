"""Own data: tables out of files, from the clipboard and of typed functions, and their roles.

Reading runs in a thread beside the window, which asks meanwhile how far it is; the dialog is open
from the start. What the dialog answers becomes one edit, with a model that fits if that is wanted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import Refusal
from engine.exchange.delimited import MAX_BYTES, read_delimited
from engine.exchange.functions import Curve, curve_table
from engine.exchange.sheets import Roles, Sheet, Taken, guess_roles, sheet_of, taken
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.models import Model
from engine.graph.rows import use_generator, use_table
from engine.graph.streams import Seed
from engine.graph.templates import TEMPLATES
from engine.train.datasets import DATASETS
from engine.train.fitting import fits, fitted
from engine.train.samples import load_samples
from playground.dialogs.function import FunctionDialog
from playground.dialogs.table import Need, TableChoice, TableDialog
from playground.panels.training.model import described, parts, replacement
from playground.session import Session
from playground.session.aside import Aside
from playground.session.items import outermost
from playground.settings import FOLDER, Settings
from playground.storage.files import load
from playground.theme import ThemeManager

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
LOOK_MILLISECONDS = 40  # between two looks at how far the reading is
START = "moons"  # the generator to go back to


@dataclass(slots=True)
class Reading:
    """A table that is being read in another thread.

    `share` is written there and read here, `stopped` the other way round; neither is waited for.
    """

    load: Callable[[], bytes | Refusal]
    seed: Seed
    header: bool | None = None
    share: float = 0.0
    stopped: bool = False
    data: bytes | Refusal = field(default=b"")

    def read(self) -> "Outcome | Refusal | None":
        """Read it all and guess its roles; None if it was stopped."""
        self.data = self.load()
        if isinstance(self.data, Refusal):
            return self.data
        sheet = read_delimited(self.data, self.header, self._go_on)
        if not isinstance(sheet, Sheet):
            return sheet
        roles = guess_roles(sheet)
        return Outcome(sheet, roles, taken(sheet, roles, seed=self.seed))

    def _go_on(self, share: float) -> bool:
        self.share = share
        return not self.stopped


@dataclass(frozen=True, slots=True)
class Outcome:
    """A table that was read, guessed roles for its columns, and what comes of them."""

    sheet: Sheet
    roles: Roles
    made: Taken | Refusal


class Tables(QObject):
    """Brings tables into one session's document."""

    def __init__(
        self, window: QWidget, session: Session, themes: ThemeManager, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._themes, self._settings = themes, settings
        self._reading: Reading | None = None
        self._refusal: Refusal | None = None
        self.dialog: TableDialog | None = None
        self._aside = Aside(self)
        self._aside.done.connect(self._show)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)

    @property
    def _seed(self) -> Seed:
        return self._session.document.seeds.data

    def close(self) -> None:
        """Read nothing more."""
        self._stop()
        self._aside.close()

    # Ways in -------------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a file with a table and read it."""
        folder = self._settings.read(FOLDER) or QDir.homePath()
        path, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Open a table"), folder, table_filter()
        )
        if path:
            self.open_path(path)

    def open_path(self, path: str) -> None:
        """Read a file with a table and ask how it is used."""
        file = Path(path)
        self._settings.write(FOLDER, str(file.absolute().parent))
        self._ask(file.name, lambda: load(file, MAX_BYTES))

    def read_text(self, text: str) -> None:
        """Read a text with a table, such as one that was pasted, and ask how it is used."""
        data = text.encode("utf-8", "replace")
        self._ask(_("Pasted table"), lambda: data)

    def from_function(self) -> None:
        """Ask for a function, and take points above and below it."""
        dialog = FunctionDialog(Curve(), self._themes.current(), self._window)
        if dialog.ask() != "use":
            return
        table = curve_table(dialog.wanted())
        if isinstance(table, Refusal):
            self._session.do(table)
            return
        points = Taken(table, (0, 1), 2)
        share = self._session.document.data.test_share
        propose = self._need(points, standardise=False, share=share).propose
        choice = TableChoice(points, False, share, propose and dialog.makes_model)
        self._do(f"y > {dialog.wanted().formula}", choice)

    def roles(self) -> None:
        """Ask anew which columns of the document's table are what."""
        data = self._session.document.data
        if data.table is None:
            return
        dialog = self._make(data.source or _("Table"))
        classes = data.target is not None and bool(data.table.words[data.target])
        dialog.standardise.setChecked(data.standardise)
        dialog.show_sheet(
            sheet_of(data.table), Roles(data.features, data.target, classes), header=False
        )
        self._finish(data.source)

    def generate(self) -> None:
        """Go back to points that are generated."""
        best = DATASETS[START]
        self._session.do(
            use_generator(
                self._session.document,
                START,
                samples=best.default_samples,
                noise=best.default_noise,
            )
        )

    # Reading and asking --------------------------------------------------------------------------

    def _ask(self, name: str, loading: Callable[[], bytes | Refusal]) -> None:
        dialog = self._make(name)
        dialog.header_wanted.connect(self._read_anew)
        self._begin(Reading(loading, self._seed))
        self._finish(name)

    def _make(self, name: str) -> TableDialog:
        self._refusal = None
        faint = self._themes.current().faint
        dialog = TableDialog(name, self._need, faint, self._seed, self._window)
        dialog.share.setValue(round(100 * self._session.document.data.test_share))
        self.dialog = dialog
        return dialog

    def _begin(self, reading: Reading) -> None:
        self._stop()
        self._reading = reading
        if self.dialog is not None:
            self.dialog.show_progress(0.0)
        self._aside.start(reading.read)
        self._looking.start()

    def _read_anew(self, header: bool) -> None:
        """Read the same bytes again, their first row as names or not."""
        before = self._reading
        if before is not None:
            data = before.data
            self._begin(Reading(lambda: data, self._seed, header))

    def _look(self) -> None:
        if self.dialog is not None and self._reading is not None:
            self.dialog.show_progress(self._reading.share)

    def _show(self, outcome: Outcome | Refusal) -> None:
        self._looking.stop()
        if self.dialog is None:
            return
        if isinstance(outcome, Refusal):
            self._refusal = outcome
            self.dialog.reject()
        else:
            self.dialog.show_sheet(outcome.sheet, outcome.roles, outcome.made)

    def _finish(self, source: str) -> None:
        """Wait for the answer of the dialog and do it."""
        dialog = self.dialog
        if dialog is None:
            return
        choice = dialog.ask()
        wanted = dialog.wanted()
        self.dialog = None
        self._stop()
        self._reading = None
        if self._refusal is not None:
            self._session.do(self._refusal)
        elif choice and wanted is not None:
            self._do(source, wanted)

    def _stop(self) -> None:
        self._looking.stop()
        if self._reading is not None:
            self._reading.stopped = True
        self._aside.forget()

    # Doing ---------------------------------------------------------------------------------------

    def _do(self, source: str, wanted: TableChoice) -> None:
        if wanted.model:
            if self._session.is_untouched:  # a start page makes room
                self._session.new()
            self._session.set_view(current_group=None)
        edit = used(self._session.document, source, wanted)
        title = _("Use the table {name}").format(name=source) if source else _("Use a table")
        if isinstance(edit, Edit):
            edit = replace(edit, title=title)
        if not self._session.do(edit) or isinstance(edit, Refusal):
            return
        self._session.flush()
        if wanted.model:
            self._session.reveal.emit(outermost(edit))
        self._session.hinted.emit(rows_words(wanted.table))

    def _need(self, made: Taken, standardise: bool, share: float) -> Need:
        """Say which model fits a table, and whether the one there is does."""
        document = self._session.document
        choice = TableChoice(made, standardise, share, model=True)
        model = fitting(document, choice)
        if isinstance(model, Refusal):
            return Need(str(model), propose=False)
        samples = load_samples(model.data, model.seeds)
        fit = samples is not None and not isinstance(samples, Refusal) and fits(document, samples)
        return Need(need_words(document, model, fit=fit), propose=not fit)


def used(document: Document, source: str, wanted: TableChoice) -> Edit | Refusal:
    """Return the edit that makes a table the data, with a model that fits if that is wanted."""
    edit = _table_edit(document, source, wanted)
    if isinstance(edit, Refusal) or not wanted.model:
        return edit
    model = fitting(document, wanted, source)
    return model if isinstance(model, Refusal) else replacement(document, model)


def fitting(document: Document, wanted: TableChoice, source: str = "") -> Model | Refusal:
    """Return the model of a document, as little changed as fits a table."""
    edit = _table_edit(document, source, wanted)
    if isinstance(edit, Refusal):
        return edit
    data = edit.changes[0].after if edit.changes else document.data
    return fitted(replace(described(document), data=data))


def _table_edit(document: Document, source: str, wanted: TableChoice) -> Edit | Refusal:
    return use_table(
        document,
        wanted.table.table,
        wanted.table.features,
        wanted.table.target,
        standardise=wanted.standardise,
        test_share=wanted.test_share,
        source=source,
    )


def need_words(document: Document, model: Model, *, fit: bool) -> str:
    """Say what the data need: "4 features, 3 classes: replace the model by 4-16-16-3 …"."""
    told = ngettext("{count} feature", "{count} features", model.features)
    words = told.format(count=model.features)
    classes = _("{count} classes").format(count=model.classes) if model.classes else _("a number")
    widths = "-".join(map(str, (model.features, *model.layers)))
    loss = TEMPLATES[model.loss].title
    if not parts(document):
        what = _("{features}, {classes}: &insert a network {widths} with {loss}")
    elif fit:
        what = _("{features}, {classes}: the model fits · replace it by a &new one {widths}")
    else:
        what = _("{features}, {classes}: &replace the model by {widths} with {loss}")
    return what.format(features=words, classes=classes, widths=widths, loss=loss)


def rows_words(made: Taken) -> str:
    """Say what has become the data."""
    rows = len(made.table)
    return ngettext(
        "{count:,} row is the data now", "{count:,} rows are the data now", rows
    ).format(count=rows)


def is_table_file(path: str) -> bool:
    """Whether a file is called as those with a table are."""
    return Path(path).suffix.lower() in SUFFIXES


def table_filter() -> str:
    """Name the kinds of file with a table in a file dialog."""
    kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    return _("Tables ({kinds});;All files (*)").format(kinds=kinds)
