"""A networkx graph whose copies share everything with it until one of them changes.

Every verb that tries something out works on a copy of the document, and training gets one with
each change of structure. A copy costs no more than three flat dictionaries; what belongs to a node
is copied when it is about to change, on either side. Nothing that is shared is ever written, so a
copy may go to another thread. `Document` holds one and changes it by the methods here alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import networkx as nx

from engine.graph.records import Node


class SharedGraph(nx.MultiDiGraph):  # type: ignore[misc]  # networkx has no types
    """A graph of node records under "node", with ports as the keys of its edges."""

    def __init__(self, incoming_graph_data: Any = None, **attributes: Any) -> None:
        self._own: set[int] | None = None  # the nodes that are not shared; None: all of them
        super().__init__(incoming_graph_data, **attributes)

    def fork(self) -> "SharedGraph":
        """Return a copy that shares with this graph what neither of them changes later."""
        twin = SharedGraph()
        twin._node, twin._succ, twin._pred = dict(self._node), dict(self._succ), dict(self._pred)
        self._own, twin._own = set(), set()
        return twin

    # Reading -----------------------------------------------------------------------------------

    def records(self) -> dict[int, Node]:
        """Return the record of every node by its id."""
        return {node: fields["node"] for node, fields in self._node.items()}

    def record(self, node: int) -> Node:
        """Return the record of a node, plain and quick; KeyError if there is none."""
        return cast(Node, self._node[node]["node"])

    def sends(self, node: int) -> bool:
        """Tell whether a node feeds another."""
        return bool(self._succ[node])

    def into(self, node: int) -> Mapping[int, Mapping[int, Any]]:
        """Return the ports by the sources of a node, plain and quick; read it only."""
        return cast(Mapping[int, Mapping[int, Any]], self._pred[node])

    def all_into(self) -> Iterable[tuple[int, Mapping[int, Mapping[int, Any]]]]:
        """Return every node with `into` of it; read them only."""
        return cast(Iterable[tuple[int, Mapping[int, Mapping[int, Any]]]], self._pred.items())

    # Changing ----------------------------------------------------------------------------------

    def add_node(self, node_for_adding: int, **attr: Any) -> None:
        """Add a node, or set attributes of one."""
        self._take(node_for_adding)
        super().add_node(node_for_adding, **attr)

    def remove_node(self, n: int) -> None:
        """Remove a node and its edges."""
        for other in (n, *self._succ.get(n, ()), *self._pred.get(n, ())):
            self._take(other)
        super().remove_node(n)

    def add_edge(
        self, u_for_edge: int, v_for_edge: int, key: int | None = None, **attr: Any
    ) -> int:
        """Add an edge under a key."""
        self._take_edge(u_for_edge, v_for_edge)
        return cast(int, super().add_edge(u_for_edge, v_for_edge, key=key, **attr))

    def remove_edge(self, u: int, v: int, key: int | None = None) -> None:
        """Remove the edge of a key."""
        self._take_edge(u, v)
        super().remove_edge(u, v, key=key)

    def _take(self, node: int) -> None:
        """Make what belongs to a node this graph's own."""
        if self._own is None or node in self._own or node not in self._node:
            return
        self._own.add(node)
        for table in (self._node, self._succ, self._pred):
            table[node] = dict(table[node])

    def _take_edge(self, source: int, target: int) -> None:
        """Make both ends of an edge this graph's own, and the keys between them."""
        if self._own is None:
            return
        self._take(source)
        self._take(target)
        if target in self._succ.get(source, ()):
            self._succ[source][target] = self._pred[target][source] = dict(
                self._succ[source][target]
            )
