"""The coordinator of one open document: what is done to it, what of it is shown, what it trains.

Every change a person makes goes through `do`; every view listens to the signals here. Numbers
come from `live`, training from `training`, files from the keeper. Nothing here may draw, ask a
question or open a window.
"""

import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from engine.errors import Refusal
from engine.files import newer_version, write
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.models import Model
from engine.graph.properties import set_value
from engine.graph.records import Point
from engine.graph.templates import folds
from engine.graph.visible import crowded, crowding, thinned
from engine.train.samples import Samples, load_samples
from engine.train.trainer import Snapshot
from playground.bridge import ChangeSet, EditCommand
from playground.session.additions import LOOSE, Hooks
from playground.session.clear import model_edit
from playground.session.inserting import Insertion, placed
from playground.session.items import created, folded_at_first, folded_in, outermost
from playground.session.keeper import Keeper, load, load_example, title_of
from playground.session.looking import Looking
from playground.session.meanwhile import (
    concern,
    continues,
    fitted,
    redo_refusal,
    target_refusal,
)
from playground.storage import Recovery, Remains
from playground.storage import save as save_bytes
from playground.training import Training

START_EXAMPLE = "tanh-neuron"
CHECKPOINT_MILLISECONDS = 10_000

log = logging.getLogger(__name__)


