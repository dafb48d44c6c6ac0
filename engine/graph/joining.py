"""Joining a chain of ops of two inputs into one op of many: the way back from expanding it.

The Graph menu calls `join`.  micrograd's ((a + b) + c) + d becomes one sum of four.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.edits import BENDS, WHOLE, Change, Edit, squash
from engine.graph.records import EMPTY
from engine.graph.verbs import resolve


@dataclass(frozen=True, slots=True)
class Joined:
    """A chain as one op: `sources` are its inputs in order, `gone` the nodes it takes in."""

    key: str
    sources: tuple[int | None, ...]
    gone: tuple[int, ...]


def join(document: Document, ids: Iterable[int]) -> Edit | Refusal:
    """Let each of some nodes take in the ops of its own kind that feed nothing but it.

    Those that carry a mark stay. Order, value and gradient are kept.
    """
    nodes = resolve(document, ids)[1]
    last = [node for node in sorted(nodes) if not _goes_on(document, node, nodes)]
    chains = {node: chain for node in last if (chain := _chain(document, node)) is not None}
    changes: list[Change] = []
    for node, chain in chains.items():
        changes += _rewritten(document, node, chain)
    if not changes:
        return Refusal(
            _("There is no chain to join"),
            _("no sum here is fed by another sum that feeds nothing else"),
            _("Select the last of several sums, products, maxima or minima in a row"),
            tuple(sorted(nodes)),
        )
    count = sum(1 + len(chain.gone) for chain in chains.values())
    title = ngettext("Join {count} operation", "Join {count} operations", count)
    return Edit(title.format(count=count), squash(tuple(changes)))


def joinable(document: Document, node: int) -> bool:
    """Tell whether a node is the last of a chain, without following the chain."""
    if _wide(document, node) is None:
        return False
    inputs = (source for source in document.inputs(node) if source is not None)
    return any(_goes_into(document, source, node) for source in inputs)


def _chain(document: Document, node: int) -> Joined | None:
    """Return what a node is as one op, None if it takes nothing in."""
    key = _wide(document, node)
    if key is None:
        return None
    gone: list[int] = []
    sources: list[int | None] = []
    waiting = [(node, source) for source in reversed(document.inputs(node))]
    while waiting:
        target, source = waiting.pop()
        if source is not None and _goes_into(document, source, target):
            gone.append(source)
            waiting += [(source, inner) for inner in reversed(document.inputs(source))]
        else:
            sources.append(source)
    return Joined(key, tuple(sources), tuple(gone)) if gone else None


def _goes_on(document: Document, node: int, among: Set[int]) -> bool:
    """Tell whether a node is taken in by one of some nodes, and so ends no chain."""
    return any(
        target in among and _goes_into(document, node, target)
        for target, _port in document.consumers(node)[:1]
    )


def _goes_into(document: Document, source: int, target: int) -> bool:
    """Tell whether an op can be taken in by the one that it feeds."""
    record, wide = document.node(source), _wide(document, source)
    return (
        wide is not None
        and wide == _wide(document, target)
        and not record.marks
        and record.group == document.node(target).group
        and len(document.consumers(source)) == 1
    )


def _wide(document: Document, node: int) -> str | None:
    """Return the op of many inputs that a chain of nodes such as this one makes."""
    key = document.node(node).op
    op = ops.get(key)
    if op is not None and op.binary is not None:
        return op.key
    return next((op.key for op in ops.OPS.values() if op.binary == key), None)


def _rewritten(document: Document, node: int, joined: Joined) -> list[Change]:
    """Return the changes that wire a node to all inputs of its chain, and take the rest away."""
    changes: list[Change] = []
    for target in (node, *joined.gone):
        for port, source in sorted(document.wired(target).items()):
            bends = document.bends.get((target, port), ())
            changes += [
                Change("edge", (target, port), BENDS, bends, ()),
                Change("edge", (target, port), WHOLE, source, None),
            ]
    changes += [Change("node", gone, WHOLE, document.node(gone), None) for gone in joined.gone]
    fed = [source for source in joined.sources if source is not None]
    record = document.node(node)
    after = {"op": joined.key, "ports": tuple(range(len(fed))), "attributes": EMPTY}
    changes += [Change("node", node, key, getattr(record, key), after[key]) for key in after]
    changes += [Change("edge", (node, k), WHOLE, None, source) for k, source in enumerate(fed)]
    return changes
