"""Jumps of the view: each glides, is written down, and can be taken back and forth.

Everything that takes the person elsewhere in one go (fit, a match, a bookmark, the minimap, a
fold) jumps through here. Wheel and hand move the camera themselves and are not written down.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _

from PySide6.QtCore import QRectF

from playground.canvas.camera import Camera
from playground.canvas.looks import History, Look, Sight
from playground.session import Session


class Views:
    """The jumps of one canvas; `everything` returns what surrounds the whole graph."""

    def __init__(self, session: Session, camera: Camera, everything: Callable[[], QRectF]) -> None:
        self._session = session
        self._camera = camera
        self._everything = everything
        self._history = History()
        self._levels: dict[int | None, Look] = {}

    def leave(self, group: int | None) -> None:
        """Take note of where one looked in a group, or at the top, before one steps elsewhere."""
        self._levels[group] = self._camera.goal()

    def arrive(self, group: int | None, *, back: bool) -> None:
        """Look at everything in a group; coming back to it, where one looked before."""
        look = self._levels.get(group) if back else None
        if look is None or look.fitted:
            self._camera.show_all(self._everything())
        else:
            self._camera.look_at(look)
            self._camera.fitted = False

    @contextmanager
    def jump(self) -> Iterator[None]:
        """Write down and let glide what the camera does in here."""
        rested, before = self._camera.rests, self.now()
        with self._camera.gliding():
            yield
        self.went(before, rested=rested)

    def went(self, before: Sight, *, rested: bool = True) -> None:
        """Write down that one has gone from a sight, where one had rested, to what is seen now."""
        self._camera.remember(self._session.document)
        self._history.went(before, self.now(), rested=rested)

    def return_to(self, sight: Sight) -> None:
        """Look there again, as if one had never gone."""
        self._camera.settle()
        self._go(sight)

    def now(self) -> Sight:
        """Return what is seen, or will be once the camera has come to rest."""
        view = self._session.view
        return Sight(self._camera.goal(), view.folded, view.current_group)

    def show(self, sight: Sight) -> None:
        """Jump to a sight."""
        rested, before = self._camera.rests, self.now()
        self._camera.settle()
        self._go(sight)
        self.went(before, rested=rested)

    def back(self) -> None:
        """Look where one looked before the last jump."""
        self._turn(self._history.back, _("There is no earlier view"))

    def forward(self) -> None:
        """Look again where going back came from."""
        self._turn(self._history.forward, _("There is no later view"))

    def clear(self) -> None:
        """Forget where one looked: another document is open."""
        self._history.clear()
        self._levels.clear()

    def _turn(self, turn: Callable[[Sight], Sight | None], nothing: str) -> None:
        sight = turn(self.now())
        if sight is None:
            self._session.hinted.emit(nothing)
        else:
            self._go(sight)

    def _go(self, sight: Sight) -> None:
        groups = self._session.document.groups.keys()
        within = sight.within if sight.within in groups else None
        with self._camera.gliding():
            if not self._session.set_view(folded=sight.folded & groups, current_group=within):
                return
            if sight.look.fitted:
                self._camera.show_all(self._everything())
            else:
                self._camera.look_at(sight.look)
                self._camera.fitted = False
        self._camera.remember(self._session.document)
