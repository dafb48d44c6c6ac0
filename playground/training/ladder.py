"""How fine the boundary is measured: as fine as the time allows, on a ladder of resolutions.

The workbench asks before it measures and tells afterwards how long it took.  The time comes in as
an argument: this must never read a clock itself.
"""

RUNGS = (30, 45, 60, 80, 100, 140, 200)  # points along each side
FIRST = 60  # while nothing is known of the time
LARGE = 20_000  # scalars a point, from which on it begins with the coarsest, and has no least
FINE = 100  # enough for the panel; a larger picture asks for more
QUICK_SECONDS = 0.005  # less than a quarter of the time between two news
LEAST_SECONDS = 0.002  # what is left of it beside costly views
REST_SECONDS = 0.25  # at rest nobody waits


class Ladder:
    """Knows how long a point takes.

    Attributes:
        finest: the resolution that can be told from finer ones where it is shown.
    """

    def __init__(self) -> None:
        self.finest = FINE
        self._is_large = False
        self._point_seconds: float | None = None

    def quick(self, spent: float = 0.0) -> int:
        """Return the resolution while the picture changes, if other views `spent` so long."""
        if self._point_seconds is None:
            return RUNGS[0] if self._is_large else FIRST
        return self._within(max(QUICK_SECONDS - spent, LEAST_SECONDS))

    def fine(self) -> int:
        """Return the resolution at rest, on the slowest machine what the panel can show.

        Of a large network only what the time allows: a worker that is busy for seconds hears no
        order, nor that all ends.
        """
        least = RUNGS[0] if self._is_large else min(FINE, self.finest)
        return max(self._within(REST_SECONDS), least)

    def took(self, side: int, seconds: float) -> None:
        """Learn from a measurement how long a point takes; half of what it knew stays."""
        each = seconds / side**2
        known = self._point_seconds
        self._point_seconds = each if known is None else (known + each) / 2

    def forget(self, size: int = 0) -> None:
        """Know nothing: another document is measured, with so many scalars for each point."""
        self._point_seconds = None
        self._is_large = size >= LARGE

    def _within(self, seconds: float) -> int:
        each = self._point_seconds or 0.0
        fitting = [r for r in RUNGS if r <= self.finest and r * r * each <= seconds]
        return fitting[-1] if fitting else RUNGS[0]
