"""Expanding an op into simpler ones: its reference chain, or a chain of ops of two inputs.

The Graph menu calls `expand`; `engine.graph.joining` goes the other way.  The node itself becomes
the last op of its chain, so that label, marks, slot and whatever it feeds are as they were.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from gettext import ngettext
from itertools import count

from engine import ops
from engine.errors import EngineError, Refusal
from engine.exchange.formula import Call, Expression, Leaf, Name, Number, parse
from engine.exchange.inlay import Inlay
from engine.graph.document import Document
from engine.graph.edits import BENDS, WHOLE, Change, Edit
from engine.graph.records import LEAF, Node
from engine.graph.verbs import create, resolve

MOST_MADE = 20_000  # nodes by one step: more could not be shown


@dataclass(slots=True)
class Chain:
    """What a node becomes: new nodes before it, their wires, and itself as the last op.

    `sources` of a node are the ids that feed its ports, in order.
    """

    last: Node
    made: list[Node] = field(default_factory=list)
    sources: dict[int, list[int]] = field(default_factory=dict)


def expand(document: Document, ids: Iterable[int]) -> Edit | Refusal:
    """Replace ops by simpler ones of the same value and gradient: all that can be, of some items.

    Of a group its ops are meant. What is elementary stays; if everything is, that is refused.
    """
    nodes = sorted(resolve(document, ids)[1])
    chosen = [node for node in nodes if expandable(document, node)]
    if not chosen:
        return _nothing(document, nodes)
    numbers = count(document.next_id)
    inlay = Inlay(document)
    changes: list[Change] = []
    made = 0
    for node in chosen:
        chain = _chain(document, node, numbers.__next__)
        made += len(chain.made)
        if made > MOST_MADE:
            return Refusal(
                _("That would be more than {most:,} new nodes").format(most=MOST_MADE),
                "",
                _("Select less of it"),
            )
        inlay.lay(node, chain.made, chain.sources)
        changes += _rewritten(document, chain)
    changes = [_placed(change, inlay) for change in changes] + inlay.moves()
    title = _("Expand {name}").format(name=document.name(chosen[0]))
    if len(chosen) > 1:
        many = ngettext("Expand {count} operation", "Expand {count} operations", len(chosen))
        title = many.format(count=len(chosen))
    return Edit(title, tuple(changes))


def expandable(document: Document, node: int) -> bool:
    """Tell whether an op is made of simpler ones, and all its inputs are wired."""
    record = document.node(node)
    op = ops.get(record.op)
    if record.is_leaf or op is None:
        return False
    least = 2 if op.binary == op.key else 1
    chained = op.binary is not None and len(record.ports) > least
    return (op.reference is not None or chained) and None not in document.inputs(node)


def _nothing(document: Document, nodes: list[int]) -> Refusal:
    """Say why none of some nodes can be expanded."""
    known = [ops.get(document.node(node).op) for node in nodes if not document.node(node).is_leaf]
    if len(known) != 1 or known[0] is None:
        return Refusal(
            _("Nothing here can be expanded"),
            _("it is all elementary already"),
            _("Select an operation such as tanh, or a sum of three"),
            tuple(nodes),
        )
    what = _("{name} cannot be expanded").format(name=document.name(nodes[0]))
    if known[0].reference is not None:
        why = _("not all of its inputs are wired")
        return Refusal(what, why, _("Wire them first"), tuple(nodes))
    return Refusal(what, _("it is elementary: nothing simpler makes it up"), "", tuple(nodes))


def _chain(document: Document, node: int, number: Callable[[], int]) -> Chain:
    """Return what a node becomes; `number` gives new ids."""
    record = document.node(node)
    op = ops.OPS[record.op]
    inputs = [source for source in document.inputs(node) if source is not None]
    builder = Builder(record, number)
    if op.binary is not None:
        return builder.pairs(op.binary, inputs)
    sources = [inputs] if op.variadic else [[source] for source in inputs]
    given = dict(zip(op.ports, sources, strict=True))
    values = op.defaults(record.attributes)
    numbers = {a.name: value for a, value in zip(op.attributes, values, strict=True)}
    return builder.formula(op.reference or "", given, numbers)


class Builder:
    """Makes the nodes of the chain of one node; `number` gives them ids."""

    def __init__(self, record: Node, number: Callable[[], int]) -> None:
        self._record = record
        self._number = number
        self._chain = Chain(record)
        self._given: Mapping[str, list[int]] = {}
        self._numbers: Mapping[str, float] = {}
        self._seen: dict[str, list[int]] = {}

    def pairs(self, key: str, inputs: list[int]) -> Chain:
        """Return the chain that takes one input after the other, as micrograd's sums do."""
        so_far, *rest = inputs
        for source in rest[:-1]:
            so_far = self._make(Call(key, ()), [so_far, source])
        return self._finish(Call(key, ()), [so_far, *rest[-1:]])

    def formula(
        self, text: str, given: Mapping[str, list[int]], numbers: Mapping[str, float]
    ) -> Chain:
        """Return the chain of a formula.

        `given` are the nodes that a name means: all inputs where it is that of a variadic port,
        for which a function of one input is applied to each. `numbers` are the attributes.
        """
        self._given, self._numbers = given, numbers
        tree = parse(text)
        if not isinstance(tree, Call):
            raise EngineError(f"{text} is no op")
        return self._finish(tree, self._sources(tree))

    def _finish(self, tree: Call, sources: list[int]) -> Chain:
        """Let the node itself be the last op."""
        last, own = self._op(tree, self._record.id, len(sources)), self._record
        self._chain.last = replace(own, op=last.op, ports=last.ports, attributes=last.attributes)
        self._chain.sources[last.id] = sources
        return self._chain

    def _nodes(self, tree: Expression) -> list[int]:
        """Return the nodes of a part of the formula; equal parts are one, but numbers are not."""
        match tree:
            case Number(value) | Leaf(value):
                return [self._constant(value)]
            case Name(text) if text in self._numbers:
                return [self._constant(self._numbers[text])]
            case Name(text):
                return self._given[text]
            case Call():
                key = repr(tree)
                if key not in self._seen:
                    self._seen[key] = self._applied(tree)
                return self._seen[key]

    def _applied(self, tree: Call) -> list[int]:
        op, sources = ops.OPS[tree.key], self._sources(tree)
        if op.variadic or len(op.ports) > 1:
            return [self._make(tree, sources)]
        return [self._make(tree, [source]) for source in sources]

    def _sources(self, tree: Call) -> list[int]:
        return [node for part in tree.inputs for node in self._nodes(part)]

    def _make(self, tree: Call, sources: list[int]) -> int:
        node = self._op(tree, self._number(), len(sources))
        self._chain.made.append(node)
        self._chain.sources[node.id] = sources
        return node.id

    def _op(self, tree: Call, number: int, inputs: int) -> Node:
        return Node(
            number,
            tree.key,
            attributes={
                a.name: tree.attributes.get(a.name, a.default)
                for a in ops.OPS[tree.key].attributes
            },
            ports=tuple(range(inputs)),
            group=self._record.group,
        )

    def _constant(self, value: float) -> int:
        node = Node(self._number(), LEAF, value=value, group=self._record.group)
        self._chain.made.append(node)
        return node.id


