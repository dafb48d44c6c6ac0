"""The page of the path ledger: from which value to which output, each path, and the sum of all.

It follows what is selected on the canvas and lights paths there. Its numbers are the latest of the
sample that is shown, at most ten times a second; while the page is hidden nothing is done.
"""

from gettext import gettext as _

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.errors import Refusal
from engine.explain.path_words import count_words, lines, rest_words
from engine.explain.paths import Ledger, Path, Ways
from playground.bridge import ChangeSet
from playground.panels.studio.paths.painting import PathCells
from playground.panels.studio.paths.subject import Subject, outputs, sources
from playground.panels.studio.paths.table import PathRows, PathTable
from playground.panels.studio.paths.words import light_of, notes, total_words, why_empty
from playground.session import Session
from playground.session.lit import NOTHING_LIT
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.labels import hairline, label, number
from playground.widgets.numbers import exact, written
from playground.widgets.search_field import SearchField

MARGIN = 14
TABLE_STRETCH = 1000  # the sum stands right below the table, as long as that has room
FIELD_WIDTH, LEAST_FIELD = 230, 72
FIRST, FURTHER, MOST = 8, 24, 512  # paths that are shown, at once and at most
MOST_LEGS = 20_000  # of all paths that are shown: nobody waits for more
REST_MILLISECONDS, LEGS_A_MILLISECOND = 100, 20
DIGITS = 6