class Session(Looking):
    """Holds one document at a time, an empty one at first; change it through `do` only.

    Attributes:
        stack: its edits, for undo and redo; call `undo` and `redo` of the session.
        training: the training of its parameters.
        insertion: how the person wants things to be inserted.
        changed: carries the `ChangeSet` of a turn; `result_changed` follows if numbers did.
        document_replaced: another document is open, its result there already.
        reveal: asks the canvas to bring these items (a frozenset of ids) into sight.
        hinted: carries a sentence for the status bar, "" when a gesture is over.
        title_changed: the name or the dirty flag changed.
    """

    changed = Signal(object)
    document_replaced = Signal()
    title_changed = Signal()
    reveal = Signal(object)
    hinted = Signal(str)

    def __init__(self, recovery: Recovery | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.training = Training(self._push, self)
        self.insertion = Insertion()
        self._closed = False
        self._keeper = Keeper(recovery)
        self._checkpoints = QTimer(self)
        self._checkpoints.setInterval(CHECKPOINT_MILLISECONDS)
        self._connect()
        self.new()

    def _connect(self) -> None:
        self._bridge.changed.connect(self._announce)
        self.stack.cleanChanged.connect(self._on_clean_changed)
        self._checkpoints.timeout.connect(self._write_checkpoint)
        self.training.refused.connect(self.refused)
        self.training.snapshot_ready.connect(self._show_snapshot)
        self.training.state_changed.connect(self._follow_training)
        self.training.stopped.connect(self.live.clear_overlay)

    # Edits ---------------------------------------------------------------------------------------

    def do(self, edit: Edit | Refusal) -> bool:
        """Carry out an edit as an undo step, or say why not; return whether it was done."""
        if isinstance(edit, Refusal):
            return self._refuse(edit)
        if edit.is_empty:
            return True
        if self.training.running:
            edit = self._beside_training(edit)
        refusal = crowding(self.document, self.view, edit, folded_at_first(edit))
        if refusal is not None:
            return self._refuse(refusal)
        if not edit.is_empty:
            self._push(edit)
        return True

    def undo(self) -> None:
        """Take the latest step back; of a training that runs, all it has learned."""
        self.settle()
        self._turn(self.stack.undo)

    def redo(self) -> None:
        """Do the step again that was taken back; not while training runs."""
        if self.training.running:
            self._refuse(redo_refusal())
        else:
            self.settle()
            self._turn(self.stack.redo)

    def add_item(
        self,
        text: str,
        position: Point,
        group: int | None = None,
        hooks: Hooks = LOOSE,
        *,
        keep: bool = False,
    ) -> bool:
        """Add what a palette text names, centred at a point of the scene, and select it.

        With `keep`, what was selected stays so, before it.
        """
        room = self.insertion.room
        place = (position, group)
        hooks = replace(hooks, selected=self.selection)
        edit = placed(self.document, self.view, text, place, hooks, room=room)
        folded = folded_in(text, edit) if isinstance(edit, Edit) else None
        return self.insert(edit, keep=keep, folded=folded)

    def set_number(self, node: int, number: float, gesture: Hashable | None = None) -> bool:
        """Give a leaf another number, unless the data feeds it: a feature then becomes a probe."""
        record = self.document.node(node)
        if not self.is_fed(record):
            return self.do(set_value(self.document, node, number, gesture))
        if record.role == "target":
            return self._refuse(target_refusal(self.document.name(node)))
        features = list(self.features)
        features[record.index] = number
        self.set_probe(features)
        return True

    def train_moons(self) -> bool:
        """Insert the demo's network, loss and data, and train it; a start page makes room."""
        if self.is_untouched:
            self.new()
        self.set_view(current_group=None)
        if not self.insert(model_edit(self.document, Model()), select=False):
            return False
        self.training.play()
        return True

    def insert(
        self,
        edit: Edit | Refusal,
        *,
        select: bool = True,
        keep: bool = False,
        folded: frozenset[int] | None = None,
    ) -> bool:
        """Carry out an edit that makes something, bring that into sight and select it.

        With `keep`, what was selected stays so, before it. `folded` are those of the groups that
        are made that are shown folded; without it their templates decide.
        """
        if not self.do(edit) or isinstance(edit, Refusal):
            return False
        if folded is not None:
            self.set_view(folded=self.view.folded - created(edit) | folded)
        self.flush()
        made = outermost(edit)
        new = tuple(sorted(made))
        current = new[0] if len(new) == 1 else None
        self.set_selection((*(self.order if keep else ()), *new) if select else (), current)
        self.reveal.emit(made)
        return True

    def _push(self, edit: Edit) -> None:
        self.document.apply(edit)
        self.stack.push(EditCommand(self.document, edit))
        log.info("%s", edit.title)
        folded = folded_at_first(edit)
        if folded:
            self.set_view(folded=self.view.folded | folded)

    def _turn(self, back_or_forth: Callable[[], None]) -> None:
        """Undo or redo; what that brings back is folded if it is more than can be shown."""
        before = set(self.document.groups)
        back_or_forth()
        if crowded(self.document, self.view) is not None:
            brought = self.document.groups.keys() - before
            view = replace(self.view, folded=self.view.folded | brought)
            self.set_view(folded=thinned(self.document, view).folded)

    # Training ------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Pause training and write what it learned to the document, as before undo and save."""
        self._write_back(self.training.pause_and_collect())

    def _write_back(self, learned: Edit | None) -> None:
        if learned is not None and not learned.is_empty:
            self._push(learned)

    def _beside_training(self, edit: Edit) -> Edit:
        """Do for a training that runs what an edit asks for; return the edit as it then fits."""
        matter = concern(edit)
        if matter == "pause":
            self.settle()
        elif matter == "number" and not continues(self.stack, edit):
            self._write_back(self.training.collect())
            self.live.clear_overlay()  # the document has those numbers, and now gets others
        else:
            return edit
        return fitted(self.document, edit)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        if self.training.running:
            self.live.set_overlay(*snapshot.parameters)

    def _follow_training(self) -> None:
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

    # Files ---------------------------------------------------------------------------------------

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
            # A stack that is destroyed tells whoever listens, and they may be half destroyed then.
            self.stack.blockSignals(True)
        journal = self._keeper.journal
        if journal is not None and keep_journal and self.is_dirty:
            journal.leave()
        elif journal is not None:
            journal.finish()

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
        self.training.attach(document)
        self.document = document
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
        self.document_replaced.emit()
        self.title_changed.emit()
        if newer_version(document):
            self.refused.emit(newer_version(document))
        return refusal

    # Following -----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Announce and compute now what would wait for the end of the turn."""
        self._bridge.flush()
        self.live.flush()

    def _announce(self, changes: ChangeSet) -> None:
        if changes.fields & {"data", "seeds"}:
            self.live.set_samples(self._make_samples(self.document))
            self.set_sample(self.view.sample)
        if changes.numbers:
            self.live.stale(structural=changes.structural, changed=changes.nodes)
        self.training.follow(changes)
        self.leave_what_is_gone()
        self.changed.emit(changes)
        self.let_go()
        self.live.flush()

    def _make_samples(self, document: Document) -> Samples | None:
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            self._refuse(samples)
            return None
        return samples

    def _write_down(self, edit: Edit) -> None:
        if self._keeper.journal is not None:
            self._complain(self._keeper.journal.append(edit))

    def _complain(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self._refuse(refusal)

    def _on_clean_changed(self, _clean: bool) -> None:
        self.title_changed.emit()
