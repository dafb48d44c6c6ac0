"""Whose gradient is it? The mode in which samples and parameters are asked about each other.

While it is on, the canvas shows the backward pass of one sample: the one that is pointed at, else
the chosen one. What is pointed at on the canvas, else what is selected, is the subject: the
boundary shows who pushes it. The session owns one; boundary, canvas and inspector tell it what the
mouse is on and follow it. It changes no document.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.flat import TOP, flattened
from engine.train.shares import Numbers, Question, Shares
from playground.session.looking import Looking
from playground.training import Training


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: parameters, ascending, and the node or group they are; None of many."""

    parameters: tuple[int, ...]
    item: int | None = None


class Whose(QObject):
    """Lives in the main thread, as long as its session.

    Attributes:
        on: whether the mode is on.
        pointed: the sample that the mouse is on, None if it is on none.
        changed: `on`, the sample or the subject is another one.
        told: there are other shares.
    """

    changed = Signal()
    told = Signal()

    def __init__(self, looking: Looking, training: Training, parent: QObject) -> None:
        super().__init__(parent)
        self._looking = looking
        self._training = training
        self.on = False
        self.pointed: int | None = None
        self._hovered: Subject | None = None
        self._selected: Subject | None = None
        self._said: Refusal | None = None
        training.shares_ready.connect(self._take)
        looking.view_changed.connect(self._show_sample)
        looking.selection_changed.connect(self._follow_selection)

    @property
    def sample(self) -> int | None:
        """The sample whose backward pass is shown; None if the mode is off or without data."""
        return self._looking.sample if self.on and self._looking.samples is not None else None

    @property
    def subject(self) -> Subject | None:
        """What is pointed at on the canvas, else what is selected; None if the mode is off."""
        return (self._hovered or self._selected) if self.on else None

    @property
    def shares(self) -> Shares | None:
        """The latest shares, None if there are none yet or cannot be."""
        found = self._training.shares
        return found if self.on and isinstance(found, Shares) else None

    @property
    def refusal(self) -> Refusal | None:
        """Why the gradient cannot be taken apart, None if it can."""
        found = self._training.shares
        return found if self.on and isinstance(found, Refusal) else None

    @property
    def selected(self) -> Subject | None:
        """What is selected, if it has parameters; None if the mode is off."""
        return self._selected if self.on else None

    def pushes_on(self, subject: Subject | None) -> Numbers | None:
        """Return what each training sample adds to its gradient, (n,); None if that is unknown."""
        shares = self.shares
        if shares is None or subject is None:
            return None
        return shares.of_parameters(subject.parameters)

    # For the person ------------------------------------------------------------------------------

    def switch(self, *, on: bool) -> None:
        """Begin or end the mode."""
        if on == self.on:
            return
        self.on = on
        self.pointed = self._hovered = self._said = None
        if on:
            self._looking.set_probe(None)
            self._selected = self._found()
        self._show_sample()
        self._ask()
        self.changed.emit()
        self._looking.view_changed.emit()  # menus and bars follow that

    def point(self, sample: int | None) -> None:
        """Show this sample, as long as the mouse is on it; None goes back to the chosen one."""
        if self.on and sample != self.pointed:
            self.pointed = sample
            self._show_sample()
            self._ask()
            self.changed.emit()

    def hover(self, item: int | None, weights: Iterable[int] = ()) -> None:
        """Ask about what the mouse is on: a node or group, else the weights of a wire."""
        if not self.on:
            return
        subject = subject_of(self._looking.document, item, weights)
        if subject != self._hovered:
            self._hovered = subject
            self._ask()
            self.changed.emit()

    def follow_document(self) -> None:
        """Begin anew with another document or another graph."""
        self.pointed = self._hovered = None
        self._looking.show_alone(None)
        self._selected = self._found() if self.on else None
        self._show_sample()
        self._ask()
        if self.on:
            self.changed.emit()

    # Following -----------------------------------------------------------------------------------

    def _show_sample(self) -> None:
        looking = self._looking
        if not self.on or looking.samples is None or looking.probe is not None:
            looking.show_alone(None)
        else:
            looking.show_alone(looking.view.sample if self.pointed is None else self.pointed)

    def _follow_selection(self) -> None:
        if self.on:
            before, self._selected = self._selected, self._found()
            if self._selected != before:
                self._ask()
                self.changed.emit()

    def _found(self) -> Subject | None:
        """Return what is selected, if it has parameters."""
        looking = self._looking
        if len(looking.selection) == 1:
            [item] = looking.selection
            return subject_of(looking.document, item, ())
        return subject_of(looking.document, None, () if looking.selection else looking.weights)

    def _take(self) -> None:
        self._ask()  # of very many numbers only what is asked for is told
        before, self._said = self._said, self.refusal
        if self._said is not None and self._said != before:
            self._looking.refused.emit(str(self._said))
        self.told.emit()

    def _ask(self) -> None:
        shares, subject = self.shares, self.subject
        if not self.on:
            self._training.want_shares(None)
        elif shares is None or shares.matrix is not None:
            self._training.want_shares(Question())
        else:
            chosen = () if subject is None else subject.parameters
            self._training.want_shares(Question(self.sample, chosen))


def subject_of(document: Document, item: int | None, weights: Iterable[int]) -> Subject | None:
    """Return the trained parameters that a node or a group has, or of these; None without any."""
    if item is not None and item in document.groups:
        flat = flattened(document)
        inside = np.isin(flat.group, [one or TOP for one in document.subgroups(item)])
        chosen = flat.ids[inside & flat.parameter & ~flat.frozen]
        return Subject(tuple(chosen.tolist()), item) if len(chosen) else None
    nodes = weights if item is None else (item,)
    known = sorted(n for n in nodes if n in document and document.node(n).trainable)
    if not known:
        return None
    return Subject(tuple(known), known[0] if len(known) == 1 else None)
