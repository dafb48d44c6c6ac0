"""What can be done to wires and nodes: plain functions from a document to an edit or a refusal.

None of them changes the document.  Verbs for numbers, names and settings are in `properties`;
those that insert whole networks are in `templates` and `models`.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext

from engine import ops
from engine.errors import Refusal
from engine.graph.bends import bent, carried_bends, shifted_bends
from engine.graph.document import Document, Record, Wire
from engine.graph.edits import BENDS, WHOLE, Change, Edit, Kind, squash
from engine.graph.geometry import GROUP_SIZE, PADDING, group_origin, item_size, on_plane
from engine.graph.records import EMPTY, LEAF, Group, Node, Note, Point, Role
from engine.graph.rules import can_connect, free_port

DEEPEST = 64  # groups within groups, as the file format allows


def add_value(
    document: Document,
    position: Point,
    *,
    value: float = 0.0,
    label: str = "",
    role: Role = "constant",
    index: int = 0,
    encoding: str = "number",
    group: int | None = None,
) -> Edit:
    """Add a leaf with its top-left corner at `position`."""
    node = Node(
        document.next_id,
        LEAF,
        label=label,
        value=value,
        role=role,
        index=index,
        encoding=encoding,
        position=position,
        group=group,
    )
    title = {
        "constant": _("Add a value"),
        "parameter": _("Add a parameter"),
        "feature": _("Add a feature"),
        "target": _("Add a target"),
    }[role]
    return Edit(title, (create(node),))


def add_op(
    document: Document,
    key: str,
    position: Point,
    *,
    group: int | None = None,
    label: str = "",
    attributes: Mapping[str, float] | None = None,
) -> Edit | Refusal:
    """Add an operation, its inputs still free."""
    op = ops.get(key)
    if op is None:
        return Refusal(_("There is no operation {key!r}").format(key=key))
    node = Node(
        document.next_id,
        op.key,
        label=label,
        attributes={a.name: a.default for a in op.attributes} | dict(attributes or EMPTY),
        ports=() if op.variadic else tuple(range(len(op.ports))),
        position=position,
        group=group,
    )
    return Edit(_("Add {title}").format(title=op.title), (create(node),))


def connect(
    document: Document, source: int, target: int, port: int | None = None
) -> Edit | Refusal:
    """Wire a node's output to an input port; without `port`, to the first free one."""
    refusal = can_connect(document, source, target, port)
    if refusal is not None:
        return refusal
    if port is None:
        port = free_port(document, target)
    title = _("Connect {source} to {target}").format(
        source=document.name(source), target=document.name(target)
    )
    changes = [Change("edge", (target, port), WHOLE, None, source)]
    ports = document.node(target).ports
    if port not in ports:
        changes.append(Change("node", target, "ports", ports, (*ports, port)))
    return Edit(title, tuple(changes))


def disconnect(document: Document, target: int, port: int) -> Edit | Refusal:
    """Take the wire off an input port; the port of an n-ary op goes with it."""
    source = document.source(target, port) if target in document else None
    if source is None:
        return Refusal(_("No wire ends there"))
    title = _("Disconnect {source} from {target}").format(
        source=document.name(source), target=document.name(target)
    )
    return Edit(title, tuple(cut(document, [(target, port)], frozenset())))


def rewire(document: Document, wire: Wire, target: int, port: int | None = None) -> Edit | Refusal:
    """Move the end of a wire to another input port."""
    source = document.source(*wire) if wire[0] in document else None
    if source is None:
        return Refusal(_("No wire ends there"))
    if wire == (target, port):
        return Edit("")
    without = after(document, disconnect(document, *wire))
    made = connect(without, source, target, port)
    if isinstance(made, Refusal):
        return made
    title = _("Move a wire to {target}").format(target=document.name(target))
    bends = document.bends.get(wire, ())
    if bends and document.node(target).group == document.node(wire[0]).group:
        made = replace(made, changes=(*made.changes, *bent(made, bends)))
    return joined(title, disconnect(document, *wire), made)


