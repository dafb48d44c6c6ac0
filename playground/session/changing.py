"""Edits through a session: undo and redo, what they mean for a training that runs, and notices.

The middle part of the session, between `Looking` and the files of `Session`. It knows no file.
"""

import logging
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.properties import set_value
from engine.graph.records import Point
from engine.graph.visible import crowded, crowding, thinned
from engine.train.samples import Samples, load_samples
from engine.train.trainer import Snapshot
from playground.bridge import ChangeSet, EditCommand
from playground.session.additions import LOOSE, Hooks
from playground.session.inserting import Insertion, placed
from playground.session.items import created, folded_at_first, folded_in, outermost
from playground.session.looking import Looking
from playground.session.meanwhile import (
    concern,
    continues,
    fitted,
    redo_refusal,
    target_refusal,
)
from playground.training import Training

log = logging.getLogger(__name__)


class Changing(Looking):
    """Holds one document at a time, and changes it through `do` only.

    Attributes:
        stack: its edits, for undo and redo; call `undo` and `redo` of the session.
        training: the training of its parameters.
        insertion: how the person wants things to be inserted.
        changed: carries the `ChangeSet` of a turn; `result_changed` follows if numbers did.
        reveal: asks the canvas to bring these items (a frozenset of ids) into sight.
        hinted: carries a sentence for the status bar, "" when a gesture is over.
        title_changed: the name or the dirty flag changed.
    """

    changed = Signal(object)
    title_changed = Signal()
    reveal = Signal(object)
    hinted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.training = Training(self._push, self)
        self.insertion = Insertion()
        self._bridge.changed.connect(self._announce)
        self.stack.cleanChanged.connect(self._on_clean_changed)
        self.training.refused.connect(self.refused)
        self.training.snapshot_ready.connect(self._show_snapshot)
        self.training.stopped.connect(self.live.clear_overlay)
        self.view_changed.connect(self.tell_plane)

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

    def show_items(self, items: Iterable[int]) -> None:
        """Select nodes and groups, those that are still there, and bring them into sight.

        What is folded around a single one is unfolded; of several their cards are selected.
        """
        there = frozenset(item for item in items if self.document.holds(item))
        if len(there) == 1:
            around = self.document.ancestry(self.document.record(min(there)).group)
            self.set_view(folded=self.view.folded.difference(around))
        shown = frozenset(map(self._card, there))
        self.set_selection(shown)
        self.reveal.emit(shown)

    def _card(self, item: int) -> int:
        """Return what stands for an item on the canvas: the outermost folded group around it."""
        around = self.document.ancestry(self.document.record(item).group)
        folded = [group for group in around if group in self.view.folded]
        return folded[-1] if folded else item

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

    # Following -----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Announce and compute now what would wait for the end of the turn."""
        self._bridge.flush()
        self.live.flush()

    def _announce(self, changes: ChangeSet) -> None:
        if changes.fields & {"data", "seeds"}:
            self.live.set_samples(self._make_samples(self.document))
            self.set_sample(self.view.sample)
            self.tell_plane()
        if changes.numbers:
            self.live.stale(structural=changes.structural, changed=changes.nodes)
        self.training.follow(changes)
        self.leave_what_is_gone()
        self.changed.emit(changes)
        self.let_go()
        self.live.flush()

    def tell_plane(self) -> None:
        """Have the boundary measured in the plane that is shown."""
        self.training.want_plane(self.plane)

    def _make_samples(self, document: Document) -> Samples | None:
        samples = load_samples(document.data, document.seeds)
        if isinstance(samples, Refusal):
            self._refuse(samples)
            return None
        return samples

    def _complain(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self._refuse(refusal)

    def _on_clean_changed(self, _clean: bool) -> None:
        self.title_changed.emit()
