"""The why card: a question about a number, its formula in names and in numbers, and a sentence.

While the session has a question it floats over the corner of the canvas where it hides least, the
lower left if that is free. It follows the numbers and lights on the canvas what it speaks of.
Symbols and links lead on to other questions, back leads to those before. It asks the session and
changes nothing else.
"""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
)

from engine.explain.questions import Answer, Question, Sentence
from playground.bridge import ChangeSet
from playground.icons import icon
from playground.panels.why.formulas import REACH, Formulas
from playground.panels.why.lights import lights_of
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import label

Corner = tuple[bool, bool]  # whether at the right, and whether at the bottom

LOWER_LEFT: Corner = (False, True)
CORNERS: tuple[Corner, ...] = (LOWER_LEFT, (False, False), (True, False))  # the minimap has one
WIDTH, MOST_WIDTH = 360, 620  # of what stands on it, in pixels
PAD, EDGE = 14, 16
TRAINING_MILLISECONDS = 100  # between two answers while numbers rush by
OWN_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WhyCard(FloatingCard):
    """Shows the answer to the session's question over a canvas.

    It asks where an item is in the viewport, and how much of the cards a rectangle there covers.
    """

    def __init__(
        self,
        session: Session,
        themes: ThemeManager,
        canvas: QAbstractScrollArea,
        where: Callable[[int], QRect],
        covered: Callable[[QRect], float],
    ) -> None:
        super().__init__(themes, canvas)
        self._where, self._covered = where, covered
        self._corner: Corner | None = None
        self.setObjectName("why")
        self.setAccessibleName(_("Why?"))
        self._session = session
        self._canvas, self._viewport = canvas, canvas.viewport()
        self._told: Answer | None = None
        self._pointed: Question | None = None
        self._links: list[Question] = []
        self._wide = 0.0
        self.question = self._words("muted")
        self.question.setWordWrap(False)
        self.back = self._button(_("What was asked before (Backspace)"))
        self.close_button = self._button(_("Close (Escape)"))
        self.formulas = Formulas(themes, self)
        self.sentences = self._words("muted")
        self.gone_title = self._words("")
        self.gone = self._words("muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self._connect()
        self._draw_icons()
        self.hide()

    def _words(self, tone: str) -> QLabel:
        """Make a label whose links lead on."""
        made = label(tone=tone, parent=self)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        made.setWordWrap(True)
        made.setContentsMargins(round(REACH.x()), 0, round(REACH.x()), 0)
        made.linkActivated.connect(self._follow_link)
        made.linkHovered.connect(self._hover_link)
        return made

    def _button(self, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setProperty("kind", "plain")
        made.setToolTip(name)
        made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        around = SHADOW + PAD
        beside = around - round(REACH.x())  # of formulas, so that all text begins at one edge
        column.setContentsMargins(beside, SHADOW + 8, beside, around)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.question, 1)
        head.addWidget(self.back)
        head.addWidget(self.close_button)
        column.addLayout(head)
        for part in (self.formulas, self.sentences, self.gone_title, self.gone):
            column.addWidget(part)

    def _connect(self) -> None:
        session = self._session
        session.why.changed.connect(self._follow)
        session.result_changed.connect(self._refresh_soon)
        session.view_changed.connect(self._refresh_soon)
        session.changed.connect(self._notice)
        session.document_replaced.connect(session.why.close)
        self.formulas.pointed.connect(self._point)
        self.formulas.chosen.connect(session.why.ask)
        self.back.clicked.connect(session.why.back)
        self.close_button.clicked.connect(self.leave)
        self._themes.theme_changed.connect(self._wear)
        self._viewport.installEventFilter(self)

    # Showing -------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Let the keys go through the symbols."""
        self.formulas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Ask nothing any more, and give the keyboard back to the canvas."""
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self._session.why.close()
        if held:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """Show another answer, or none."""
        self._wide = 0.0
        self._pointed = None
        self._light()
        if not self.underMouse():
            self._corner = None  # it would go from under the mouse
        self.back.setVisible(self._session.why.can_go_back)
        self.refresh()
        self._light(anew=True)
        if self._session.why.question is None:
            self.hide()
        elif not self.isVisible():
            self.show()
            self.raise_()

    def _notice(self, changes: ChangeSet) -> None:
        if self._session.why.question is not None:
            self._session.why.let_go()
            self._refresh_soon()

    def _refresh_soon(self) -> None:
        if self._session.why.question is not None and not self._timer.isActive():
            self._timer.start(TRAINING_MILLISECONDS if self._session.training.running else 0)

    def refresh(self) -> None:
        """Bring everything in line with the numbers of now."""
        self._timer.stop()
        told = self._session.why.answer()
        if told is None:
            self._told = None
            self._session.light(self)
            return
        if told != self._told:
            self._told = told
            self._show(told)
        self._light()

    def set_formulas(self) -> None:
        """Typeset what had to be written as plain text."""
        self.formulas.set_anew()
        if self._told is not None:
            self._show(self._told)

    def _show(self, told: Answer) -> None:
        theme = self._themes.current()
        colour = theme.colour(told.tone).name()
        asked = escape(told.words)
        subject = escape(told.subject)
        shown = f"<span style='color:{colour}'>{subject}</span>"
        _put(self.question, asked.replace(subject, shown, 1))
        room = float(min(MOST_WIDTH, max(self._viewport.width() - 2 * (SHADOW + PAD + EDGE), 120)))
        self.formulas.show_lines(told.lines, room)
        self.formulas.setVisible(bool(told.lines))
        self._links = []
        for part, some in ((self.sentences, told.sentences), (self.gone, told.gone)):
            _put(part, "<br>".join(map(self._linked, some)))
            part.setVisible(bool(some))
        _put(self.gone_title, escape(told.gone_words))
        self.gone_title.setVisible(bool(told.gone_words))
        said = (told.words, *(one.text for one in (*told.sentences, *told.gone)))
        self.setAccessibleDescription(" ".join(said))
        self._place()

    def _linked(self, sentence: Sentence) -> str:
        """Return a sentence as rich text, with a link to what it makes one want to ask."""
        if sentence.onward is None or sentence.onward == self._session.why.question:
            return escape(sentence.text)
        self._links.append(sentence.onward)
        colour = self._themes.current().positive.name()
        words = _("Show that →").replace(" ", "\N{NO-BREAK SPACE}")
        link = f"<a href='{len(self._links) - 1}' style='color:{colour}; text-decoration:none'>"
        return f"{escape(sentence.text)} {link}{escape(words)}</a>"

    def _place(self) -> None:
        """Stand in a corner of the canvas; never narrower than before for one question."""
        wanted = max(self._column.sizeHint().width(), WIDTH + 2 * (SHADOW + PAD), int(self._wide))
        width = min(wanted, self._viewport.width())
        self._wide = width
        self._column.activate()
        high = self._column.totalHeightForWidth(width)
        whole = high if high > 0 else self._column.sizeHint().height()
        size, told = QSize(width, whole), self._told
        if self._corner is None:
            about = QRect() if told is None else self._where(told.question.node)
            about.translate(self._viewport.pos())
            free = [one for one in CORNERS if not self._at(one, size).intersects(about)]
            self._corner = min(free, key=partial(self._hides, size=size), default=LOWER_LEFT)
        self.setGeometry(self._at(self._corner, size))

    def _hides(self, corner: Corner, size: QSize) -> float:
        """Return how much of other cards lies below the card in a corner."""
        rect = self._at(corner, size).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        return self._covered(rect.translated(-self._viewport.pos()))

    def _at(self, corner: Corner, size: QSize) -> QRect:
        """Return where the card is in a corner: what it is about should not lie below it."""
        away = EDGE - SHADOW
        room = self._viewport.geometry().adjusted(away, away, -away, -away)
        x = room.right() - size.width() + 1 if corner[0] else room.left()
        y = room.bottom() - size.height() + 1 if corner[1] else room.top()
        return QRect(QPoint(max(x, room.left()), max(y, room.top())), size)

    # Lighting ------------------------------------------------------------------------------------

    def _point(self, question: Question | None) -> None:
        """Take note of which symbol or link is pointed at, None for none."""
        self._pointed = question
        self._light(anew=True)

    def _light(self, *, anew: bool = False) -> None:
        """Light what is pointed at, else what the card is about."""
        session, pointed = self._session, self._pointed
        asked = session.why.question
        if asked is not None:
            lit = lights_of(session, pointed or asked, alone=pointed is not None)
            session.light(self, lit, anew=anew)

    def _follow_link(self, link: str) -> None:
        self._session.why.ask(self._links[int(link)])

    def _hover_link(self, link: str) -> None:
        self._point(self._links[int(link)] if link else None)

    # Events --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the card's own keys from the shortcuts of the canvas."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in OWN_KEYS and not event.modifiers()
            if own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back or close, and let no key through to the canvas below."""
        if event.key() == Qt.Key.Key_Backspace:
            self._session.why.back()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in its corner of the canvas."""
        if event.type() is QEvent.Type.Resize and watched is self._viewport and self._told:
            self._wide, self._corner = 0.0, None
            self._show(self._told)
        return False

    def _wear(self) -> None:
        self._draw_icons()
        if self._told is not None:
            self._show(self._told)

    def _draw_icons(self) -> None:
        theme = self._themes.current()
        self.back.setIcon(icon("back", theme.muted, theme.faint))
        self.close_button.setIcon(icon("close", theme.muted, theme.faint))


def _put(shown: QLabel, text: str) -> None:
    """Change the text of a label only if it is another."""
    if shown.text() != text:
        shown.setText(text)
