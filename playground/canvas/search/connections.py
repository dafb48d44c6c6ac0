"""Finding an input for a node's output: wiring by keyboard.

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
from engine.graph.verbs import connect
from playground.canvas.gestures.base import Stage
from playground.widgets.matching import grade
from playground.widgets.results import Row
from playground.widgets.search_card import hint

MOST = 200  # rows; who wants another one types
ANY = -1  # the input that an n-ary operation grows


class Connections:
    """A finder of inputs for the output of one node."""

    def __init__(self, stage: Stage, source: int) -> None:
        self._stage = stage
        self._source = source
        self._document = stage.session.document
        self._name = self._document.name(source)
        self._allowed = targets_allowed(self._document, source)
        self._away = distances(stage, source)
        self.prompt = _("Connect {name} to…").format(name=self._name)
        self.hint = hint(_("Type a name or an operation"), _("Return connects"))

    def rows(self, text: str) -> Sequence[Row]:
        """Return the inputs that fit; without a text only those that can be."""
        wanted = text.strip().lower()
        found: list[tuple[tuple[bool, int, float, int, int], Node]] = []
        for node, port, words in self._inputs:
            refused = node.id not in self._allowed
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
        return _("Return wires {name} to {title}").format(name=self._name, title=row.title)

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Wire it; what was selected stays, ready for the next wire."""
        refusal = self._refusal(row) if row is not None else None
        if row is None or refusal is not None:
            return self.promise(text, row)
        node, port = input_of(row)
        session = self._stage.session
        session.do(connect(self._document, self._source, node, port))
        session.flush()
        session.reveal.emit(frozenset({node}))
        return ""

    @cached_property
    def _inputs(self) -> list[tuple[Node, int, tuple[str, ...]]]:
        """All inputs with the words that find them."""
        return [
            (node, port, tuple(self._words(node, port)))
            for node in self._document.nodes()
            if node.id != self._source
            for port in free_inputs(self._document, node)
        ]

    def _refusal(self, row: Row) -> Refusal | None:
        return can_connect(self._document, self._source, *input_of(row))

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
