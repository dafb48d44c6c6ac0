"""A piece of graph with ids of its own: what templates and expressions build, and paste inserts.

Local ids count from 1; the sources -1, -2, ... stand for the first, second, ... input, which are
nodes of the document the piece is inserted into.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from engine import ops
from engine.graph.bends import shifted
from engine.graph.document import Document
from engine.graph.edits import BENDS, WHOLE, Change, Edit
from engine.graph.records import EMPTY, LEAF, Bends, Group, Node, Note, Point, Role, Slot
from engine.graph.verbs import create, create_group, create_note

R = TypeVar("R", Node, Group, Note)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Nodes, wires (source, target, port), groups and notes under local ids.

    `bends` are those of wires (target, port), relative to the target's group as everywhere.
    """

    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int, int], ...]
    groups: tuple[Group, ...]
    notes: tuple[Note, ...] = ()
    bends: Mapping[tuple[int, int], Bends] = field(default_factory=dict)


class Sketch:
    """Builds a fragment step by step.

    With the next id of a document as `first`, what is sketched can be wired to its nodes.
    """

    def __init__(self, first: int = 1) -> None:
        self._nodes: list[Node] = []
        self._edges: list[tuple[int, int, int]] = []
        self._groups: list[Group] = []
        self._notes: list[Note] = []
        self._next = first

    def _take(self) -> int:
        self._next += 1
        return self._next - 1

    def value(
        self,
        label: str,
        value: float,
        position: Point,
        *,
        role: Role = "constant",
        group: int | None = None,
        slot: Slot | None = None,
        **fields: Any,
    ) -> int:
        """Add a leaf and return its local id."""
        node = Node(
            self._take(),
            LEAF,
            label=label,
            value=value,
            role=role,
            position=position,
            group=group,
            slot=slot,
            **fields,
        )
        self._nodes.append(node)
        return node.id

    def op(
        self,
        key: str,
        inputs: Sequence[int | None],
        position: Point,
        *,
        label: str = "",
        group: int | None = None,
        slot: Slot | None = None,
        attributes: Mapping[str, float] = EMPTY,
        marks: tuple[str, ...] = (),
    ) -> int:
        """Add an op wired to local ids (or, negative, to inputs) and return its local id.

        An input that is None stays without a wire.
        """
        record = ops.OPS[key]
        defaults = {a.name: a.default for a in record.attributes}
        node = Node(
            self._take(),
            key,
            label=label,
            attributes=defaults | dict(attributes),
            ports=tuple(range(len(inputs) if record.variadic else len(record.ports))),
            position=position,
            group=group,
            slot=slot,
            marks=marks,
        )
        self._nodes.append(node)
        self._edges += [
            (source, node.id, port) for port, source in enumerate(inputs) if source is not None
        ]
        return node.id

    def group(
        self,
        label: str,
        position: Point,
        *,
        group: int | None = None,
        template: str | None = None,
        arguments: Mapping[str, Any] = EMPTY,
        slot: Slot | None = None,
    ) -> int:
        """Add a group and return its local id."""
        made = Group(
            self._take(),
            label,
            group,
            position,
            template=template,
            arguments=dict(arguments),
            slot=slot,
        )
        self._groups.append(made)
        return made.id

    def note(self, text: str, position: Point, size: Point, **fields: Any) -> int:
        """Add a note, or with `kind="frame"` a frame, and return its local id."""
        made = Note(self._take(), text=text, position=position, size=size, **fields)
        self._notes.append(made)
        return made.id

    def finish(self) -> Fragment:
        """Return what was built."""
        return Fragment(
            tuple(self._nodes), tuple(self._edges), tuple(self._groups), tuple(self._notes)
        )


def insert_fragment(
    document: Document,
    fragment: Fragment,
    title: str,
    position: Point = (0.0, 0.0),
    group: int | None = None,
    inputs: Sequence[int | None] = (),
) -> Edit:
    """Insert a fragment with its origin at `position` of a group.

    `inputs` are the document's nodes for the sources -1, -2, ...; a None leaves those wires out,
    and an n-ary op has no ports for them.
    """
    offset = document.next_id - 1
    wired = {
        (target, port)
        for source, target, port in fragment.edges
        if source > 0 or inputs[-source - 1] is not None
    }

    def placed(record: R) -> R:
        return replace(record, **_placed(record, offset, position, group))

    changes = [create_group(placed(record)) for record in fragment.groups]
    changes += [create(placed(_fitted(node, wired))) for node in fragment.nodes]
    changes += [create_note(placed(note)) for note in fragment.notes]
    outer = {node.id for node in fragment.nodes if node.group is None}
    for source, target, port in fragment.edges:
        origin = inputs[-source - 1] if source < 0 else source + offset
        if origin is not None:
            wire = (target + offset, port)
            changes.append(Change("edge", wire, WHOLE, None, origin))
            bends = fragment.bends.get((target, port), ())
            if bends:
                at = position if target in outer else (0.0, 0.0)
                changes.append(Change("edge", wire, BENDS, (), shifted(bends, at)))
    return Edit(title, tuple(changes))


def _fitted(node: Node, wired: Set[tuple[int, int]]) -> Node:
    """Leave out the ports of an n-ary op that nothing is wired to."""
    op = ops.get(node.op)
    if op is None or not op.variadic:
        return node
    return replace(node, ports=tuple(port for port in node.ports if (node.id, port) in wired))


def _placed(
    record: Node | Group | Note, offset: int, position: Point, group: int | None
) -> dict[str, Any]:
    if record.group is not None:
        return {"id": record.id + offset, "group": record.group + offset}
    x, y = record.position
    at = (x + position[0], y + position[1])
    return {"id": record.id + offset, "group": group, "position": at}
