"""Where one looks, and where one has looked before: the pages that back and forward turn.

Pure values without Qt. `Views` keeps one history for a canvas; a jump is written down, the
notches of a wheel are not.
"""

from dataclasses import dataclass

Point = tuple[float, float]

MOST = 100


@dataclass(frozen=True, slots=True)
class Look:
    """Zoom and the point of the scene in the middle; `fitted` if everything was to be shown."""

    zoom: float
    centre: Point
    fitted: bool = False

    def near(self, other: "Look") -> bool:
        """Tell whether both show the same to within a pixel or so."""
        if self.fitted and other.fitted:
            return True
        if abs(self.zoom / other.zoom - 1.0) > 1e-3:
            return False
        away = max(abs(a - b) for a, b in zip(self.centre, other.centre, strict=True))
        return away * self.zoom < 2.0


@dataclass(frozen=True, slots=True)
class Sight:
    """All that decides what is seen: where one looks, what is folded, which group one is in."""

    look: Look
    folded: frozenset[int]
    within: int | None = None

    def near(self, other: "Sight") -> bool:
        """Tell whether both show the same."""
        same = (self.folded, self.within) == (other.folded, other.within)
        return same and self.look.near(other.look)


class History:
    """The sights there were, oldest first, and which of them is shown now; at most `most`."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._sights: list[Sight] = []
        self._place = 0

    def __len__(self) -> int:
        return len(self._sights)

    def went(self, before: Sight, after: Sight, *, rested: bool = True) -> None:
        """Write down a jump; what lay ahead is forgotten.

        Where the view had not `rested` before, but was on its way there, is not written down.
        """
        if after.near(before):
            return
        self._sights[self._place :] = [before, after] if rested or not self._sights else [after]
        del self._sights[: -self._most]
        self._place = len(self._sights) - 1

    def back(self, now: Sight) -> Sight | None:
        """Return the sight before, None if there is none; `now` is where to come back to."""
        return self._turn(now, -1)

    def forward(self, now: Sight) -> Sight | None:
        """Return the sight that back came from, None if there is none."""
        return self._turn(now, 1)

    def clear(self) -> None:
        """Forget everything, as for another document."""
        self._sights.clear()
        self._place = 0

    def _turn(self, now: Sight, way: int) -> Sight | None:
        if not 0 <= self._place + way < len(self._sights):
            return None
        self._sights[self._place] = now
        self._place += way
        return self._sights[self._place]
