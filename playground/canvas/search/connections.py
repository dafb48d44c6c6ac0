"""Finding an input for the output of a node, or inputs for those of several: wiring by keyboard.

Every free input of the graph that the engine's rules allow is offered, the nearest first; what is
typed finds nodes by label, operation, number and input. Those that cannot be are found, too, and
say why.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from gettext import gettext as _

import numpy as np

from engine import ops
from engine.errors import Refusal
from engine.graph.document import Document
from engine.graph.records import Node
from engine.graph.rules import can_connect, targets_allowed
from engine.graph.several import connect_all, taken_by
from playground.canvas.gestures.base import Stage
from playground.widgets.matching import grade
from playground.widgets.results import Row
from playground.widgets.search_card import hint

FEW = 4  # names that a sentence holds
MOST = 200  # rows; who wants another one types
ANY = -1  # the input that an n-ary operation grows


class Connections:
    """A finder of inputs for the outputs of some nodes, which are wired in their order."""

    def __init__(self, stage: Stage, sources: Sequence[int]) -> None:
        self._stage = stage
        self._sources = tuple(sources)
        self._document = stage.session.document
        self._name = self._names(self._sources)
        self._allowed = {node: targets_allowed(self._document, node) for node in sources}
        self._away = distances(stage, sources[0])
        self.prompt = _("Connect {name} to…").format(name=self._name)
        self.hint = hint(_("Type a name or an operation"), _("Return connects"))

    def rows(self, text: str) -> Sequence[Row]:
        """Return the inputs that fit; without a text only those that can be."""
        wanted = text.strip().lower()
        found: list[tuple[tuple[bool, int, float, int, int], Node]] = []
        for node, port, words in self._inputs:
            wired = self._wired(node)
            refused = not wired or any(node.id not in self._allowed[one] for one in wired)
            fit = grade(words, wanted) if wanted or not refused else None
            if fit is not None:
                away = self._away.get(node.id, np.inf)
                found.append(((refused, fit, away, node.id, port), node))
        found.sort(key=lambda pair: pair[0])
        return [self._row(node, order[-1], refused=order[0]) for order, node in found[:MOST]]

    def promise(self, text: str, row: Row | None) -> str:
        """Say what would be wired, or why not."""
        if row is None:
            if text.strip():
                return _("Nothing here is called “{text}”").format(text=text.strip())
            return _("No input is free for {name}: add an operation first").format(name=self._name)
        refusal = self._refusal(row)
        if refusal is not None:
            return str(refusal)
        wired = self._wired(self._document.node(input_of(row)[0]))
        promise = _("Return wires {name} to {title}").format(
            name=self._names(wired), title=row.title
        )
        if len(wired) == len(self._sources):
            return promise
        return _("{promise}, which takes no more").format(promise=promise)

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Wire it; what was selected stays, ready for the next wire."""
        refusal = self._refusal(row) if row is not None else None
        if row is None or refusal is not None:
            return self.promise(text, row)
        node, port = input_of(row)
        session = self._stage.session
        session.do(connect_all(self._document, self._sources, node, port))
        session.flush()
        session.reveal.emit(frozenset({node}))
        return ""

    @cached_property
    def _inputs(self) -> list[tuple[Node, int, tuple[str, ...]]]:
        """All inputs with the words that find them."""
        return [
            (node, port, tuple(self._words(node, port)))
            for node in self._document.nodes()
            if node.id not in self._allowed
            for port in free_inputs(self._document, node)
        ]

    def _refusal(self, row: Row) -> Refusal | None:
        node, port = input_of(row)
        wired = self._wired(self._document.node(node)) or self._sources[:1]
        asked = (
            can_connect(self._document, source, node, None if place else port)
            for place, source in enumerate(wired)
        )
        return next(filter(None, asked), None)

    def _wired(self, node: Node) -> tuple[int, ...]:
        """Return those of the sources that a node has inputs for."""
        return taken_by(self._document, self._sources, node.id)

    def _names(self, nodes: Sequence[int]) -> str:
        names = ", ".join(self._document.name(node) for node in nodes[:FEW])
        return names + ", …" if len(nodes) > FEW else names

    def _row(self, node: Node, port: int, *, refused: bool) -> Row:
        op = ops.get(node.op)
        symbol = op.symbol if op is not None else "="
        number = self._stage.session.result.number(node.id)
        value = f"= {number:.4g}" if np.isfinite(number) else ""
        title = op.title if op is not None else _("Value")
        label = node.label or title
        inlet = self._inlet(node, port)
        return Row(
            key=f"{node.id} {port}",
            symbol=symbol,
            title=f"{label} : {inlet}" if inlet else label,
            detail=f"{self._document.name(node.id)} {value}",
            section=title if node.label else "",
            refused=refused,
        )

    def _inlet(self, node: Node, port: int) -> str:
        """Return what an input is called; "" if there is but one."""
        op = ops.get(node.op)
        if op is None or op.variadic or len(op.ports) == 1 or port not in node.ports:
            return ""
        return op.ports[node.ports.index(port)]

    def _words(self, node: Node, port: int) -> Iterator[str]:
        op = ops.get(node.op)
        yield self._document.name(node.id).lower()
        if node.label:
            yield node.label.lower()
        if op is not None:
            yield from (op.key, op.title.lower(), op.symbol.lower())
            yield f"{op.key} {self._inlet(node, port)}"
        number = self._stage.session.result.number(node.id)
        if np.isfinite(number):
            yield f"{number:.4g}"


def distances(stage: Stage, source: int) -> dict[int, float]:
    """Return how far what is visible is from a node; {} if that is hidden in a folded group."""
    frame = stage.scene.picture.frame
    if source not in frame.index:
        return {}
    centres = frame.rects[:, :2] + frame.rects[:, 2:] / 2
    away = np.linalg.norm(centres - centres[frame.index[source]], axis=1)
    return dict(zip(frame.ids.tolist(), away.tolist(), strict=True))


def free_inputs(document: Document, node: Node) -> list[int]:
    """Return the inputs of a node that could take a wire; one to say why not if none can."""
    op = ops.get(node.op)
    if op is None or op.variadic:
        return [ANY]
    wired = document.wired(node.id)
    return [port for port in node.ports if port not in wired] or [ANY]


def input_of(row: Row) -> tuple[int, int | None]:
    """Return the node and the input that a row stands for."""
    node, port = map(int, row.key.split())
    return node, port if port != ANY else None
