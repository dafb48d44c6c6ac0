"""The card beside the canvas that answers in which order: the list of steps, and why it is so.

By the rules a click on a step goes there. By hand it fires the node, whether it is its turn or
not; which rule was broken is said below, and at the end which gradients are wrong because of it.
"""

from gettext import gettext as _

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.explain.steps import (
    breach_words,
    no_output_words,
    reason_words,
    remaining_words,
    verdict_words,
    wrong_words,
    wrongs,
)
from engine.run.course import Course
from playground.canvas.stepper.order_list import OrderList
from playground.session import Session
from playground.theme import ThemeManager
from playground.widgets.card import SHADOW, FloatingCard
from playground.widgets.labels import label, retone
from playground.widgets.segments import Segments

WIDTH = 250
LIST_STRETCH = 1000  # what is said stands right below the list, as long as that has room
MOST_WRONG = 6

BY_RULES = _("Each value after its inputs; each gradient after all that the node feeds.")
BY_HAND = _("Click a row, or a card on the canvas, to let it fire. Any order goes.")


class OrderCard(FloatingCard):
    """Shows the order of the session's pass.

    Attributes:
        list: the steps.
        sentence: why it is as it is, or which rule was broken; verdict: what came of it.
    """

    def __init__(self, session: Session, themes: ThemeManager, canvas: QWidget) -> None:
        super().__init__(themes, canvas)
        self._session = session
        self.setAccessibleName(_("Order of the steps"))
        self.list = OrderList(session, themes, self)
        self.ways = QActionGroup(self)
        self.by_rules = self._way(_("By the rules"), _("A click on a step goes there"))
        self.by_hand = self._way(
            _("By hand"), _("Fire nodes in any order, and see what comes of it")
        )
        self.sentence = label(tone="muted", parent=self)
        self.verdict = label(parent=self)
        for told in (self.sentence, self.verdict):
            told.setWordWrap(True)
            told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self.list.chosen.connect(self._choose)
        self.ways.triggered.connect(self._turn)
        session.tracing.changed.connect(self.refresh)
        self.hide()

    def _way(self, title: str, tip: str) -> QAction:
        made = QAction(title, self.ways)
        made.setCheckable(True)
        made.setToolTip(tip)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = SHADOW + 10
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Segments(self.ways.actions(), self))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.list, LIST_STRETCH)
        column.addWidget(self.sentence)
        column.addWidget(self.verdict)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """Ask for the width of its rows."""
        return QSize(WIDTH + 2 * SHADOW, 420)

    def refresh(self) -> None:
        """Show where the pass is; nothing while it is hidden."""
        if not self.isVisible():
            return
        tracing = self._session.tracing
        (self.by_hand if tracing.by_hand else self.by_rules).setChecked(True)
        self.list.refresh()
        course = tracing.course
        words, broken = ("", False) if course is None else self._sentence(course)
        self.sentence.setText(words)
        retone(self.sentence, "problem" if broken else "muted")
        verdict = "" if course is None else self._verdict(course)
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))

    def event(self, event: QEvent) -> bool:
        """Catch up when it comes into sight."""
        done = super().event(event)
        if event.type() is QEvent.Type.Show:
            self.refresh()
        return done

    def _sentence(self, course: Course) -> tuple[str, bool]:
        """Return what is said of the latest step, and whether it broke a rule."""
        tracing, document = self._session.tracing, self._session.document
        step = course.latest
        if course.is_over and course.trace.output is None:
            return no_output_words(), False
        if step is None or (tracing.by_hand and step.phase != "backward"):
            return (BY_HAND if tracing.by_hand else BY_RULES), False
        if step.broken:
            right = tracing.right()
            told = [breach_words(document, step, breach, right) for breach in step.broken]
            return "\n".join(told), True
        known = tracing.right() if step.phase == "backward" else None
        return reason_words(document, course, step, known), False

    def _verdict(self, course: Course) -> str:
        """Say at the end whether the gradients are right, if that is in question."""
        tracing, document = self._session.tracing, self._session.document
        broken = sum(bool(step.broken) for step in course.trace.steps)
        if tracing.by_hand and not course.is_over:
            return remaining_words(course)
        if not course.is_over or not (tracing.by_hand or tracing.is_planted or broken):
            return ""
        found = wrongs(course.trace, tracing.right())
        if tracing.is_planted and not (found or broken or tracing.by_hand):
            return ""
        lines = [verdict_words(found, broken)]
        lines += [wrong_words(document, wrong) for wrong in found[:MOST_WRONG]]
        if len(found) > MOST_WRONG:
            lines.append(_("and {count:,} more").format(count=len(found) - MOST_WRONG))
        return "\n".join(lines)

    def _choose(self, place: int) -> None:
        tracing = self._session.tracing
        course = tracing.course
        if course is not None and tracing.by_hand:
            tracing.fire(course.schedule[place][1])
        else:
            tracing.go_to(place)

    def _turn(self, way: QAction) -> None:
        self._session.tracing.fire_by_hand(on=way is self.by_hand)
        self.refresh()
