"""Bytes to a document, whatever the bytes.

`read` is total: any bytes give a `Document` or a `Refusal` in words, within about two seconds.
What this version does not know (ops, fields, sections of a newer version) is kept and saved again.
"""

from dataclasses import replace
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal, Refused
from engine.files.fields import (
    PLAIN,
    POINT,
    TEXT,
    integer,
    listed,
    optional,
    shown,
    shown_as,
)
from engine.files.format import (
    FORMAT,
    MAX_EDGES,
    MAX_GROUPS,
    MAX_NODES,
    MAX_NOTES,
    VERSION,
)
from engine.files.migrations import migrate
from engine.files.parse import check_bulk, not_a_document, parse_json
from engine.files.records import (
    LINK,
    SECTIONS,
    START,
    read_fields,
    read_group,
    read_node,
    read_note,
    read_section,
)
from engine.files.structure import (
    Edge,
    check_groups,
    check_ids,
    check_marks,
    check_wires,
    completed,
)
from engine.graph.document import Document, Wire
from engine.graph.records import Bends, View
from engine.graph.start import present_start

# Members of "graph" that networkx needs and that say nothing new.
NODE_LINK = {"directed": True, "multigraph": True, "graph": {}}
ENDS = {"source": integer(1), "target": integer(1), "key": integer(0)}
EDGE = {**ENDS, "bends": listed(POINT)}
HEADER = {"format": TEXT, "version": integer(1), "min_reader": integer(1)}
# A file larger than this that never names the format is refused before it is parsed.
UNSEEN = 2**20
TOP = {"link": LINK, "next_id": integer(1), "start": optional(START)}
PARTS = frozenset({*HEADER, *SECTIONS, "groups", "notes", "graph"})


def read(data: bytes) -> Document | Refusal:
    """Return the document of a file's bytes, or why they are none."""
    try:
        if len(data) > UNSEEN and FORMAT.encode() not in data:
            check_bulk(data)
            raise nameless()
        tree = parse_json(data)
        version = check_header(tree)
        return build(migrate(tree, version))
    except Refused as refused:
        return refused.refusal


def newer_version(document: Document) -> str:
    """Return the warning for a document whose file a newer version wrote, else ""."""
    version = document.extra.get("version", VERSION)
    if version <= VERSION:
        return ""
    return _(
        "This document was made by a newer Micrograd Playground (format {newer}, this one knows"
        " {known}); what is new in it is kept but not shown. Save it under another name."
    ).format(newer=version, known=VERSION)


def unsafe_to_replace(document: Document, name: str) -> Refusal | None:
    """Return why a document may not be written over the file `name` it was read from.

    None if it may. What a newer version wrote could be lost without anybody noticing.
    """
    if not newer_version(document):
        return None
    return Refusal(
        _("{name} was not saved").format(name=name),
        _("a newer Micrograd Playground made it and may lose something"),
        _("Save it under another name"),
    )


def check_header(tree: Any) -> int:
    """Return the version of a parsed file; refuse other formats and files that are too new."""
    if not isinstance(tree, dict) or "format" not in tree:
        raise nameless()
    if tree["format"] != FORMAT:
        raise not_a_document(_("its format is “{name}”").format(name=shown(tree["format"])))
    known, _others = read_fields(HEADER, {key: tree.get(key) for key in HEADER}, _("the file"))
    if known["min_reader"] > VERSION:
        raise Refused(
            _("This document needs a newer Micrograd Playground"),
            _("it is in format {newer}, and this version reads up to {known}").format(
                newer=known["min_reader"], known=VERSION
            ),
            _("Update the program to open it"),
        )
    return int(known["version"])


def nameless() -> Refused:
    """Return the refusal of a file that does not say what it is."""
    return not_a_document(_("it does not say “format”: “{name}”").format(name=FORMAT))


