"""The journal of unsaved work: what a document was, and every edit since, one JSON line each.

The window's storage appends the lines as the work goes on and calls `replay` after a crash.  The
first line holds the bytes of the document the edits start from; a checkpoint line holds what
training has reached.  A line is complete or it does not count: a crash may tear the last one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, Refusal, Refused
from engine.files.fields import (
    IDENTITY,
    NUMBER,
    POINT,
    TEXT,
    Field,
    Wrong,
    choice,
    integer,
    listed,
    optional,
)
from engine.files.format import FORMAT, canonical
from engine.files.parse import parse_json
from engine.files.reader import read
from engine.files.records import (
    GROUP,
    LINK,
    NODE,
    NOTE,
    START,
    group_object,
    node_object,
    note_object,
    read_fields,
    read_group,
    read_node,
    read_note,
    read_section,
    section_object,
)
from engine.files.tables import applied, difference
from engine.files.writer import write
from engine.graph.document import Document
from engine.graph.edits import BENDS, WHOLE, Change, Column, Edit, Kind
from engine.graph.records import DataSettings
from engine.graph.start import learned
from engine.graph.tables import Table

JOURNAL = f"{FORMAT} journal"
HEADER = {"journal": TEXT, "path": TEXT, "document": TEXT}
Checkpoint = tuple[NDArray[np.int64], NDArray[np.float64]]
CHECKPOINT = {"checkpoint": listed(IDENTITY), "values": listed(NUMBER)}


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: where the document was saved ("" if nowhere) and its bytes."""

    path: str
    document: bytes


def header_line(base: bytes, path: str = "") -> bytes:
    """Return the first line of a journal about a document with these bytes."""
    return _line({"journal": JOURNAL, "path": path, "document": base.decode()})


def edit_line(edit: Edit) -> bytes:
    """Return the line of one edit; its gesture is forgotten."""
    line: dict[str, Any] = {"edit": edit.title, "changes": [*map(_change_object, edit.changes)]}
    if edit.column is not None:
        column = edit.column
        line |= {"field": column.field, "ids": column.ids.tolist()}
        line |= {"before": column.before.tolist(), "after": column.after.tolist()}
    return _line(line)


def checkpoint_line(ids: NDArray[np.int64], values: NDArray[np.float64]) -> bytes:
    """Return the line of what training has reached: finite numbers for these nodes."""
    return _line({"checkpoint": ids.tolist(), "values": values.tolist()})


def read_header(line: bytes) -> Header | Refusal:
    """Return what the first line of a journal says."""
    try:
        known, _others = read_fields(HEADER, parse_json(line), _("the journal"))
    except Refused as refused:
        return refused.refusal
    if known.get("journal") != JOURNAL or len(known) < len(HEADER):
        return Refusal(_("This is not a journal of Micrograd Playground"))
    return Header(known["path"], known["document"].encode())


def replay(lines: Iterable[bytes]) -> Document | Refusal:
    """Return the document with every edit of a journal's lines carried out.

    Lines end with a newline.  The first line that is torn, damaged or does not fit ends the
    replay; what came before it counts.
    """
    journal = iter(lines)
    header = read_header(next(journal, b""))
    if isinstance(header, Refusal):
        return header
    document = read(header.document)
    if isinstance(document, Refusal):
        return document
    checkpoint = _replay_edits(document, journal)
    if checkpoint is not None:
        _apply_checkpoint(document, *checkpoint)
    return read(write(document))  # checks what the edits left behind


def _replay_edits(document: Document, lines: Iterable[bytes]) -> Checkpoint | None:
    """Apply edits; return the last checkpoint that no later edit has made stale."""
    checkpoint: Checkpoint | None = None
    for line in lines:
        try:
            entry = parse_json(line) if line.endswith(b"\n") else None
            if isinstance(entry, dict) and "checkpoint" in entry:
                checkpoint = _read_checkpoint(entry)
                continue
            edit = read_edit(entry, document.data.table)
            document.apply(edit)
        except (Refused, EngineError):
            break
        if checkpoint is not None and not edit.touched_nodes.isdisjoint(checkpoint[0].tolist()):
            checkpoint = None
    return checkpoint


def _apply_checkpoint(
    document: Document, ids: NDArray[np.int64], values: NDArray[np.float64]
) -> None:
    """Write back what training had reached, for the parameters that still exist."""
    kept = [i in document and document.node(i).trainable for i in ids.tolist()]
    ids, values = ids[kept], values[kept]
    document.apply(learned(document, ids.tolist(), values.tolist(), _("Train")))


