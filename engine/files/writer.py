"""A document to the bytes of its file.

The same document always gives the same bytes, and so does what `read` makes of them.
"""

from collections.abc import Mapping
from typing import Any

from engine.errors import EngineError
from engine.files.format import FORMAT, MIN_READER, VERSION, document_text
from engine.files.reader import NODE_LINK, present_view
from engine.files.records import (
    SECTIONS,
    START,
    group_object,
    node_object,
    note_object,
    section_object,
)
from engine.graph.document import Document, Wire
from engine.graph.start import present_start


def write(document: Document) -> bytes:
    """Return the document as a file; EngineError if it holds a number that is not finite."""
    try:
        text = document_text(tree(document))
    except ValueError as error:
        raise EngineError("a document with a number that is not finite was saved") from error
    # A half character pasted into a label must not keep the work from being saved.
    return text.encode("utf-8", "replace")


def tree(document: Document) -> dict[str, Any]:
    """Return the document as one JSON object."""
    extra = {key: value for key, value in document.extra.items() if key not in NESTED}
    records: dict[str, Any] = {name: getattr(document, name) for name in SECTIONS}
    records["view"] = present_view(document)
    start = present_start(document)
    notes = [note_object(note) for _id, note in sorted(document.notes.items())]
    return {
        "format": FORMAT,
        "version": VERSION,
        "min_reader": MIN_READER,
        **extra,
        **{
            name: section_object(name, record, document.extra.get(name, {}))
            for name, record in records.items()
        },
        "link": document.link,
        **({"start": START.write(start)} if start is not None else {}),
        "next_id": document.next_id,
        **({"notes": notes} if notes else {}),  # a file without them is as it always was
        "groups": [group_object(document.groups[key]) for key in sorted(document.groups)],
        "graph": graph_object(document, document.extra.get("graph", {})),
    }


NESTED = frozenset({*SECTIONS, "graph"})


def graph_object(document: Document, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return nodes and wires as networkx's node-link data."""
    fields = extra.get("edges", {})
    return {
        **NODE_LINK,
        **{key: value for key, value in extra.items() if key != "edges"},
        "nodes": [node_object(node) for node in document.nodes()],
        "edges": [
            {
                **fields.get(f"{target}/{port}", {}),
                **_bends_object(document, (target, port)),
                "source": source,
                "target": target,
                "key": port,
            }
            for source, target, port in document.edges()
        ],
    }


def _bends_object(document: Document, wire: Wire) -> dict[str, Any]:
    points = document.bends.get(wire)
    return {"bends": [list(point) for point in points]} if points else {}
