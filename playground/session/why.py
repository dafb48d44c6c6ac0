"""The question that is asked about a number, and those before it. The session owns one.

Canvas, inspector and keys ask; the card shows the answer. While a question stands it follows what
is selected. It changes no document, and what it knows is no part of one.
"""

from PySide6.QtCore import QObject, Signal

from engine.explain.questions import Answer, Question
from engine.explain.why import answer, exists
from engine.graph.outputs import only_output
from playground.session.looking import Looking

KEPT = 100  # questions that one can go back to


class Why(QObject):
    """Lives in the main thread, as long as its session.

    Attributes:
        question: what is asked, None if nothing is.
        changed: it is another question, or none.
    """

    changed = Signal()

    def __init__(self, looking: Looking, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self.question: Question | None = None
        self._before: list[Question] = []
        self._followed = False  # the question came with the selection
        self._hasty: tuple[Question | None, list[Question]] | None = None
        looking.selection_changed.connect(self._follow_selection)

    @property
    def can_go_back(self) -> bool:
        """Whether something was asked before."""
        return bool(self._before)

    @property
    def selected(self) -> Question | None:
        """What can be asked about what is selected, None if nothing; of a group, its output."""
        looking = self._looking
        if looking.wire is not None and not looking.selection:
            return Question("wire", *looking.wire)
        if len(looking.selection) != 1:
            return None
        [item] = looking.selection
        node = only_output(looking.document, item)
        if node is None:
            return None
        kept = self.question is not None and self.question.about == "value"
        return Question("value" if kept else "gradient", node)

    def ask(self, question: Question, *, hasty: bool = False) -> None:
        """Ask something; what was asked before can be gone back to.

        A `hasty` click may be the first of two, which `retract` then takes back.
        """
        if question == self.question or not exists(self._looking.document, question):
            return
        before = (self.question, self._before)
        self._remember()
        self._set(question)
        self._hasty = before if hasty else None

    def retract(self) -> None:
        """Take back what a hasty click has asked."""
        if self._hasty is not None:
            question, self._before = self._hasty
            self._set(question)

    def back(self) -> None:
        """Ask again what was asked before, as far as it is still there."""
        while self._before:
            question = self._before.pop()
            if exists(self._looking.document, question):
                self._set(question)
                return

    def close(self) -> None:
        """Ask nothing any more."""
        self._before = []
        self._set(None)

    def answer(self) -> Answer | None:
        """Answer the question with the numbers that are shown; None if none is asked."""
        looking, question = self._looking, self.question
        if question is None or not exists(looking.document, question):
            return None
        return answer(looking.document, looking.result, question, looking.batch)

    def let_go(self) -> None:
        """Ask nothing about what is no more."""
        if self.question is not None and not exists(self._looking.document, self.question):
            self._set(None)
            self.back()

    def _follow_selection(self) -> None:
        chosen = self.selected
        if self.question is not None and chosen not in (None, self.question):
            self._remember()
            self._set(chosen)
            self._followed = True

    def _remember(self) -> None:
        """Keep what somebody asked, for going back; what only followed the selection is passed."""
        if self.question is not None and not self._followed:
            self._before = [*self._before, self.question][-KEPT:]

    def _set(self, question: Question | None) -> None:
        self._hasty, self._followed = None, False
        if question != self.question:
            self.question = question
            self.changed.emit()