def build(tree: dict[str, Any]) -> Document:
    """Return the document of a parsed file of the present version."""
    document = Document()
    top, extra = read_fields(TOP, {k: v for k, v in tree.items() if k not in PARTS}, _("the file"))
    document.extra = extra
    document.link, document.start = top.get("link", document.link), top.get("start")
    if tree["version"] > VERSION:
        extra |= {"version": tree["version"], "min_reader": tree["min_reader"]}
    for name in SECTIONS:
        record, others = read_section(name, tree.get(name, {}))
        setattr(document, name, record)
        if others:
            extra[name] = others
    read_groups(document, tree.get("groups", []))
    read_graph(document, tree.get("graph"))
    read_notes(document, tree.get("notes", []))
    used = max((*document.graph, *document.groups, *document.notes), default=0)
    document.next_id = max(top.get("next_id", 1), used + 1)
    document.view, document.start = present_view(document), present_start(document)
    return document


def read_groups(document: Document, data: Any) -> None:
    """Put the groups of a parsed file into the document."""
    records = [read_group(item) for item in objects(data, "groups", MAX_GROUPS)]
    check_ids(records)
    document.groups = {record.id: record for record in records}


def read_graph(document: Document, data: Any) -> None:
    """Put nodes and wires of a parsed file into the document."""
    if not isinstance(data, dict):
        raise Refused(_("The file has no “graph”"))
    items = objects(data.get("nodes"), "nodes", MAX_NODES)
    wires = objects(data.get("edges"), "edges", MAX_EDGES)
    records = [completed(read_node(item)) for item in items]
    check_ids((*records, *document.groups.values()))
    check_groups(records, document.groups)
    check_marks(records)
    nodes = {record.id: record for record in records}
    edges, document.bends, edge_extra = read_edges(wires)
    check_wires(nodes, edges)
    document.graph.add_nodes_from((key, {"node": node}) for key, node in sorted(nodes.items()))
    document.graph.add_edges_from(sorted(edges, key=lambda edge: (edge[1], edge[2])))
    others = {key: value for key, value in data.items() if key not in ("nodes", "edges")}
    others = {k: PLAIN.read(v) for k, v in others.items() if NODE_LINK.get(k, ...) != v}
    if edge_extra:
        others["edges"] = edge_extra
    if others:
        document.extra["graph"] = others


def read_notes(document: Document, data: Any) -> None:
    """Put frames and notes of a parsed file into the document.

    A version that does not know them may have deleted the group around one: it then comes out.
    """
    records = [read_note(item) for item in objects(data, "notes", MAX_NOTES)]
    check_ids((*records, *document.nodes(), *document.groups.values()))
    for record in records:
        lost = record.group is not None and record.group not in document.groups
        document.notes[record.id] = replace(record, group=None) if lost else record


def read_edges(
    items: list[Any],
) -> tuple[list[Edge], dict[Wire, Bends], dict[str, dict[str, Any]]]:
    """Return the wires, the bends there are, and under "target/port" what is not known."""
    edges: list[Edge] = []
    bends: dict[Wire, Bends] = {}
    extra: dict[str, dict[str, Any]] = {}
    where = _("a wire")
    for item in items:
        known, others = read_fields(EDGE, item, where)
        if not ENDS.keys() <= known.keys():
            raise Refused(_("A wire lacks “source”, “target” or “key”"))
        edges.append((known["source"], known["target"], known["key"]))
        if known.get("bends"):
            bends[known["target"], known["key"]] = known["bends"]
        if others:
            extra["{target}/{key}".format(**known)] = others
    return edges, bends, extra


def objects(data: Any, name: str, limit: int) -> list[Any]:
    """Return a list of the file, refusing anything else and too many."""
    if not isinstance(data, list):
        raise Refused(_("“{name}” must be a list").format(name=name), shown_as(data))
    if len(data) > limit:
        raise Refused(
            _("There are {count:,} {name} in the file").format(count=len(data), name=name),
            _("the limit is {limit:,}").format(limit=limit),
        )
    return data


def present_view(document: Document) -> View:
    """Return the view without groups that do not exist (any more)."""
    view, groups = document.view, document.groups
    return replace(
        view,
        folded=view.folded & groups.keys(),
        bookmarks=tuple(
            replace(
                b,
                folded=b.folded & groups.keys(),
                group=b.group if b.group in groups else None,
            )
            for b in view.bookmarks
        ),
        current_group=view.current_group if view.current_group in groups else None,
    )
