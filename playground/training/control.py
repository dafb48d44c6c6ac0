"""Training as the main thread sees it: play, pause, step, reset, and what is written back.

The session owns one. The document is never shared: the worker gets copies, and what it learned
comes back as an edit that the session pushes. Nothing here waits for the worker but `close`: to
stop is to go back to the latest snapshot, which is what the person sees.
"""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.train.boundary import Boundary, Plane
from engine.train.snapshot import Snapshot
from playground.bridge import ChangeSet
from playground.training.ledger import Ledger, Mark
from playground.training.mapping import Measured, Wanted
from playground.training.news import Curves, News
from playground.training.viewing import Seen, Views, together
from playground.training.workbench import Workbench
from playground.training.worker import Worker

SPEEDS: tuple[int | None, ...] = (10, 60, 600, None)
DEFAULT_SPEED = 60
SETTLING_MILLISECONDS = 40


class Training(QObject):
    """Trains the session's document in a worker thread; lives in the main thread.

    `push` puts an edit on the undo stack. The session calls `attach` for a new document and
    `follow` after every change; before it edits a number while training runs it pushes what
    `collect` returns, before any other edit, undo, save or close what `pause_and_collect` does.

    Attributes:
        running: whether the document is being trained, be it for a single step.
        playing: whether it goes on until paused.
        speed: steps per second, None for as many as possible.
        snapshot, curves, boundary, maps, seen: the latest of each, None if there is none.
        refusal: why the document cannot be trained, None if it can.
        unseen: why it has no boundary, None if it has one.
        snapshot_ready, boundary_ready, maps_ready, seen_ready: carry what is new; no boundary is
            news, too.
        state_changed: `playing` or `refusal` changed.
        stopped: training has ended; carries the last `Snapshot`, None if there was none.
        refused: carries the sentence why nothing is trained.
    """

    running: bool
    playing: bool
    snapshot: Snapshot | None
    curves: Curves | None
    boundary: Boundary | None
    maps: Measured | None
    seen: Seen | None
    refusal: Refusal | None
    unseen: Refusal | None

    snapshot_ready = Signal(object)
    boundary_ready = Signal(object)
    maps_ready = Signal(object)
    seen_ready = Signal(object)
    state_changed = Signal()
    stopped = Signal(object)
    refused = Signal(str)

    def __init__(self, push: Callable[[Edit], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._push = push
        self._worker = Worker(self)
        self._worker.news_came.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._worker.finished.connect(self._on_worker_ended)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING_MILLISECONDS)
        self._settling.timeout.connect(self._load)
        self.speed: int | None = DEFAULT_SPEED
        self._runner = "numpy"
        self._wanted = Wanted()
        self._plane = Plane()
        self._views: dict[str, Views] = {}
        self._forget(Document())

    # For the person ------------------------------------------------------------------------------

    def play(self) -> None:
        """Train until paused."""
        self._go(None)

    def pause(self) -> None:
        """Stop, and write back what was learned."""
        self._write(self.pause_and_collect())

    def toggle(self) -> None:
        """Play or pause."""
        (self.pause if self.playing else self.play)()

    def step(self) -> None:
        """Take a single step, after a pause if it plays."""
        if self.playing:
            self.pause()
        self._go(1)

    def reset(self) -> None:
        """Draw new initial weights and begin at step 0 again, as an edit that can be undone."""
        self.pause()
        self._write(self._ledger.fresh(_("Reset the parameters")))
        self._load_soon(keep=False)
        self._load()

    def set_speed(self, per_second: int | None) -> None:
        """Take so many steps a second from now on."""
        self.speed = per_second
        self._worker.send(partial(Workbench.set_speed, per_second=per_second))

    def use_compiled_engine(self) -> None:
        """Train with it from the next run on."""
        self._runner = "numba"
        self._worker.send(partial(Workbench.use_runner, runner=self._runner))

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

    # For the session -----------------------------------------------------------------------------

    def attach(self, document: Document) -> None:
        """Turn to another document; what was learned of the last one is gone."""
        self._forget(document)
        self._keep = False
        self.want_plane(Plane())  # that of the last document means nothing in this one
        self._load()
        self.state_changed.emit()

    def follow(self, changes: ChangeSet) -> None:
        """Tell the worker what was edited."""
        if changes.structural or changes.fields:
            other_run = changes.structural or "link" in changes.fields or self._ledger.redrawn
            self._load_soon(keep=not other_run)
        if not changes.structural and changes.numbers:
            self._tell_numbers(changes)

    def collect(self) -> Edit | None:
        """Return the edit that writes the latest snapshot back, None if there is nothing new."""
        self._receive()
        return None if self.snapshot is None else self._ledger.write_back(self.snapshot)

    def pause_and_collect(self) -> Edit | None:
        """Stop at the latest snapshot; return the edit that writes it back, if there is one."""
        edit = self.collect()
        if self.running:
            self._end()
            if self.snapshot is not None:
                self._go_back(Mark(self.snapshot.step, *self.snapshot.parameters))
            else:  # the worker may have taken steps that nobody saw
                self._go_back(self._ledger.here())
            self.stopped.emit(self.snapshot)
        return edit

    def close(self) -> bool:
        """End the worker thread; False if it did not end within two seconds."""
        self._closing = True
        self._settling.stop()
        self.running = self.playing = False
        return self._worker.leave()

    # Between -------------------------------------------------------------------------------------

    def _forget(self, document: Document) -> None:
        self._document = document
        self._ledger = Ledger(document)
        self._keep = True
        self._closing = self._lost = False
        self._valid_from = 0  # the serial of the order before which all news are stale
        self.running = self.playing = False
        self.snapshot = self.curves = self.boundary = self.maps = self.seen = None
        self.refusal = self.unseen = None

    def _write(self, edit: Edit | None) -> None:
        if edit is not None and not edit.is_empty:
            self._push(edit)

    def _load_soon(self, *, keep: bool) -> None:
        self._keep = self._keep and keep
        if not (keep and self._settling.isActive()):  # points that are drawn come all the while
            self._settling.start()

    def _load(self) -> None:
        """Give the worker a copy of the document as it is now."""
        self._settling.stop()
        keep, self._keep, self._lost = self._keep, True, False
        twin = self._document.copy()
        order = partial(Workbench.load, document=twin, keep=keep, runner=self._runner)
        serial = self._worker.send(order)
        self._worker.send(partial(Workbench.want_maps, wanted=self._wanted))
        self._send_views()
        self.set_speed(self.speed)
        self.refusal = None  # it was about the document before; the worker will tell
        if not keep:
            self._ledger = Ledger(self._document)
            self._valid_from = serial
            self.snapshot = None  # that of the run before means nothing in this one

    def _tell_numbers(self, changes: ChangeSet) -> None:
        ids, numbers = self._ledger.changed(changes.nodes)
        if not len(ids):
            return
        order = self._worker.send(partial(Workbench.set_numbers, ids=ids, numbers=numbers))
        self._ledger.sent(ids, order)
        moment = None if self.running else self._ledger.moment()
        if moment is not None and moment.step != self._ledger.step:
            self._go_back(moment)
            self.snapshot = None  # until the worker has measured it

    def _go_back(self, moment: Mark) -> None:
        self._ledger.step = moment.step
        self._valid_from = self._worker.send(
            partial(Workbench.restore, step=moment.step, ids=moment.ids, numbers=moment.numbers)
        )

    def _go(self, steps: int | None) -> None:
        if self._settling.isActive() or self._lost:
            self._load()
        if self.refusal is not None:
            self.refused.emit(str(self.refusal))
        elif not self.playing:
            self.running, self.playing = True, steps is None
            self._valid_from = self._worker.send(partial(Workbench.go, steps=steps))
            self.state_changed.emit()

    def _end(self) -> None:
        self.running = self.playing = False
        self.state_changed.emit()

    # News ----------------------------------------------------------------------------------------

    def _receive(self) -> None:
        news = self._worker.take()
        if news is None or news.serial < self._valid_from:
            return
        ended = self.running and not news.running
        self._take_refusal(news)
        if ended:
            self._end()
        if news.maps is not None and news.maps is not self.maps:
            self.maps = news.maps
            self.maps_ready.emit(news.maps)
        if news.snapshot is not None:
            self.snapshot = self._ledger.corrected(news.snapshot, news.serial)
            self.curves = news.curves or self.curves
            self.snapshot_ready.emit(self.snapshot)
        if news.seen is not None:
            self.seen = news.seen
            self.seen_ready.emit(news.seen)
        if news.boundary is not None or news.unseen != self.unseen:
            self.boundary, self.unseen = news.boundary, news.unseen
            self.boundary_ready.emit(news.boundary)
        if ended:
            self._finish()

    def _take_refusal(self, news: News) -> None:
        if news.refusal != self.refusal:
            self.refusal = news.refusal
            self.state_changed.emit()

    def _finish(self) -> None:
        """Training ended by itself: after its steps, at a problem or error, or before it began."""
        if self.snapshot is not None:
            self._write(self._ledger.write_back(self.snapshot))
        self.stopped.emit(self.snapshot)
        if self.refusal is not None:
            self.refused.emit(str(self.refusal))

    def _on_worker_ended(self) -> None:
        """An error ended the thread and was reported by the hook; the next play starts anew."""
        if self._closing:
            return
        self._receive()
        self._lost, self._keep = True, False
        if self.running:
            self._end()
            self._finish()
