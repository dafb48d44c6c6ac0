"""Changes to many records and wires, gathered one by one until they are one edit.

For verbs with more to do than a few changes: a draft answers as the document will be, and the edit
is the difference between the two.  The document itself is never touched.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, cast

from engine import ops
from engine.graph.bends import shifted
from engine.graph.document import Document, Record, Wire
from engine.graph.edits import BENDS, WHOLE, Change, Edit, Kind
from engine.graph.fragment import Fragment
from engine.graph.geometry import on_plane
from engine.graph.records import Bends, Group, Node, Note, Point


class Draft:
    """What a document is to become."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._records: dict[int, Record | None] = {}
        self._wires: dict[Wire, int | None] = {}
        self._gained: dict[int, set[Wire]] = {}
        self._bends: dict[Wire, Bends] = {}

    # Reading -----------------------------------------------------------------------------------

    def node(self, item: int) -> Node:
        """Return the record of a node as it will be."""
        return cast(Node, self._records.get(item) or self.document.node(item))

    def group(self, item: int) -> Group:
        """Return the record of a group as it will be."""
        return cast(Group, self._records.get(item) or self.document.groups[item])

    def record(self, item: int) -> Record:
        """Return the record of anything as it will be."""
        return self._records.get(item) or self.document.record(item)

    def wired(self, node: int) -> dict[int, int]:
        """Return the source of each wired port of a node as it will be."""
        found = self.document.wired(node) if node in self.document else {}
        for port in self.node(node).ports:
            if (node, port) in self._wires:
                source = self._wires[node, port]
                found.pop(port, None)
                if source is not None:
                    found[port] = source
        return found

    def consumers(self, node: int) -> list[Wire]:
        """Return the wires that will start at a node."""
        there = self.document.consumers(node) if node in self.document else ()
        kept = (wire for wire in there if self._wires.get(wire, node) == node)
        gained = (w for w in self._gained.get(node, ()) if self._wires.get(w) == node)
        return sorted({*kept, *gained})

    def wires(self) -> list[tuple[int, Wire]]:
        """Return the source and the end of each wire that is new or begins elsewhere."""
        return [(source, wire) for wire, source in self._wires.items() if source is not None]

    def created(self) -> list[Record]:
        """Return what is new."""
        return [r for item, r in self._records.items() if r and not self.document.holds(item)]

    # Changing ----------------------------------------------------------------------------------

    def add(self, fragment: Fragment) -> None:
        """Add nodes, wires and groups that have ids of this document already."""
        records: list[Record] = [*fragment.groups, *fragment.nodes]
        self._records.update((record.id, record) for record in records)
        for source, target, port in fragment.edges:
            self.wire(target, port, source)

    def change(self, item: int, **changed: Any) -> None:
        """Give a record other fields."""
        self._records[item] = replace(self.record(item), **changed)

    def wire(self, target: int, port: int, source: int | None) -> None:
        """Let a wire begin elsewhere or, with None, nowhere; the port stays."""
        self._wires[target, port] = source
        if source is not None:
            self._gained.setdefault(source, set()).add((target, port))

    def insert(self, target: int, source: int, before: int | None) -> None:
        """Wire a node to a new port of an n-ary op, in front of the one that `before` feeds."""
        ports = self.node(target).ports
        port = max(ports, default=-1) + 1
        wired = self.wired(target)
        places = (k for k, p in enumerate(ports) if before is not None and wired.get(p) == before)
        place = next(places, len(ports))
        self.change(target, ports=(*ports[:place], port, *ports[place:]))
        self.wire(target, port, source)

    def unplug(self, target: int, port: int) -> None:
        """Take off a wire; the port of an n-ary op goes with it."""
        self.wire(target, port, None)
        node = self.node(target)
        op = ops.get(node.op)
        if op is not None and op.variadic:
            self.change(target, ports=tuple(p for p in node.ports if p != port))

    def drop(self, nodes: Iterable[int]) -> None:
        """Remove nodes with all their wires."""
        doomed = sorted(set(nodes))
        for node in doomed:
            for port in self.wired(node):
                self.wire(node, port, None)
            for wire in self.consumers(node):
                self.unplug(*wire)
        self._records.update((node, None) for node in doomed)

    def remove(self, item: int) -> None:
        """Remove a group or a note."""
        self._records[item] = None

    def lift(self, item: int, group: int | None, off: Point) -> None:
        """Put something into another group, an offset away from where it was."""
        x, y = self.record(item).position
        self.change(item, group=group, position=on_plane((x + off[0], y + off[1])))
        for wire, points in self.document.bends.items():
            if wire[0] == item:
                self._bends[wire] = shifted(points, off)

    # The result --------------------------------------------------------------------------------

    def edit(self, title: str) -> Edit:
        """Return the edit from the document to what it is to become."""
        changes: list[Change] = []
        for wire, source in self._wires.items():
            was = self.document.source(*wire) if wire[0] in self.document else None
            if was != source:
                changes.append(Change("edge", wire, WHOLE, was, source))
            if source is None and wire in self.document.bends:
                self._bends[wire] = ()
        for wire, points in self._bends.items():
            changes.append(Change("edge", wire, BENDS, self.document.bends[wire], points))
        for item, record in self._records.items():
            before = self.document.record(item) if self.document.holds(item) else None
            if before is None or record is None:
                changes.append(Change(_kind(before or record), item, WHOLE, before, record))
            else:
                changes += _fields(before, record)
        return Edit(title, tuple(c for c in changes if c.before != c.after))


def _fields(before: Record, after: Record) -> list[Change]:
    kind = _kind(before)
    return [
        Change(kind, before.id, f.name, getattr(before, f.name), getattr(after, f.name))
        for f in fields(before)
        if getattr(before, f.name) != getattr(after, f.name)
    ]


def _kind(record: Record | None) -> Kind:
    if isinstance(record, Note):
        return "note"
    return "group" if isinstance(record, Group) else "node"
