"""From a document to a plan: depth, width, rows, steps, edges, in that order.

Everything is sorted by id and port, so that equal documents give equal plans whatever the order
in which they were made.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from engine import ops
from engine.errors import EngineError
from engine.graph.document import Document
from engine.graph.records import Node
from engine.run.schedule import NARROW, WIDE, Gather, Index, Leaf, Plan, Rows, Step

Key = tuple[int, int, str, tuple[int, ...], bool]


@dataclass(slots=True)
class _Row:
    """What is known about a node while its plan is made."""

    node: Node
    sources: tuple[int, ...]
    depth: int = 0
    width: int = NARROW
    computed: bool = True
    reached: bool = False
    wanted: bool = True
    key: Key = (NARROW, -1, "", (), False)
    consumers: list[tuple[int, int, int]] = field(default_factory=list)  # id, place, port


def compile_plan(
    document: Document,
    nodes: Sequence[Node],
    output: int | None,
    penalties: Sequence[int],
    *,
    wide: bool,
    swept: Collection[int] = (),
    only_parameters: bool = False,
) -> Plan:
    """Compile `nodes`, which must hold all ancestors of each of them.

    With `wide`, features and targets get one number a lane, and each leaf of `swept` does, too.
    With `only_parameters`, gradients flow only to where a trainable parameter is.
    """
    wires = document.wires()
    table = {node.id: _Row(node, _sources(node, wires.get(node.id, {}))) for node in nodes}
    order = _order(document, table)
    for node in order:
        if table[node].node.is_leaf:
            fed = node in swept or (wide and table[node].node.role in ("feature", "target"))
            table[node].width = WIDE if fed else NARROW
        _measure(table[node], table, only_parameters=only_parameters)
    _reach(table, order, [node for node in (output, *penalties) if node is not None])
    for node in order:
        table[node].key = _key(table, table[node])
    ids = sorted(order, key=lambda node: (table[node].key, node))
    return _assemble(table, ids, output, penalties)


def _sources(node: Node, wired: Mapping[int, int]) -> tuple[int, ...]:
    """Return the inputs of a node in port order; none if it is a leaf or lacks one."""
    if node.is_leaf or not is_complete(node, len(wired)):
        return ()
    return tuple([wired[port] for port in node.ports])


def is_complete(node: Node, wired: int) -> bool:
    """Whether a node's own op and wires are complete, whatever its inputs are."""
    op = ops.get(node.op)
    if op is None:
        return False
    return wired == len(node.ports) and wired >= (op.minimum if op.variadic else len(op.ports))


def _order(document: Document, table: dict[int, _Row]) -> list[int]:
    """Return the ids so that inputs come first."""
    waiting_for: dict[int, int] = {}
    for node, row in table.items():
        waiting_for[node] = len(row.sources)
        for place, source in enumerate(row.sources):
            table[source].consumers.append((node, place, row.node.ports[place]))
        row.computed = bool(row.sources) or row.node.is_leaf
    order = [node for node, count in waiting_for.items() if count == 0]
    for node in order:
        for consumer, _place, _port in table[node].consumers:
            waiting_for[consumer] -= 1
            if waiting_for[consumer] == 0:
                order.append(consumer)
    return order


def _measure(row: _Row, table: dict[int, _Row], *, only_parameters: bool) -> None:
    """Derive depth, width and whether a gradient is wanted from the inputs."""
    if not row.sources:
        row.wanted = not only_parameters or row.node.trainable
        return
    row.wanted = False
    for source in row.sources:  # as often as there are wires, so without a generator for each
        feeding = table[source]
        row.computed = row.computed and feeding.computed
        row.depth = max(row.depth, feeding.depth + 1)
        row.width = max(row.width, feeding.width)
        row.wanted = row.wanted or feeding.wanted


def _reach(table: dict[int, _Row], order: list[int], seeds: Iterable[int]) -> None:
    for seed in seeds:
        table[seed].reached = table[seed].computed
    for node in reversed(order):
        if table[node].reached:
            for source in table[node].sources:
                table[source].reached = True


def _key(table: dict[int, _Row], row: _Row) -> Key:
    """Return what the nodes of one step have in common, in the order of rows."""
    if not row.computed:
        return (row.width, -1, "", (), False)
    widths = tuple([table[source].width for source in row.sources])
    return (row.width, row.depth, row.node.op, widths, row.reached)


