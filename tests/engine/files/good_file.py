"""A good file, and the same with a piece changed."""

import copy
import json
from collections.abc import Callable
from typing import Any

Tree = dict[str, Any]

GOOD: Tree = {
    "format": "micrograd-playground",
    "version": 1,
    "min_reader": 1,
    "next_id": 9,
    "groups": [{"id": 7, "label": "pair", "position": [0.0, 0.0]}],
    "graph": {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [
            {"id": 1, "op": "value", "label": "a", "value": 2.0, "position": [0.0, 0.0]},
            {"id": 2, "op": "value", "label": "b", "value": -3.0, "position": [0.0, 120.0]},
            {"id": 3, "op": "mul", "ports": [0, 1], "position": [200.0, 60.0], "group": 7},
            {"id": 4, "op": "add", "ports": [0, 2], "position": [400.0, 60.0]},
        ],
        "edges": [
            {"source": 1, "target": 3, "key": 0},
            {"source": 2, "target": 3, "key": 1},
            {"source": 3, "target": 4, "key": 0},
            {"source": 1, "target": 4, "key": 2},
        ],
    },
}


def changed(change: Callable[[Tree], object]) -> bytes:
    """Return the good file with one thing changed."""
    tree = copy.deepcopy(GOOD)
    change(tree)
    return json.dumps(tree).encode()


def node(index: int, **fields: Any) -> bytes:
    """Return the good file with other fields in one of its nodes."""
    return changed(lambda tree: tree["graph"]["nodes"][index].update(fields))


def wire(**fields: Any) -> bytes:
    """Return the good file with one more wire."""
    return changed(lambda tree: tree["graph"]["edges"].append(fields))


def section(name: str, **fields: Any) -> bytes:
    """Return the good file with a section of settings."""
    return changed(lambda tree: tree.update({name: fields}))


def raw(old: str, new: str) -> bytes:
    """Return the good file with a piece of its text replaced."""
    return json.dumps(GOOD).replace(old, new, 1).encode()


def nested(count: int) -> list[Tree]:
    """Return so many groups, each within the next; #7 is among them."""
    ids = [7, *range(10, 9 + count)]
    return [{"id": ids[k], "group": ids[k + 1] if k + 1 < count else None} for k in range(count)]


def noted(**fields: Any) -> bytes:
    """Return the good file with a note that has these fields."""
    note = {"id": 8, "kind": "note", "position": [0.0, 0.0]}
    return changed(lambda tree: tree.update(notes=[note | fields]))
