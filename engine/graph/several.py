"""Wiring several nodes at once to the inputs of one.

Connect to… calls it when more than one node is selected.
"""

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.verbs import connect, joined


def taken_by(document: Document, sources: Sequence[int], target: int) -> tuple[int, ...]:
    """Return the first of some nodes: as many as a node has free inputs for."""
    node = document.node(target)
    op = ops.get(node.op)
    if op is not None and op.variadic:
        return tuple(sources)
    free = len(node.ports) - len(document.wired(target))
    return tuple(sources[:free])


def connect_all(
    document: Document, sources: Sequence[int], target: int, port: int | None = None
) -> Edit | Refusal:
    """Wire nodes to a node in order: the first to `port`, the others to what is free then.

    As many are wired as there are inputs for; without any, that is refused.
    """
    wired = taken_by(document, sources, target) or tuple(sources[:1])
    if not wired:
        return Refusal(_("There is nothing to connect"), "", _("Select a node first"))
    twin = document.copy()
    edits: list[Edit] = []
    for place, source in enumerate(wired):
        edit = connect(twin, source, target, None if place else port)
        if isinstance(edit, Refusal):
            return edit
        twin.apply(edit)
        edits.append(edit)
    if len(edits) == 1:
        return edits[0]
    names = ", ".join(document.name(source) for source in wired)
    title = _("Connect {sources} to {target}").format(sources=names, target=document.name(target))
    done = joined(title, *edits)
    return replace(done, title=title) if isinstance(done, Edit) else done
