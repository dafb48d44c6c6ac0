"""A document as node-link JSON, which `networkx.node_link_graph(data, edges="edges")` reads.

Beside the graph of the document's own file it holds values and gradients. A number that is not
finite is null.
"""

import json
import math
from typing import Any

from engine.exchange.exporters.dot import shown_result
from engine.exchange.exporters.tracing import traced
from engine.files.records import group_object, node_object
from engine.files.writer import graph_object
from engine.graph.document import Document


def write_json(document: Document) -> str:
    """Return nodes, wires and groups as marked text, with the numbers that the canvas shows."""
    result = shown_result(document)
    graph = graph_object(document, {})
    nodes: list[dict[str, Any]] = []
    for node in document.nodes():
        row = result.row[node.id]
        found = {"data": _finite(result.value[row]), "grad": _finite(result.gradient[row])}
        reached = {"computed": bool(result.computed[row]), "reached": bool(result.reached[row])}
        nodes.append({**node_object(node), **found, **reached})
    groups = [group_object(document.groups[key]) for key in sorted(document.groups)]
    about = {"output": result.output, "groups": groups}
    whole = {**graph, "graph": about, "nodes": nodes}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)
    text = text.encode("utf-8", "replace").decode()  # half a character is none
    return "\n".join(_marked(text.split("\n"), [node["id"] for node in nodes])) + "\n"


def _marked(lines: list[str], nodes: list[int]) -> list[str]:
    """Mark the lines of each node's object; these stand in a list of the whole, in this order."""
    waiting, marked, inside = iter(nodes), lines[:], False
    node: int | None = None
    for row, line in enumerate(lines):
        if line.startswith(' "'):  # a field of the whole
            inside = line.startswith(' "nodes"')
        elif inside and line == "  {":
            node = next(waiting)
        if node is not None:
            marked[row : row + 1] = traced([line], node)
        if line.startswith("  }"):
            node = None
    return marked


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None
