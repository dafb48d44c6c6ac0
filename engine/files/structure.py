"""Whether records and wires from a file make a document: ids, groups, ports, wires, no cycle.

The reader calls it after every record has been read on its own.  A document that passes keeps
every promise that verbs rely on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

import numpy as np

from engine import ops
from engine.errors import Refused
from engine.files.format import MAX_NESTING
from engine.graph.records import Group, Node, Note
from engine.ops import Op

SINGLE_MARKS = frozenset({"loss", "backward"})
Edge = tuple[int, int, int]  # source, target, port
FEW = 2_000  # wires that are followed one by one


def check_ids(records: Iterable[Node | Group | Note]) -> None:
    """Refuse an id that two nodes or groups share."""
    seen: set[int] = set()
    for record in records:
        if record.id in seen:
            raise Refused(_("Two nodes or groups have the id #{id}").format(id=record.id))
        seen.add(record.id)


def check_groups(nodes: Sequence[Node], groups: Mapping[int, Group]) -> None:
    """Refuse a parent that does not exist and groups that contain each other."""
    records: list[Node | Group] = [*nodes, *groups.values()]
    for record in records:
        if record.group is not None and record.group not in groups:
            raise Refused(
                _("#{id} lies in group #{group}, and there is no such group").format(
                    id=record.id, group=record.group
                )
            )
    depths: dict[int | None, int] = {None: 0}
    for start in groups:
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in depths:
            if at in path:
                raise Refused(_("Group #{id} lies within itself").format(id=at))
            path.append(at)
            if len(path) > MAX_NESTING:
                raise _nested(start)
            at = groups[at].group
        for group in reversed(path):
            depths[group] = depths[groups[group].group] + 1
        if depths[start] > MAX_NESTING:
            raise _nested(start)


def _nested(group: int) -> Refused:
    return Refused(
        _("Group #{id} lies within more than {limit} others").format(id=group, limit=MAX_NESTING)
    )


def check_marks(nodes: Iterable[Node]) -> None:
    """Refuse two losses and two nodes to go backward from."""
    holders: dict[str, int] = {}
    for node in nodes:
        for mark in SINGLE_MARKS.intersection(node.marks):
            if mark in holders:
                raise Refused(
                    _("Nodes #{one} and #{other} are both marked “{mark}”").format(
                        one=holders[mark], other=node.id, mark=mark
                    )
                )
            holders[mark] = node.id


def completed(node: Node) -> Node:
    """Return the node with its op's present key and attributes; refuse a wrong number of inputs.

    A node whose op is unknown comes back as it is.
    """
    if node.is_leaf:
        return _with_ports(node, 0)
    if node.role != "constant":
        raise Refused(
            _("Node #{id} ({op}) is a {role}").format(id=node.id, op=node.op, role=node.role),
            _("only values have a role"),
        )
    if node.span is not None:
        raise Refused(
            _("Node #{id} ({op}) has a slider").format(id=node.id, op=node.op),
            _("only values have one"),
        )
    op = ops.get(node.op)
    if op is None:
        return node
    attributes = _attributes(node, op)
    if attributes != node.attributes or op.key != node.op:
        node = replace(node, op=op.key, attributes=attributes)
    return node if op.variadic else _with_ports(node, len(op.ports))


def _with_ports(node: Node, count: int) -> Node:
    if len(node.ports) != count:
        raise Refused(
            _("Node #{id} ({op}) has {given} inputs").format(
                id=node.id, op=node.op, given=len(node.ports)
            ),
            _("the operation has {count}").format(count=count) if count else _("a value has none"),
        )
    return node


def _attributes(node: Node, op: Op) -> dict[str, float]:
    attributes = {a.name: a.default for a in op.attributes} | dict(node.attributes)
    for attribute in op.attributes:
        if not attribute.low <= attributes[attribute.name] <= attribute.high:
            raise Refused(
                _("“{name}” of node #{id} must lie between {low:g} and {high:g}").format(
                    name=attribute.name, id=node.id, low=attribute.low, high=attribute.high
                )
            )
    return attributes


def check_wires(nodes: Mapping[int, Node], edges: Sequence[Edge]) -> None:
    """Refuse wires with loose ends, two wires in one port, and cycles."""
    ports = {(node.id, port) for node in nodes.values() for port in node.ports}
    if len(ports) != sum(len(node.ports) for node in nodes.values()):
        twice = next(node for node in nodes.values() if len(set(node.ports)) < len(node.ports))
        raise Refused(_("Node #{id} has two inputs of the same number").format(id=twice.id))
    wired: set[tuple[int, int]] = set()
    for source, target, port in edges:
        end = (target, port)
        if source not in nodes or end not in ports or end in wired:
            raise _loose(nodes, source, target, port)
        wired.add(end)
    _check_growing_ports(nodes, ports - wired)
    _check_acyclic(nodes, edges)


def _loose(nodes: Mapping[int, Node], source: int, target: int, port: int) -> Refused:
    for end in (source, target):
        if end not in nodes:
            return Refused(
                _("The wire from #{source} to #{target} has a loose end").format(
                    source=source, target=target
                ),
                _("there is no node #{id}").format(id=end),
            )
    if port not in nodes[target].ports:
        return Refused(_("Node #{id} has no input {port}").format(id=target, port=port))
    return Refused(_("Two wires end in input {port} of node #{id}").format(port=port, id=target))


def _check_growing_ports(nodes: Mapping[int, Node], free: Iterable[tuple[int, int]]) -> None:
    """The inputs of an op that takes any number exist only while they are wired."""
    for node, port in sorted(free):
        op = ops.get(nodes[node].op)
        if op is not None and op.variadic:
            raise Refused(
                _("No wire ends in input {port} of node #{id}").format(port=port, id=node)
            )


def _check_acyclic(nodes: Mapping[int, Node], edges: Sequence[Edge]) -> None:
    """Find a cycle as a strongly connected component, in linear time over arrays.

    To import scipy takes a fifth of a second, so small graphs that are sound do without: the
    window reads an example before it is first painted.
    """
    if len(edges) <= FEW and _is_acyclic(edges):
        return
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ids = np.array(sorted(nodes))
    ends = np.array([edge[:2] for edge in edges])
    loops = ends[ends[:, 0] == ends[:, 1]]
    if not len(loops):
        rows = np.searchsorted(ids, ends)
        size = (len(ids), len(ids))
        graph = coo_array(
            (np.ones(len(rows), dtype=np.int8), (rows[:, 0], rows[:, 1])), shape=size
        )
        count, component = connected_components(graph.tocsr(), connection="strong")
        if count == len(ids):
            return
        loops = ids[np.bincount(component)[component] > 1]
    raise Refused(
        _("Node #{id} feeds itself").format(id=int(np.min(loops))),
        _("values flow one way, so wires cannot make a circle"),
    )


def _is_acyclic(edges: Sequence[Edge]) -> bool:
    """Tell whether all wires can be put behind those they come after."""
    waiting: dict[int, int] = {}
    feeds: dict[int, list[int]] = {}
    for source, target, _port in edges:
        waiting[target] = waiting.get(target, 0) + 1
        feeds.setdefault(source, []).append(target)
    free = [source for source in feeds if source not in waiting]
    for source in free:
        for target in feeds.get(source, ()):
            waiting[target] -= 1
            if not waiting[target]:
                free.append(target)
    return not any(waiting.values())
