"""What is done to wires and to nodes on them: cut, insert, extract, swap.

Verbs like those in `verbs`, which has the plain ones.  The canvas calls them for the knife, for a
node dropped on a wire, for one pulled out of its wires.
"""

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext

from engine import ops
from engine.errors import Refusal
from engine.graph.additions import uses
from engine.graph.document import Document, Wire
from engine.graph.edits import BENDS, WHOLE, Change, Edit, squash
from engine.graph.geometry import item_size
from engine.graph.records import Bends, Group, Node, Point
from engine.graph.rules import can_connect, downstream, free_port
from engine.graph.verbs import after, connect, cut, disconnect, joined, move, resource

GAP = 48.0  # between a node and what it was put in front of or behind


def cut_wires(document: Document, wires: Iterable[Wire]) -> Edit | Refusal:
    """Remove some wires."""
    gone = sorted(set(wires))
    if not gone:
        return Refusal(_("There is no wire to cut"))
    title = ngettext("Cut {count} wire", "Cut {count} wires", len(gone)).format(count=len(gone))
    return Edit(title, tuple(cut(document, gone, ())))


def cut_off(document: Document, ids: Iterable[int]) -> Edit | Refusal:
    """Remove every wire that leads into or out of a selection; those within it stay."""
    return cut_wires(document, boundary(document, ids))


def boundary(document: Document, ids: Iterable[int]) -> list[Wire]:
    """Return the wires with one end among some nodes and groups."""
    inside: set[int] = set()
    for item in ids:
        inside.update(document.members(item) if item in document.groups else {item})
    return [
        (target, port)
        for source, target, port in document.edges()
        if (source in inside) != (target in inside)
    ]


def insert_on_wire(
    document: Document,
    wire: Wire,
    node: int,
    position: Point | None = None,
    *,
    room: bool = True,
) -> Edit | Refusal:
    """Put a node between the ends of a wire, at `position` or where it is.

    The wire ends in the node's first free input that the rules allow.  With `room`, it stands a
    gap behind the wire's source, and what stands behind it in its group moves to the right as far
    as is needed.
    """
    source = document.source(*wire) if wire[0] in document else None
    wired = _between(document, wire, node, node, position)
    if isinstance(wired, Refusal):
        return wired
    twin = after(document, wired)
    record = twin.node(node)
    place = position if position is not None else record.position
    if room and source is not None:
        place = clear_of(twin, node, place, source)
    moved = move(twin, {node: place, **(make_room(twin, node, place, wire[0]) if room else {})})
    title = _("Insert {name}").format(name=document.name(node))
    return joined(title, wired, moved)


def insert_made_on_wire(
    document: Document, wire: Wire, made: Edit, *, room: bool = True
) -> Edit | Refusal:
    """Put what an edit adds between the ends of a wire: its first free input, its one output.

    What is fed from the wire's source already, as a formula that names it is, needs no input.
    """
    twin = after(document, made)
    nodes = sorted(_created(made, Node))
    outputs = [node for node in nodes if not twin.consumers(node) and not twin.node(node).is_leaf]
    entry = next((node for node in nodes if _takes_one(twin, node)), None)
    source = document.source(*wire) if wire[0] in document else None
    fed = source is not None and uses(made, source)
    if len(outputs) != 1 or (entry is None and not fed):
        return Refusal(
            _("This does not fit on a wire"),
            _("it needs a free input and one output"),
            _("Add it elsewhere and wire it by hand"),
        )
    if fed or entry is None:
        wired = _onward(twin, wire, outputs[0])
    else:
        wired = _between(twin, wire, entry, outputs[0], None)
    if isinstance(wired, Refusal):
        return wired
    done = joined(made.title, made, wired)
    groups = _created(made, Group)
    outer = [item for item in (*groups, *nodes) if _record(twin, item).group not in groups]
    if isinstance(done, Refusal):
        return done
    if room and len(outer) == 1:
        twin.apply(wired)
        item = outer[0]
        place = _record(twin, item).position
        if source is not None:
            place = clear_of(twin, item, place, source)
        moved = move(twin, {item: place, **make_room(twin, item, place, wire[0])})
        done = joined(made.title, done, moved)
    return _settled(done) if isinstance(done, Edit) else done


