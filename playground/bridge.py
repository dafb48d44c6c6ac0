"""From edits to Qt: the one undo command, and change notices once per turn of the event loop.

The session pushes edits as commands; the views hear of them through `DocumentBridge`. However
many edits a turn brings, from a push, an undo or training, there is one notice. Nothing here may
change a document but by its own `apply`.
"""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand

from engine.errors import EngineError
from engine.graph.document import Document
from engine.graph.edits import BENDS, Edit

MERGING, SINGLE = 1, -1
# Settings that numbers on the canvas depend on; structure, values and these make them stale.
NUMBER_FIELDS = frozenset({"data", "seeds", "training"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a turn's edits touched.

    `fields` names the document's settings among data, seeds, training and link. `structural`
    tells that plans no longer hold, `numbers` that the numbers have to be computed again, `bends`
    that wires pass elsewhere.
    """

    nodes: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    fields: frozenset[str] = frozenset()
    structural: bool = False
    numbers: bool = False
    bends: bool = False

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        return ChangeSet(
            self.nodes | other.nodes,
            self.groups | other.groups,
            self.notes | other.notes,
            self.fields | other.fields,
            self.structural or other.structural,
            self.numbers or other.numbers,
            self.bends or other.bends,
        )


def changes_of(edit: Edit) -> ChangeSet:
    """Return what one edit touches."""
    values = edit.column is not None and edit.column.field == "value"
    fields = frozenset(c.field for c in edit.changes if c.kind == "document")
    return ChangeSet(
        edit.touched_nodes,
        frozenset(c.id for c in edit.changes if c.kind == "group"),
        frozenset(c.id for c in edit.changes if c.kind == "note"),
        fields,
        edit.is_structural,
        values
        or edit.is_structural
        or bool(fields & NUMBER_FIELDS)
        or any(c.kind == "node" and c.field == "value" for c in edit.changes),
        any(c.field == BENDS for c in edit.changes),
    )


class EditCommand(QUndoCommand):
    """An edit on the undo stack; it has been applied when it is pushed.

    Qt keeps a command on the stack even if its `redo` raises, so an edit is applied first, where
    a stale one is refused, and the first `redo` does nothing.
    """

    def __init__(self, document: Document, edit: Edit) -> None:
        super().__init__(edit.title)
        self.edit = edit
        self._document = document
        self._applied = True

    def redo(self) -> None:
        """Apply the edit, unless the push does it."""
        if self._applied:
            self._applied = False
            return
        self._apply(self.edit)

    def undo(self) -> None:
        """Apply the inverse of the edit."""
        self._apply(self.edit.inverse())

    def id(self) -> int:
        """Tell Qt whether the command may merge at all."""
        return SINGLE if self.edit.gesture is None else MERGING

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a later command of the same gesture; together they may come to nothing."""
        merged = self.edit.merged(other.edit) if isinstance(other, EditCommand) else None
        if merged is None:
            return False
        self.edit = merged
        self.setText(merged.title)
        self.setObsolete(merged.is_empty)
        return True

    def _apply(self, edit: Edit) -> None:
        try:
            self._document.apply(edit)
        except EngineError:
            log.exception("the undo stack and the document differ")
            self.setObsolete(True)


class DocumentBridge(QObject):
    """Listens to one document and announces its changes; lives in the main thread.

    Attributes:
        changed: carries one `ChangeSet` for all edits of a turn.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._pending: ChangeSet | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.flush)

    def watch(self, document: Document | None) -> None:
        """Listen to this document and to no other; what was pending of another is forgotten."""
        if self._document is not None:
            self._document.listeners.remove(self._collect)
        self._document = document
        self._pending = None
        self._timer.stop()
        if document is not None:
            document.listeners.append(self._collect)

    def flush(self) -> None:
        """Announce now what the turn has brought so far."""
        self._timer.stop()
        changes, self._pending = self._pending, None
        if changes is not None:
            self.changed.emit(changes)

    def _collect(self, edit: Edit) -> None:
        changes = changes_of(edit)
        self._pending = changes if self._pending is None else self._pending | changes
        self._timer.start()
