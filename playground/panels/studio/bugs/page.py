"""The page of the bug lab: switches that plant a classic bug, and the game to find a hidden one.

At the left the bugs, as switches or as guesses; at the right what the one that is pointed at does,
its line of code beside the right one, or how the game stands. A bug that would change nothing in
this graph says why, and offers an example in which it shows.
"""

from gettext import gettext as _
from gettext import ngettext

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.run.bugs import BUGS
from playground.panels.studio.bugs.lab import Lab
from playground.panels.studio.bugs.lines import Lines
from playground.panels.studio.bugs.rows import Guesses, Switches
from playground.panels.studio.bugs.words import Told, told
from playground.session import Session
from playground.settings import Settings
from playground.theme import ThemeManager
from playground.widgets.halves import Halves
from playground.widgets.labels import label
from playground.widgets.wrapping import Wrapping

MARGIN, GAP = 14, 8
LIST, LEAST = 340, 660  # a page as wide has list and words side by side
CHECK = "insight.check"  # the action that shows the page of the gradient check
STEP = "step.show"  # the one that begins to step


class BugsPage(QWidget):
    """A list at the left, what is said of it at the right.

    Attributes:
        lab: what is planted, and the game.
        switches, guesses: the two lists, of which one is shown.
        title, text, answer: what is said; lines: the code.
        asked: carries the id of an action that should be done.
        example_wanted: carries the name of an example that should be opened.
    """

    asked = Signal(str)
    example_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        del themes, settings  # the style sheet dresses it, and there is nothing to remember
        self._session = session
        self.lab = Lab(session, self)
        self._about = next(iter(BUGS))  # the bug that is pointed at
        self.switches, self.guesses = Switches(), Guesses()
        self.title, self.tally = label(tone="title"), label(tone="dim")
        self.text, self.answer = label(), label(tone="muted")
        for words in (self.title, self.text, self.answer):
            words.setWordWrap(True)
        self.lines = Lines()
        self.hide_one = self._button(
            _("Plant a bug for me"),
            _("Plant one of the bugs that show in this graph, without saying which"),
            "go",
        )
        self.remove = self._button(_("Remove it"), _("Show the right numbers again"))
        self.example = self._button(
            _("Open an example that shows it"),
            _("Open a bundled graph in which this bug changes numbers, and plant it there"),
        )
        self.check = self._button(
            _("Check the gradients"), _("Compare what is shown with differences")
        )
        self.step = self._button(
            _("Step through"), _("Go through the pass with the bug in it, one node at a time")
        )
        self.hint = self._button(_("A hint"), _("Say where to look"))
        self.tell = self._button(_("Tell me"), _("Say which bug it is, and end the game"))
        self._lay_out()
        self._connect()
        self._draw()

    def _button(self, text: str, tip: str, kind: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if kind:
            button.setProperty("kind", kind)
        return button

    def _lay_out(self) -> None:
        self._lists = QStackedWidget()
        for rows in (self.switches, self.guesses):
            self._lists.addWidget(rows)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title, 1)
        head.addWidget(self.tally, 0, Qt.AlignmentFlag.AlignTop)
        game = QHBoxLayout()
        game.setSpacing(GAP)
        game.addWidget(self.hide_one, 1)
        game.addWidget(self.remove, 1)
        chosen = QVBoxLayout()
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.setSpacing(GAP)
        chosen.addLayout(game)
        chosen.addWidget(self._lists, 1)
        ways = Wrapping(GAP)
        for button in (self.check, self.step, self.hint, self.tell, self.example):
            ways.addWidget(button)
        said = QVBoxLayout()
        said.setSpacing(GAP)
        said.addLayout(head)
        for words in (self.text, self.answer):
            said.addWidget(words)
        said.addLayout(ways)
        said.addWidget(self.lines)
        said.addStretch(1)
        said.setContentsMargins(0, 6, 0, 0)
        choice, told_of = QWidget(), QWidget()
        choice.setLayout(chosen)
        told_of.setLayout(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column.addWidget(Halves(choice, told_of, LIST, LEAST, 2 * MARGIN))

    def _connect(self) -> None:
        self.lab.changed.connect(self._draw)
        self.switches.switched.connect(self._switch)
        self.switches.pointed.connect(self._point)
        self.guesses.chosen.connect(self.lab.guess)
        self.hide_one.clicked.connect(self.lab.begin_hunt)
        self.remove.clicked.connect(self.lab.remove)
        self.example.clicked.connect(self._open_example)
        self.check.clicked.connect(self._ask_check)
        self.step.clicked.connect(self._step)
        self.hint.clicked.connect(self.lab.hint)
        self.tell.clicked.connect(self.lab.give_up)

    # Following -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Find out which bugs show in the graph as it is now."""
        super().showEvent(event)
        self.lab.wake(up=True)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Find out nothing while nobody looks; what is planted stays."""
        super().hideEvent(event)
        self.lab.wake(up=False)

    def leave(self) -> None:
        """End what is under way."""
        self.lab.close()

    def _switch(self, key: str, on: bool) -> None:
        self._about = key
        silent = self.lab.silent(key) if on else None
        if silent is not None:
            self._session.refused.emit(str(silent))
            self._draw()
            return
        self.lab.switch(key, on=on)

    def _point(self, key: str) -> None:
        self._about = key
        self._draw()

    def _open_example(self) -> None:
        self.lab.plant_next(self._about)
        self.example_wanted.emit(BUGS[self._about].example)
        self.lab.plant_next("")  # it may not have been opened

    def _ask_check(self) -> None:
        self.asked.emit(CHECK)

    def _step(self) -> None:
        if not self._session.tracing.on:
            self.asked.emit(STEP)

    # Showing -------------------------------------------------------------------------------------

    def _draw(self) -> None:
        lab, hunt = self.lab, self.lab.hunt
        self._lists.setCurrentIndex(0 if hunt is None else 1)
        self.switches.show_state(lab.keys, {key for key in BUGS if lab.silent(key) is not None})
        self.guesses.show_hunt(hunt)
        self._say(told(lab, self._about))
        searching = hunt is not None and not hunt.is_over
        for button in (self.check, self.step):
            button.setVisible(bool(lab.keys))
        for button in (self.hint, self.tell):
            button.setVisible(searching)
        self.hint.setEnabled(hunt is not None and not hunt.hinted)
        self.example.setVisible(hunt is None and lab.silent(self._about) is not None)
        self.remove.setVisible(bool(lab.keys))
        self.hide_one.setVisible(not searching)
        self.hide_one.setText(_("Another one") if hunt is not None else _("Plant a bug for me"))
        words = ngettext("{n} found", "{n} found", lab.found).format(n=lab.found)
        guesses = ngettext("{n} guess", "{n} guesses", lab.guessed).format(n=lab.guessed)
        self.tally.setText(f"{words}, {guesses}" if lab.guessed else "")

    def _say(self, said: Told) -> None:
        self.title.setText(said.title)
        for shown, words in ((self.text, said.text), (self.answer, said.answer)):
            shown.setText(words)
            shown.setVisible(bool(words))
        self.lines.setVisible(bool(said.bug))
        if said.bug:
            self.lines.show_lines(*BUGS[said.bug].lines(self.lab.ground))

    def sizeHint(self) -> QSize:
        """Ask for room for the list."""
        return QSize(2 * LIST, 240)
