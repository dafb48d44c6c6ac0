"""Finding what goes on the selected wire: something new, or a node that stands here unwired.

The finder of additions, with the wire in mind: what fits there comes first, and goes half-way
between the ends; what does not is added beside the wire.
"""

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from PySide6.QtCore import QPointF

from engine import ops
from engine.graph.document import Document, Wire
from engine.graph.geometry import item_size
from engine.graph.records import Point
from engine.graph.rules import downstream, free_port
from engine.graph.wiring import insert_on_wire
from playground.canvas.gestures.base import Stage, Want
from playground.canvas.search.additions import FEW, Additions
from playground.canvas.search.places import cursor_spot
from playground.session.additions import Hooks, fits
from playground.session.inserting import halfway
from playground.session.items import corner
from playground.widgets.habits import Habits
from playground.widgets.matching import grade
from playground.widgets.results import Row
from playground.widgets.search_card import hint

NODE = "node:"  # begins the keys of rows that stand for nodes of the document


class Insertions(Additions):
    """A finder of what goes between the ends of a wire.

    Attributes:
        ends: the node that the wire comes from, and the one that it leads to.
    """

    def __init__(self, stage: Stage, habits: Habits, wire: Wire) -> None:
        document = stage.session.document
        self._wire = wire
        self._half = halfway(document, stage.session.view, wire)
        want = Want(QPointF(*self._half[0]), Hooks(wire=wire))
        super().__init__(stage, habits, want, pointed=True)
        source = document.source(*wire)
        self.ends = (source, wire[0]) if source is not None else ()
        self._loose = loose_nodes(document, wire)
        self._called = {"source": "", "target": document.name(wire[0])}
        if source is not None:
            self._called["source"] = document.name(source)
        self.prompt = _("Insert between {source} and {target}").format(**self._called)
        self.hint = hint(_("Type a name, a number or a formula"), _("Return inserts"))

    def rows(self, text: str) -> Sequence[Row]:
        """Return what fits, nodes that stand here unwired among it, then what does not."""
        wanted = text.strip().lower()
        first: list[Row] = []  # what is meant by its own name
        last: list[Row] = []
        for node in self._loose:
            if grade(self._words(node), wanted) is not None:
                label = self._stage.session.document.node(node).label.lower()
                (first if label.startswith(wanted) else last).append(self._row(node))
        return [*first[:FEW], *super().rows(text), *last[:FEW]]

    def promise(self, text: str, row: Row | None) -> str:
        """Say between what Return inserts it, or that it goes beside the wire."""
        if row is None or row.refused or not self._goes_on(row.key):
            return super().promise(text, row)
        return self._promise(row)

    def choose(self, text: str, row: Row | None, *, keep: bool) -> str:
        """Insert it."""
        if row is None or not row.key.startswith(NODE):
            return super().choose(text, row, keep=keep)
        session, node = self._stage.session, int(row.key.removeprefix(NODE))
        room = session.insertion.room
        place = self._corner(node)
        if session.do(insert_on_wire(session.document, self._wire, node, place, room=room)):
            session.flush()
            session.set_selection({node})
            session.reveal.emit(frozenset({node}))
        return ""

    def _goes_on(self, text: str) -> bool:
        return text.startswith(NODE) or fits(self._stage.session.document, text, self._wire)

    def _comes_late(self, text: str) -> bool:
        return not self._goes_on(text)

    def _neighbours(self, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if not self.ends or not self._goes_on(text):
            return (), ()
        return self.ends[:1], self.ends[1:]

    def _promise(self, row: Row) -> str:
        if not self._goes_on(row.key):
            return _("{promise} beside the wire").format(promise=super()._promise(row))
        return _("Return inserts {title} between {source} and {target}").format(
            title=row.title, **self._called
        )

    def _place(self, text: str) -> tuple[Point, int | None]:
        point, group = self._half
        if self._goes_on(text):
            return point, group
        return cursor_spot(self._stage.scene, QPointF(*point), text), group

    # Nodes that are there ----------------------------------------------------------------------

    def _corner(self, node: int) -> Point | None:
        """Return where a node of the wire's group has its corner; elsewhere it stays put."""
        record = self._stage.session.document.node(node)
        point, group = self._half
        if record.group != group:
            return None
        projection = self._stage.scene.picture.frame.projection
        return corner(projection.inside(group, point), item_size(record))

    def _row(self, node: int) -> Row:
        document = self._stage.session.document
        record = document.node(node)
        op = ops.OPS[record.op]
        name = document.name(node)
        return Row(
            key=f"{NODE}{node}",
            symbol=op.symbol,
            title=name,
            detail=op.title,
            section=_("stands here unwired"),
        )

    def _words(self, node: int) -> Iterator[str]:
        record = self._stage.session.document.node(node)
        op = ops.OPS[record.op]
        yield from (self._stage.session.document.name(node).lower(), op.key, op.title.lower())
        yield op.symbol.lower()


def loose_nodes(document: Document, wire: Wire) -> list[int]:
    """Return the nodes that feed nothing, take one more input and can feed what the wire does."""
    source = document.source(*wire) if wire[0] in document else None
    if source is None:
        return []
    behind = downstream(document, wire[0])
    return [
        node.id
        for node in document.nodes()
        if node.op in ops.OPS
        and node.id not in behind
        and node.id != source
        and not document.consumers(node.id)
        and free_port(document, node.id) is not None
    ]
