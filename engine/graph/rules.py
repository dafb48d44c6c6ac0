"""Why not?  The rules of wiring, as refusals with words.

The canvas asks before the drop, the verbs ask again; both show the same sentence.
"""

from gettext import gettext as _

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document


def can_connect(
    document: Document, source: int, target: int, port: int | None = None
) -> Refusal | None:
    """Return why a wire from `source` to `target` is impossible, or None if it is fine.

    `port` None means the first free one; an n-ary op always has one.  Takes time linear in the
    graph, since each node is visited once.
    """
    return (
        _unknown(document, source)
        or _unknown(document, target)
        or _no_input(document, target, port)
        or _cycle(document, source, target)
        or _no_room(document, target, port)
    )


def free_port(document: Document, target: int) -> int | None:
    """Return the port that the next wire into a node takes, None if all are taken."""
    node = document.node(target)
    op = ops.get(node.op)
    if op is not None and op.variadic:
        return max(node.ports, default=-1) + 1
    wired = document.wired(target)
    return next((port for port in node.ports if port not in wired), None)


def upstream(document: Document, node: int) -> set[int]:
    """Return a node and everything it is computed from."""
    return _reach(document.graph.pred, node)


def downstream(document: Document, node: int) -> set[int]:
    """Return a node and everything that is computed from it."""
    return _reach(document.graph.succ, node)


def targets_allowed(document: Document, source: int) -> set[int]:
    """Return the nodes that could take one more wire from `source`: those `can_connect` lets.

    It asks the same without putting answers into words, since it asks every node.
    """
    forbidden = upstream(document, source)
    return {
        node.id
        for node in document.nodes()
        if node.id not in forbidden
        and ops.get(node.op) is not None
        and free_port(document, node.id) is not None
    }


def _reach(neighbours: dict[int, dict[int, object]], node: int) -> set[int]:
    seen = {node}
    waiting = [node]
    while waiting:
        for near in neighbours[waiting.pop()]:
            if near not in seen:
                seen.add(near)
                waiting.append(near)
    return seen


def _unknown(document: Document, node: int) -> Refusal | None:
    if node in document:
        return None
    return Refusal(_("There is no node #{id}").format(id=node))


def _no_input(document: Document, target: int, port: int | None) -> Refusal | None:
    """Say why a node has no such input at all."""
    node = document.node(target)
    name = document.name(target)
    op = ops.get(node.op)
    if node.is_leaf:
        return Refusal(
            _("{name} takes no wire").format(name=name),
            _("it is a value, and values are where a graph begins"),
            _("Wire it to the input of an operation"),
            (target,),
        )
    if op is None:
        return Refusal(
            _("{name} takes no wire").format(name=name),
            _("this version does not know the operation {op!r}").format(op=node.op),
            "",
            (target,),
        )
    if port is None or port in node.ports or op.variadic:
        return None
    return Refusal(_("{name} has no input {port}").format(name=name, port=port), "", "", (target,))


def _no_room(document: Document, target: int, port: int | None) -> Refusal | None:
    """Say why an input, or (None) every one, takes no more wire."""
    node = document.node(target)
    name = document.name(target)
    if port is None:
        if free_port(document, target) is not None:
            return None
        return Refusal(
            _("{name} takes no more wires").format(name=name),
            _("all {count} inputs are taken").format(count=len(node.ports)),
            _("Pull one of its wires off first"),
            (target,),
        )
    taken = document.source(target, port)
    if taken is None:
        return None
    return Refusal(
        _("This input of {name} is taken").format(name=name),
        _("the wire from {source} ends in it").format(source=document.name(taken)),
        _("Pull that wire off first"),
        (target, taken),
    )


def _cycle(document: Document, source: int, target: int) -> Refusal | None:
    if source == target:
        why = _("a value cannot be computed from itself")
    elif target in upstream(document, source):
        why = _("{source} is itself computed from it, and values flow one way").format(
            source=document.name(source)
        )
    else:
        return None
    what = _("{target} would feed itself").format(target=document.name(target))
    return Refusal(what, why, "", (source, target))
