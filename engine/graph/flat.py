"""A document as flat arrays: what is where, and which wires there are, whatever is folded.

Projections, and whoever counts what would be seen, read it: a large network is folded and unfolded
often, and between two edits that change more than numbers, places and names nothing here changes.
It is made once and kept until then. Nobody writes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from engine import ops
from engine.graph.document import Document

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE, TOP = -1, 0  # no node; in no group, since ids begin at 1
PRODUCTS = ("mul", "prod")


@dataclass(eq=False)
class Flat:
    """The n nodes by id and the e wires by target and port.

    Attributes:
        ids, group: of the nodes, shape (n,); `TOP` is the group of those in none.
        leaf: flags of those that are no operations, shape (n,).
        parameter: flags of the leaves that are parameters, shape (n,); frozen: of those frozen,
            made: of those that a template made.
        marked: the ids of the nodes that carry a mark, with their marks.
        start, end: the rows of the nodes that a wire joins, shape (e,); port: where it ends.
        weight: the parameter that a wire's target multiplies by, `NONE` for none, shape (e,).
        groups, notes: by the group around them (`TOP` for none), ids ascending.
    """

    ids: Index
    group: Index
    leaf: Flags
    parameter: Flags
    frozen: Flags
    made: Flags
    marked: dict[int, tuple[str, ...]]
    start: Index
    end: Index
    port: Index
    weight: Index
    groups: dict[int, list[int]]
    notes: dict[int, list[int]]

    def nodes_in(self, group: int | None) -> list[int]:
        """Return the ids of the nodes directly in a group, ascending."""
        low, high = np.searchsorted(self._sorted, (group or TOP, (group or TOP) + 1))
        found: list[int] = self._by_group[low:high].tolist()
        return found

    def size(self, group: int | None) -> int:
        """Return how many nodes, groups and notes lie directly in a group."""
        at = group or TOP
        low, high = np.searchsorted(self._sorted, (at, at + 1))
        return int(high - low) + len(self.groups.get(at, ())) + len(self.notes.get(at, ()))

    def within(self, group: int | None, folded: Iterable[int]) -> int:
        """Return how many things are seen in a group, without itself, when some are folded."""
        closed, total, waiting = frozenset(folded), 0, [group or TOP]
        while waiting:
            around = waiting.pop()
            total += self.size(around)
            waiting += [one for one in self.groups.get(around, ()) if one not in closed]
        return total

    @cached_property
    def sends(self) -> Flags:
        """Tell which nodes feed another, shape (n,)."""
        flags = np.zeros(len(self.ids), bool)
        flags[self.start] = True
        return flags

    @cached_property
    def _by_group(self) -> Index:
        ordered: Index = self.ids[np.argsort(self.group, kind="stable")]
        return ordered

    @cached_property
    def _sorted(self) -> Index:
        return np.sort(self.group)


def flattened(document: Document) -> Flat:
    """Return the arrays of a document as it is now."""
    known = _latest.get(document)
    if known is None or known[0] != document.shape:
        known = _latest[document] = (document.shape, _flattened(document))
    return known[1]


_latest: WeakKeyDictionary[Document, tuple[int, Flat]] = WeakKeyDictionary()


def _flattened(document: Document) -> Flat:
    nodes = document.nodes()
    ids = np.array([node.id for node in nodes], np.int64)
    parameter = np.array([node.is_leaf and node.role == "parameter" for node in nodes], bool)
    edges = np.array(document.edges(), np.int64).reshape(-1, 3)
    start, end = np.searchsorted(ids, edges[:, 0]), np.searchsorted(ids, edges[:, 1])
    products = {key for key in {node.op for node in nodes} if _is_product(key)}
    product = np.array([node.op in products for node in nodes], bool)
    return Flat(
        ids,
        np.array([node.group or TOP for node in nodes], np.int64),
        np.array([node.is_leaf for node in nodes], bool),
        parameter,
        parameter & np.array([node.frozen for node in nodes], bool),
        parameter & np.array([bool(node.slot) for node in nodes], bool),
        {node.id: node.marks for node in nodes if node.marks},
        start,
        end,
        edges[:, 2].copy(),
        _weights(ids, parameter, product, start, end),
        _by_parent((one.id, one.group) for one in document.groups.values()),
        _by_parent((one.id, one.group) for one in document.notes.values()),
    )


def _weights(ids: Index, parameter: Flags, product: Flags, start: Index, end: Index) -> Index:
    """Return for each wire into a product of two the other factor, if that is a parameter."""
    counts = np.bincount(end, minlength=len(ids))
    first = np.flatnonzero(product[end] & (counts[end] == 2))[::2]  # wires go by target
    found = np.full(len(end), NONE, np.int64)
    for one, other in ((first, first + 1), (first + 1, first)):
        weighs = parameter[start[other]] & (start[one] != start[other])
        found[one[weighs]] = ids[start[other[weighs]]]
    return found


def _is_product(key: str) -> bool:
    op = ops.get(key)
    return op is not None and op.key in PRODUCTS


def _by_parent(pairs: Iterable[tuple[int, int | None]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for item, parent in sorted(pairs, key=lambda pair: pair[0]):
        found.setdefault(parent or TOP, []).append(item)
    return found
