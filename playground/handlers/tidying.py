"""Laying out beside the window: a thread computes where everything goes, and the result lands.

The handler of the Edit menu starts it. The thread has plain data of its own; the document may
change meanwhile, and whoever takes the result compares its revision.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from engine.graph.tidy import Chore, done
from playground.session.aside import Aside


class Tidier(QObject):
    """Lays out one thing at a time; asked anew, it forgets what it was at.

    Attributes:
        done: carries the new positions by id, and the revision of the document they are for.
    """

    done = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside = Aside(self)
        self._aside.done.connect(self._land)

    @property
    def is_busy(self) -> bool:
        """Whether something is being laid out."""
        return self._aside.is_busy

    def start(self, work: Sequence[Chore], revision: int) -> None:
        """Begin to lay out; `done` follows."""
        self._aside.start(partial(_laid_out, work, revision))

    def forget(self) -> None:
        """Drop what is being laid out."""
        self._aside.forget()

    def close(self) -> None:
        """End, and give what is under way two seconds to do so."""
        self._aside.close()

    def _land(self, outcome: tuple[dict[int, tuple[float, float]], int]) -> None:
        self.done.emit(*outcome)


def _laid_out(work: Sequence[Chore], revision: int) -> tuple[dict[int, tuple[float, float]], int]:
    return done(work), revision
