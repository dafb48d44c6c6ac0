"""What is written down of a run's weights and gradients while it goes on.

The workbench asks it whenever it tells news. While a page shows them, moments come ten times a
second, else once: then the page has the story so far when it is opened. Time comes in as an
argument: nothing here knows a clock, a thread or Qt.
"""

from engine.graph.document import Document
from engine.train.spreads import Spreads, Story
from engine.train.trainer import Trainer

SEEN_SECONDS, UNSEEN_SECONDS = 1 / 10, 1.0
NOTHING = (-1, None)
SHARE = 0.25  # of the time at most is spent on it while steps are taken


class Watcher:
    """Keeps the story of one run.

    Attributes:
        seen: whether somebody looks at it.
        measured: how many moments were measured, for those who count work.
    """

    def __init__(self) -> None:
        self.seen = False
        self.measured = 0
        self._story: Story | None = None
        self._next = 0.0
        self._untold = False
        self._known: tuple[int, object] = NOTHING

    def begin(self, document: Document, trainer: Trainer | None) -> None:
        """Begin the story of another run."""
        self._story = None if trainer is None else Story(document, trainer.ids)
        self._known = NOTHING
        self._next = 0.0

    def look(self, *, seen: bool) -> None:
        """Take note of whether somebody looks."""
        self.seen = self._untold = seen
        self._next = 0.0

    def is_due(self, trainer: Trainer, now: float, *, running: bool) -> bool:
        """Whether there is something new to write down, and it is time for it."""
        step, numbers = self._known
        same = step == trainer.step and numbers is trainer.parameters
        return not same and (now >= self._next or (self.seen and not running))

    def measure(self, trainer: Trainer) -> None:
        """Write down where the run stands."""
        self.measured += 1
        self._known = (trainer.step, trainer.parameters)
        self._untold = True
        if self._story is not None:
            self._story.add(trainer.moment())

    def rest(self, begin: float, end: float) -> None:
        """Wait for the next moment, the longer the longer this one took."""
        pause = SEEN_SECONDS if self.seen else UNSEEN_SECONDS
        self._next = begin + max(pause, (end - begin) / SHARE)

    def news(self) -> Spreads | None:
        """Return the story if it is new to somebody who looks."""
        if not (self.seen and self._untold) or self._story is None:
            return None
        self._untold = False
        return self._story.told()