def _read_checkpoint(entry: dict[str, Any]) -> Checkpoint:
    known, _others = read_fields(CHECKPOINT, entry, _("the checkpoint"))
    ids, values = known["checkpoint"], known.get("values", ())
    if len(ids) != len(values):
        raise damaged()
    return np.array(ids, dtype=np.int64), np.array(values, dtype=np.float64)


EDIT = {"edit": TEXT, "changes": Field(lambda value: value)}
NUMBERS: Mapping[str, Field] = {"value": listed(NUMBER), "position": listed(POINT)}
COLUMN = {"field": choice(tuple(NUMBERS)), "ids": listed(IDENTITY)}
KEYS: Mapping[Kind, Field] = {
    "node": IDENTITY,
    "edge": listed(integer(0), 2),
    "group": IDENTITY,
    "note": IDENTITY,
    "document": integer(0),
}


def _settings(name: str) -> Field:
    """Return how settings appear in a change."""
    return Field(
        lambda value: read_section(name, value)[0],
        lambda record: section_object(name, record, {}),
    )


VALUES: Mapping[Kind, Mapping[str, Field]] = {
    "node": {**NODE, WHOLE: optional(Field(read_node, node_object))},
    "edge": {WHOLE: optional(IDENTITY), BENDS: listed(POINT)},
    "group": {**GROUP, WHOLE: optional(Field(read_group, group_object))},
    "note": {**NOTE, WHOLE: optional(Field(read_note, note_object))},
    "document": {
        "link": LINK,
        "start": optional(START),
        **{name: _settings(name) for name in ("seeds", "training")},
    },
}


def read_edit(entry: Any, table: Table | None = None) -> Edit:
    """Return the edit of a parsed line; Refused if it is none. `table` is the document's."""
    known, others = read_fields(EDIT, entry, _("the edit"))
    if len(known) < len(EDIT) or not isinstance(known["changes"], list):
        raise damaged()
    changes = tuple(_read_change(item, table) for item in known["changes"])
    if len({change.key for change in changes}) < len(changes):
        raise damaged()
    return Edit(known["edit"], changes, _read_column(entry) if "field" in others else None)


def damaged() -> Refused:
    """Return the refusal of a line that is complete and makes no sense."""
    return Refused(_("The journal is damaged"))


def _read_column(entry: dict[str, Any]) -> Column:
    head, _others = read_fields(COLUMN, entry, _("the edit"))
    if len(head) < len(COLUMN):
        raise damaged()
    table = {"before": NUMBERS[head["field"]], "after": NUMBERS[head["field"]]}
    known, _others = read_fields(table, {key: entry.get(key) for key in table}, _("the edit"))
    ids = np.array(head["ids"], dtype=np.int64)
    before, after = (np.array(known[key], dtype=np.float64) for key in table)
    if len(before) != len(ids) or len(after) != len(ids):
        raise damaged()
    return Column(head["field"], ids, before, after)


def _change_object(change: Change) -> list[Any]:
    key = KEYS[change.kind].write(change.id)
    if (change.kind, change.field) == ("document", "data"):
        before, after = _data_objects(change.before, change.after)
    else:
        value = VALUES[change.kind][change.field]
        before, after = value.write(change.before), value.write(change.after)
    return [change.kind, key, change.field, before, after]


def _data_objects(before: DataSettings, after: DataSettings) -> tuple[dict[str, Any], ...]:
    """Write data settings without the table that the document has already."""
    first, last = (section_object("data", replace(one, table=None), {}) for one in (before, after))
    if before.table is not None:
        first["table"] = {"key": before.table.key}
    if after.table is not None:
        last["table"] = difference(before.table, after.table)
    return first, last


def _read_data(data: Any, table: Table | None) -> DataSettings:
    """Read data settings whose table may be told as a difference to this one."""
    told = data.pop("table", None) if isinstance(data, dict) else None
    settings: DataSettings = read_section("data", data)[0]
    return replace(settings, table=applied(told, table))


def _read_change(item: Any, table: Table | None) -> Change:
    try:
        kind, key, field, before, after = item
        if (kind, field) == ("document", "data"):
            return Change(
                kind,
                KEYS[kind].read(key),
                field,
                _read_data(before, table),
                _read_data(after, table),
            )
        value = VALUES[kind][field]
        return Change(kind, KEYS[kind].read(key), field, value.read(before), value.read(after))
    except (KeyError, TypeError, ValueError, Wrong):
        raise damaged() from None


def _line(entry: dict[str, Any]) -> bytes:
    return canonical(entry).encode("utf-8", "replace") + b"\n"