def clear_of(document: Document, item: int, position: Point, source: int) -> Point:
    """Return the place nearest to `position` at which an item does not crowd what feeds it.

    That is a gap to the right of the source, if the item began beside or on it; far above, below
    or to its left nothing is in the way.
    """
    record = _record(document, item)
    last = _stands_for(document, source, record.group)
    if last is None or last == item:
        return position
    feeder = _record(document, last)
    (x, y), (width, height) = feeder.position, item_size(feeder)
    wide, high = item_size(record)
    beside = y - GAP / 2 < position[1] + high and position[1] < y + height + GAP / 2
    if not beside or position[0] + wide < x:
        return position
    return (max(position[0], x + width + GAP), position[1])


def make_room(document: Document, item: int, position: Point, target: int) -> dict[int, Point]:
    """Return where the neighbours behind an item go, so that it has room at `position`.

    Those are the items of its group that `target` lies in or leads to; they keep their distances.
    Nothing moves if the target is not in that group.
    """
    record = _record(document, item)
    first = _stands_for(document, target, record.group)
    if first is None or first == item:
        return {}
    short = position[0] + item_size(record)[0] + GAP - _record(document, first).position[0]
    if short <= 0:
        return {}
    behind = {_stands_for(document, node, record.group) for node in downstream(document, target)}
    return {
        one: (_record(document, one).position[0] + short, _record(document, one).position[1])
        for one in behind
        if one is not None and one != item
    }


def extract(document: Document, node: int) -> Edit | Refusal:
    """Take a node out of its wires; what it was fed goes on to what it fed.

    That is its only wired input, or its first one; without it, all of its wires are cut.
    """
    wired, consumers = document.wired(node), document.consumers(node)
    name = document.name(node)
    if not wired and not consumers:
        return Refusal(_("{name} has no wires to leave").format(name=name), "", "", (node,))
    source = through(document, node)
    gone = [(node, port) for port in sorted(wired)]
    if source is None:
        changes = cut(document, sorted({*gone, *consumers}), ())
    else:
        changes = cut(document, gone, ())
        changes += [Change("edge", wire, WHOLE, node, source) for wire in consumers]
    return Edit(_("Extract {name}").format(name=name), squash(tuple(changes)))


def through(document: Document, node: int) -> int | None:
    """Return what goes on to a node's consumers when it is taken out, None if nothing does."""
    inputs = document.inputs(node)
    wired = [source for source in inputs if source is not None]
    if len(wired) == 1:
        return wired[0]
    return inputs[0] if inputs else None


def swap_inputs(document: Document, node: int) -> Edit | Refusal:
    """Exchange the two inputs of a node; those of an n-ary one rotate, the first goes last."""
    record, name = document.node(node), document.name(node)
    sources = document.inputs(node)
    if len(sources) < 2:
        return Refusal(
            _("{name} has no inputs to swap").format(name=name),
            _("it has fewer than two"),
            _("Select an operation with two inputs"),
            (node,),
        )
    if len(set(sources)) == 1:
        why = _("nothing is wired to them") if sources[0] is None else _("both are the same")
        return Refusal(_("There is nothing to swap"), why, "", (node,))
    ends = [(node, port) for port in record.ports]
    bends = [document.bends.get(end, ()) for end in ends]
    changes: list[Change] = []
    for place, end in enumerate(ends):
        other = (place + 1) % len(ends)
        changes.append(Change("edge", end, WHOLE, sources[place], sources[other]))
        changes.append(Change("edge", end, BENDS, bends[place], bends[other]))
    words = _("Swap the inputs of {name}") if len(ends) == 2 else _("Rotate the inputs of {name}")
    return Edit(words.format(name=name), squash(tuple(changes)))


