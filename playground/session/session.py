"""The coordinator of one open document: what is done to it, what of it is shown, what it trains.

Every change a person makes goes through `do`; every view listens to the signals here. Numbers
come from `live`, training from `training`, files from the keeper. Nothing here may draw, ask a
question or open a window.
"""

import logging
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import Refusal
from engine.exchange.links import Link, link_document, model_of, notes, read_link, title
from engine.files import newer_version, write
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.models import Model
from engine.graph.templates import folds
from engine.graph.visible import crowded, thinned
from playground.bridge import ChangeSet
from playground.session.changing import Changing
from playground.session.clear import model_edit
from playground.session.keeper import Keeper, load, load_example, title_of
from playground.session.runs import Runs
from playground.session.tracing import Tracing
from playground.session.whose import Whose
from playground.session.why import Why
from playground.storage import Recovery, Remains
from playground.storage import save as save_bytes

START_EXAMPLE = "tanh-neuron"
CHECKPOINT_MILLISECONDS = 10_000

log = logging.getLogger(__name__)


class Session(Changing):
    """One open document, an empty one at first: where it is kept, and how it is opened and closed.

    Attributes:
        runs: how the document was trained since it was opened.
        whose: the mode that asks whose gradient it is.
        why: what is asked about a number.
        tracing: the pass that is done node by node, and the bug that is planted in it.
        document_replaced: another document is open, its result there already.
    """

    document_replaced = Signal()

    def __init__(self, recovery: Recovery | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self.whose = Whose(self, self.training, self)
        self.tracing = Tracing(self, self)
        self.tracing.told.connect(self.hinted)
        self.why = Why(self, self)
        self.changed.connect(self._ask_anew)
        self.document_replaced.connect(self.whose.follow_document)
        self._keeper = Keeper(recovery)
        self.runs = Runs(self.training, self, self)
        self._checkpoints = QTimer(self)
        self._checkpoints.setInterval(CHECKPOINT_MILLISECONDS)
        self._checkpoints.timeout.connect(self._write_checkpoint)
        self.training.state_changed.connect(self._follow_training)
        self.new()

    @property
    def path(self) -> Path | None:
        """The document's file, None if it was never saved."""
        return self._keeper.path

    @property
    def name(self) -> str:
        """What the document is called."""
        return self._keeper.name

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost if the document were closed now."""
        return self.training.running or not self.stack.isClean()

    @property
    def is_untouched(self) -> bool:
        """Whether this is an example or an empty canvas that nothing was done to."""
        return self.path is None and not self.is_dirty and self.stack.count() == 0

    def new(self) -> None:
        """Start with an empty canvas."""
        document = Document()
        self._adopt(document, write(document), None)

    def train_moons(self) -> bool:
        """Insert the demo's network, loss and data, and train it; a start page makes room."""
        if self.is_untouched:
            self.new()
        self.set_view(current_group=None)
        if not self.insert(model_edit(self.document, Model()), select=False):
            return False
        self.training.play()
        return True

    def open(self, path: Path) -> bool:
        """Open a file; if that fails, say why and keep what is open."""
        loaded = load(path)
        if isinstance(loaded, Refusal):
            return self._refuse(loaded)
        refusal = crowded(loaded[0], thinned(loaded[0], loaded[0].view))
        if refusal is not None:
            return self._refuse(refusal)
        self._adopt(*loaded, path)
        return True

    def open_example(self, name: str = START_EXAMPLE) -> bool:
        """Open one of the bundled examples as a new document."""
        loaded = load_example(name)
        if isinstance(loaded, Refusal):
            return self._refuse(loaded)
        self._adopt(*loaded, None, title_of(name))
        return True

    def open_link(self, link: Link) -> bool:
        """Open what a link of TensorFlow Playground does as a new document."""
        document = link_document(link)
        if isinstance(document, Refusal):
            return self._refuse(document)
        refusal = crowded(document, thinned(document, document.view))
        if refusal is not None:
            return self._refuse(refusal)
        self._adopt(document, write(document), None, title(link))
        return True

    def paste_link(self, text: str) -> bool:
        """Insert what a link does, and its data and settings; a start page makes room."""
        link = read_link(text)
        if isinstance(link, Refusal):
            return self._refuse(link)
        if self.is_untouched:
            done = self.open_link(link)
        else:
            self.set_view(current_group=None)
            done = self.insert(model_edit(self.document, model_of(link)), select=False)
        if done and link.notes:
            self.hinted.emit(notes(link))
        return done

    def save(self, path: Path | None = None) -> bool:
        """Save to a file, or to the document's own; return whether it is saved."""
        path = path or self.path
        if path is None:
            return False
        self.settle()
        refusal = self._keeper.save(self.document, path)
        if refusal is not None:
            return self._refuse(refusal)
        self.stack.setClean()
        log.info("saved %s", path)
        self.title_changed.emit()
        return True

    def save_copy(self, path: Path) -> bool:
        """Save to a file that does not become the document's own, without touching training."""
        refusal = save_bytes(path, write(self.document))
        return refusal is None or self._refuse(refusal)

    def recover(self, remains: Remains) -> None:
        """Take up the work that a dead session left, as unsaved work of this one."""
        document = remains.document
        groups = document.groups.values()
        folded = document.view.folded | {group.id for group in groups if folds(group)}
        document.view = replace(document.view, folded=folded)
        refusal = self._adopt(document, write(document), remains.path, unsaved=True)
        (remains.forget if refusal is None else remains.leave)()

    def flush_journal(self) -> None:
        """Bring the journal to the disk itself."""
        if self._keeper.journal is not None:
            self._keeper.journal.flush()

    def close(self, *, keep_journal: bool = False) -> None:
        """End training and journal; with `keep_journal` the next start offers unsaved work."""
        if self._closed:
            return
        self._closed = True
        try:
            self.settle()
        finally:
            if not self.training.close():
                log.info("training has not ended yet")
            self._bridge.watch(None)
            self.live.close()
            self._checkpoints.stop()
        journal = self._keeper.journal
        if journal is not None and keep_journal and self.is_dirty:
            journal.leave()
        elif journal is not None:
            journal.finish()
        # Emptied while all is alive: Python's collector destroys the stack and what is on it in an
        # order of its own, and the stack would reach for commands and listeners that are gone.
        self.stack.blockSignals(True)
        self.stack.clear()

    def _adopt(
        self,
        document: Document,
        base: bytes,
        path: Path | None,
        name: str = "",
        *,
        unsaved: bool = False,
    ) -> Refusal | None:
        """Turn to another document; return why no journal is kept for it, None if one is."""
        self.tracing.leave()
        self.put_out()
        self.training.attach(document)
        self.document = document
        self.runs.clear()
        self._part = None
        document.listeners.append(self._write_down)
        self.stack.clear()
        # An empty stack that was not clean stays so when it is cleared.
        (self.stack.resetClean if unsaved else self.stack.setClean)()
        refusal = self._keeper.keep(base, path, name, unsaved=unsaved)
        self._complain(refusal)
        self._bridge.watch(document)
        self.live.watch(document, self._make_samples(document))
        view = thinned(document, document.view)
        document.view = replace(view, sample=self.nearest_sample(view.sample))
        self._path = tuple(document.ancestry(document.view.current_group))
        self.live.flush()
        self.set_selection(())
        self.tell_plane()
        self.document_replaced.emit()
        self.title_changed.emit()
        if newer_version(document):
            self.refused.emit(newer_version(document))
        return refusal

    def _ask_anew(self, changes: ChangeSet) -> None:
        if changes.structural:
            self.tracing.begin_anew()
        if changes.structural or changes.fields & {"data", "seeds"}:
            self.whose.follow_document()

    # The journal ---------------------------------------------------------------------------------

    def _follow_training(self) -> None:
        if self.training.playing and self.tracing.on:
            self.tracing.switch(on=False)
            self.hinted.emit(_("Stepping has ended: training changes all numbers at once"))
        if self.training.running == self._checkpoints.isActive():
            return
        if self.training.running:
            self._checkpoints.start()
        else:
            self._checkpoints.stop()

    def _write_checkpoint(self) -> None:
        snapshot = self.training.snapshot
        if snapshot is not None and self._keeper.journal is not None:
            self._complain(self._keeper.journal.checkpoint(*snapshot.parameters))

    def _write_down(self, edit: Edit) -> None:
        if self._keeper.journal is not None:
            self._complain(self._keeper.journal.append(edit))