def _rewritten(document: Document, chain: Chain) -> list[Change]:
    """Return the changes that put a chain in place, wherever its nodes will stand."""
    before = document.node(chain.last.id)
    changes = [create(node) for node in chain.made]
    changes += [
        Change("node", before.id, name, getattr(before, name), getattr(chain.last, name))
        for name in ("op", "ports", "attributes")
        if getattr(before, name) != getattr(chain.last, name)
    ]
    old = document.wired(before.id)
    for target, sources in chain.sources.items():
        new = dict(enumerate(sources))
        had = old if target == before.id else {}
        for port in sorted(had.keys() | new.keys()):
            if had.get(port) != new.get(port):
                changes += _wire(document, (target, port), had.get(port), new.get(port))
    return changes


def _wire(
    document: Document, wire: tuple[int, int], before: int | None, after: int | None
) -> list[Change]:
    """Return the changes of one wire; its bends were those of another way."""
    bends = document.bends.get(wire, ())
    straight = [Change("edge", wire, BENDS, bends, ())] if bends else []
    return [*straight, Change("edge", wire, WHOLE, before, after)]


def _placed(change: Change, inlay: Inlay) -> Change:
    if change.kind != "node" or change.field != WHOLE:
        return change
    return replace(change, after=replace(change.after, position=inlay.corner(change.id)))
