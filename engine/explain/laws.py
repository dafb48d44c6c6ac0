"""What the names in the formulas of an op stand for, when they are written about one node.

Explanations and answers say how inputs are written, as names, numbers or symbols; which of them a
formula has is known here alone.
"""

from collections.abc import Callable, Sequence

from engine.graph.records import Node
from engine.ops import Op
from engine.ops.formula import Formula
from engine.ops.record import OUTPUT
from engine.ops.writing import Names, Shown

MOST_WRITTEN = 8
"""Formulas of n-ary ops leave out the middle of more inputs than these."""


def formula_names(op: Op, node: Node, inputs: Sequence[Shown]) -> Names:
    """Return the names in the formula of a node's op, given how its inputs are written."""
    shown = elided(inputs) if op.variadic else inputs
    named = op.names(shown, op.defaults(node.attributes))
    return {name: item for name, item in named.items() if item != ()}


def law(op: Op, node: Node, place: int, write: Callable[[int | None], Shown]) -> tuple[str, Names]:
    """Return the formula of the derivative by the input at a place, and the names in it.

    `write` is asked only for what is in the formula: the inputs by their places, None for the node
    itself.
    """
    text = op.derivatives[0 if op.variadic else place]
    used = Formula.parse(text).names
    names: dict[str, Shown | Sequence[Shown]] = {}
    if OUTPUT in used:
        names[OUTPUT] = write(None)
    if not op.variadic:
        names |= {port: write(k) for k, port in enumerate(op.ports) if port in used}
    if op.variadic and "x_k" in used:
        names["x_k"] = write(place)
    if op.variadic and "rest" in used:
        names["rest"] = elided([write(k) for k in range(len(node.ports)) if k != place])
    given = op.defaults(node.attributes)
    return text, names | dict(zip((one.name for one in op.attributes), given, strict=True))


def is_nameless(node: Node) -> bool:
    """Whether a node is a constant that nobody named, which formulas write as its number."""
    return node.is_leaf and node.role == "constant" and not node.label


def elided(items: Sequence[Shown]) -> list[Shown]:
    """Return the items, the middle of a long sequence left out."""
    if len(items) <= MOST_WRITTEN:
        return list(items)
    return [*items[: MOST_WRITTEN - 2], "…", items[-1]]
