"""The page of the gradient check: every gradient that is shown beside the slope by differences.

It follows what is shown, a planted bug and a pass half done as well, and says in a sentence how
many agree, what the differences look like, and whether a step goes where the slope promises.
Rows that are pointed at are lit on the canvas, clicked ones selected. While it is hidden nothing
is done.
"""

from gettext import gettext as _

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.explain.checked import step_words, summary
from playground.icons import pixmap
from playground.panels.studio.check.checker import SCOPES, Checker, Findings
from playground.panels.studio.check.table import ERROR, NAME, NUMERIC, SHOWN, Checked
from playground.session import Session
from playground.session.lit import NOTHING_LIT, Lit
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.fields import TextField
from playground.widgets.halves import Halves
from playground.widgets.labels import label, section
from playground.widgets.numbers import written
from playground.widgets.rows import RowsView
from playground.widgets.segments import Segments

MARGIN, GAP = 14, 8
SAID, FIELD, RATE = 270, 150, 84
LEAST, ROWS = 680, 150  # a page as wide has words and table side by side; rows are as high
ICON = 16
NUMBERS = 104  # pixels of a column, at least


class CheckPage(QWidget):
    """What was found in words at the left, the table at the right.

    Attributes:
        summary, suspected, stepped: what is said of all, of the differences, and of a step.
        table, filter, rate: the rows, what they are searched with, and the length of the step.
        scopes: the actions that choose which nodes are checked, by the key as their data.
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
        self._session, self._themes = session, themes
        self._findings: Findings | None = None
        self.checker = Checker(session, self)
        self.model = Checked(themes, self)
        self._icon = QLabel()
        self.summary, self.suspected = label(tone="title"), label()
        self.about, self.stepped = label(tone="muted"), label(tone="muted")
        for words in (self.summary, self.suspected, self.about, self.stepped):
            words.setWordWrap(True)
        self.scopes = QActionGroup(self)
        for key, scope in SCOPES.items():
            action = QAction(scope.title, self.scopes)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == self.checker.scope)
            action.setToolTip(scope.tip)
        self.filter, self.rate, self.table = self._field(), self._rate(), self._tree()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("How far the check is"))
        self.bar.setToolTip(_("How many of the nodes have been nudged"))
        self.again = QPushButton(_("Check now"))
        self.again.setToolTip(_("Check the numbers that are shown at this moment"))
        self.stop = QPushButton(_("Cancel"))
        self.stop.setToolTip(_("Stop checking"))
        self.there = QPushButton(_("Go there"))
        self.there.setToolTip(_("Select the nodes where it begins, and bring them into sight"))
        for button in (self.again, self.stop, self.there):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.there.hide()
        self._connect()
        self._follow()

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(_("Find a node"))
        field.setToolTip(_("Show the nodes whose names, or those of their groups, hold this"))
        field.setAccessibleName(_("Find a node"))
        field.setClearButtonEnabled(True)
        field.setMaximumWidth(FIELD)
        return field

    def _rate(self) -> TextField:
        field = TextField(_("Length of the step"))
        field.setToolTip(_("How far a step goes, times the gradient; empty: the learning rate"))
        field.setFixedWidth(RATE)
        return field

    def _tree(self) -> RowsView:
        table = RowsView(self.model, _("Gradients and slopes"), self)
        table.setSortingEnabled(True)
        table.header().setSortIndicatorClearable(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # what disagrees most comes first
        table.header().setStretchLastSection(True)
        table.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (SHOWN, NUMERIC, ERROR):
            table.setColumnWidth(column, max(NUMBERS, table.header().sectionSizeHint(column)))
        table.setMinimumHeight(ROWS)
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.summary, 1)
        step = QHBoxLayout()
        step.addWidget(section(_("One step down")))
        step.addStretch(1)
        step.addWidget(self.rate)
        said = QVBoxLayout()
        said.setSpacing(GAP)
        said.addLayout(head)
        under = QHBoxLayout()
        under.setSpacing(GAP)
        under.addWidget(self.bar, 1)
        for button in (self.there, self.stop, self.again):
            under.addWidget(button)
        under.addStretch(0)
        for part in (self.suspected, self.about):
            said.addWidget(part)
        said.addLayout(under)
        said.addSpacing(GAP)
        said.addLayout(step)
        said.addWidget(self.stepped)
        said.addStretch(1)
        over = QHBoxLayout()
        over.setSpacing(GAP)
        over.addWidget(Segments(self.scopes.actions(), self))
        over.addStretch(1)
        over.addWidget(self.filter)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addLayout(over)
        right.addWidget(self.table, 1)
        said.setContentsMargins(0, 6, 0, 0)
        right.setContentsMargins(0, 0, 0, 0)
        words, rows = QWidget(), QWidget()
        words.setLayout(said)
        rows.setLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(Halves(words, rows, SAID, LEAST, 2 * MARGIN))

    def _connect(self) -> None:
        self.checker.told.connect(self._show)
        self.checker.moved.connect(self._follow)
        self.scopes.triggered.connect(self._choose)
        self.filter.textChanged.connect(self.model.search)
        self.rate.entered.connect(self._try_rate)
        self.again.clicked.connect(self.checker.check_now)
        self.stop.clicked.connect(self.checker.cancel)
        self.there.clicked.connect(self._go_there)
        self.table.pointed.connect(self._light)
        self.table.left.connect(self.left)
        self.table.selectionModel().currentRowChanged.connect(self._point)
        self._session.selection_changed.connect(self._follow_selection)
        self._themes.theme_changed.connect(self._draw_icon)

    # Following -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Check what is shown by now."""
        super().showEvent(event)
        self.checker.wake(up=True)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Check nothing."""
        super().hideEvent(event)
        self.checker.wake(up=False)

    def leave(self) -> None:
        """End what is under way."""
        self.checker.close()

    def _choose(self, action: QAction) -> None:
        self.checker.choose(action.data())

    def _try_rate(self, text: str) -> None:
        try:
            rate = float(text.replace(",", ".").replace("−", "-")) if text.strip() else None
        except ValueError:
            self._session.refused.emit(
                _("“{text}” is no number. Type the length of a step, as 0.1.").format(text=text)
            )
            return
        self.checker.try_rate(rate)
        self._show_rate()

    # Showing -------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show how far the check is, and whether what is told is of now."""
        if not self.isVisible():
            return
        progress = self.checker.progress
        slow = progress is not None and progress.total > 0
        for part in (self.bar, self.stop):
            part.setVisible(slow)
        if progress is not None and slow:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
        self.again.setVisible(not self.checker.is_busy and not self.checker.is_current)
        self.about.setText(self._about())
        self.about.setVisible(bool(self.about.text()))
        self._show_rate()

    def _show(self, findings: Findings) -> None:
        self._findings = findings
        task = findings.task
        self.summary.setText(summary(task.document, findings.checks) + ".")
        said = [suspicion.text for suspicion in findings.suspicions]
        wrong = any(check.verdict == "wrong" for check in findings.checks)
        if wrong and not said:
            said = [_("No classic mistake fits all of the differences.")]
        self.suspected.setText("\n".join(said))
        self.suspected.setVisible(bool(said))
        self.there.setVisible(any(suspicion.nodes for suspicion in findings.suspicions))
        self.stepped.setText(
            _("There is nothing to move.") if findings.step is None else step_words(findings.step)
        )
        self.model.show_findings(findings)
        self._draw_icon()
        self._follow_selection()

    def _about(self) -> str:
        """Say what the numbers are about, where that is not plain."""
        session = self._session
        if session.training.running:
            return _("Training goes on: pause it, or check now.")
        if not self.checker.is_current and not self.checker.is_busy:
            return _("What is shown has changed since.")
        if session.tracing.on:
            return _("The stepper is on: this is the pass as far as it has come.")
        batch = self._findings is not None and self._findings.task.data is not None
        return _("Over all training samples, penalties included.") if batch else ""

    def _show_rate(self) -> None:
        rate = self.checker.rate
        shown = self._session.document.training.learning_rate if rate is None else rate
        self.rate.show_text(written(shown))

    def _draw_icon(self) -> None:
        theme, findings = self._themes.current(), self._findings
        verdicts = set() if findings is None else {check.verdict for check in findings.checks}
        name, colour = "info", theme.muted
        if "wrong" in verdicts:
            name, colour = "serious", theme.ink
        elif verdicts == {"ok"}:
            name, colour = "fine", theme.go
        self._icon.setPixmap(pixmap(name, colour, ICON, self.devicePixelRatioF()))

    def _go_there(self) -> None:
        if self._findings is not None and self._findings.suspicions:
            self._session.show_items(self._findings.suspicions[0].nodes)

    # The table and the canvas --------------------------------------------------------------------

    def _light(self, row: int) -> None:
        """Light the node of the row that is pointed at, and what it feeds."""
        session, lit = self._session, NOTHING_LIT
        node = self.model.node(row) if row >= 0 else None
        if node is not None and node in session.document:
            lit = Lit(frozenset({node}), dict.fromkeys(session.document.consumers(node), ""))
        session.light(self.table, lit)

    def _point(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            node = self.model.node(now.row())
            if node in self._session.document and self._session.selection != {node}:
                self._session.set_selection({node})

    def _follow_selection(self) -> None:
        """Choose the row of the node that is selected."""
        if not self.isVisible():
            return
        chosen = self._session.selection
        self.table.choose(self.model.row(next(iter(chosen))) if len(chosen) == 1 else None)

    def sizeHint(self) -> QSize:
        """Ask for room for some rows."""
        return QSize(2 * SAID, 240)
