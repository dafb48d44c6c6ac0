"""What the bug lab is doing: which bugs are planted, which of them show here, and the game.

The page of the lab owns one. Bugs are planted in the session's tracing, which shows the numbers of
a traced copy: the document, the tape, training and every file know nothing of them.
"""

import random
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import Refusal
from engine.run.bugs import BUGS, Ground, Silences, alike, hide, planted, silences, too_large
from engine.run.rules import RIGHT
from playground.session import Session
from playground.session.aside import Aside

RESTING = 200  # milliseconds between two looks at what shows, while numbers change


@dataclass(frozen=True, slots=True)
class Hunt:
    """A game under way: the bug that is hidden, and what was guessed, in order.

    `told` says that it was given away.
    """

    secret: str
    guesses: tuple[str, ...] = ()
    found: bool = False
    hinted: bool = False
    told: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the bug is known."""
        return self.found or self.told


@dataclass(frozen=True, slots=True)
class Survey:
    """A ground, None if it is too large; for each bug why it does not show, None if it does."""

    ground: Ground | None
    shape: int
    silent: Silences


class Lab(QObject):
    """Follows a session while it is `awake`, and what is planted always; in the main thread.

    Attributes:
        changed: something of it is another: what is planted, what shows, or the game.
        keys: the bugs that are planted, knowingly or hidden.
        hunt: the game, None while there is none.
        survey: what shows here, None while that is not known.
        found, guessed: how many bugs were found by guessing, and with how many guesses.
        draw: where chance comes from.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: frozenset[str] = frozenset()
        self.hunt: Hunt | None = None
        self.survey: Survey | None = None
        self.found = self.guessed = 0
        self.draw = random.Random()
        self._session = session
        self._awake = False
        # Bugs to plant as soon as it is known what for.
        self._waiting: frozenset[str] | None = None
        self._hunting = False  # a game to begin then
        self._next = ""  # a bug to plant in the document that is opened next
        self._planted: tuple[int, str, float] | None = None  # for what it was planted
        self._looked: object = None
        self._last = ""  # what was hidden last
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTING)
        self._timer.timeout.connect(self._look)
        self._aside = Aside(self)
        self._aside.done.connect(self._take)
        session.result_changed.connect(self._follow)
        session.tracing.changed.connect(self._follow_planted)
        session.document_replaced.connect(self._start_over)

    def wake(self, *, up: bool) -> None:
        """Find out what shows while somebody looks, and nothing while nobody does."""
        self._awake = up
        if up:
            self._follow()
        else:
            self._timer.stop()

    def close(self) -> None:
        """Find out nothing more."""
        self._awake = False
        self._timer.stop()
        self._aside.close()

    # Planting ------------------------------------------------------------------------------------

    @property
    def ground(self) -> Ground | None:
        """What bugs are planted in, None while it is not known or if it is too large."""
        return None if self.survey is None else self.survey.ground

    def silent(self, key: str) -> Refusal | None:
        """Return why a bug does not show here, None if it does or nobody knows yet."""
        return None if self.survey is None else self.survey.silent[key]

    def switch(self, key: str, *, on: bool) -> None:
        """Plant a bug knowingly, beside those that are, or remove it."""
        self.hunt = None
        self._plant(self.keys | {key} if on else self.keys - {key})

    def remove(self) -> None:
        """Remove whatever is planted, and end the game."""
        self._hunting = False
        self.hunt = None
        self._plant(frozenset())

    def plant_next(self, key: str) -> None:
        """Plant a bug as soon as the document that is opened next is there; "" plants none."""
        self._next = key

    # The game ------------------------------------------------------------------------------------

    def begin_hunt(self) -> None:
        """Plant a bug that shows here, and tell nobody which."""
        if self.survey is None:
            self._hunting = True
            self._look()
            return
        self._hunting = False
        chosen = hide(self.survey.silent, self.draw, self._last)
        if isinstance(chosen, Refusal):
            self._session.refused.emit(str(chosen))
            return
        self._last = chosen
        self.hunt = Hunt(chosen)
        self._plant(frozenset({chosen}))

    def guess(self, key: str) -> None:
        """Say which bug it is; one that gives the very same numbers here is right as well."""
        hunt, ground = self.hunt, self.ground
        if hunt is None or ground is None or hunt.is_over or key in hunt.guesses:
            return
        right = key == hunt.secret or alike(key, hunt.secret, ground)
        self.hunt = replace(hunt, guesses=(*hunt.guesses, key), found=right)
        self.guessed += 1
        self.found += right
        self.changed.emit()

    def hint(self) -> None:
        """Say where to look."""
        if self.hunt is not None:
            self.hunt = replace(self.hunt, hinted=True)
            self.changed.emit()

    def give_up(self) -> None:
        """Say which bug it is."""
        if self.hunt is not None:
            self.hunt = replace(self.hunt, told=True)
            self.changed.emit()

    # Following -----------------------------------------------------------------------------------

    def _plant(self, keys: frozenset[str]) -> None:
        """Plant these bugs and no others, now or as soon as it is known what shows here."""
        survey, ground = self.survey, self.ground
        if keys and survey is None:
            self._waiting = keys
            self._look()
            return
        self._waiting = None
        self.keys = keys = frozenset() if ground is None else keys
        if survey is not None and ground is not None and keys:
            self._planted = (survey.shape, ground.turned, ground.stride)
            self._session.tracing.plant(planted(keys, ground))
        else:
            self._session.tracing.plant(RIGHT)
        self.changed.emit()

    def _too_large(self) -> None:
        """Remove what is planted, and whatever waits to be: the graph has too many nodes."""
        self.remove()
        refusal = too_large(self._session.document)
        if refusal is not None:
            self._session.refused.emit(str(refusal))

    def _follow_planted(self) -> None:
        """Take note that the bug was removed elsewhere."""
        if self.keys and not self._session.tracing.is_planted:
            self.keys, self.hunt = frozenset(), None
            self.changed.emit()

    def _start_over(self) -> None:
        self._aside.forget()
        self.survey, self._looked, self._hunting = None, None, False
        self._waiting = frozenset({self._next}) if self._next else None
        self._next = ""
        self.changed.emit()
        self._follow()

    def _follow(self) -> None:
        """Look again soon what shows, if the numbers are others."""
        wanted = self._awake or self._waiting is not None or self._is_misplaced()
        if wanted and self._looked is not self._session.live.result and not self._timer.isActive():
            if self.survey is None and not self._aside.is_busy:
                self._look()
            else:
                self._timer.start()

    def _is_misplaced(self) -> bool:
        """Whether bugs are planted in a graph that is another one by now."""
        shape = self._session.document.shape
        return bool(self.keys) and self._planted is not None and self._planted[0] != shape

    def _look(self) -> None:
        session = self._session
        session.flush()  # so that document and result are of one moment
        known = self.survey is not None or self._aside.is_busy
        if self._looked is session.live.result and known:
            return
        self._looked = session.live.result
        document, shape = session.document, session.document.shape
        if too_large(document) is not None:
            self._aside.forget()
            self._take(Survey(None, shape, dict.fromkeys(BUGS, too_large(document))))
            return
        ground = Ground(document.copy(), session.live.result, document.training.learning_rate)
        self._aside.start(partial(survey_of, ground, shape))

    def _take(self, survey: Survey) -> None:
        self.survey = survey
        ground = survey.ground
        if ground is None:
            if self._waiting is not None or self._hunting or self.keys:
                self._too_large()
        elif self._waiting is not None:
            self._plant(self._waiting)
        elif self._hunting:
            self.begin_hunt()
        elif self._planted is not None and self._is_misplaced():
            now = (survey.shape, ground.turned, ground.stride)
            if now[1:] != self._planted[1:]:
                self._plant(self.keys)
            self._planted = now
        self.changed.emit()
        self._follow()


def survey_of(ground: Ground, shape: int) -> Survey:
    """Find out which bugs show; what the ground finds out on the way, it keeps."""
    return Survey(ground, shape, silences(ground))