def resource(document: Document, wire: Wire, source: int) -> Edit | Refusal:
    """Let a wire start at another node; where it ends stays."""
    target, port = wire
    before = document.source(target, port) if target in document else None
    if before is None:
        return Refusal(_("No wire ends there"))
    if before == source:
        return Edit("")
    off = tuple(c for c in cut(document, [wire], ()) if c.kind == "edge")
    without = after(document, Edit("", off))  # an n-ary op keeps the port
    refusal = can_connect(without, source, target, port)
    if refusal is not None:
        return refusal
    title = _("Feed {target} from {source}").format(
        target=document.name(target), source=document.name(source)
    )
    return Edit(title, (Change("edge", wire, WHOLE, before, source),))


def delete(document: Document, ids: Iterable[int], wires: Iterable[Wire] = ()) -> Edit | Refusal:
    """Delete nodes, notes, groups with all they hold, and wires."""
    ids = tuple(ids)
    groups, nodes = resolve(document, ids)
    notes = [n for _id, n in sorted(document.notes.items()) if n.id in ids or n.group in groups]
    doomed = sorted(nodes)
    gone = set(wires)
    for node in doomed:
        gone.update((node, port) for port in document.wired(node))
        gone.update(document.consumers(node))
    if not doomed and not groups and not gone and not notes:
        return Refusal(_("Nothing is selected"), "", _("Select what should go first"))
    changes = cut(document, sorted(gone), nodes)
    changes += [Change("node", node, WHOLE, document.node(node), None) for node in doomed]
    changes += [Change("note", note.id, WHOLE, note, None) for note in notes]
    changes += [Change("group", g, WHOLE, document.groups[g], None) for g in sorted(groups)]
    return Edit(_deletion_title(document, doomed, groups, notes, len(gone)), tuple(changes))


def move(
    document: Document, positions: Mapping[int, Point], gesture: Hashable | None = None
) -> Edit:
    """Put nodes, groups and notes at new positions, in their parent's coordinates."""
    changes = []
    for item, position in sorted(positions.items()):
        record = document.record(item)
        changes.append(
            Change(kind_of(record), item, "position", record.position, on_plane(position))
        )
    count = len(changes)
    title = ngettext("Move {count} item", "Move {count} items", count).format(count=count)
    changes += carried_bends(document, positions)
    return Edit(title, tuple(c for c in changes if c.before != c.after), gesture=gesture)


def group(document: Document, ids: Iterable[int], label: str = "") -> Edit | Refusal:
    """Put nodes, groups and notes that lie in one group into a new group of their own."""
    items = sorted(set(ids))
    if not items:
        return Refusal(_("Nothing is selected"), "", _("Select what belongs together first"))
    records = [document.record(item) for item in items]
    parents = {record.group for record in records}
    if len(parents) > 1:
        return Refusal(_("These do not lie in the same group"), "", _("Select within one group"))
    if max(height(document, item) for item in items) + 1 >= DEEPEST:
        return Refusal(_("Groups lie at most {most} deep").format(most=DEEPEST))
    left = min(record.position[0] for record in records)
    middle = (
        min(record.position[1] for record in records)
        + max(record.position[1] + item_size(record)[1] for record in records)
    ) / 2
    corner = (left - PADDING, middle - GROUP_SIZE[1] / 2)
    made = Group(document.next_id, label or _("group"), parents.pop(), corner)
    changes = [create_group(made)]
    for record in records:
        at = (record.position[0] - left, record.position[1] - middle)
        changes.append(Change(kind_of(record), record.id, "group", record.group, made.id))
        changes.append(Change(kind_of(record), record.id, "position", record.position, at))
    changes += shifted_bends(document, {record.id for record in records}, (-left, -middle))
    return Edit(_("Group"), tuple(c for c in changes if c.before != c.after))


