"""What is copied, as text, and back: JSON made of the tables that files are made of.

`read_excerpt` is total: any text gives an excerpt or a `Refusal` in words, since a clipboard may
hold anything.  What documents gain joins here as one more member that may be missing.
"""

from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal, Refused
from engine.files.fields import IDENTITY, NUMBER, POINT, TEXT, integer, listed, optional
from engine.files.format import MAX_EDGES, MAX_GROUPS, MAX_NODES, MAX_NOTES, canonical
from engine.files.parse import parse_json
from engine.files.reader import objects, read_edges
from engine.files.records import (
    group_object,
    node_object,
    note_object,
    read_fields,
    read_group,
    read_node,
    read_note,
)
from engine.files.structure import (
    Edge,
    check_groups,
    check_ids,
    check_marks,
    check_wires,
    completed,
)
from engine.graph.clipboard import Excerpt, box_of, local_ids, pack
from engine.graph.document import Record, Wire
from engine.graph.records import Bends, Group, Node

FORMAT = "micrograd-playground-excerpt"
VERSION = 1

HEAD = {
    "format": TEXT,
    "version": integer(1),
    "origin": TEXT,
    "parent": optional(IDENTITY),
    "place": POINT,
    "box": listed(NUMBER, 4),
    "sources": listed(IDENTITY),
    "folded": listed(IDENTITY),
}
PARTS = ("groups", "nodes", "edges", "inputs", "notes")


def excerpt_text(piece: Excerpt) -> str:
    """Return an excerpt as a line of JSON; ValueError for a number that is not finite."""
    return canonical(excerpt_object(piece))


def excerpt_object(piece: Excerpt) -> dict[str, Any]:
    """Return what stands for an excerpt in JSON."""
    fragment = piece.fragment
    edges = [edge for edge in fragment.edges if edge[0] > 0]
    inputs = [(-source, target, port) for source, target, port in fragment.edges if source < 0]
    notes = [note_object(note) for note in fragment.notes]
    return {
        "format": FORMAT,
        "version": VERSION,
        "origin": piece.origin,
        "parent": piece.parent,
        "place": list(piece.place),
        "box": list(piece.box),
        "sources": list(piece.sources),
        "folded": sorted(piece.folded),
        "groups": [group_object(group) for group in fragment.groups],
        "nodes": [node_object(node) for node in fragment.nodes],
        "edges": [_edge_object(edge, fragment.bends) for edge in edges],
        # The source of an input counts from 1 in "sources".
        "inputs": [_edge_object(edge, fragment.bends) for edge in inputs],
        **({"notes": notes} if notes else {}),
    }


def is_excerpt(text: str) -> bool:
    """Whether a text claims to be an excerpt, good or bad."""
    return text.lstrip()[:1] == "{" and FORMAT in text


def read_excerpt(text: str) -> Excerpt | Refusal:
    """Return the excerpt of a text, or why it is none."""
    try:
        return excerpt_of(parse_json(text.encode("utf-8", "replace")), _("the clipboard"))
    except Refused as refused:
        refusal = refused.refusal
        return Refusal(_("This cannot be pasted"), f"{refusal.what[:1].lower()}{refusal.what[1:]}")


def excerpt_of(tree: Any, where: str) -> Excerpt:
    """Return the excerpt that stands in parsed JSON; Refused says what is wrong `where`."""
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise Refused(_("It is not a piece of a graph"))
    members = {key: value for key, value in tree.items() if key not in PARTS}
    head, _others = read_fields(HEAD, members, where)
    if head.get("version", VERSION) > VERSION:
        raise Refused(_("A newer Micrograd Playground copied it"))
    groups = [read_group(item) for item in objects(tree.get("groups"), "groups", MAX_GROUPS)]
    nodes = [completed(read_node(item)) for item in objects(tree.get("nodes"), "nodes", MAX_NODES)]
    notes = [read_note(item) for item in objects(tree.get("notes", []), "notes", MAX_NOTES)]
    known = {group.id for group in groups}
    # As in files, a note comes out of a group that is not there.
    notes = [n if n.group in known else replace(n, group=None) for n in notes]
    edges, bends, _extra = read_edges(objects(tree.get("edges"), "edges", MAX_EDGES))
    inputs, more, _extra = read_edges(objects(tree.get("inputs"), "inputs", MAX_EDGES))
    records: list[Record] = [*groups, *nodes, *notes]
    _check(records, edges, inputs, len(head.get("sources", ())))
    return _packed(records, edges, inputs, bends | more, head)


def _check(records: list[Record], edges: list[Edge], inputs: list[Edge], sources: int) -> None:
    """Refuse what would make no document, with a value in place of every source outside."""
    if not records:
        raise Refused(_("There is nothing in it"))
    nodes = [record for record in records if isinstance(record, Node)]
    check_ids(records)
    check_groups(nodes, {group.id: group for group in records if isinstance(group, Group)})
    check_marks(nodes)
    if sources > MAX_NODES or any(source > sources for source, _target, _port in inputs):
        raise Refused(_("A wire comes from nowhere"))
    most = max(record.id for record in records)
    outside = [Node(most + place + 1) for place in range(sources)]
    fed = [(source + most, target, port) for source, target, port in inputs]
    check_wires({node.id: node for node in (*nodes, *outside)}, [*edges, *fed])


def _packed(
    records: list[Record],
    edges: list[Edge],
    inputs: list[Edge],
    bends: Mapping[Wire, Bends],
    head: dict[str, Any],
) -> Excerpt:
    """Number everything anew from 1: ids from outside may be as large as they like."""
    most = max(record.id for record in records)
    fed = [(source + most, target, port) for source, target, port in inputs]
    piece = pack(records, sorted((*edges, *fed), key=lambda edge: edge[1:]), bends)
    local = local_ids(records)
    known = {group.id for group in records if isinstance(group, Group)}
    sources = head.get("sources", ())
    return replace(
        piece,
        sources=tuple(sources[source - most - 1] for source in piece.sources),
        origin=head.get("origin", ""),
        parent=head.get("parent"),
        place=head.get("place", (0.0, 0.0)),
        box=head.get("box") or box_of(piece.fragment),
        folded=frozenset(local[item] for item in head.get("folded", ()) if item in known),
    )


def _edge_object(edge: Edge, bends: Mapping[Wire, Bends]) -> dict[str, Any]:
    source, target, port = edge
    points = [list(point) for point in bends.get((target, port), ())]
    ends = {"source": source, "target": target, "key": port}
    return {**ends, "bends": points} if points else ends
