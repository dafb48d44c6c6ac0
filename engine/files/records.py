"""Nodes, groups, notes, settings and view as JSON objects and back, from one table for each.

Reader, writer and journal use the same tables.  A member that a table does not know is kept in
`extra` and written again, so that a file of a newer version loses nothing here.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from gettext import gettext as _
from typing import Any

import numpy as np

from engine.errors import Refused
from engine.files.fields import (
    FLAG,
    IDENTITY,
    NUMBER,
    PLAIN,
    POINT,
    SEED,
    SLOT,
    SPAN,
    TEXT,
    Field,
    Wrong,
    between,
    choice,
    integer,
    listed,
    mapped,
    optional,
    shown,
    shown_as,
)
from engine.files.format import MAX_COLUMNS, MAX_SIDE
from engine.files.tables import TABLE
from engine.graph.properties import check_setting
from engine.graph.records import (
    BOOKMARKS,
    ENCODINGS,
    LINKS,
    MARKS,
    NOTE_KINDS,
    ROLES,
    Bookmark,
    DataSettings,
    Group,
    Node,
    Note,
    Seeds,
    Start,
    TrainingSettings,
    View,
)
from engine.graph.settings import SETTINGS, Setting

NODE: Mapping[str, Field] = {
    "id": IDENTITY,
    "op": TEXT,
    "label": TEXT,
    "value": NUMBER,
    "role": choice(ROLES),
    "index": integer(0, 9_999),
    "encoding": choice(ENCODINGS),
    "frozen": FLAG,
    "span": optional(SPAN),
    "attributes": mapped(NUMBER),
    "ports": listed(integer(0)),
    "position": POINT,
    "group": optional(IDENTITY),
    "slot": optional(SLOT),
    "marks": listed(choice(MARKS)),
    "comment": TEXT,
}
GROUP: Mapping[str, Field] = {
    "id": IDENTITY,
    "label": TEXT,
    "group": optional(IDENTITY),
    "position": POINT,
    "template": optional(TEXT),
    "arguments": mapped(PLAIN),
    "slot": optional(SLOT),
    "colour": TEXT,
    "comment": TEXT,
}
NOTE: Mapping[str, Field] = {
    "id": IDENTITY,
    "kind": choice(NOTE_KINDS),
    "text": TEXT,
    "position": POINT,
    "size": listed(between(1.0, MAX_SIDE), 2),
    "colour": TEXT,
    "group": optional(IDENTITY),
}
DATA: Mapping[str, Field] = {
    "generator": optional(TEXT),
    "samples": integer(),
    "noise": NUMBER,
    "test_share": NUMBER,
    "table": optional(TABLE),
    "features": listed(integer(0, MAX_COLUMNS)),
    "target": optional(integer(0, MAX_COLUMNS)),
    "standardise": FLAG,
    "source": TEXT,
    "classes": integer(),
}
SEEDS: Mapping[str, Field] = {"data": SEED, "init": SEED, "shuffle": integer()}


def _setting(record: Setting) -> Field:
    if record.is_word:
        return TEXT
    field = integer() if record.whole else NUMBER
    return optional(field) if record.optional else field


TRAINING: Mapping[str, Field] = {
    f.name: _setting(SETTINGS[f.name]) for f in fields(TrainingSettings)
}
IDENTITIES = listed(IDENTITY)
FOLDED = Field(lambda value: frozenset(IDENTITIES.read(value)), sorted)
BOOKMARK: Mapping[str, Field] = {
    "slot": integer(1, BOOKMARKS),
    "name": TEXT,
    "zoom": between(1e-6, 1e6),
    "centre": optional(POINT),
    "folded": FOLDED,
    "group": optional(IDENTITY),
}


def _read_bookmarks(value: Any) -> tuple[Bookmark, ...]:
    if isinstance(value, list) and len(value) > BOOKMARKS:
        raise Wrong(_("at most {n} bookmarks").format(n=BOOKMARKS))
    found = listed(Field(_read_bookmark)).read(value)
    if len({one.slot for one in found}) < len(found):
        raise Wrong(_("bookmarks with different numbers"))
    return tuple(sorted(found, key=lambda one: one.slot))


def _read_bookmark(value: Any) -> Bookmark:
    known, extra = read_fields(BOOKMARK, value, _("a bookmark"))
    if "slot" not in known:
        raise Wrong(_("bookmarks with a “slot” each"))
    return Bookmark(**known, extra=extra)


def _write_bookmarks(bookmarks: tuple[Bookmark, ...]) -> list[dict[str, Any]]:
    return [
        {
            **_plain_extra(one.extra),
            **{
                key: field.write(getattr(one, key))
                for key, field in BOOKMARK.items()
                if key != "group" or one.group is not None  # a file without is as it always was
            },
        }
        for one in bookmarks
    ]


VIEW: Mapping[str, Field] = {
    "zoom": between(1e-6, 1e6),
    "centre": optional(POINT),
    "folded": FOLDED,
    "sample": integer(),
    "scope": choice(("sample", "batch")),
    "current_group": optional(IDENTITY),
    "bookmarks": Field(_read_bookmarks, _write_bookmarks),
    "axes": listed(integer(0, MAX_COLUMNS)),
    "held": listed(NUMBER),
}
LINK = choice(LINKS)


def _read_start(value: Any) -> Start:
    known, _extra = read_fields(STARTED, value, _("the start"))
    ids, numbers = known.get("ids", ()), known.get("numbers", ())
    if len(ids) != len(numbers) or list(ids) != sorted(set(ids)):
        raise Wrong(_("a number for each of the ids, ascending"))
    return Start(np.array(ids, np.int64), np.array(numbers, np.float64))


def _write_start(start: Start) -> dict[str, Any]:
    return {"ids": start.ids.tolist(), "numbers": start.numbers.tolist()}


STARTED: Mapping[str, Field] = {"ids": IDENTITIES, "numbers": listed(NUMBER)}
START = Field(_read_start, _write_start)
SECTIONS: Mapping[str, tuple[type, Mapping[str, Field]]] = {
    "data": (DataSettings, DATA),
    "seeds": (Seeds, SEEDS),
    "training": (TrainingSettings, TRAINING),
    "view": (View, VIEW),
}
# Looked up once: `_()` asks the disk for a catalogue, and a file has many nodes.
NODE_WORD, GROUP_WORD, NOTE_WORD = _("node"), _("group"), _("note")
# Written even when they have their default: what a reader of the file looks for first.
ALWAYS = frozenset({"id", "op", "kind", "position"})
# Members of the sections of the first release; later ones are left out while they say nothing new.
FIRST = frozenset(
    {
        *("generator", "samples", "noise", "test_share", "data", "init", "shuffle"),
        *("reduction", "optimizer", "learning_rate", "schedule", "end_rate", "schedule_steps"),
        *("l2", "l2_scope", "batch"),
        *("zoom", "centre", "folded", "sample", "scope", "current_group"),
    }
)


def defaults(record: type) -> dict[str, Any]:
    """Return the default of every field that has one."""
    return {
        f.name: f.default if f.default_factory is MISSING else f.default_factory()
        for f in fields(record)
    }


NODE_DEFAULTS = defaults(Node)
GROUP_DEFAULTS = defaults(Group)
NOTE_DEFAULTS = defaults(Note)


def node_object(node: Node) -> dict[str, Any]:
    """Return a node as a JSON object."""
    data = _sparse(node, NODE, NODE_DEFAULTS)
    if node.is_leaf:
        data["value"] = float(node.value)
    return {**_plain_extra(node.extra), **data}


def group_object(group: Group) -> dict[str, Any]:
    """Return a group as a JSON object."""
    return {**_plain_extra(group.extra), **_sparse(group, GROUP, GROUP_DEFAULTS)}


def note_object(note: Note) -> dict[str, Any]:
    """Return a frame or note as a JSON object."""
    return {**_plain_extra(note.extra), **_sparse(note, NOTE, NOTE_DEFAULTS)}


def section_object(name: str, record: Any, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings or view as a JSON object."""
    kind, table = SECTIONS[name]
    usual = defaults(kind)
    known = {
        key: field.write(value)
        for key, field in table.items()
        if (value := getattr(record, key)) != usual[key] or key in FIRST
    }
    return {**_plain_extra(extra), **known}


