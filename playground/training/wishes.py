"""What the window wants measured beside the steps: maps, views, a plane, results, shares.

The upper half of `Training`, which sends its wishes again with every document. A wish that is the
same as before sends nothing.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from engine.errors import Refusal
from engine.train.boundary import Plane
from engine.train.doctor import Report
from engine.train.results import Results
from engine.train.shares import Question, Shares
from engine.train.spreads import Spreads
from playground.training.mapping import Measured, Wanted
from playground.training.news import News
from playground.training.viewing import Seen, Views, together
from playground.training.workbench import Workbench
from playground.training.worker import Worker


class Wishes(QObject):
    """Keeps what is wanted and tells the worker; lives in the main thread.

    Attributes:
        maps, seen, results: the latest of each, None if there is none.
        shares: the latest shares of the samples, or why there are none; None unless asked for.
        spreads: how weights and gradients went, None if nobody watches.
        report: what the doctor found last, None if nothing is trained.
        maps_ready, seen_ready, results_ready: carry what is new.
        shares_ready, spreads_ready: there are other shares, other spreads.
        report_changed: there is another report, or none any more.
    """

    maps: Measured | None
    seen: Seen | None
    results: Results | None
    shares: Shares | Refusal | None
    spreads: Spreads | None
    report: Report | None

    maps_ready = Signal(object)
    seen_ready = Signal(object)
    results_ready = Signal(object)
    shares_ready = Signal()
    spreads_ready = Signal()
    report_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker(self)
        self._wanted = Wanted()
        self._wants_results = False
        self._question: Question | None = None
        self._watching: set[object] = set()
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

    def want_shares(self, question: Question | None) -> None:
        """Take the gradient apart by sample from now on, or (None) no longer."""
        if question != self._question:
            self._question = question
            if question is None:
                self.shares = None
            self._worker.send(partial(Workbench.want_shares, question=question))

    def watch(self, watcher: object, *, seen: bool) -> None:
        """Have weights and gradients told as long as anybody watches; each says who it is."""
        before = bool(self._watching)
        (self._watching.add if seen else self._watching.discard)(watcher)
        if bool(self._watching) != before:
            self.spreads = None
            self._worker.send(partial(Workbench.watch, seen=bool(self._watching)))

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

    def _take_measures(self, news: News) -> None:
        """Take what was measured; results are announced with the snapshot they belong to."""
        self.results = news.results or self.results
        if news.maps is not None and news.maps is not self.maps:
            self.maps = news.maps
            self.maps_ready.emit(news.maps)
        if news.shares is not None and news.shares is not self.shares:
            self.shares = None if self._question is None else news.shares
            self.shares_ready.emit()
        if news.spreads is not None and self._watching:
            self.spreads = news.spreads
            self.spreads_ready.emit()
        if news.report is not self.report:
            self._take_report(news.report)
        if news.seen is not None:
            self.seen = news.seen
            self.seen_ready.emit(news.seen)

    def _take_report(self, report: Report | None) -> None:
        self.report = report
        self.report_changed.emit()

    def _send_wishes(self) -> None:
        self._worker.send(partial(Workbench.want_plane, plane=self._plane))
        self._worker.send(partial(Workbench.want_maps, wanted=self._wanted))
        self._worker.send(partial(Workbench.want_results, on=self._wants_results))
        self._worker.send(partial(Workbench.want_shares, question=self._question))
        self._worker.send(partial(Workbench.watch, seen=bool(self._watching)))
        self._send_views()
