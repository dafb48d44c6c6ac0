"""How the canvas is drawn: heat, maps, dimming and flow, and the size of the whole program.

All of it is remembered between runs, and none of it is part of a document.
"""

from collections.abc import Callable
from gettext import gettext as _

from playground.actions.drawing import SIZES
from playground.canvas import CanvasView
from playground.settings import DIM_REST, FLOW, HARD, HEAT, MAPS, SIZE, Setting, Settings


class DrawingHandlers:
    """Applies the settings to the canvas; `say` tells a sentence, `changed` that one changed."""

    def __init__(
        self,
        canvas: CanvasView,
        settings: Settings,
        say: Callable[[str], object],
        changed: Callable[[], object],
    ) -> None:
        self._canvas = canvas
        self._settings = settings
        self._say = say
        self._changed = changed
        settings.changed.connect(self._follow)
        self._apply()

    def choose_colours(self, name: str) -> None:
        """Show "numbers" on plain cards, or "heat"."""
        self._write(HEAT, on=name == "heat")

    def toggle_heat(self) -> None:
        """Colour everything by the size of its gradient, or no longer."""
        self._toggle(HEAT)

    def toggle_maps(self) -> None:
        """Show maps on neurons, layers and features, or their numbers alone."""
        self._toggle(MAPS)

    def toggle_dim(self) -> None:
        """Let what has nothing to do with the selection step back, or no longer."""
        self._toggle(DIM_REST)

    def toggle_flow(self) -> None:
        """Let dots flow while training runs, or never."""
        self._toggle(FLOW)

    def choose_size(self, percent: int) -> None:
        """Show everything at another size from the next start on."""
        self._settings.write(SIZE, percent)
        self._say(_("{percent} % takes effect at the next start").format(percent=percent))
        self._changed()

    def checked(self) -> frozenset[str]:
        """Return the ids of the actions that are checked because of the settings."""
        read = self._settings.read
        size = min(SIZES, key=lambda percent: abs(percent - read(SIZE)))
        ids = {f"view.colours.{'heat' if read(HEAT) else 'numbers'}", f"view.size.{size}"}
        ids |= {"view.maps"} if read(MAPS) else set()
        ids |= {"view.dim"} if read(DIM_REST) else set()
        ids |= {"view.flow"} if read(FLOW) else set()
        return frozenset(ids)

    def _toggle(self, setting: Setting[bool]) -> None:
        self._write(setting, on=not self._settings.read(setting))

    def _write(self, setting: Setting[bool], *, on: bool) -> None:
        self._settings.write(setting, on)
        self._apply()
        self._changed()

    def _follow(self, key: str) -> None:
        if key == HARD.key:
            self._apply()

    def _apply(self) -> None:
        read, canvas = self._settings.read, self._canvas
        canvas.show_heat(on=read(HEAT))
        canvas.show_maps(on=read(MAPS))
        canvas.harden_maps(on=read(HARD))
        canvas.dim_rest(on=read(DIM_REST))
        canvas.show_flow(on=read(FLOW))
