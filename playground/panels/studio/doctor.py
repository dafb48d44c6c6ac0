"""The page of the gradient doctor: what is wrong with the run, since when, why, and what may help.

A calm list of what the worker found, the worst first. A remedy is one edit, which undo takes back;
"Go there" selects the nodes on the canvas.
"""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.graph.document import Document
from engine.train.diagnoses import DIAGNOSES
from engine.train.doctor import Finding
from engine.train.remedies import Remedy, healed, offered
from playground.icons import pixmap
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.labels import hairline, label
from playground.widgets.wrapping import Wrapping

MARGIN, GAP, BETWEEN = 14, 12, 6
ICON = 16
ICONS = {"grave": "grave", "serious": "serious", "mild": "info"}
Place = tuple[str, int]


class DoctorPage(QWidget):
    """A line that says how it is, and a row for each finding.

    Attributes:
        best: goes back to the best weights of the run.
        rows: the findings that are shown, by diagnosis and place.
    """

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
        self.rows: dict[Place, FindingRow] = {}
        self._icon = QLabel()
        self._summary = label(tone="title")
        self._checked = label(tone="muted")
        self._checked.setWordWrap(True)
        self.best = QPushButton(_("Back to the best weights"))
        self.best.setToolTip(_("Go back to the moment of this run with the least loss"))
        self.best.clicked.connect(session.training.go_to_best)
        self._lay_out()
        session.training.report_changed.connect(self._draw)
        session.training.state_changed.connect(self._draw)
        session.changed.connect(self._draw)
        session.document_replaced.connect(self._draw)
        themes.theme_changed.connect(self._draw)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was found meanwhile."""
        super().showEvent(event)
        self._draw()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._summary)
        head.addStretch(1)
        head.addWidget(self.best)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP)
        self._list.addWidget(self._checked)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN - 4, MARGIN)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(area, 1)

    def _draw(self) -> None:
        if not self.isVisible():
            return
        training = self._session.training
        report = training.report
        findings = () if report is None else report.findings
        self.best.setEnabled(training.best is not None)
        self._summary.setText(self._words())
        theme = self._themes.current()
        fine = report is not None and not findings
        ratio = self.devicePixelRatioF()
        well, other = (
            pixmap("fine", theme.go, ICON, ratio),
            pixmap("doctor", theme.muted, ICON, ratio),
        )
        self._icon.setPixmap(well if fine else other)
        self._checked.setText(self._said(fine=fine))
        self._checked.setVisible(not findings)
        self._show_rows(findings)

    def _words(self) -> str:
        """Say in a line how the run is."""
        report = self._session.training.report
        if report is None:
            return _("There is no run to examine")
        count = len(report.findings)
        if not count:
            return _("Nothing is wrong at step {step:,}").format(step=report.step)
        words = ngettext("{n} finding at step {step:,}", "{n} findings at step {step:,}", count)
        return words.format(n=count, step=report.step)

    def _said(self, *, fine: bool) -> str:
        """Say what was checked, or why nothing can be."""
        if fine:
            checked = "; ".join(diagnosis.fine for diagnosis in DIAGNOSES.values())
            return _("Checked: {checked}.").format(checked=checked)
        refusal = self._session.training.refusal
        return "" if refusal is None else str(refusal)

    def _show_rows(self, findings: tuple[Finding, ...]) -> None:
        """Bring the rows in line; those that stay are kept, and the keyboard in them."""
        document = self._session.document
        wanted = {(finding.key, finding.place): finding for finding in findings}
        for place in [place for place in self.rows if place not in wanted]:
            row = self.rows.pop(place)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for number, (place, finding) in enumerate(wanted.items()):
            if place not in self.rows:
                self.rows[place] = FindingRow(self._themes, self)
                self.rows[place].pointed.connect(self._session.show_items)
                self.rows[place].chosen.connect(self._heal)
            row = self.rows[place]
            if self._list.indexOf(row) != number:
                self._list.insertWidget(number, row)
            row.show_finding(document, finding)

    def _heal(self, finding: Finding, remedy: Remedy) -> None:
        document = self._session.document
        if remedy.applies(document, finding):  # it may have been done meanwhile
            self._session.do(healed(document, finding, remedy))


class FindingRow(QWidget):
    """A finding: how bad it is, what it is, why, since when, and what may help.

    Attributes:
        there: selects the nodes; buttons: those of the remedies.
        pointed: carries the items to go to; chosen: the finding and the remedy that is wanted.
    """

    pointed = Signal(object)
    chosen = Signal(object, object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._finding: Finding | None = None
        self._icon = QLabel()
        self._title = label(tone="title")
        self._since = label(tone="dim")
        self._text, self._why = label(), label(tone="muted")
        for words in (self._text, self._why):
            words.setWordWrap(True)
        self.there = QPushButton(_("Go there"))
        self.there.setToolTip(_("Select it on the canvas, and bring it into sight"))
        self.there.clicked.connect(self._go_there)
        self.buttons: tuple[RemedyButton, ...] = ()
        self._actions = Wrapping(BETWEEN)
        self._actions.addWidget(self.there)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._since)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (head, self._text, self._why):
            words.addLayout(part) if isinstance(part, QHBoxLayout) else words.addWidget(part)
        words.addSpacing(BETWEEN)
        words.addLayout(self._actions)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(GAP)
        column.addWidget(hairline())
        column.addLayout(row)

    def show_finding(self, document: Document, finding: Finding) -> None:
        """Show a finding, and the remedies that apply to a document as it is now."""
        self._finding = finding
        theme = self._themes.current()
        colour = theme.muted if finding.severity == "mild" else theme.ink
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap(ICONS[finding.severity], colour, ICON, ratio))
        self._title.setText(finding.diagnosis.title)
        self._since.setText(_("since step {step:,}").format(step=finding.step))
        self._text.setText(sentence(finding.text))
        self._why.setText(sentence(finding.why))
        self.there.setVisible(any(document.holds(item) for item in finding.items))
        self._offer(document, finding, offered(document, finding))

    def _offer(self, document: Document, finding: Finding, remedies: tuple[Remedy, ...]) -> None:
        if tuple(button.remedy for button in self.buttons) != remedies:
            for button in self.buttons:
                self._actions.removeWidget(button)
                button.hide()
                button.deleteLater()
            self.buttons = tuple(RemedyButton(remedy, self) for remedy in remedies)
            for button in self.buttons:
                self._actions.addWidget(button)
                button.chosen.connect(self._choose)
        for button in self.buttons:
            button.setText(button.remedy.title(document, finding))

    def _go_there(self) -> None:
        if self._finding is not None:
            self.pointed.emit(self._finding.items)

    def _choose(self, remedy: Remedy) -> None:
        if self._finding is not None:
            self.chosen.emit(self._finding, remedy)


class RemedyButton(QPushButton):
    """A button that stands for a remedy, and carries it when it is pressed."""

    chosen = Signal(object)

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remedy = remedy
        self.setIconSize(QSize(ICON, ICON))
        self.setToolTip(remedy.tip)
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen.emit(self.remedy)


def sentence(words: str) -> str:
    """Write words as a sentence of its own."""
    return words[:1].upper() + words[1:].rstrip(".") + "."
