"""Training as the main thread sees it: play, pause, step, rewind, and what is written back.

The session owns one. The document is never shared: the worker gets copies, and what it learned
comes back as an edit that the session pushes. Nothing here waits for the worker but `close`: to
stop is to go back to the latest snapshot, which is what the person sees.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from gettext import gettext as _

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.initialise import new_weights
from engine.graph.start import learned, rewound
from engine.train.boundary import Boundary, Plane
from engine.train.snapshot import Snapshot
from playground.bridge import ChangeSet
from playground.training.ledger import Ledger, Mark
from playground.training.news import Curves, News
from playground.training.pace import DEFAULT_SPEED, neighbour
from playground.training.wishes import Wishes
from playground.training.workbench import Workbench
from playground.training.worker import Order

SETTLING_MILLISECONDS = 40


class Training(Wishes):
    """Trains the session's document in a worker thread; lives in the main thread.

    `push` puts an edit on the undo stack. The session calls `attach` for a new document and
    `follow` after every change; before it edits a number while training runs it pushes what
    `collect` returns, before any other edit, undo, save or close what `pause_and_collect` does.

    Attributes:
        running: whether the document is being trained, be it for a single step.
        playing: whether it goes on until paused.
        speed: steps per second, None for as many as possible.
        snapshot, curves, boundary: the latest of each, None if there is none.
        best: the moment of the run with the least loss of those that were measured, on test
            points if there are any; None before training. Its parameters may be those of now.
        word: why training ended by itself, or why another run began; "" while it runs.
        refusal: why the document cannot be trained, None if it can.
        unseen: why it has no boundary, None if it has one.
        snapshot_ready, boundary_ready: carry what is new; no boundary is news, too.
        state_changed: `playing`, `refusal` or `word` changed.
        speed_changed: another speed was chosen.
        stopped: training has ended; carries the last `Snapshot`, None if there was none.
        refused: carries the sentence why nothing is trained.
    """

    running: bool
    playing: bool
    snapshot: Snapshot | None
    curves: Curves | None
    boundary: Boundary | None
    best: Snapshot | None
    word: str
    refusal: Refusal | None
    unseen: Refusal | None

    snapshot_ready = Signal(object)
    boundary_ready = Signal(object)
    state_changed = Signal()
    speed_changed = Signal()
    stopped = Signal(object)
    refused = Signal(str)

    def __init__(self, push: Callable[[Edit], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._push = push
        self._worker.news_came.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._worker.finished.connect(self._on_worker_ended)
        # What is posted comes before hands and timers: news without a pause would leave no turn.
        self._listening = QTimer(self)
        self._listening.setSingleShot(True)
        self._listening.setInterval(0)
        self._listening.timeout.connect(self._worker.listen)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING_MILLISECONDS)
        self._settling.timeout.connect(self._load)
        self.speed: int | None = DEFAULT_SPEED
        self._runner = "numpy"
        self._runs = 0  # as many as began, over all documents
        self._ledger = Ledger(Document())
        self._forget(Document())

    @property
    def run(self) -> int:
        """The number of the run that the document is in."""
        return self._ledger.run

    # For the person ------------------------------------------------------------------------------

    def play(self) -> None:
        """Train until paused."""
        self._go(Workbench.go, playing=True)

    def pause(self) -> None:
        """Stop, and write back what was learned."""
        self._write(self.pause_and_collect())

    def toggle(self) -> None:
        """Play or pause."""
        (self.pause if self.playing else self.play)()

    def step(self, steps: int = 1) -> None:
        """Take a single step, or so many, after a pause if it plays."""
        self._take(partial(Workbench.go, steps=steps))

    def step_epoch(self) -> None:
        """Take the steps to the end of an epoch, after a pause if it plays."""
        self._take(Workbench.go_epochs)

    def rewind(self) -> None:
        """Begin a run with the weights that training began with, as an edit that can be undone."""
        self.pause()
        edit = rewound(self._document)
        if isinstance(edit, Refusal) and self._ledger.step:
            edit = Edit("")  # steps were taken, and changed nothing
        self._begin_run(edit)

    def draw_weights(self) -> None:
        """Begin a run with weights from the next seed, as an edit that can be undone."""
        self.pause()
        self._begin_run(new_weights(self._document))

    def go_to_best(self) -> None:
        """Go back to the moment of the least loss, as an edit that can be undone."""
        self.pause()
        best = self.best
        if best is None:
            self.refused.emit(str(no_best()))
            return
        ids, numbers = best.parameters
        title = _("Back to the best weights")
        edit = learned(self._document, ids.tolist(), numbers.tolist(), title)
        if edit.is_empty:
            self.refused.emit(_("The weights are the best of this run"))
            return
        mark = Mark.of(self._ledger.run, best)
        self._ledger.leave_for(mark)
        self._go_back(mark)
        self._say("")
        self._write(edit)

    def set_speed(self, per_second: int | None) -> None:
        """Take so many steps a second from now on, None for as many as possible."""
        self._worker.send(partial(Workbench.set_speed, per_second=per_second))
        if per_second != self.speed:
            self.speed = per_second
            self.speed_changed.emit()

    def change_speed(self, by: int) -> None:
        """Take the next higher speed of the table, or with -1 the next lower one."""
        self.set_speed(neighbour(self.speed, by))

    def use_compiled_engine(self) -> None:
        """Train with it from the next run on."""
        self._runner = "numba"
        self._worker.send(partial(Workbench.use_runner, runner=self._runner))

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
        other_run = changes.structural or "link" in changes.fields
        if changes.structural or changes.fields - {"start"}:
            self._load_soon(keep=not other_run)
            begins = other_run and self._ledger.step
            self._say(_("A new run begins with the weights as they are") if begins else "")
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
                self._go_back(Mark.of(self._ledger.run, self.snapshot))
            else:  # the worker may have taken steps that nobody saw
                self._go_back(self._ledger.here())
            self.stopped.emit(self.snapshot)
        return edit

    def close(self) -> bool:
        """End the worker thread; False if it did not end within two seconds."""
        self._closing = True
        self._settling.stop()
        self._listening.stop()
        self.running = self.playing = False
        return self._worker.leave()

    # Between -------------------------------------------------------------------------------------

    def _forget(self, document: Document) -> None:
        self._document = document
        self._keep = True
        self._closing = self._lost = False
        self._valid_from = 0  # the serial of the order before which all news are stale
        self.running = self.playing = False
        self.snapshot = self.curves = self.boundary = self.maps = self.seen = None
        self.word = ""
        self.best = self.results = None
        self.shares = self.spreads = None
        self._take_report(None)
        self.refusal = self.unseen = None
        self._doubted = False  # whether a refusal was told that may hold no longer
        self._loaded_at = 0  # the serial of the order that gave the worker the document as it is

    def _say(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self.state_changed.emit()

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
        run = self._ledger.run if keep else self._next_run()
        order = partial(Workbench.load, document=twin, keep=keep, runner=self._runner, run=run)
        serial = self._worker.send(order)
        self._loaded_at = serial
        self._send_wishes()
        self.set_speed(self.speed)
        self._doubted = self._doubted or self.refusal is not None
        self.refusal = None  # it was about the document before; the worker will tell
        if not keep:
            self._ledger = Ledger(self._document, run)
            self._valid_from = serial
            self.snapshot = self.best = None  # those of the run before mean nothing in this one

    def _next_run(self) -> int:
        self._runs += 1
        return self._runs

    def _begin_run(self, edit: Edit | Refusal) -> None:
        """Begin at step 0 with the parameters that an edit gives."""
        if isinstance(edit, Refusal):
            self.refused.emit(str(edit))
            return
        self._flush_load()
        mark = self._ledger.begin(self._next_run(), edit)
        self._go_back(mark)
        self.best = None
        self._say("")
        self._write(edit)

    def _flush_load(self) -> None:
        if self._settling.isActive() or self._lost:
            self._load()

    def _tell_numbers(self, changes: ChangeSet) -> None:
        ids, numbers = self._ledger.changed(changes.nodes)
        if not len(ids):
            return
        self._say("")
        order = self._worker.send(partial(Workbench.set_numbers, ids=ids, numbers=numbers))
        self._ledger.sent(ids, order)
        moment = None if self.running else self._ledger.moment()
        redrawn = self._ledger.take_redrawn()
        if moment is not None and not self._ledger.is_at(moment):
            self._ledger.go_to(moment)
            self._go_back(moment)
        elif moment is None and redrawn:  # the seed of the weights was typed
            self._go_back(self._ledger.begin(self._next_run(), Edit("")))

    def _go_back(self, moment: Mark) -> None:
        """Have the worker go to a moment of this run or another."""
        self._ledger.step = moment.step
        order = partial(
            Workbench.restore,
            step=moment.step,
            ids=moment.ids,
            numbers=moment.numbers,
            run=moment.run,
            memory=moment.memory,
        )
        self._valid_from = self._worker.send(order)

    def _take(self, order: Order) -> None:
        if self.playing:
            self.pause()
        self._go(order, playing=False)

    def _go(self, order: Order, *, playing: bool) -> None:
        self._flush_load()
        if self.refusal is not None:
            self.refused.emit(str(self.refusal))
        elif not self.playing:
            self.running, self.playing, self.word = True, playing, ""
            self._valid_from = self._worker.send(order)
            self.state_changed.emit()

    def _end(self) -> None:
        self.running = self.playing = False
        self.state_changed.emit()

    # News ----------------------------------------------------------------------------------------

    def _receive(self) -> None:
        self._listening.start()
        news = self._worker.take()
        if news is None or news.serial < self._valid_from:
            return
        ended = self.running and not news.running
        self.best = news.best
        self._take_refusal(news)
        if ended:
            self.word = news.ended
            self._end()
        if isinstance(news.shares, Refusal) and self._is_about_before(news):
            news = replace(news, shares=None)
        self._take_measures(news)
        if news.snapshot is not None:
            self.snapshot = self._ledger.corrected(news.snapshot, news.serial)
            self.curves = news.curves or self.curves
            self.snapshot_ready.emit(self.snapshot)
        if news.results is not None:
            self.results_ready.emit(news.results)
        if news.boundary is not None or news.unseen != self.unseen:
            self.boundary, self.unseen = news.boundary, news.unseen
            self.boundary_ready.emit(news.boundary)
        if ended:
            self._finish()

    def _is_about_before(self, news: News) -> bool:
        """Whether news tell of a document that has been changed since in more than numbers."""
        return self._settling.isActive() or news.serial < self._loaded_at

    def _take_refusal(self, news: News) -> None:
        if news.refusal != self.refusal or self._doubted:
            self.refusal, self._doubted = news.refusal, False
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


def no_best() -> Refusal:
    """Say why there are no best weights to go back to."""
    return Refusal(_("There are no best weights yet"), _("nothing was trained"), _("Train first"))