class PathsPage(QWidget):
    """Two fields, a table of paths, and below it the rest and the sum.

    Attributes:
        source, output: the fields; table, rows: the paths; more: the button for more of them.
        rest, total: what the paths that are not shown add up to, and all.
        left: the keyboard goes back to the canvas.
    """

    left = Signal()

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del settings  # there is nothing to remember
        self._session = session
        self._subject = Subject(session)
        self._ways: tuple[tuple[object, ...], Ways] | None = None
        self._ledger: Ledger | None = None
        self._most = FIRST
        self._chosen: Path | None = None
        self._renamed = self._relisted = self._stale = True
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._make_parts(themes)
        self._lay_out()
        self._connect(themes)

    def _make_parts(self, themes: ThemeManager) -> None:
        self.source = SearchField(_("From"), _("a value"))
        self.source.setToolTip(_("Where the paths begin: type a part of its name, or click it"))
        self.output = SearchField(_("To"), _("an output"))
        self.output.setToolTip(_("Where they end; usually where going backward begins"))
        self.rows = PathRows(self)
        self.table = PathTable(self.rows, self)
        self.table.setItemDelegate(PathCells(themes, self.table))
        self.table.setToolTip(_("Point at a path, or choose it, to see it on the canvas"))
        self.copy = QPushButton(_("Copy"))
        self.copy.setToolTip(_("Copy the ledger as text"))
        self.more = QPushButton(_("Show more"))
        self.more.setProperty("kind", "plain")
        self.more.setToolTip(_("List more of the paths, the next largest ones"))
        self.count, self.note, self.empty = (label(tone="muted") for _part in range(3))
        for words in (self.note, self.empty):
            words.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rest_words, self.sum_words = label(tone="muted"), label(tone="title")
        self.rest, self.total = number(tone="backward"), number(tone="backward")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for field in (self.source, self.output):
            field.setMinimumWidth(LEAST_FIELD)
            field.setMaximumWidth(FIELD_WIDTH)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (label(_("From"), "muted"), self.source, label(_("to"), "muted"), self.output):
            head.addWidget(part, 100 if part in (self.source, self.output) else 0)
        head.addSpacing(8)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.copy)
        self._foot = QWidget()
        foot = QGridLayout(self._foot)
        foot.setContentsMargins(7, 0, 7, 0)
        foot.setVerticalSpacing(4)
        foot.addWidget(hairline(), 0, 0, 1, 2)
        rest = QHBoxLayout()
        rest.setSpacing(8)
        rest.addWidget(self.rest_words)
        rest.addWidget(self.more)
        rest.addStretch(1)
        foot.addLayout(rest, 1, 0)
        foot.addWidget(self.rest, 1, 1)
        foot.addWidget(self.sum_words, 2, 0)
        foot.addWidget(self.total, 2, 1)
        foot.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.empty)
        column.addWidget(self.table, TABLE_STRETCH)
        column.addWidget(self._foot)
        column.addStretch(1)

    def _connect(self, themes: ThemeManager) -> None:
        session = self._session
        session.result_changed.connect(self._follow)
        session.changed.connect(self._follow_changes)
        session.view_changed.connect(self._follow)
        session.selection_changed.connect(self._follow_selection)
        session.document_replaced.connect(self._start_over)
        themes.theme_changed.connect(self._repaint)
        self._resting.timeout.connect(self._catch_up)
        self.source.entered.connect(self._choose_source)
        self.output.entered.connect(self._choose_output)
        self.source.typed.connect(self._type_source)
        self.output.typed.connect(self._type_output)
        self.table.selectionModel().selectionChanged.connect(self._choose_path)
        self.table.pointed.connect(self._point)
        self.table.copied.connect(self.copy_text)
        self.table.left.connect(self.left)
        self.copy.clicked.connect(self.copy_text)
        self.more.clicked.connect(self._show_more)

    # What is asked -------------------------------------------------------------------------------

    def ask(self) -> None:
        """Show the paths from what is selected to where going backward begins."""
        self._subject.ask()
        self._ask_anew()

    def copy_text(self) -> None:
        """Put the ledger on the clipboard, a line for each path, its cells with tabs between."""
        if self._ledger is not None:
            told = lines(self._session.document, self._ledger)
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in told))
            self._session.hinted.emit(_("The ledger is copied as text"))

    def _choose_source(self, key: str) -> None:
        self._subject.source = int(key)
        self._ask_anew()

    def _choose_output(self, key: str) -> None:
        self._subject.chosen = int(key) if key else None
        self._ask_anew()

    def _type_source(self, text: str) -> None:
        node = self._found(text)
        if node is not None:
            self._choose_source(str(node))

    def _type_output(self, text: str) -> None:
        node = None if not text else self._found(text)
        if node is not None or not text:
            self._choose_output("" if node is None else str(node))

    def _found(self, text: str) -> int | None:
        """Return the node that a text names, or say why none is."""
        found = self._session.document.find(text)
        if isinstance(found, Refusal):
            self._session.refused.emit(str(found))
            return None
        return found

    def _show_more(self) -> None:
        self._most += FURTHER
        self.refresh()

    def _ask_anew(self) -> None:
        self._most, self._chosen = FIRST, None
        self.table.clearSelection()
        self.refresh(anew=True)

    # Following -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        self._renamed = self._relisted = True
        self._subject.follow_selection()
        self.refresh(anew=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the light off the canvas."""
        self._resting.stop()
        self._session.light(self)
        super().hideEvent(event)

    def _follow(self) -> None:
        """Show new numbers, at once or when it is time for them."""
        if not self.isVisible():
            return
        self._stale = self._resting.isActive()
        if not self._stale:
            self.refresh()

    def _catch_up(self) -> None:
        if self._stale:
            self._follow()

    def _follow_changes(self, changes: ChangeSet) -> None:
        self._renamed = True  # numbers of constants stand in laws, too
        self._relisted |= changes.structural or bool(changes.groups) or not changes.numbers
        if changes.structural:
            self._resting.stop()  # the new numbers come this turn, and the old ways are gone
        else:
            self._follow()

    def _follow_selection(self) -> None:
        if self.isVisible() and self._subject.follow_selection():
            self._ask_anew()

    def _start_over(self) -> None:
        self._subject = Subject(self._session)
        self._ways = None
        self._renamed = self._relisted = True
        if self.isVisible():
            self._ask_anew()

    def _repaint(self) -> None:
        self.table.viewport().update()

    # Showing -------------------------------------------------------------------------------------

    def refresh(self, *, anew: bool = False) -> None:
        """Show the ledger of now; `anew` if somebody asked for another one."""
        self._stale = False
        session, subject = self._session, self._subject
        subject.let_go()
        output = subject.output
        if self._relisted:
            self.source.offer(sources(session.document))
            self.output.offer(outputs(session.document, subject.usual))
        self.source.show_text("" if subject.source is None else str(subject.source))
        self.output.show_text("" if subject.chosen is None else str(subject.chosen))
        ways = self._ways_between(subject.source, output)
        words = why_empty(session.document, subject.source, output, ways)
        self._ledger = None if ways is None or words else self._ledger_of(ways)
        self.rows.show_ledger(session.document, self._ledger, renamed=self._renamed)
        self._renamed = self._relisted = False
        self._keep_chosen()
        self.table.fit_rows()
        self.empty.setText(words)
        self._show_words()
        self._light(anew=anew)
        legs = 0 if ways is None else len(ways.wires) + ways.longest * len(self.rows.paths)
        self._resting.start(REST_MILLISECONDS + legs // LEGS_A_MILLISECOND)

    def _ledger_of(self, ways: Ways) -> Ledger:
        """Return the paths that are shown: all that were asked for, unless they are too long."""
        most = min(self._most, MOST, max(FIRST, MOST_LEGS // max(1, ways.longest)))
        return ways.ledger(self._session.live.result, most)

    def _ways_between(self, source: int | None, output: int | None) -> Ways | None:
        """Return the ways, found once for a structure."""
        document = self._session.document
        if source is None or output is None:
            return None
        key = (document, document.shape, source, output)
        if self._ways is None or self._ways[0] != key:
            self._ways = key, Ways(document, source, output)
        return self._ways[1]

    def _show_words(self) -> None:
        ledger, document = self._ledger, self._session.document
        there = ledger is not None
        for part in (self.table, self._foot, self.copy, self.count):
            part.setVisible(there)
        self.empty.setVisible(not there)
        told = notes(self._session, self._subject.output) if there else ""
        self.note.setText(told)
        self.note.setVisible(bool(told))
        if ledger is None:
            return
        self.count.setText(count_words(ledger.count))
        for part in (self.rest_words, self.rest, self.more):
            part.setVisible(ledger.more > 0)
        self.more.setVisible(ledger.more > 0 and len(ledger.paths) == self._most)
        self.rest_words.setText(rest_words(ledger))
        self.sum_words.setText(total_words(self._session, document, ledger))
        for shown, value in ((self.rest, ledger.rest), (self.total, ledger.total)):
            shown.setText(written(value, DIGITS))
            shown.setToolTip(exact(value))

    def _keep_chosen(self) -> None:
        """Choose the path again that was chosen, wherever it stands now."""
        self.table.choose(self._chosen_row())

    def _chosen_row(self) -> int | None:
        row = -1 if self._chosen is None else self.rows.row(self._chosen.wires)
        return row if row >= 0 else None

    # Lighting ------------------------------------------------------------------------------------

    def _choose_path(self, _new: QItemSelection, _old: QItemSelection) -> None:
        rows = self.table.selectionModel().selectedRows()
        self._chosen = self.rows.paths[rows[0].row()] if rows else None
        self._light(anew=True)

    def _point(self, row: int) -> None:
        """Light the path that is pointed at, as long as it is."""
        lit = light_of(self._ledger, self._ways and self._ways[1], row)
        self._session.light(self.table, lit if row >= 0 else NOTHING_LIT)

    def _light(self, *, anew: bool) -> None:
        """Light the path that is chosen, else all that are shown."""
        row = self._chosen_row()
        lit = light_of(self._ledger, self._ways and self._ways[1], -1 if row is None else row)
        self._session.light(self, lit, anew=anew)