def read_node(data: Any) -> Node:
    """Return the node of a JSON object; Refused says which field is wrong."""
    known, extra = _identified(NODE, data, NODE_WORD)
    return Node(**known, extra=extra) if extra else Node(**known)


def read_group(data: Any) -> Group:
    """Return the group of a JSON object; Refused says which field is wrong."""
    known, extra = _identified(GROUP, data, GROUP_WORD)
    return Group(**known, extra=extra) if extra else Group(**known)


def read_note(data: Any) -> Note:
    """Return the frame or note of a JSON object; Refused says which field is wrong."""
    known, extra = _identified(NOTE, data, NOTE_WORD)
    return Note(**known, extra=extra) if extra else Note(**known)


def read_section(name: str, data: Any) -> tuple[Any, dict[str, Any]]:
    """Return settings or view from a JSON object, and the members it does not know."""
    record, table = SECTIONS[name]
    known, extra = read_fields(table, data, f"“{name}”")
    if name != "view":
        for key, value in known.items():
            refusal = check_setting(key, value)
            if refusal is not None:
                raise Refused(refusal.what, shown_as(value))
    return record(**known), extra


def read_fields(
    table: Mapping[str, Field], data: Any, where: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a JSON object into checked known members and the others.

    `where` is what the object is, for the sentence about a member that is wrong.
    """
    if not isinstance(data, dict):
        raise Refused(_("{where} must be an object").format(where=where), shown_as(data))
    known, extra = {}, {}
    for key, value in data.items():
        field = table.get(key)
        try:
            if field is None:
                extra[key] = PLAIN.read(value)
            else:
                known[key] = field.read(value)
        except Wrong as wrong:
            what = _("“{key}” of {where} must be {expected}")
            raise Refused(
                what.format(key=shown(key), where=where, expected=wrong), shown_as(value)
            ) from None
    return known, extra


def _identified(
    table: Mapping[str, Field], data: Any, kind: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    number = data.get("id") if isinstance(data, dict) else None
    where = f"{kind} #{number}" if type(number) is int else f"a {kind}"
    known, extra = read_fields(table, data, where)
    if "id" not in known:
        raise Refused(_("A {kind} has no “id”").format(kind=kind))
    return known, extra


def _sparse(record: Any, table: Mapping[str, Field], usual: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: field.write(value)
        for key, field in table.items()
        if (value := getattr(record, key)) != usual[key] or key in ALWAYS
    }


def _plain_extra(extra: Mapping[str, Any]) -> dict[str, Any]:
    return PLAIN.write(extra) if extra else {}
