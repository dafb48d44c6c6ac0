"""The file format: its name, version, limits and canonical text.

A document file is one JSON object in UTF-8 with the extension `.mgp`.  Its member "graph" is the
node-link data that `networkx.node_link_graph` reads.  Records are written one to a line, their
keys in alphabetical order, and a field that has its default is left out; so equal documents have
equal bytes and a change to one node is a change to one line.  The defaults in
`engine.graph.records` are therefore part of the format: changing one needs a migration.
"""

import json
from collections.abc import Mapping
from typing import Any

FORMAT = "micrograd-playground"
VERSION = 1
# The oldest version of the program's reader that understands what this version writes.
MIN_READER = 1

MAX_BYTES = 64 * 2**20
MAX_NODES = 300_000
MAX_GROUPS = 300_000
MAX_NOTES = 10_000
MAX_EDGES = 1_000_000
MAX_TEXT = 1_000_000
MAX_DEPTH = 32
MAX_NESTING = 64  # groups within groups
MAX_COORDINATE = 1e9
MAX_SIDE = 1e6  # of a frame or note
MAX_COLUMNS, MAX_ROWS = 10_000, 1_000_000  # of a table
MAX_INTEGER = 2**53 - 1  # beyond it JSON readers of other languages lose digits
MAX_ID = 2**48
# Counted in the raw text before parsing, so that no 64 MiB of commas can keep the parser busy.
MAX_OBJECTS = 2_000_000
MAX_ITEMS = 7_000_000

HEAD = ("format", "version", "min_reader")


def canonical(value: Any) -> str:
    """Return a JSON value on one line; ValueError for a number that is not finite."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)


def document_text(tree: Mapping[str, Any]) -> str:
    """Return the text of a whole file: sections indented, one line for each record."""
    return _section(tree, 0) + "\n"


def _section(value: Any, depth: int) -> str:
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping) and value and depth < 2:
        lines = [f"{inner}{canonical(k)}: {_section(value[k], depth + 1)}" for k in _order(value)]
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n" + ",\n".join(inner + canonical(item) for item in value) + f"\n{outer}]"
    return canonical(value)


def _order(keys: Mapping[str, Any]) -> list[str]:
    """Sort keys, but let a file begin with what it is."""
    return [key for key in HEAD if key in keys] + sorted(key for key in keys if key not in HEAD)
