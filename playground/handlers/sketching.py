"""Drawing data on the boundary panel: shows the panel, and turns the draw mode on or off."""

from PySide6.QtWidgets import QDockWidget

from playground.panels.boundary import BoundaryPanel


class Sketching:
    """Steers the draw mode of the one boundary panel, whose docks are these."""

    def __init__(self, boundary: BoundaryPanel, docks: tuple[QDockWidget, ...]) -> None:
        self._boundary = boundary
        self._docks = docks

    def toggle(self) -> None:
        """Draw data, or draw no more."""
        for dock in self._docks:
            dock.show()
        self._boundary.draw()

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions that are on."""
        return frozenset({"train.draw"} if self._boundary.drawing.on else ())
