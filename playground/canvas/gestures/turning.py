"""A number in the hand: what scrubbing, sliding, the wheel and the keys do to a leaf alike.

Whatever turns it, all of it is one undo step by a token of its own, the old numbers are shown
while it lasts, and it can be put back. A feature that the data feeds becomes a probe.
"""

from collections.abc import Iterable

from playground.canvas.gestures.base import Stage
from playground.canvas.numbers import fixed, shown_number
from playground.session import Session


class Turning:
    """One leaf whose number is being changed.

    Attributes:
        node: the leaf; before: its number at the start; number: what it was set to last.
        allowed: whether it can be changed at all; the session has been told why not.
    """

    def __init__(self, stage: Stage, node: int) -> None:
        session = stage.session
        refusal = fixed(session, node)
        self.node = node
        self.before = self.number = shown_number(session, node)
        self.allowed = refusal is None
        self._stage = stage
        self._probe = session.probe
        self._token = object()
        stage.scene.before.drop()
        if refusal is not None:
            session.do(refusal)
        else:
            stage.scene.before.keep(concerned(session, node))

    def set(self, number: float) -> None:
        """Give the leaf another number."""
        self.number = number
        self._stage.session.set_number(self.node, number, self._token)

    def put_back(self) -> None:
        """Put the number, or the probe, back."""
        session = self._stage.session
        if session.probe != self._probe:
            session.set_probe(self._probe)
        elif self.number != self.before:
            self.set(self.before)
        self.end()

    def end(self) -> None:
        """Leave it as it is, and show no longer what it was."""
        self._stage.scene.before.drop()

    def linger(self) -> None:
        """Leave it as it is, and show a little longer what it was."""
        self._stage.scene.before.linger()


def concerned(session: Session, node: int) -> Iterable[int]:
    """Return the nodes whose old numbers are shown while one changes: it, the output, the chosen.

    What it says most about comes first.
    """
    output = session.result.output
    chosen = sorted(item for item in session.selection if item in session.document)
    return [node, *([] if output is None else [output]), *chosen]
