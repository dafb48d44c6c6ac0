"""How fine the boundary is measured: as fine as the time allows, on a ladder of resolutions.

The workbench asks before it measures and tells afterwards how long it took.  The time comes in as
an argument: this must never read a clock itself.
"""

RUNGS = (30, 45, 60, 80, 100, 140, 200)  # points along each side
FIRST = 60  # while nothing is known of the time
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
        self._point_seconds: float | None = None

    def quick(self, spent: float = 0.0) -> int:
        """Return the resolution while the picture changes, if other views `spent` so long."""
        if self._point_seconds is None:
            return FIRST
        return self._within(max(QUICK_SECONDS - spent, LEAST_SECONDS))

    def fine(self) -> int:
        """Return the resolution at rest, on the slowest machine what the panel can show."""
        return max(self._within(REST_SECONDS), min(FINE, self.finest))

    def took(self, side: int, seconds: float) -> None:
        """Learn from a measurement how long a point takes; half of what it knew stays."""
        each = seconds / side**2
        known = self._point_seconds
        self._point_seconds = each if known is None else (known + each) / 2

    def forget(self) -> None:
        """Know nothing: another document is measured."""
        self._point_seconds = None

    def _within(self, seconds: float) -> int:
        each = self._point_seconds or 0.0
        fitting = [r for r in RUNGS if r <= self.finest and r * r * each <= seconds]
        return fitting[-1] if fitting else RUNGS[0]
