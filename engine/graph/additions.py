"""Adding something that is wired at once: fed by nodes that are there, or feeding one of them.

An addition is an edit that makes nodes and groups.  The functions here take one and return it
with wires, still as a single edit, or a refusal.
"""

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import WHOLE, Change, Edit
from engine.graph.rules import free_port
from engine.graph.verbs import connect


def fed(document: Document, addition: Edit, sources: Sequence[int]) -> Edit | Refusal:
    """Wire the free inputs of what is added from nodes of the document, in order."""
    twin = _after(document, addition)
    nodes = made(addition)
    wires: list[Change] = []
    for source in sources:
        open_to = (node for node in nodes if not twin.node(node).is_leaf)
        target = next((node for node in open_to if free_port(twin, node) is not None), None)
        if target is None:
            return Refusal(
                _("It has too few inputs"),
                _("{count} nodes would feed it").format(count=len(sources)),
                _("Select fewer nodes first"),
            )
        wire = connect(twin, source, target)
        if isinstance(wire, Refusal):
            return wire
        twin.apply(wire)
        wires += [change for change in wire.changes if change.kind == "edge"]
    return _wired(addition, twin, wires)


def feeding(
    document: Document, addition: Edit, target: int, port: int | None = None
) -> Edit | Refusal:
    """Wire the result of what is added to an input of a node of the document."""
    twin = _after(document, addition)
    results = [node for node in made(addition) if not twin.graph.succ[node]]
    if len(results) != 1:
        return Refusal(
            _("It has {count} results").format(count=len(results)),
            _("one input takes one wire"),
            _("Add it by itself and wire it then"),
        )
    wire = connect(twin, results[0], target, port)
    if isinstance(wire, Refusal):
        return wire
    # An n-ary op grows a port for the wire: that change is of a node that was there before.
    return replace(addition, changes=(*addition.changes, *wire.changes))


def uses(addition: Edit, source: int) -> bool:
    """Tell whether what is added is fed by a node already, as a formula that names it is."""
    return source in used(addition)


def used(addition: Edit) -> set[int]:
    """Return the nodes that feed something of what is added, new ones as well."""
    return {change.after for change in addition.changes if _wires(change)}


def results(addition: Edit) -> list[int]:
    """Return the nodes of what is added that feed nothing, without leaves, ascending."""
    feed = used(addition)
    leaves = {change.id for change in addition.changes if _makes(change) and change.after.is_leaf}
    return [node for node in made(addition) if node not in feed and node not in leaves]


def made(addition: Edit) -> list[int]:
    """Return the ids of the nodes that an edit makes, ascending."""
    return sorted(change.id for change in addition.changes if _makes(change))


def _makes(change: Change) -> bool:
    return (change.kind, change.field) == ("node", WHOLE) and change.before is None


def _wires(change: Change) -> bool:
    return (change.kind, change.field) == ("edge", WHOLE) and change.after is not None


def _wired(addition: Edit, twin: Document, wires: Sequence[Change]) -> Edit:
    """Return an addition with wires into what it makes; records come as they are in the twin."""
    changes = [
        replace(change, after=twin.node(change.id)) if _makes(change) else change
        for change in addition.changes
    ]
    return replace(addition, changes=(*changes, *wires))


def _after(document: Document, edit: Edit) -> Document:
    twin = document.copy()
    twin.apply(edit)
    return twin
