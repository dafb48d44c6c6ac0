"""What the window wants measured beside the steps: maps, views, a plane, results.

The upper half of `Training`, which sends its wishes again with every document. A wish that is the
same as before sends nothing.
"""

from functools import partial

from PySide6.QtCore import QObject

from engine.train.boundary import Plane
from playground.training.mapping import Wanted
from playground.training.viewing import Views, together
from playground.training.workbench import Workbench
from playground.training.worker import Worker


class Wishes(QObject):
    """Keeps what is wanted and tells the worker; lives in the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker(self)
        self._wanted = Wanted()
        self._wants_results = False
        self._plane = Plane()
        self._views: dict[str, Views] = {}

    def want_results(self, *, on: bool) -> None:
        """Have it told what is predicted of every sample, from now on or no longer."""
        if on != self._wants_results:
            self._wants_results = on
            self._worker.send(partial(Workbench.want_results, on=on))

    def want_maps(self, wanted: Wanted) -> None:
        """Measure these maps from now on, and tell whenever one of them has changed."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._worker.send(partial(Workbench.want_maps, wanted=wanted))

    def want_plane(self, plane: Plane) -> None:
        """Measure the boundary in this plane from now on, and tell when it is there."""
        if plane != self._plane:
            self._plane = plane
            self._worker.send(partial(Workbench.want_plane, plane=plane))

    def want_views(self, asker: str, views: Views) -> None:
        """Measure these views for who asks, beside those that others want."""
        before = together(self._views.values())
        self._views[asker] = views
        if together(self._views.values()) != before:
            self._send_views()

    def _send_views(self) -> None:
        wanted = together(self._views.values())
        self._worker.send(partial(Workbench.want_views, wanted=wanted))

    def _send_wishes(self) -> None:
        self._worker.send(partial(Workbench.want_maps, wanted=self._wanted))
        self._worker.send(partial(Workbench.want_results, on=self._wants_results))
        self._send_views()