def _assemble(
    table: dict[int, _Row], ids: list[int], output: int | None, penalties: Sequence[int]
) -> Plan:
    row_of = {node: row for row, node in enumerate(ids)}
    narrow = sum(table[node].width == NARROW for node in ids)
    edges = _edges(table, ids, row_of)
    place = {edge[1:]: index for index, edge in enumerate(edges)}
    narrow_edges = sum(row_of[source] < narrow for source, _target, _port in edges)
    gathers = _Gathers([row_of[source] for source, _t, _p in edges], narrow, narrow_edges)
    steps: list[Step] = []
    leaves: list[Gather] = []
    for _shared, members in groupby(ids, key=lambda node: table[node].key):
        block = list(members)
        start = row_of[block[0]]
        gather = gathers.make(start, start + len(block))
        first = table[block[0]]
        if first.node.is_leaf or not first.computed:
            leaves.append(gather)
        else:
            steps.append(_step(table, block, row_of, narrow, place, narrow_edges, gather))
    parameters = sorted(node for node in ids if table[node].node.trainable)
    return Plan(
        ids=_index(ids),
        row=row_of,
        narrow=narrow,
        computed=np.array([table[node].computed for node in ids], dtype=np.bool_),
        reached=np.array([table[node].reached for node in ids], dtype=np.bool_),
        steps=tuple(steps),
        leaves=tuple(leaves),
        edge_source=_index(edge[0] for edge in edges),
        edge_target=_index(edge[1] for edge in edges),
        edge_port=_index(edge[2] for edge in edges),
        narrow_edges=narrow_edges,
        parameters=_index(parameters),
        parameter_rows=_index(row_of[node] for node in parameters),
        fed=tuple(
            _leaf(table[node].node, row_of[node] - narrow)
            for node in ids[narrow:]
            if table[node].node.is_leaf
        ),
        output=output if output is not None and table[output].computed else None,
        penalties=tuple(penalties),
    )


def _edges(
    table: dict[int, _Row], ids: list[int], row_of: dict[int, int]
) -> list[tuple[int, int, int]]:
    """Return the wires of computed nodes by source row, then target id, then port order."""
    edges = []
    for source in ids:
        edges += [
            (source, target, port)
            for target, _place, port in sorted(table[source].consumers)
            if table[target].computed
        ]
    return edges


class _Gathers:
    """Makes the gather of any range of rows, given the row that each edge starts at."""

    def __init__(self, source_rows: list[int], narrow: int, narrow_edges: int) -> None:
        self._rows = _index(source_rows)
        self._holders, self._firsts, self._counts = np.unique(
            self._rows, return_index=True, return_counts=True
        )
        self._narrow = narrow
        self._narrow_edges = narrow_edges

    def make(self, start: int, stop: int) -> Gather:
        first, last = np.searchsorted(self._rows, (start, stop)).tolist()
        low, high = np.searchsorted(self._holders, (start, stop)).tolist()
        wide = start >= self._narrow
        rows, edges = (self._narrow, self._narrow_edges) if wide else (0, 0)
        return Gather(
            WIDE if wide else NARROW,
            start - rows,
            stop - rows,
            first - edges,
            last - edges,
            spaced(self._holders[low:high] - start),
            self._firsts[low:high] - first,
            _common(self._counts[low:high]),
        )


def _step(
    table: dict[int, _Row],
    block: list[int],
    row_of: dict[int, int],
    narrow: int,
    place: dict[tuple[int, int], int],
    narrow_edges: int,
    gather: Gather,
) -> Step:
    """Make the step of nodes with one op, depth and width of inputs."""
    first = table[block[0]]
    rows = [table[node] for node in block]
    sections = tuple(table[source].width for source in first.sources)
    sources, edges, together = [], [], []
    for k, section in enumerate(sections):
        base, edge_base = (narrow, narrow_edges) if section == WIDE else (0, 0)
        feeding = [row.sources[k] for row in rows]
        sources.append(spaced(_index([row_of[source] for source in feeding]) - base))
        ends = _index([place[row.node.id, row.node.ports[k]] for row in rows]) - edge_base
        wanted = any(table[source].wanted for source in feeding)
        edges.append(spaced(ends) if wanted else None)
        together += [ends] if wanted else []
    op = known(first.node)
    alike = op.variadic and together and set(sections) == {gather.section}
    attributes = tuple(
        np.array([[number] for number in column])
        for column in zip(
            *(op.defaults(row.node.attributes) for row in rows if op.attributes), strict=True
        )
    )
    return Step(
        op,
        gather.section,
        gather.start,
        gather.stop,
        sections,
        tuple(sources),
        tuple(edges),
        np.stack(together) if alike else None,
        attributes,
        first.reached,
        gather,
    )


def known(node: Node) -> ops.Op:
    """Return the op of a node that can be computed."""
    op = ops.get(node.op)
    if op is None:
        raise EngineError(f"#{node.id} has an op that cannot be computed")
    return op


def _leaf(node: Node, row: int) -> Leaf:
    return Leaf(row, node.role, node.index, node.encoding)


def _index(numbers: Iterable[int]) -> Index:
    return np.fromiter(numbers, dtype=np.int64)


def spaced(rows: Index) -> Rows:
    """Return ascending rows that are evenly spaced as a slice, others as they are."""
    if not len(rows):
        return rows
    step = _common(rows[1:] - rows[:-1]) if len(rows) > 1 else 1
    return slice(int(rows[0]), int(rows[-1]) + 1, step) if step > 0 else rows


def _common(numbers: Index) -> int:
    """Return the number that all of these are, 0 if they differ."""
    return int(numbers[0]) if len(numbers) and bool((numbers == numbers[0]).all()) else 0
