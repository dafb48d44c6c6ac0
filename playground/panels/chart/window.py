"""The part of the steps that a chart shows: all of them, or a span that was zoomed into.

Nothing here knows Qt. A span never leaves what there is, and one that reaches to the end stays
there while the run goes on only if it shows all.
"""

LEAST_SPAN = 2.0


class Window:
    """A span of steps within 0 to `end`."""

    def __init__(self) -> None:
        self.end = 1.0
        self._span: tuple[float, float] | None = None

    @property
    def range(self) -> tuple[float, float]:
        """The first and the last step in sight."""
        return self._span or (0.0, self.end)

    @property
    def shows_all(self) -> bool:
        """Whether all steps are in sight."""
        return self._span is None

    def follow(self, end: float) -> None:
        """Take note of the last step there is."""
        self.end = max(end, 1.0)
        if self._span is not None:
            self.show(self._span[0], self._span[1] - self._span[0])

    def show(self, first: float, length: float) -> None:
        """Show so many steps from `first` on, as far as there are."""
        length = max(length, LEAST_SPAN)
        if length >= self.end:
            self._span = None
            return
        first = min(max(first, 0.0), self.end - length)
        self._span = (first, first + length)

    def zoom(self, factor: float, about: float) -> None:
        """Show `factor` times as many steps; the one `about` stays where it is."""
        first, last = self.range
        length = max((last - first) * factor, LEAST_SPAN)
        self.show(about - (about - first) * length / (last - first), length)

    def show_all(self) -> None:
        """Show all steps."""
        self._span = None