def _between(
    document: Document, wire: Wire, entry: int, leaving: int, position: Point | None
) -> Edit | Refusal:
    """Let a wire end in one node and begin again at another."""
    target, port = wire
    source = document.source(target, port) if target in document else None
    if source is None:
        return Refusal(_("No wire ends there"))
    refusal = _meets(document, wire, source, leaving)
    if refusal is not None:
        return refusal
    without = after(document, _without(document, wire))
    into = connect(without, source, entry)
    if isinstance(into, Refusal):
        return into
    onward = resource(document, wire, leaving)
    if isinstance(onward, Refusal):
        return onward
    refusal = can_connect(after(without, into), leaving, target, port)
    if refusal is not None:
        return refusal
    return joined("", onward, into, _shared_bends(document, wire, into, entry, position))


def _onward(document: Document, wire: Wire, leaving: int) -> Edit | Refusal:
    """Let a wire begin at what was fed from its source; its bends were those of another way."""
    points = document.bends.get(wire, ())
    straight = (Change("edge", wire, BENDS, points, ()),) if points else ()
    return joined("", resource(document, wire, leaving), Edit("", straight))


def _meets(document: Document, wire: Wire, source: int, node: int) -> Refusal | None:
    """Say why a node cannot stand between the ends of a wire, whatever its inputs."""
    if node in (source, wire[0]):
        return Refusal(_("{name} is an end of this wire already").format(name=document.name(node)))
    if document.consumers(node):
        return Refusal(
            _("{name} feeds something else already").format(name=document.name(node)),
            "",
            _("Extract it from its wires first"),
            (node,),
        )
    return None


def _without(document: Document, wire: Wire) -> Edit | Refusal:
    """Take a wire away, but leave its port to an n-ary op."""
    edit = disconnect(document, *wire)
    if isinstance(edit, Refusal):
        return edit
    return replace(edit, changes=tuple(c for c in edit.changes if c.kind == "edge"))


def _shared_bends(
    document: Document, wire: Wire, into: Edit, entry: int, position: Point | None
) -> Edit:
    """Give each half of a bent wire the bends that lie on its side of the node between them."""
    points = document.bends.get(wire, ())
    record = document.node(entry)
    if not points or record.group != document.node(wire[0]).group:
        return Edit("", (Change("edge", wire, BENDS, points, ()),)) if points else Edit("")
    x = (position or record.position)[0]
    before: Bends = tuple(point for point in points if point[0] < x)
    behind: Bends = tuple(point for point in points if point[0] >= x)
    changes = [Change("edge", wire, BENDS, points, behind)]
    ends = [change.id for change in into.changes if change.kind == "edge"]
    changes += [Change("edge", end, BENDS, (), before) for end in ends]
    return Edit("", squash(tuple(changes)))


def _settled(edit: Edit) -> Edit:
    """Let what an edit makes be made as it is in the end: nothing has fields before it is."""
    made: dict[tuple[str, int], Change] = {}
    others = []
    for change in edit.changes:
        key = (change.kind, change.id)
        if change.field == WHOLE and change.before is None and change.kind != "edge":
            made[key] = change
        elif key in made:
            record = replace(made[key].after, **{change.field: change.after})
            made[key] = replace(made[key], after=record)
        else:
            others.append(change)
    return replace(edit, changes=(*made.values(), *others))


def _takes_one(document: Document, node: int) -> bool:
    record = document.node(node)
    op = ops.get(record.op)
    if record.is_leaf or op is None:
        return False
    return not record.ports if op.variadic else free_port(document, node) is not None


def _created(edit: Edit, kind: type) -> set[int]:
    return {c.id for c in edit.changes if c.field == WHOLE and isinstance(c.after, kind)}


def _stands_for(document: Document, node: int, group: int | None) -> int | None:
    """Return the item directly in a group that is a node or holds it, None if there is none."""
    chain = [node, *document.ancestry(document.node(node).group)]
    return next((item for item in chain if _record(document, item).group == group), None)


def _record(document: Document, item: int) -> Node | Group:
    return document.groups.get(item) or document.node(item)
