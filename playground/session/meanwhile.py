"""Editing while training runs: which edits may go beside it, and how they fit what it has learned.

Pure functions that the session asks. Between two snapshots the document holds older parameters
than training does, so an edit made from the document has to be fitted once training has written
its own back.
"""

from dataclasses import replace
from gettext import gettext as _
from typing import Literal

import numpy as np
from PySide6.QtGui import QUndoStack

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from playground.bridge import EditCommand

# What an edit means for a training that runs: nothing; other numbers; it has to pause.
Concern = Literal["none", "number", "pause"]


def concern(edit: Edit) -> Concern:
    """Say what an edit means for a training that runs.

    Places, names, notes and settings go beside it; a number is passed on to it; everything else,
    and whole columns of numbers, stop it first.
    """
    whole = any(change.field == WHOLE and change.kind != "note" for change in edit.changes)
    if edit.is_structural or whole:
        return "pause"
    if edit.column is not None and edit.column.field == "value":
        return "pause"
    numbers = any(change.kind == "node" and change.field == "value" for change in edit.changes)
    return "number" if numbers else "none"


def continues(stack: QUndoStack, edit: Edit) -> bool:
    """Whether an edit goes on with the gesture of the latest command."""
    latest = stack.command(stack.index() - 1) if stack.index() else None
    return (
        edit.gesture is not None
        and isinstance(latest, EditCommand)
        and latest.edit.gesture == edit.gesture
    )


def target_refusal(name: str) -> Refusal:
    """Say why a target has the number it has."""
    return Refusal(
        _("{name} comes from the data").format(name=name),
        "",
        _("Choose another sample, or make it a constant"),
    )


def redo_refusal() -> Refusal:
    """Say why nothing is done again while training runs: what it learned would go first."""
    return Refusal(_("Training runs, and what it learns comes first"), "", _("Pause, then redo"))


def fitted(document: Document, edit: Edit) -> Edit:
    """Return an edit made before training wrote its numbers back as one of the document now."""
    changes = (fitted_change(document, change) for change in edit.changes)
    column = edit.column
    if column is not None and column.field == "value":
        before = [document.node(node).value for node in column.ids.tolist()]
        column = replace(column, before=np.array(before, dtype=np.float64))
    kept = tuple(change for change in changes if change.before != change.after)
    return replace(edit, changes=kept, column=column)


def fitted_change(document: Document, change: Change) -> Change:
    """Return a change with the present number as its before, where it has one."""
    if change.kind != "node" or change.id not in document:
        return change
    node = document.node(change.id)
    if change.field == "value":
        return replace(change, before=node.value)
    if change.field == WHOLE and change.before is not None:
        return replace(change, before=node)
    return change
