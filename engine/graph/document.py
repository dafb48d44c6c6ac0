"""The document: one graph of scalars, the groups that fold it, and its settings.

`apply` is the only way to change it; verbs make the edits.  Everybody else reads.  What `graph`
holds under "node" is the frozen record of the node; an edge's key is the port it ends in, so that
(target, port) names it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import numpy as np

from engine import ops
from engine.errors import EngineError, Refusal
from engine.graph.edits import BENDS, WHOLE, Change, Column, Edit
from engine.graph.records import (
    Bends,
    DataSettings,
    Group,
    Node,
    Note,
    Seeds,
    Start,
    TrainingSettings,
    View,
)
from engine.graph.shared import SharedGraph

Wire = tuple[int, int]  # (target, port)

Record = Node | Group | Note

MOST_LABELS = 12  # that are told to somebody who asks for one that is not there
SETTINGS = ("data", "seeds", "training", "link", "start")


class Document:
    """A graph of values and ops with its groups, data and training settings.

    Attributes:
        graph: MultiDiGraph of node ids; read it, never write it.
        groups, notes: the groups, and the frames and notes, by id; read only, too.
        bends: the points that bent wires pass through, by (target, port); read only, too.
        data, seeds, training, link: the settings.
        start: what the parameters were before training changed them, None if it has not.
        view: how it is looked at; may be replaced freely, it is no part of any edit.
        extra: top-level fields of a file that this version does not know.
        next_id: the id that the next node, group or note gets; ids are never used twice.
        revision: grows by one with every edit applied; shape: the revision at which something
            else than numbers, places, names and settings was changed last.
        listeners: called with each edit after it was applied, in the caller's thread.
    """

    def __init__(self) -> None:
        self.graph = SharedGraph()
        self.groups: dict[int, Group] = {}
        self.notes: dict[int, Note] = {}
        self.bends: dict[Wire, Bends] = {}
        self.data = DataSettings()
        self.seeds = Seeds()
        self.training = TrainingSettings()
        self.link = "score"
        self.start: Start | None = None
        self.view = View()
        self.extra: dict[str, Any] = {}
        self.next_id = 1
        self.revision = self.shape = 0
        self.listeners: list[Callable[[Edit], None]] = []

    # Reading -----------------------------------------------------------------------------------

    def __contains__(self, node: object) -> bool:
        return node in self.graph

    def __len__(self) -> int:
        return len(self.graph)

    def node(self, node: int) -> Node:
        """Return the record of a node; EngineError if there is none."""
        try:
            return self.graph.record(node)
        except KeyError:
            raise EngineError(f"there is no node #{node}") from None

    def holds(self, item: int) -> bool:
        """Whether there is a node, group or note with this id."""
        return item in self.graph or item in self.groups or item in self.notes

    def record(self, item: int) -> Record:
        """Return the record of a node, group or note; EngineError if there is none."""
        return self.groups.get(item) or self.notes.get(item) or self.node(item)

    def nodes(self) -> list[Node]:
        """Return all nodes by id."""
        records = self.records()
        return [records[node] for node in sorted(records)]

    def records(self) -> dict[int, Node]:
        """Return the record of every node by its id, for those who need many."""
        return self.graph.records()

    def inputs(self, node: int) -> tuple[int | None, ...]:
        """Return the sources of a node's ports in port order, None where unwired."""
        return tuple(self.source(node, port) for port in self.node(node).ports)

    def source(self, node: int, port: int) -> int | None:
        """Return what is wired to a port, None if nothing is."""
        for source, keys in self.graph.into(node).items():
            if port in keys:
                return source
        return None

    def wired(self, node: int) -> dict[int, int]:
        """Return the source of each wired port of a node."""
        return {port: source for source, keys in self.graph.into(node).items() for port in keys}

    def wires(self) -> dict[int, dict[int, int]]:
        """Return `wired` of every node that has a wire, in one pass."""
        return {
            target: {port: source for source, ports in sources.items() for port in ports}
            for target, sources in self.graph.all_into()
            if sources
        }

    def consumers(self, node: int) -> tuple[Wire, ...]:
        """Return the wires that start at a node as (target, port), ascending."""
        return tuple(
            sorted(
                (target, port) for target, keys in self.graph.succ[node].items() for port in keys
            )
        )

    def edges(self) -> list[tuple[int, int, int]]:
        """Return all wires as (source, target, port), by target and port."""
        found = [
            (target, port, source)
            for source, targets in self.graph.adjacency()
            for target, ports in targets.items()
            for port in ports
        ]
        return [(source, target, port) for target, port, source in sorted(found)]

    def children(self, group: int | None) -> tuple[list[int], list[int]]:
        """Return the ids of the nodes and of the groups directly in a group (None: the top)."""
        nodes = [node.id for node in self.nodes() if node.group == group]
        groups = sorted(g.id for g in self.groups.values() if g.group == group)
        return nodes, groups

    def members(self, group: int) -> list[int]:
        """Return the ids of all nodes in a group and in the groups within it, ascending."""
        inside = self.subgroups(group)
        return [node.id for node in self.nodes() if node.group in inside]

    def subgroups(self, group: int) -> set[int]:
        """Return a group's id and those of all groups within it."""
        inside = {group}
        while True:
            more = {g.id for g in self.groups.values() if g.group in inside} - inside
            if not more:
                return inside
            inside |= more

    def ancestry(self, group: int | None) -> list[int]:
        """Return a group and the groups around it, innermost first."""
        chain = []
        while group is not None:
            chain.append(group)
            group = self.groups[group].group
        return chain

    def marked(self, mark: str) -> list[int]:
        """Return the ids of the nodes that carry a mark, ascending."""
        return [node.id for node in self.nodes() if mark in node.marks]

    def name(self, node: int) -> str:
        """Return what people call a node: its label, else its op's key with the id.

        A symbol would not do: in a formula, "−#7" reads as minus #7.
        """
        record = self.node(node)
        if record.label:
            return record.label
        op = ops.get(record.op)
        return f"{op.key}#{node}" if op is not None else f"#{node}"

    def find(self, text: str) -> int | Refusal:
        """Return the node that "#7" or a label names, or why that is not one node."""
        text = text.strip()
        if text.startswith("#") and text[1:].isdigit():
            return self._by_number(int(text[1:]))
        matches = [node.id for node in self.nodes() if node.label == text]
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = ", ".join(f"#{node}" for node in matches)
            return Refusal(
                _("{label!r} names more than one node").format(label=text),
                _("there are {ids}").format(ids=ids),
                _("Use one of these ids instead"),
                tuple(matches),
            )
        return Refusal(
            _("There is no node labelled {label!r}").format(label=text), "", self._near(text)
        )

    def _by_number(self, node: int) -> int | Refusal:
        if node in self:
            return node
        return Refusal(_("There is no node #{id}").format(id=node))

    def _near(self, text: str) -> str:
        from difflib import get_close_matches

        labels = sorted({node.label for node in self.nodes() if node.label})
        same = [label for label in labels if label.casefold() == text.casefold()]
        near = same or get_close_matches(text, labels, n=3) or labels[:MOST_LABELS]
        return _("There are {names}").format(names=", ".join(near)) if near else ""

    def copy(self) -> "Document":
        """Return an independent document with the same content, ids and view.

        It costs little: nodes and wires are shared until one of the two changes them.
        """
        twin = Document()
        twin.graph = self.graph.fork()
        twin.groups, twin.notes = dict(self.groups), dict(self.notes)
        twin.bends = dict(self.bends)
        twin.data, twin.seeds, twin.training = self.data, self.seeds, self.training
        twin.link, twin.start = self.link, self.start
        twin.view, twin.extra = self.view, dict(self.extra)
        twin.next_id, twin.revision, twin.shape = self.next_id, self.revision, self.shape
        return twin

    def same_content(self, other: "Document") -> bool:
        """Whether nodes, wires, groups, notes and settings are equal; not ids to come and view."""
        return (
            self.nodes() == other.nodes()
            and self.edges() == other.edges()
            and self.groups == other.groups
            and self.notes == other.notes
            and self.bends == other.bends
            and all(getattr(self, name) == getattr(other, name) for name in SETTINGS)
            and self.extra == other.extra
        )

    # Changing ----------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> None:
        """Carry out an edit, all of it or (EngineError: it is stale) nothing."""
        self._check(edit)
        for change in sorted(_steps(edit.changes), key=_order):
            self._carry_out(change)
        if edit.column is not None:
            self._write(edit.column)
        self.revision += 1
        if edit.reshapes:
            self.shape = self.revision
        for listener in tuple(self.listeners):
            listener(edit)

    def _check(self, edit: Edit) -> None:
        for change in edit.changes:
            if self._current(change) != change.before:
                raise EngineError(f"stale edit {edit.title!r}: {change.key} is not as it was")
        if edit.column is not None:
            field = edit.column.field
            now = np.array([getattr(self.node(i), field) for i in edit.column.ids.tolist()])
            if not np.array_equal(now.reshape(edit.column.before.shape), edit.column.before):
                raise EngineError(f"stale edit {edit.title!r}: numbers are not as they were")
        self._check_wires(edit.changes)
        self._check_bends(edit.changes)

    def _check_wires(self, changes: Iterable[Change]) -> None:
        """Every wire must join two nodes both before and after."""
        whole = [c for c in changes if c.field == WHOLE]
        gone = {c.id for c in whole if c.kind == "node" and c.after is None}
        made = {c.id for c in whole if c.kind == "node" and c.before is None}
        cut = {c.id for c in whole if c.kind == "edge"}
        for node in gone:
            wires = {(node, port) for port in self.wired(node)} | set(self.consumers(node))
            if not wires <= cut:
                raise EngineError(f"node #{node} would leave wires behind")
        for change in whole:
            if change.kind == "edge" and change.after is not None:
                for end in (change.after, change.id[0]):
                    if (end not in self and end not in made) or end in gone:
                        raise EngineError(f"a wire cannot end at #{end}: there is no such node")

    def _check_bends(self, changes: Iterable[Change]) -> None:
        """A wire that goes takes its bends along, and nothing but a wire has any."""
        ends = {c.id: c.after for c in changes if c.kind == "edge" and c.field == WHOLE}
        bent = {c.id: c.after for c in changes if c.kind == "edge" and c.field == BENDS}
        for wire in ends.keys() | bent.keys():
            there = self.source(*wire) if wire[0] in self else None
            source = ends.get(wire, there)
            if source is None and bent.get(wire, self.bends.get(wire)):
                raise EngineError(f"bends of wire {wire} would be left without it")

    def _current(self, change: Change) -> Any:
        if change.kind == "edge" and change.field == BENDS:
            return self.bends.get(change.id, ())
        if change.kind == "edge":
            node, port = change.id
            return self.source(node, port) if node in self else None
        if change.kind == "document":
            return getattr(self, change.field)
        if change.kind == "node":
            record: Any = self.graph.nodes[change.id]["node"] if change.id in self.graph else None
        else:
            record = self._table(change).get(change.id)
        if change.field == WHOLE:
            return record
        if record is None:
            raise EngineError(f"there is no {change.kind} #{change.id}")
        return getattr(record, change.field)

    def _carry_out(self, change: Change) -> None:
        if change.kind == "edge" and change.field == BENDS:
            self._bend(change)
        elif change.kind == "edge":
            self._rewire(change)
        elif change.kind == "document":
            setattr(self, change.field, change.after)
        elif change.kind == "node":
            self._put_node(change)
        else:
            self._put(self._table(change), change)

    def _table(self, change: Change) -> dict[int, Any]:
        return self.notes if change.kind == "note" else self.groups

    def _rewire(self, change: Change) -> None:
        node, port = change.id
        if change.before is not None:
            self.graph.remove_edge(change.before, node, key=port)
        if change.after is not None:
            self.graph.add_edge(change.after, node, key=port)

    def _bend(self, change: Change) -> None:
        if change.after:
            self.bends[change.id] = change.after
        else:
            self.bends.pop(change.id, None)

    def _put_node(self, change: Change) -> None:
        if change.field != WHOLE:
            record = replace(self.node(change.id), **{change.field: change.after})
            self.graph.add_node(change.id, node=record)
        elif change.after is None:
            self.graph.remove_node(change.id)
        else:
            self.graph.add_node(change.id, node=change.after)
            self.next_id = max(self.next_id, change.id + 1)

    def _put(self, table: dict[int, Any], change: Change) -> None:
        if change.field != WHOLE:
            table[change.id] = replace(table[change.id], **{change.field: change.after})
        elif change.after is None:
            del table[change.id]
        else:
            table[change.id] = change.after
            self.next_id = max(self.next_id, change.id + 1)

    def _write(self, column: Column) -> None:
        convert: Any = float if column.field == "value" else lambda row: (row[0], row[1])
        for node, number in zip(column.ids.tolist(), column.after.tolist(), strict=True):
            record = replace(self.node(node), **{column.field: convert(number)})
            self.graph.add_node(node, node=record)


def _steps(changes: Iterable[Change]) -> Iterator[Change]:
    """Part a wire's new beginning in two: the old one may be a node that goes."""
    for change in changes:
        if (
            change.kind == "edge"
            and change.field == WHOLE
            and None not in (change.before, change.after)
        ):
            yield replace(change, after=None)
            yield replace(change, before=None)
        else:
            yield change


def _order(change: Change) -> int:
    """Deletions edges first, creations edges last, fields after all: no wire ever dangles."""
    if change.field != WHOLE:
        return 8
    rank = {"edge": 0, "node": 1, "note": 2, "group": 3}[change.kind]
    if change.after is None:
        return rank
    return 7 - rank
