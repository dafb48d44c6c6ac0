"""Places for nodes that have none yet: a layered drawing from inputs to outputs.

Each node stands one column right of the furthest of its inputs, and in its column at the mean
height of its inputs, as far as those above leave room.
"""

from collections.abc import Iterable
from gettext import gettext as _

import networkx as nx

from engine.graph.document import Document
from engine.graph.edits import Change, Edit
from engine.graph.geometry import LEAF_SIZE, node_size
from engine.graph.records import Node

COLUMN = 164.0
ROW = 104.0


def arrange(document: Document, ids: Iterable[int] | None = None) -> Edit:
    """Lay out nodes of one group anew, keeping their left upper corner; all top nodes if None."""
    if ids is None:
        ids = document.children(None)[0]
    chosen = set(ids)
    if not chosen:
        return Edit(_("Tidy"))
    part = document.graph.subgraph(chosen)
    layers = [sorted(layer) for layer in nx.topological_generations(part)]
    heights: dict[int, float] = {}
    places: dict[int, tuple[float, float]] = {}
    for column, layer in enumerate(layers):
        _stack(document, layer, heights, chosen)
        for node in layer:
            width, height = node_size(document.node(node))
            drop = (LEAF_SIZE[1] - height) / 2
            places[node] = (column * COLUMN + (LEAF_SIZE[0] - width) / 2, heights[node] + drop)
    records = [document.node(node) for node in sorted(chosen)]
    return Edit(_("Tidy"), tuple(_moves(records, places)))


def _stack(
    document: Document, layer: list[int], heights: dict[int, float], chosen: set[int]
) -> None:
    """Give the nodes of a column heights near the mean of their inputs, ROW apart."""

    def wish(node: int) -> float:
        above = [heights[s] for s in document.wired(node).values() if s in chosen]
        return sum(above) / len(above) if above else float(len(heights))

    wishes = {node: wish(node) for node in layer}
    used = float("-inf")
    for place, node in enumerate(sorted(layer, key=lambda node: (wishes[node], node))):
        rooted = bool(document.wired(node))
        used = max(wishes[node] if rooted else place * ROW, used + ROW)
        heights[node] = used


def _moves(records: list[Node], places: dict[int, tuple[float, float]]) -> list[Change]:
    left = min(r.position[0] for r in records) - min(x for x, _y in places.values())
    top = min(r.position[1] for r in records) - min(y for _x, y in places.values())
    changes = []
    for record in records:
        x, y = places[record.id]
        after = (x + left, y + top)
        if after != record.position:
            changes.append(Change("node", record.id, "position", record.position, after))
    return changes