def ungroup(document: Document, item: int) -> Edit | Refusal:
    """Dissolve a group; what it held goes to its parent, where it stood."""
    dissolved = document.groups.get(item)
    if dissolved is None:
        return Refusal(_("There is no group #{id}").format(id=item))
    dx, dy = group_origin(dissolved)
    changes = []
    nodes, groups = document.children(item)
    records: list[Record] = [document.node(node) for node in nodes]
    records += [document.groups[inner] for inner in groups]
    records += [note for _id, note in sorted(document.notes.items()) if note.group == item]
    for record in records:
        at = (record.position[0] + dx, record.position[1] + dy)
        changes.append(Change(kind_of(record), record.id, "group", item, dissolved.group))
        changes.append(Change(kind_of(record), record.id, "position", record.position, at))
    changes += shifted_bends(document, {record.id for record in records}, (dx, dy))
    changes.append(Change("group", item, WHOLE, dissolved, None))
    title = _("Ungroup {label}").format(label=dissolved.label)
    return Edit(title, tuple(c for c in changes if c.before != c.after))


def create(node: Node) -> Change:
    """Return the change that creates a node."""
    return Change("node", node.id, WHOLE, None, node)


def create_group(made: Group) -> Change:
    """Return the change that creates a group."""
    return Change("group", made.id, WHOLE, None, made)


def create_note(made: Note) -> Change:
    """Return the change that creates a frame or note."""
    return Change("note", made.id, WHOLE, None, made)


def height(document: Document, item: int) -> int:
    """Return how many groups lie around an item, plus how many deep it goes itself."""
    record = document.record(item)
    around = len(document.ancestry(record.group))
    if not isinstance(record, Group):
        return around
    return max(len(document.ancestry(inner)) for inner in document.subgroups(item))


def kind_of(record: Record) -> Kind:
    """Return the kind of a record, as changes name it."""
    if isinstance(record, Note):
        return "note"
    return "group" if isinstance(record, Group) else "node"


def joined(title: str, *edits: Edit | Refusal) -> Edit | Refusal:
    """Return several edits as one, or the first refusal among them."""
    changes: list[Change] = []
    for edit in edits:
        if isinstance(edit, Refusal):
            return edit
        changes += edit.changes
    return Edit(title, squash(tuple(changes)))


def after(document: Document, edit: Edit | Refusal) -> Document:
    """Return a copy of a document with an edit carried out; a refusal changes nothing."""
    twin = document.copy()
    if isinstance(edit, Edit):
        twin.apply(edit)
    return twin


def resolve(document: Document, ids: Iterable[int]) -> tuple[set[int], set[int]]:
    """Split ids into groups (with all groups within them) and nodes (with all nodes in those)."""
    groups: set[int] = set()
    nodes: set[int] = set()
    for item in ids:
        if item in document.groups:
            groups |= document.subgroups(item)
        elif item in document:
            nodes.add(item)
    if groups:
        nodes.update(node.id for node in document.nodes() if node.group in groups)
    return groups, nodes


def cut(document: Document, wires: Iterable[Wire], doomed: Iterable[int]) -> list[Change]:
    """Remove wires, and the ports that n-ary ops had for them."""
    doomed = frozenset(doomed)
    changes = []
    lost: dict[int, set[int]] = {}
    for target, port in wires:
        source = document.source(target, port)
        changes.append(Change("edge", (target, port), WHOLE, source, None))
        bends = document.bends.get((target, port), ())
        if bends:
            changes.append(Change("edge", (target, port), BENDS, bends, ()))
        op = ops.get(document.node(target).op)
        if target not in doomed and op is not None and op.variadic:
            lost.setdefault(target, set()).add(port)
    for target, gone in sorted(lost.items()):
        ports = document.node(target).ports
        kept = tuple(port for port in ports if port not in gone)
        changes.append(Change("node", target, "ports", ports, kept))
    return changes


def _deletion_title(
    document: Document, nodes: list[int], groups: set[int], notes: list[Note], wires: int
) -> str:
    if notes and not nodes and not groups:
        if len(notes) == 1:
            return _("Delete a frame") if notes[0].is_frame else _("Delete a note")
        return _("Delete {count} frames and notes").format(count=len(notes))
    if len(groups) == 1 or (groups and not nodes):
        outer = min(groups)
        return _("Delete {label}").format(label=document.groups[outer].label)
    if len(nodes) == 1:
        return _("Delete {name}").format(name=document.name(nodes[0]))
    if nodes:
        count = len(nodes)
        return ngettext("Delete {count} node", "Delete {count} nodes", count).format(count=count)
    return ngettext("Delete {count} wire", "Delete {count} wires", wires).format(count=wires)
